"""`motcua purge [--dry-run|--yes] [--json]`: what was kept long enough, and deleting it."""

import json
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from motcua.foundation.core import clock, keeping
from motcua.foundation.core.types import Invalid


class Command(BaseCommand):
    """Show what would go; with --yes delete it and leave a record."""

    help = "Show what was kept longer than its period (the default), delete it (--yes), or lay a period down (--set)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the choices."""
        way = parser.add_mutually_exclusive_group()
        way.add_argument("--dry-run", action="store_true", help="only show (the default)")
        way.add_argument("--yes", action="store_true", help="delete")
        parser.add_argument("--json", action="store_true", help="print as JSON")
        parser.add_argument("--set", dest="kind", help="lay the period of this kind down")
        parser.add_argument("--days", type=int, help="days; left out: for ever")
        parser.add_argument("--source", default="", help="the legal source")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Lay down what is asked, then show or delete."""
        at = clock.now()
        if options["kind"]:
            try:
                keeping.set_period(
                    kind=options["kind"], days=options["days"], legal_source=options["source"], at=at
                )  # fmt: skip
            except Invalid as refusal:
                raise CommandError(" ".join(word for words in refusal.fields.values() for word in words)) from None
        rows = keeping.purge(by="command", at=at) if options["yes"] else keeping.what_would_go(at=at)
        if options["json"]:
            content = {"dry_run": not options["yes"], "kinds": [asdict(row) for row in rows]}
            self.stdout.write(json.dumps(content, ensure_ascii=False, default=str))
            return
        for row in rows:
            period = _("for ever") if row.days is None else _("%(count)s days") % {"count": row.days}
            assumed = _("assumed, to be confirmed") if row.is_default else _("laid down")
            went = row.count if row.removed is None else row.removed
            self.stdout.write(f"{row.code:<22}{period:<14}{went:>8}  {assumed}  {row.source}")
        if not options["yes"]:
            self.stdout.write(_("Nothing was changed. With --yes this is deleted."))
