"""`motcua import_procedures FILE`: take in published records from JSON Lines, plain or gzipped."""

import gzip
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from motcua.casework.procedures import services
from motcua.foundation.accounts.types import SYSTEM
from motcua.foundation.core import clock


class Command(BaseCommand):
    """Read a file, publish each record as a version, say by place what could not be taken as it stood."""

    help = "Import published procedures from a JSON Lines file (.jsonl or .jsonl.gz)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the file and the day from which the versions are in force."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--from", dest="valid_from", type=date.fromisoformat, help="first day in force, YYYY-MM-DD")
        parser.add_argument("--problems", type=int, default=50, help="how many problems to print (default 50)")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Import and report; the exit code is 1 when a record was refused."""
        at = clock.now()
        path: Path = options["file"]
        try:
            with gzip.open(path, "rb") if path.suffix == ".gz" else path.open("rb") as lines:
                report = services.import_records(
                    lines, valid_from=options["valid_from"] or clock.civil_day(at), actor=SYSTEM, at=at
                )
        except OSError as error:
            raise CommandError(f"Cannot read {path}: {error}") from error
        for problem in report.problems[: options["problems"]]:
            weight = "refused" if problem.is_fatal else "doubtful"
            self.stdout.write(f"line {problem.line} {problem.code} {problem.place}: {weight}: {problem.message}")
        more = len(report.problems) - options["problems"]
        if more > 0:
            self.stdout.write(f"... and {more} more problems")
        self.stdout.write(
            f"{report.created} new, {report.changed} changed, {report.unchanged} unchanged, {report.refused} refused"
        )
        if report.refused:
            raise CommandError(f"{report.refused} records were refused; the others are in.")
