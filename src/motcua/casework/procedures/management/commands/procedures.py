"""`motcua procedures import|export|compare|load`: the published records in and out."""

import gzip
import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import IO, Any

from django.core.management.base import BaseCommand, CommandError

from motcua.casework.procedures import selectors, services
from motcua.casework.procedures.reading.canonical import written
from motcua.casework.procedures.reading.files import RecordsFileRefused, lines_of
from motcua.casework.procedures.reading.foreign import from_record
from motcua.casework.procedures.types import Change, Compared, ImportProblem, ImportReport
from motcua.foundation.accounts.types import SYSTEM
from motcua.foundation.core import clock

FORMATS = ("national", "lay-thu-tuc")


class Command(BaseCommand):
    """Take published records in, write them out again, or tell what a later file would change."""

    help = "Import, export and compare published procedures; load the packaged ones."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the four acts."""
        acts = parser.add_subparsers(dest="act", required=True)
        coming = acts.add_parser("import", help="publish each record of a file (.jsonl, .jsonl.gz) as a version")
        coming.add_argument("file", type=Path)
        _add_day(coming, "--from", "valid_from", "first day in force, YYYY-MM-DD (today)")
        coming.add_argument("--dry-run", action="store_true", help="read and compare everything, write nothing")
        coming.add_argument("--problems", type=int, default=50, help="how many problems to print (default 50)")
        coming.add_argument("--json", action="store_true", help="print the whole report as JSON")
        going = acts.add_parser("export", help="write the records in force into a file, '-' for the screen")
        going.add_argument("file")
        going.add_argument("--codes", default="", help="only these codes, with commas between them")
        _add_day(going, "--on", "on", "as in force on this day, YYYY-MM-DD (today)")
        going.add_argument("--format", choices=FORMATS, default=FORMATS[0], help="national format, or LayThuTuc's")
        beside = acts.add_parser("compare", help="tell what a later file would change; writes nothing")
        beside.add_argument("file", type=Path)
        beside.add_argument("--missing", action="store_true", help="list what is in force and not in the file, too")
        beside.add_argument("--json", action="store_true", help="print the differences as JSON")
        loading = acts.add_parser("load", help="load the packaged catalogue with life events and everyday words")
        _add_day(loading, "--from", "valid_from", "first day in force, YYYY-MM-DD (today)")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Do the act; the exit code is 1 when a record was refused or a file cannot be read."""
        try:
            getattr(self, f"_{options['act']}")(options)
        except (OSError, RecordsFileRefused) as error:
            raise CommandError(f"Cannot read or write {options.get('file')}: {error}") from error

    def _import(self, options: dict[str, Any]) -> None:
        at = clock.now()
        with options["file"].open("rb") as file:
            report = services.import_records(
                lines_of(file),
                valid_from=options["valid_from"] or clock.civil_day(at),
                actor=SYSTEM,
                at=at,
                is_trial=options["dry_run"],
            )
        if options["json"]:
            self.stdout.write(json.dumps(_as_json(report), ensure_ascii=False, indent=1))
        else:
            self._tell(report, options["problems"], is_trial=options["dry_run"])
        if report.refused:
            others = "are fine" if options["dry_run"] else "are in"
            raise CommandError(f"{report.refused} records were refused; the others {others}.")

    def _tell(self, report: ImportReport, most: int, *, is_trial: bool) -> None:
        for problem in report.problems[:most]:
            weight = "refused" if problem.is_fatal else "doubtful"
            self.stdout.write(f"line {problem.line} {problem.code} {problem.place}: {weight}: {problem.message}")
        more = len(report.problems) - most
        if more > 0:
            self.stdout.write(f"... and {more} more problems")
        counts = f"{report.created} new, {report.changed} changed, {report.unchanged} unchanged"
        self.stdout.write(f"{counts}, {report.refused} refused{' (nothing was written)' if is_trial else ''}")

    def _export(self, options: dict[str, Any]) -> None:
        codes = [code for code in options["codes"].split(",") if code]
        on = options["on"] or clock.civil_day(clock.now())
        count = 0
        with _writing(options["file"]) as file:
            for record in selectors.written_records(on=on, codes=codes):
                content = from_record(record.content) if options["format"] == "lay-thu-tuc" else record.content
                file.write(written(content).encode() + b"\n")
                count += 1
        self.stderr.write(f"{count} records written")

    def _compare(self, options: dict[str, Any]) -> None:
        with options["file"].open("rb") as file:
            found = selectors.compare_records(lines_of(file), on=clock.civil_day(clock.now()))
        listed = [*found.found, *(found.missing if options["missing"] else ())]
        if options["json"]:
            told = [_told(item, changes) for item, changes in selectors.changes_of(listed)]
            self.stdout.write(json.dumps(told, ensure_ascii=False, indent=1))
            return
        for item, changes in selectors.changes_of(listed):
            self.stdout.write(f"{item.kind.value} {item.code} {item.name}")
            for change in changes:
                place = f" ({change.place})" if change.place else ""
                self.stdout.write(f"  {change.part}{place}: {_short(change.before)} -> {_short(change.after)}")
        refused = len({problem.line for problem in found.problems if problem.is_fatal})
        same = found.named - len(found.found)
        counts = f"{len(found.found)} differ, {same} as before, {refused} cannot be read"
        self.stdout.write(f"{counts}, {len(found.missing)} in force are not in the file")

    def _load(self, options: dict[str, Any]) -> None:
        at = clock.now()
        report = services.load_packaged(valid_from=options["valid_from"] or clock.civil_day(at), actor=SYSTEM, at=at)
        self.stdout.write(f"{report.created} new, {report.changed} changed, {report.unchanged} unchanged")


def _add_day(parser: ArgumentParser, name: str, target: str, told: str) -> None:
    parser.add_argument(name, dest=target, type=date.fromisoformat, help=told)


@contextmanager
def _writing(name: str) -> Iterator[IO[bytes]]:
    if name == "-":
        yield sys.stdout.buffer
    elif name.endswith(".gz"):
        with gzip.open(name, "wb") as packed:
            yield packed  # type: ignore[misc]  # GzipFile is no IO, but writes bytes as one
    else:
        with Path(name).open("wb") as plain:
            yield plain


def _short(text: str) -> str:
    line = " ".join(text.split())
    return (line if len(line) <= 120 else f"{line[:119]}…") or "∅"


def _as_json(report: ImportReport) -> dict[str, Any]:
    return {
        "created": report.created,
        "changed": report.changed,
        "unchanged": report.unchanged,
        "refused": report.refused,
        "problems": [_problem(problem) for problem in report.problems],
    }


def _problem(problem: ImportProblem) -> dict[str, Any]:
    return {
        "line": problem.line,
        "code": problem.code,
        "place": problem.place,
        "message": problem.message,
        "refused": problem.is_fatal,
    }


def _told(item: Compared, changes: tuple[Change, ...]) -> dict[str, Any]:
    parts = [
        {"part": change.part, "place": change.place, "before": change.before, "after": change.after}
        for change in changes
    ]
    return {"kind": item.kind.value, "code": item.code, "name": item.name, "changes": parts}
