"""`motcua access_log seal|verify`: the daily seals over the log of readings."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from motcua.casework.dossiers import services
from motcua.foundation.core import clock


class Command(BaseCommand):
    help = "Seal the log of readings for the days that are over, or verify every seal."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("act", choices=["seal", "verify"])

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it; a broken seal ends with an error that names its day."""
        if options["act"] == "seal":
            self.stdout.write(f"{services.seal_access_log(at=clock.now())} days sealed")
            return
        problems = list(services.broken_seals())
        for problem in problems:
            self.stderr.write(f"{problem.day}: {problem.reason}")
        if problems:
            raise CommandError(f"{len(problems)} days of the access log are not as they were sealed")
        self.stdout.write("The access log is as it was sealed.")
