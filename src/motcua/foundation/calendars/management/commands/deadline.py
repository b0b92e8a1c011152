"""`motcua deadline`: when a limit ends, and why."""

import json
from argparse import ArgumentParser
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from motcua.foundation.calendars import selectors
from motcua.foundation.calendars.types import CalendarNotFound, Ledger, WorkingCalendar
from motcua.foundation.core.clock import VIETNAM, civil_day
from motcua.foundation.core.types import Refusal


class Command(BaseCommand):
    help = "Print the due instant of a limit and the ledger that explains it."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--from", dest="received", required=True, help="receipt, such as 2024-04-26T16:00")
        parser.add_argument("--limit", required=True, help='such as "5 working days", "8 working hours", "same day"')
        parser.add_argument("--agency", default="", help="code of a calendar or agency; else the province's calendar")
        parser.add_argument(
            "--rule",
            action="append",
            default=[],
            metavar="CODE",
            help="a rule of counting to apply besides those in force, such as late-moves-day-limits; may be repeated",
        )
        parser.add_argument("--json", action="store_true", help="print due_at and ledger as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the answer, or end with a plain sentence when something is not understood."""
        received_at = _instant(options["received"])
        try:
            limit = selectors.parse_limit(options["limit"])
            calendar = self._calendar(options["agency"], on=civil_day(received_at))
            rules = calendar.rules_of(received_at, tuple(options["rule"]))
            due_at = selectors.due_at(limit=limit, received_at=received_at, calendar=calendar, rules=rules)
            ledger = selectors.ledger(
                calendar=calendar, received_at=received_at, limit=limit, until=due_at or received_at, rules=rules
            )
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal
        shown = _as_json if options["json"] else _as_text
        text = shown(ledger, calendar, options["rule"])
        self.stdout.write(text)

    def _calendar(self, code: str, *, on: date) -> WorkingCalendar:
        """Return the calendar; without a code and before the first migration, the packaged one."""
        try:
            return _calendar_of(code, on=on) if code else selectors.calendar_for(None, on=on)
        except DatabaseError as error:
            if code:
                raise CommandError(_("The database is not set up yet. Run motcua migrate first.")) from error
            self.stderr.write(_("The database holds no calendars yet; the packaged national calendar is used."))
            return selectors.packaged_calendar()


def _instant(text: str) -> datetime:
    try:
        at = datetime.fromisoformat(text)
    except ValueError as error:
        raise CommandError(_("Write the receipt as 2024-04-26T16:00.")) from error
    return at.replace(tzinfo=VIETNAM) if at.tzinfo is None else at.astimezone(VIETNAM)


def _calendar_of(code: str, *, on: date) -> WorkingCalendar:
    """Return the calendar with that code, or that of the agency with that code."""
    try:
        return selectors.calendar_by_code(code, on=on)
    except CalendarNotFound:
        look_up = import_string(settings.MOTCUA_AGENCY_LOOKUP)  # organisations stand above calendars
        agency_id = look_up(code)
        if agency_id is None:
            raise
        return selectors.calendar_for(agency_id, on=on)


def _as_json(ledger: Ledger, calendar: WorkingCalendar, chosen: Sequence[str]) -> str:
    answer = {
        "received_at": ledger.received_at.isoformat(),
        "limit": {"value": ledger.limit.value, "unit": str(ledger.limit.unit)},
        "calendar": calendar.code,
        "rules": list(chosen),
        "due_at": ledger.due_at.isoformat() if ledger.due_at else None,
        "total_seconds": ledger.total_seconds,
        "total_days": ledger.total_days,
        "ledger": ledger.as_json(),
    }
    return json.dumps(answer, ensure_ascii=False, indent=2)


def _as_text(ledger: Ledger, calendar: WorkingCalendar, chosen: Sequence[str]) -> str:
    head: dict[str, object] = {
        pgettext("deadline", "Received"): _said(ledger.received_at),
        pgettext("deadline", "Limit"): ledger.limit,
        pgettext("deadline", "Calendar"): calendar.code,
        pgettext("deadline", "Due"): _said(ledger.due_at) if ledger.due_at else pgettext("deadline", "no due date"),
    }
    if chosen:
        head[pgettext("deadline", "Rules")] = ", ".join(chosen)
    lines = [f"{name + ':':<12} {value}" for name, value in head.items()]
    lines.append("")
    for row in ledger:
        note = f" ({row.note})" if str(row.note) else ""
        lines.append(f"{row.dates:<12} {row.amount:>8}  {row.reason}{note}")
    total = pgettext("deadline", "Total")
    lines.append(f"{total:<12} {ledger.total:>8}")
    return "\n".join(lines)


def _said(at: datetime) -> str:
    return f"{selectors.day_in_words(civil_day(at))}, {at:%H:%M}"
