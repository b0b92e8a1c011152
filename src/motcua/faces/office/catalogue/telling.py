"""Decisions in words: states, time left for entry, facts, history, items."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from motcua.casework.procedures import selectors as procedures
from motcua.casework.procedures.types import (
    DecisionAct,
    DecisionCard,
    DecisionLine,
    DecisionState,
    IssuerKind,
    ItemCard,
    ProcedureLevel,
)
from motcua.faces.design import formatting

TONES = {
    DecisionState.DRAFT: ("", "pencil"),
    DecisionState.CHECKED: ("mc-info", "clipboard-check"),
    DecisionState.PUBLISHED: ("mc-ok", "check"),
}
ACT_ICONS = {
    DecisionAct.NEW: "plus", DecisionAct.AMENDED: "pen-line", DecisionAct.REPLACED: "repeat",
    DecisionAct.ABOLISHED: "octagon-x",
}  # fmt: skip
ACT_TITLES = {
    DecisionAct.NEW: gettext_lazy("Issue a new procedure"),
    DecisionAct.AMENDED: gettext_lazy("Amend a procedure"),
    DecisionAct.REPLACED: gettext_lazy("Replace a procedure"),
    DecisionAct.ABOLISHED: gettext_lazy("Abolish a procedure"),
}
_DONE = {
    "drafted": gettext_lazy("Drafted"),
    "revised": gettext_lazy("Head changed"),
    "item_added": gettext_lazy("Item added"),
    "item_revised": gettext_lazy("Item changed"),
    "item_removed": gettext_lazy("Item taken out"),
    "record_saved": gettext_lazy("Record changed"),
    "checked": gettext_lazy("Checked: the eight parts are complete"),
    "reopened": gettext_lazy("Given back for mending"),
    "published": pgettext_lazy("decision", "Published"),
    "entered": gettext_lazy("Entered in the national database"),
    "recorded": gettext_lazy("Recorded as a decision of the past"),
}


def row(line: DecisionLine, *, on: date) -> dict[str, Any]:
    """Return a decision as a line."""
    tone, picture = TONES[DecisionState(line.state)]
    return {
        "line": line,
        "url": reverse("office:decision", args=[line.public_id]),
        "state": DecisionState(line.state).label,
        "tone": tone,
        "icon": picture,
        "counts": act_counts(line.counts),
        "entry": entry(line, on=on),
    }


def act_counts(counts: Any) -> list[tuple[str, int]]:
    """Return (act, number) for the acts that occur."""
    return [(str(DecisionAct(act).label), counts[act]) for act in DecisionAct.values if counts.get(act)]


def entry(line: DecisionLine, *, on: date) -> dict[str, Any] | None:
    """Return how entry in the national database stands: done, time left, late; None where nothing is asked."""
    if line.state != DecisionState.PUBLISHED or (line.is_past and line.entered_on is None):
        return None
    if line.entered_on is not None:
        late = line.entry_due_on is not None and line.entered_on > line.entry_due_on
        words = _("Entered on %(day)s") if not late else _("Entered on %(day)s, after the last day")
        tone = "mc-warn" if late else "mc-ok"
        return {"words": words % {"day": formatting.day(line.entered_on, "plain")}, "tone": tone, "icon": "database"}
    if line.entry_due_on is None:
        return None
    left = procedures.working_days_left(line.entry_due_on, on=on)
    if line.entry_due_on < on:
        words = ngettext("%(n)s working day late", "%(n)s working days late", max(-left, 1)) % {"n": max(-left, 1)}
        return {"words": words, "tone": "mc-danger", "icon": "circle-alert"}
    if line.entry_due_on == on:
        return {"words": _("Last day today"), "tone": "mc-warn", "icon": "hourglass"}
    words = ngettext("%(n)s working day left", "%(n)s working days left", left) % {"n": left}
    return {"words": words, "tone": "mc-warn" if left < 2 else "mc-info", "icon": "hourglass"}


def facts(card: DecisionCard) -> list[tuple[str, str]]:
    """Return what is known of the decision; what is missing is left out."""
    head, line = card.head, card.line
    pairs = [
        (_("Number"), head.number),
        (_("Day of the decision"), formatting.day(head.issued_on, "plain") if head.issued_on else ""),
        (_("Issued by"), head.issuer),
        (_("Whose decision it is"), str(IssuerKind(head.issuer_kind).label)),
        (_("Signed by"), head.signer),
        (_("Takes effect on"), formatting.day(head.effective_on, "plain") if head.effective_on else ""),
        (_("Shortened procedure"), _("Yes") if head.is_shortened else ""),
        (_("To be entered by"), formatting.day(line.entry_due_on, "plain") if line.entry_due_on else ""),
        (_("Note"), head.note),
    ]
    return [(term, answer) for term, answer in pairs if answer]


def log(card: DecisionCard) -> list[dict[str, Any]]:
    """Return the history, the latest line first."""
    return [
        {
            "kind": "done", "icon": "history", "title": _DONE.get(line.act, line.act),
            "who": line.by or _("By itself"), "at": line.at, "text": line.note,
        }
        for line in card.log
    ]  # fmt: skip


def items(card: DecisionCard, refused: dict[str, list[str]]) -> list[dict[str, Any]]:
    """Return the items in groups of one act each, with what is missing or was refused."""
    groups = []
    for act in DecisionAct:
        rows = [item(one, refused.get(str(one.public_id), ())) for one in card.items if one.act == act]
        if rows:
            groups.append({"label": act.label, "icon": ACT_ICONS[act], "rows": rows})
    return groups


def item(card: ItemCard, refused: Iterable[str]) -> dict[str, Any]:
    """Return one item as a line."""
    problems = list(dict.fromkeys([*(words for _part, words in card.problems), *refused]))
    return {
        "card": card,
        "url": reverse("office:decision-item", args=[card.public_id]),
        "levels": levels(card.levels),
        "problems": problems,
        "since": formatting.day(card.effective_on, "plain") if card.effective_on else "",
    }


def levels(codes: Iterable[str]) -> str:
    """Return levels in words."""
    return ", ".join(str(ProcedureLevel(code).label) for code in codes if code in ProcedureLevel.values)
