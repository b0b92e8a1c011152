"""`motcua ledger CODE --at 2026-11-26T09:00`: the time of one dossier as of any instant, as text or JSON."""

import json
from argparse import ArgumentParser
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from motcua.casework.dossiers import selectors
from motcua.casework.dossiers.types import DossierLedger
from motcua.foundation.core import clock
from motcua.foundation.core.clock import VIETNAM
from motcua.foundation.core.types import NotFound


class Command(BaseCommand):
    help = "Print the ledger of a dossier: what counted and why, who held it, how long."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("code", help="code of the dossier, or its intake number")
        parser.add_argument("--at", default="", help="as of, such as 2026-11-26T09:00; by default now")
        parser.add_argument("--json", action="store_true", help="print everything as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the ledger, or end with a plain sentence when there is none."""
        at = _instant(options["at"])
        try:
            found = selectors.ledger_by_code(code=options["code"], at=at)
        except NotFound as missing:
            raise CommandError(_("No dossier with that code had a running limit then.")) from missing
        text = json.dumps(found.as_json(), ensure_ascii=False, indent=2) if options["json"] else _text(found)
        self.stdout.write(text)


def _instant(text: str) -> datetime:
    if not text:
        return clock.now()
    try:
        at = datetime.fromisoformat(text)
    except ValueError as error:
        raise CommandError(_("Write the instant as 2026-11-26T09:00")) from error
    return at.replace(tzinfo=VIETNAM) if at.tzinfo is None else at.astimezone(VIETNAM)


def _text(found: DossierLedger) -> str:
    due = _said(found.due_at) if found.due_at else pgettext("deadline", "no due date")
    head = {
        pgettext("deadline", "Received"): _said(found.accepted_at),
        pgettext("deadline", "Limit"): str(found.limit),
        pgettext("deadline", "Due"): due,
    }
    lines = [f"{found.code}", *(f"{name + ':':<12} {value}" for name, value in head.items()), ""]
    for line in found.lines:
        used = f"{line.seconds // 3600}:{line.seconds % 3600 // 60:02d}" if line.counted else "0"
        held = "; ".join(holder.label for holder in line.holders)
        ground = f" [{line.ground}]" if line.ground else ""
        lines.append(f"{line.dates:<12} {used:>8}  {line.text} {line.note}".rstrip() + f"{ground} {held}".rstrip())
    total = pgettext("deadline", "Total")
    lines += [f"{total:<12} {found.total:>8}", ""]
    lines += [
        f"{_clock(item.counted_seconds):>8} {_clock(item.seconds):>8}  {item.holder.label}" for item in found.holders
    ]
    return "\n".join(lines)


def _clock(seconds: int) -> str:
    return f"{seconds // 3600}:{seconds % 3600 // 60:02d}"


def _said(at: datetime) -> str:
    return f"{at.astimezone(VIETNAM):%H:%M %d/%m/%Y}"
