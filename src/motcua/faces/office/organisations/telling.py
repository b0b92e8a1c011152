"""Reorganisations in words: rows, facts, fates of agencies, what is touched, and the history."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from motcua.faces.design import formatting
from motcua.faces.office.organisations.naming import Names
from motcua.foundation.accounts import selectors as accounts
from motcua.foundation.organisations.types import (
    Change,
    Fate,
    ItemAct,
    Preview,
    ReorganisationCard,
    ReorganisationState,
)

SHOWN = 60
ACT_TITLES = {
    ItemAct.MERGE: gettext_lazy("Merge agencies"),
    ItemAct.SPLIT: gettext_lazy("Split an agency"),
    ItemAct.RENAME: gettext_lazy("Rename an agency"),
    ItemAct.MOVE: gettext_lazy("Move an agency below another one"),
    ItemAct.ABOLISH: gettext_lazy("Abolish an agency"),
    ItemAct.CREATE: gettext_lazy("Found an agency"),
}
_TONES = {
    ReorganisationState.DRAFT: ("", "pencil"),
    ReorganisationState.PLANNED: ("mc-info", "calendar-clock"),
    ReorganisationState.UNDER_WAY: ("mc-warn", "loader"),
    ReorganisationState.CARRIED_OUT: ("mc-ok", "check"),
    ReorganisationState.UNDONE: ("", "undo-2"),
}
_DONE = {
    "drafted": gettext_lazy("Drafted"),
    "revised": gettext_lazy("Title, day or decision changed"),
    "items_added": gettext_lazy("Items added"),
    "items_removed": gettext_lazy("Items taken out"),
    "planned": gettext_lazy("Planned"),
    "undone": gettext_lazy("Undone"),
    "structure_changed": gettext_lazy("The structure changed"),
    "carried_out": gettext_lazy("Carried out; all open work has followed"),
}
_ENDS_FIRST = (ItemAct.MERGE, ItemAct.SPLIT, ItemAct.ABOLISH, ItemAct.MOVE, ItemAct.RENAME, ItemAct.CREATE)
ICONS = {
    ItemAct.MERGE: "git-branch", ItemAct.SPLIT: "split", ItemAct.RENAME: "pen-line", ItemAct.MOVE: "corner-down-right",
    ItemAct.ABOLISH: "octagon-x", ItemAct.CREATE: "plus",
}  # fmt: skip


def row(card: ReorganisationCard) -> dict[str, Any]:
    """Return a reorganisation as a line."""
    tone, picture = _TONES[ReorganisationState(card.state)]
    return {
        "card": card,
        "url": reverse("office:reform", args=[card.public_id]),
        "state": ReorganisationState(card.state).label,
        "tone": tone,
        "icon": picture,
        "items": ngettext("%(n)s item", "%(n)s items", card.items) % {"n": formatting.number(card.items)},
    }


def states(cards: Iterable[ReorganisationCard], chosen: str) -> list[dict[str, Any]]:
    """Return the filter by state."""
    counts = Counter(card.state for card in cards)
    here = reverse("office:reforms")
    found: list[dict[str, Any]] = [{"label": _("All"), "url": here, "current": not chosen, "count": counts.total()}]
    found += [
        {"label": label, "url": f"{here}?state={value}", "current": chosen == value, "count": counts[value]}
        for value, label in ReorganisationState.choices
        if counts[value]
    ]
    return found


def facts(card: ReorganisationCard) -> list[tuple[str, str]]:
    """Return what is known of the decision, what is missing left out."""
    kept = card.decision
    lines = [
        (_("Takes effect"), _("at the start of %(day)s") % {"day": formatting.day(card.on, "plain")}),
        (_("Decision"), kept.number),
        (_("Day of the decision"), formatting.day(kept.on, "plain") if kept.on else ""),
        (_("Decided by"), kept.by),
        (_("Signed by"), kept.signer),
        (_("Note"), card.note),
    ]
    return [(term, answer) for term, answer in lines if answer]


def log(card: ReorganisationCard) -> list[dict[str, Any]]:
    """Return the history, the latest line first."""
    people = accounts.person_names({line.person_id for line in card.log if line.person_id})
    return [
        {
            "kind": "done",
            "icon": "history",
            "title": _DONE.get(line.act, line.act),
            "who": people.get(line.person_id or 0, "") or _("By itself"),
            "at": line.at,
            "text": line.reason,
        }
        for line in card.log
    ]


def acts(public_id: UUID) -> list[dict[str, Any]]:
    """Return the six kinds of items that may be added."""
    here = reverse("office:reform-item", args=[public_id])
    return [
        {"label": title, "url": f"{here}?what={what}", "icon": ICONS[ItemAct(what)]}
        for what, title in ACT_TITLES.items()
    ]


def act_tabs(public_id: UUID, chosen: str) -> list[dict[str, Any]]:
    """Return the six kinds of items as tabs of the form."""
    here = reverse("office:reform-item", args=[public_id])
    return [
        {"label": ItemAct(what).label, "url": f"{here}?what={what}", "current": what == chosen, "count": None}
        for what in ACT_TITLES
    ]


def preview(seen: Preview, *, limit_text: str = "") -> dict[str, Any]:
    """Return what the preview's part of a page shows."""
    own = [fate for fate in seen.fates if not fate.is_derived]
    derived = [fate for fate in seen.fates if fate.is_derived]
    most = len(seen.fates) if limit_text else SHOWN
    return {
        "preview": seen,
        "fates": [_fate(fate) for fate in own[:most]],
        "derived": [_fate(fate) for fate in derived[:most]],
        "is_cut": len(own) > most or len(derived) > most,
        "counts": [(ItemAct(what).label, number) for what, number in seen.counts.items()],
        "affected": [item for item in seen.affected if item.total],
        "untouched": [item.label for item in seen.affected if not item.total],
        "blocking": seen.blocking[:SHOWN],
        "blocking_total": len(seen.blocking),
    }


def _fate(fate: Fate) -> dict[str, Any]:
    return {
        "act": fate.act,
        "label": ItemAct(fate.act).label,
        "icon": ICONS[ItemAct(fate.act)],
        "code": fate.code,
        "before": fate.before,
        "parent_before": fate.parent_before,
        "after": _after(fate),
        "others": fate.after[1:] if fate.act == ItemAct.SPLIT else (),
        "is_derived": fate.is_derived,
    }


def _after(fate: Fate) -> str:
    if fate.act == ItemAct.MOVE:
        return _("below %(parent)s") % {"parent": fate.parent_after} if fate.parent_after else _("at the top")
    if fate.act == ItemAct.CREATE and fate.parent_after:
        return _("%(name)s, below %(parent)s") % {"name": fate.after[0], "parent": fate.parent_after}
    return fate.after[0] if fate.after else _("ends without a successor")


def done_items(changes: Sequence[Change], *, on: date, show_all: bool = False) -> dict[str, Any]:
    """Return the items of a reorganisation that is over: what ended first, what was founded last."""
    names = Names(on, changes)
    lines: dict[tuple[str, str], list[Change]] = {}
    for change in changes:
        lines.setdefault((change.act, change.agency_code), []).append(change)
    ordered = sorted(lines.items(), key=lambda line: _ENDS_FIRST.index(ItemAct(line[0][0])))
    found = []
    for (what, code), parts in ordered if show_all else ordered[:SHOWN]:
        targets = [names.label(item.target_code) for item in sorted(parts, key=lambda item: not item.is_default)]
        fate = Fate(
            act=what,
            code=code,
            before="" if what == ItemAct.CREATE else names.label(code),
            parent_before="",
            after=(parts[0].name,) if what in {ItemAct.CREATE, ItemAct.RENAME} else tuple(filter(None, targets)),
            parent_after=names.label(parts[0].parent_code) if parts[0].parent_code else "",
        )
        found.append(_fate(fate))
    counts = Counter(what for what, _code in lines)
    return {
        "fates": found,
        "is_cut": len(found) < len(lines),
        "counts": [(what.label, counts[what]) for what in _ENDS_FIRST if counts[what]],
    }
