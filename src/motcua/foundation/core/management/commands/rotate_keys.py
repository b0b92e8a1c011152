"""`motcua rotate_keys [--check] [--json]`: personal data under new keys, and when an old key may go."""

import json
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from motcua.foundation.core import rotation
from motcua.foundation.core.rotation import RotationState


class Command(BaseCommand):
    """Encrypt anew and fill the second digests, then tell how it stands; with --check only tell."""

    help = "Bring personal data under the newest keys; may be broken off and begun again. --check only looks."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the choices."""
        parser.add_argument("--check", action="store_true", help="change nothing; exit code 1 while rows are left")
        parser.add_argument("--json", action="store_true", help="print the state as JSON")
        parser.add_argument("--batch", type=int, default=rotation.BATCH, help="rows locked at a time (default 500)")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Rotate unless only asked, then print what is left."""
        changed = 0 if options["check"] else rotation.rotate(batch=max(1, options["batch"]))
        state = rotation.rotation_state()
        if options["json"]:
            content = asdict(state) | {"changed": changed, "is_complete": state.is_complete}
            self.stdout.write(json.dumps(content, ensure_ascii=False))
        else:
            self._tell(state, changed)
        if not state.is_complete:
            raise CommandError(_("Rows are left. Keep all keys and run the command again."))

    def _tell(self, state: RotationState, changed: int) -> None:
        for table in state.tables:
            keys = ", ".join(f"{number}: {count}" for number, count in sorted(table.by_key.items())) or "-"
            self.stdout.write(
                f"{table.table:<32}{table.rows:>9}  {keys:<24}"
                f"{table.stale} stale, {table.unreadable} unreadable, {table.unsealed} unsealed"
            )
        self.stdout.write(_("%(count)s rows changed.") % {"count": changed})
        for sentence in verdicts(state):
            self.stdout.write(sentence)


def verdicts(state: RotationState) -> list[str]:
    """Return what the operator may do next, in sentences."""
    if not state.is_complete:
        return []
    found = []
    if state.droppable:
        numbers = ", ".join(map(str, state.droppable))
        found.append(
            _("Nothing stands under these keys; take them out of MOTCUA_DATA_KEYS: %(keys)s") % {"keys": numbers}
        )
    if state.has_next:
        found.append(_("Everybody is found by the coming digest key: make it MOTCUA_DIGEST_KEY, unset the other one."))
    else:
        found.append(_("Only one digest key is in use; a former one is not needed any more."))
    if state.unsealed:
        found.append(
            _("%(count)s outside sign-ons are renewed when their owner signs in next; until then keep the former key.")
            % {"count": state.unsealed}
        )
    return found
