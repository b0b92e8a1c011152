"""Changes, days and hours as plain values: for jobs that compute a preview, and for what a calendar was before."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, time
from typing import Any

from motcua.foundation.calendars.rules import value_of
from motcua.foundation.calendars.types import (
    CalendarChange,
    DayKind,
    DayStatus,
    Proposal,
    RuleChange,
    RuleRow,
    SpecialDays,
    WeekHours,
)


def plain_of(proposal: Proposal) -> dict[str, Any]:
    """Return a change as plain values, without loss."""
    if isinstance(proposal, RuleChange):
        entered = rule_plain(proposal.enter) if proposal.enter else None
        return {"kind": "rule", "code": proposal.code, "since": proposal.since.isoformat(), "enter": entered}
    return {
        "kind": "calendar",
        "agency_id": proposal.agency_id,
        "add": [days_plain(row) for row in proposal.add],
        "remove": list(proposal.remove),
        "hours": None if proposal.hours is None else [hours_plain(row) for row in proposal.hours],
        "since": _text(proposal.since),
        "name": proposal.name,
    }


def proposal_of(plain: Mapping[str, Any]) -> Proposal:
    """Return the change of plain values."""
    if plain["kind"] == "rule":
        entered = rule_of(plain["enter"]) if plain["enter"] else None
        return RuleChange(plain["code"], date.fromisoformat(plain["since"]), entered)
    return CalendarChange(
        agency_id=plain["agency_id"],
        add=tuple(days_of(row) for row in plain["add"]),
        remove=tuple(plain["remove"]),
        hours=None if plain["hours"] is None else tuple(hours_of(row) for row in plain["hours"]),
        since=_day(plain["since"]),
        name=plain["name"],
    )


def days_plain(row: SpecialDays) -> dict[str, Any]:
    """Return special days as plain values."""
    return asdict(row) | {
        "kind": str(row.kind),
        "status": str(row.status),
        "since": row.since.isoformat(),
        "until": row.until.isoformat(),
        "replaces_on": _text(row.replaces_on),
    }


def days_of(plain: Mapping[str, Any]) -> SpecialDays:
    """Return the special days of plain values."""
    return SpecialDays(
        **{
            **plain,
            "kind": DayKind(plain["kind"]),
            "status": DayStatus(plain["status"]),
            "since": date.fromisoformat(plain["since"]),
            "until": date.fromisoformat(plain["until"]),
            "replaces_on": _day(plain["replaces_on"]),
        }
    )


def hours_plain(row: WeekHours) -> dict[str, Any]:
    """Return office hours as plain values."""
    return asdict(row) | {
        "starts": row.starts.isoformat(),
        "ends": row.ends.isoformat(),
        "since": _text(row.since),
        "until": _text(row.until),
    }


def hours_of(plain: Mapping[str, Any]) -> WeekHours:
    """Return the office hours of plain values."""
    return WeekHours(
        **{
            **plain,
            "starts": time.fromisoformat(plain["starts"]),
            "ends": time.fromisoformat(plain["ends"]),
            "since": _day(plain["since"]),
            "until": _day(plain["until"]),
        }
    )


def rule_plain(row: RuleRow) -> dict[str, Any]:
    """Return a rule as plain values."""
    value = f"{row.value:%H:%M}" if isinstance(row.value, time) else row.value
    return asdict(row) | {"value": value, "since": _text(row.since), "until": _text(row.until)}


def rule_of(plain: Mapping[str, Any]) -> RuleRow:
    """Return the rule of plain values."""
    value = value_of(plain["setting"], plain["value"])
    return RuleRow(**{**plain, "value": value, "since": _day(plain["since"]), "until": _day(plain["until"])})


def _text(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
