"""`motcua journal verify [--dossier CODE] [--json]`: was a journal changed behind the application's back?"""

import json
import sys
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from motcua.casework.dossiers import selectors
from motcua.casework.dossiers.types.destruction import Damage, JournalReport


class Command(BaseCommand):
    """Follow the chains and name every row that was changed, removed or put in."""

    help = "Verify the journals of dossiers; exit code 1 when a row was changed, removed or inserted."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the one act, and which dossier."""
        acts = parser.add_subparsers(dest="act", required=True)
        verify = acts.add_parser("verify", help="follow the hash chain of one dossier or of all")
        verify.add_argument("--dossier", metavar="CODE", help="one dossier only, by its code or intake number")
        verify.add_argument("--json", action="store_true", help="for programs")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Verify and report; everything wrong is a line of its own."""
        dossier_id = None
        if code := options["dossier"]:
            dossier_id = selectors.dossier_id_of(code=code)
            if dossier_id is None:
                destroyed = selectors.destroyed_by_code(code=code)
                if destroyed is None:
                    raise CommandError(_("No dossier has the code %(code)s.") % {"code": code})
                self.stdout.write(
                    _("The dossier %(code)s was destroyed on %(day)s by decision %(number)s.")
                    % {"code": code, "day": f"{destroyed.destroyed_at:%d/%m/%Y}", "number": destroyed.decision_number}
                )
                return
        report = selectors.verify_journals(dossier_id=dossier_id)
        self.stdout.write(_as_json(report) if options["json"] else _as_text(report))
        if report.damages:
            sys.exit(1)


def _as_json(report: JournalReport) -> str:
    return json.dumps(asdict(report) | {"intact": not report.damages}, ensure_ascii=False, indent=1)


def _as_text(report: JournalReport) -> str:
    lines = [_line(damage.dossier, damage.seq, damage.what, damage.note) for damage in report.damages]
    counted = _("%(dossiers)s dossiers, %(rows)s rows, %(destroyed)s records of destruction.") % {
        "dossiers": report.dossiers,
        "rows": report.rows,
        "destroyed": report.destroyed,
    }
    if lines:
        verdict = ngettext(
            "%(count)s row is not as it was written.", "%(count)s rows are not as they were written.", len(lines)
        )
        return "\n".join([*lines, counted, verdict % {"count": len(lines)}])
    return f"{counted}\n" + _("All journals are as they were written.")


def _line(dossier: str, seq: int | None, what: str, note: str) -> str:
    place = _("%(dossier)s, row %(seq)s") % {"dossier": dossier, "seq": seq} if seq is not None else dossier
    return f"{place}: {Damage(what).label}" + (f" ({note})" if note else "")
