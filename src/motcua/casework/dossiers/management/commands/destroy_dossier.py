"""`motcua destroy_dossier CODE --decision NUMBER --decided-on DAY`: whole, after its retention, leaving a record."""

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from motcua.casework.dossiers import selectors, services
from motcua.foundation.accounts import selectors as accounts
from motcua.foundation.accounts.types import SYSTEM, Actor
from motcua.foundation.core import clock
from motcua.foundation.core.types import Invalid, Refusal


class Command(BaseCommand):
    """Destroy one dossier, or list those whose period is over."""

    help = "Destroy a dossier whose retention period is over, or list such dossiers (--due)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the dossier and the decision."""
        parser.add_argument("code", nargs="?", help="code or intake number of the dossier")
        parser.add_argument("--decision", default="", help="number of the decision")
        parser.add_argument("--decided-on", type=date.fromisoformat, help="its day, YYYY-MM-DD")
        parser.add_argument("--by", metavar="USERNAME", help="the administrator who does it; else the system")
        parser.add_argument("--due", action="store_true", help="only list the dossiers that may be destroyed now")
        parser.add_argument("--limit", type=int, default=100, help="how many to list (default 100)")

    def handle(self, *_args: Any, **options: Any) -> None:
        """List, or destroy and tell what is left."""
        at = clock.now()
        if options["due"]:
            for code, closed_on, period in selectors.due_for_destruction(at=at, limit=options["limit"]):
                until = f"{period.until:%d/%m/%Y}"
                self.stdout.write(f"{code}  {closed_on:%d/%m/%Y}  {period.ending}  {until}  {period.legal_source}")
            return
        if not (options["code"] and options["decision"] and options["decided_on"]):
            raise CommandError(_("Say which dossier and by which decision: CODE --decision NUMBER --decided-on DAY"))
        try:
            record = services.destroy_dossier(
                code=options["code"], decision_number=options["decision"], decision_on=options["decided_on"],
                actor=_actor(options["by"], on=clock.civil_day(at)), at=at,
            )  # fmt: skip
        except Invalid as refusal:
            raise CommandError(" ".join(word for words in refusal.fields.values() for word in words)) from None
        except Refusal as refusal:
            raise CommandError(str(refusal)) from None
        self.stdout.write(
            _("Destroyed: %(code)s, kept until %(until)s. Decision %(number)s of %(day)s. The record stays.")
            % {
                "code": options["code"],
                "until": f"{record.kept_until:%d/%m/%Y}",
                "number": record.decision_number,
                "day": f"{record.decision_on:%d/%m/%Y}",
            }
        )


def _actor(username: str | None, *, on: date) -> Actor:
    if not username:
        return SYSTEM
    ids = accounts.person_ids({username})
    if username not in ids:
        raise CommandError(_("Nobody signs in as %(name)s.") % {"name": username})
    return accounts.actor_for_person(ids[username], on=on)
