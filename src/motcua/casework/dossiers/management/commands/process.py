"""`motcua process migrate CODE --from 1 --to 2 [--map T4=K4] [--dry-run] [--json]`: running dossiers to a version."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from motcua.casework.dossiers import services
from motcua.casework.dossiers.types import MigratedDossier
from motcua.casework.workflow import selectors as workflow
from motcua.foundation.accounts.types import SYSTEM
from motcua.foundation.core import clock
from motcua.foundation.core.types import Refusal


class Command(BaseCommand):
    help = "Move running dossiers of a process to another of its versions; each goes for itself or is named."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parts = parser.add_subparsers(dest="what", required=True)
        migrate = parts.add_parser("migrate", help="move running dossiers to another version")
        migrate.add_argument("code", help="code of the process")
        migrate.add_argument("--from", dest="version_from", type=int, required=True, help="number of the old version")
        migrate.add_argument("--to", dest="version_to", type=int, required=True, help="number of the new version")
        migrate.add_argument("--map", action="append", default=[], metavar="OLD=NEW", help="element that has a new id")
        migrate.add_argument("--dossier", action="append", default=[], help="only the dossier with this code")
        migrate.add_argument("--dry-run", action="store_true", help="say what would happen, change nothing")
        migrate.add_argument("--json", action="store_true", help="print every dossier as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the result of each dossier; end with code 1 when one could not go over."""
        node_map = dict(_pair(text) for text in options["map"])
        try:
            done = services.migrate_runs(
                version_from=workflow.version_numbered(options["code"], options["version_from"]),
                version_to=workflow.version_numbered(options["code"], options["version_to"]),
                node_map=node_map,
                dry_run=options["dry_run"],
                actor=SYSTEM,
                at=clock.now(),
                codes=frozenset(options["dossier"]) or None,
            )
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal
        stayed = [item for item in done if item.run.problem]
        if options["json"]:
            self.stdout.write(json.dumps([_plain(item) for item in done], ensure_ascii=False, indent=2))
        else:
            for item in stayed:
                self.stdout.write(f"{item.code}  {item.run.problem}  {item.run.element}".rstrip())
            words = (
                _("%(went)s go over, %(stayed)s stay.") if options["dry_run"] else _("%(went)s went, %(stayed)s stay.")
            )
            self.stdout.write(words % {"went": len(done) - len(stayed), "stayed": len(stayed)})
        if stayed:
            raise SystemExit(1)


def _pair(text: str) -> tuple[str, str]:
    old, sign, new = text.partition("=")
    if not (old and sign and new):
        raise CommandError(_("Write an element that has a new id as OLD=NEW."))
    return old, new


def _plain(item: MigratedDossier) -> dict[str, Any]:
    return {
        "code": item.code,
        "goes": not item.run.problem,
        "problem": item.run.problem,
        "element": item.run.element,
        "nodes": [{"from": before, "to": after} for before, after in item.run.nodes],
    }
