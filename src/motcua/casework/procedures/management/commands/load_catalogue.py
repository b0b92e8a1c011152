"""`motcua load_catalogue`: the packaged procedures with life events and everyday words."""

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand

from motcua.casework.procedures import services
from motcua.foundation.accounts.types import SYSTEM
from motcua.foundation.core import clock


class Command(BaseCommand):
    """Load what the package brings along; a second run changes nothing."""

    help = "Load the packaged catalogue of procedures."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the day from which the versions are in force."""
        parser.add_argument("--from", dest="valid_from", type=date.fromisoformat, help="first day in force, YYYY-MM-DD")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Load and say how much."""
        at = clock.now()
        report = services.load_packaged(valid_from=options["valid_from"] or clock.civil_day(at), actor=SYSTEM, at=at)
        self.stdout.write(f"{report.created} new, {report.changed} changed, {report.unchanged} unchanged")
