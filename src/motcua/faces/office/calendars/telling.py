"""Entries and changes of calendars in the words of the pages."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from motcua.faces.office.calendars.choosing import Chosen, name_of
from motcua.faces.office.calendars.drawing import hours_words
from motcua.foundation.accounts import selectors as accounts
from motcua.foundation.calendars import selectors as calendars
from motcua.foundation.calendars.types import (
    CalendarCard,
    DayEntry,
    DayKind,
    DayStatus,
    EditCard,
    EditKind,
    RuleEditCard,
    RuleEditKind,
    SpecialDays,
)

DAY = timedelta(days=1)
calendar_name = name_of


def entries(found: Sequence[DayEntry], whose: Chosen) -> list[dict[str, Any]]:
    """Return rows of special days, with the addresses for changing them where the person may."""
    rows = []
    for entry in found:
        days = entry.days
        mine = whose.may_edit and not entry.is_inherited and entry.id > 0
        rows.append(
            {
                "dates": span_words(days.since, days.until - DAY),
                "kind": days.kind.label,
                "css": str(days.kind),
                "name": _name(days),
                "status": "" if days.status == DayStatus.CONFIRMED else days.status.label,
                "source": days.source,
                "is_inherited": entry.is_inherited,
                "edit_url": whose.url("office:calendar-change", what="edit", entry=entry.id) if mine else "",
                "remove_url": whose.url("office:calendar-change", what="remove", entry=entry.id) if mine else "",
            }
        )
    return rows


def _name(days: SpecialDays) -> str:
    return days.name_en if days.name_en and (get_language() or "").startswith("en") else days.name


def span_words(first: date, last: date | None) -> str:
    """Return "24/11/2026", "01/12/2026 – 03/12/2026", or "from 01/12/2026 on"."""
    if last is None:
        return _("from %(day)s on") % {"day": f"{first:%d/%m/%Y}"}
    return f"{first:%d/%m/%Y}" if first == last else f"{first:%d/%m/%Y} – {last:%d/%m/%Y}"


def edits(found: Sequence[EditCard]) -> list[dict[str, Any]]:
    """Return rows of the history; names of people in one query."""
    names = accounts.person_names({edit.person_id for edit in found if edit.person_id})
    return [
        {
            "id": edit.id,
            "at": edit.changed_at,
            "who": names.get(edit.person_id or 0, _("the system")),
            "kind": EditKind(edit.kind).label,
            "reason": edit.reason,
            "dates": span_words(edit.first_on, edit.last_on),
            "before": _said(edit.before),
            "after": _said(edit.after),
            "looked_at": edit.looked_at,
            "moved": edit.moved,
            "acceptances": edit.acceptances,
            "recomputed_at": edit.recomputed_at,
            "url": reverse("office:calendar-done", args=[edit.id]),
        }
        for edit in found
    ]


def rule_edits(found: Sequence[RuleEditCard]) -> list[dict[str, Any]]:
    """Return rows of the history of rules; names of people in one query."""
    names = accounts.person_names({edit.person_id for edit in found if edit.person_id})
    return [
        {
            "at": edit.changed_at,
            "who": names.get(edit.person_id or 0, _("the system")),
            "kind": RuleEditKind(edit.kind).label,
            "code": edit.code,
            "name": next((row["name"] for row in (*edit.after, *edit.before) if row["code"] == edit.code), edit.code),
            "reason": edit.reason,
            "before": [_rule_line(row) for row in edit.before],
            "after": [_rule_line(row) for row in edit.after],
        }
        for edit in found
    ]


def _rule_line(plain: dict[str, Any]) -> str:
    """Return a value of a rule with its source and the days on which it holds."""
    since = f"{date.fromisoformat(plain['since']):%d/%m/%Y}" if plain["since"] else "…"
    until = f"{date.fromisoformat(plain['until']) - DAY:%d/%m/%Y}" if plain["until"] else "…"
    value = calendars.rule_value_text(calendars.rule_value(plain["setting"], plain["value"]))
    return f"{plain['name']}: {value} ({since} – {until}) · {plain['law']}"


def _said(plain: dict[str, Any]) -> list[str]:
    """Return the days and hours of one side of a change."""
    lines = []
    for row in plain.get("days", []):
        last = date.fromisoformat(row["until"]) - DAY
        kind = DayKind(row["kind"]).label
        status = f" ({DayStatus(row['status']).label})" if row["status"] != DayStatus.CONFIRMED else ""
        source = f" · {row['source']}" if row["source"] else ""
        span = span_words(date.fromisoformat(row["since"]), last)
        lines.append(f"{span}: {kind}, {row['name']}{status}{source}")
    if plain.get("hours"):
        lines.append(hours_words(plain["hours"]))
    if plain.get("dates"):
        lines.append(", ".join(f"{date.fromisoformat(day):%d/%m/%Y}" for day in plain["dates"]))
    return lines


def own_agencies(own: dict[int | None, CalendarCard], whose: Chosen, *, on: date) -> list[dict[str, Any]]:
    """Return the agencies in sight with a calendar of their own, for the province's page."""
    if whose.agency_id is not None:
        return []
    in_sight = {pk for pk, _name in whose.choices}
    return [
        {
            "name": name_of(agency_id, on=on),
            "url": f"{reverse('office:calendars')}?agency={agency_id}",
            "has_own_hours": card.has_own_hours,
            "days": card.own_days,
        }
        for agency_id, card in own.items()
        if agency_id in in_sight
    ]
