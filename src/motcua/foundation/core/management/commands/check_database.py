"""`motcua check_database`: do roles, privileges and triggers keep what must never change?"""

import json
import sys
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand

from motcua.foundation.core import privileges


class Command(BaseCommand):
    """Say what is missing, each with the SQL or the command that mends it."""

    help = "Check the database's roles, privileges and triggers; exit code 1 when something is missing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the form of the answer."""
        parser.add_argument("--json", action="store_true", help="for programs")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Check and report. One role only is a remark, no failure."""
        state = privileges.protection()
        if options["json"]:
            self.stdout.write(json.dumps(asdict(state), indent=1))
        else:
            for sentence in state.missing:
                self.stdout.write(f"MISSING  {sentence}")
            for sentence in state.remarks:
                self.stdout.write(f"REMARK   {sentence}")
            roles = f"{state.user} works, {state.owner} owns" if state.is_split else f"{state.user} works and owns"
            self.stdout.write(f"{len(state.tables)} tables are guarded; {roles} the tables.")
        if state.missing:
            sys.exit(1)
