"""Loads the demonstration province. May be repeated: it adds what is missing and changes nothing that is there."""

import time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from motcua.demonstration.loading.organisation import load_organisation
from motcua.demonstration.loading.sign_in import load_accounts
from motcua.foundation.core import clock


class Command(BaseCommand):
    """Loads the province part by part and tells how long each part took."""

    help = "Load the demonstration province An Giang: agencies, staff, calendars, procedures, processes, forms."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the place of the file with the accounts."""
        parser.add_argument("--accounts-file", type=Path, default=settings.MOTCUA_DEMO_ACCOUNTS_FILE)

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the parts in their order."""
        at = clock.now()
        self._part("Agencies, posts and staff", lambda: f"{len(load_organisation(at=at))} agencies")
        self._part("Accounts", lambda: f"{len(load_accounts(at=at, file=options['accounts_file']))} to try")

    def _part(self, name: str, run: Any) -> None:
        self.stdout.write(f"{name} ...", ending=" ")
        self.stdout.flush()
        started = time.monotonic()
        told = run()
        self.stdout.write(f"{told}, {time.monotonic() - started:.1f} s")
