"""`python -m bench.catalogue [FILE]`: how fast a whole national file of procedures goes in and comes out, without loss.

FILE is a JSON Lines file of published procedures (.jsonl or .jsonl.gz); without it the packaged records are taken.
Measured: the first import, the second (which changes nothing), and the export, whose records are compared with the
file's in canonical JSON.
"""

import argparse
import gzip
import json
import platform
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from importlib.resources import files
from pathlib import Path
from time import perf_counter
from typing import Any

import psycopg
from psycopg import sql

from bench import report, stage

FOLDER = stage.PROJECT / "docs" / "measurements"
DATABASE = "motcua_bench_catalogue"
SINCE = date(2026, 1, 1)
AIM_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Found:
    """What was measured; seconds of wall clock, `equal` records of the export that are equal to the file's."""

    records: int
    import_seconds: float
    aim_seconds: float
    problems: int
    refused: int
    again_seconds: float
    again_changed: int
    export_seconds: float
    equal: int


def main() -> None:
    """Measure in a database of its own, print and keep."""
    parser = argparse.ArgumentParser(prog="python -m bench.catalogue", description=__doc__)
    parser.add_argument("file", type=Path, nargs="?")
    lines = records(parser.parse_args().file)
    with stage.server() as (url, _pid), _database(url):
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        found = measured(lines)
    answer = {
        "at": datetime.now(tz=UTC).isoformat(timespec="seconds"),
        "machine": {"processor": platform.machine(), "python": platform.python_version()},
        **asdict(found),
    }
    report.keep(FOLDER / "catalogue.json", answer)
    print(json.dumps(answer, indent=1))  # noqa: T201 - the command's answer


def records(path: Path | None) -> list[bytes]:
    """Return the lines of a file, or of the packaged catalogue."""
    if path is None:
        packed = (files("motcua.casework.procedures.data") / "procedures.jsonl.gz").read_bytes()
        return gzip.decompress(packed).splitlines()
    content = path.read_bytes()
    return (gzip.decompress(content) if path.suffix == ".gz" else content).splitlines()


def measured(lines: list[bytes]) -> Found:
    """Import, import again, export and compare."""
    from motcua.casework.procedures import selectors, services
    from motcua.casework.procedures.reading.canonical import canonical
    from motcua.foundation.accounts.types import SYSTEM
    from motcua.foundation.core import clock

    def bring_in() -> Any:
        return services.import_records(lines, valid_from=SINCE, actor=SYSTEM, at=clock.now())

    first, seconds = _timed(bring_in)
    again, again_seconds = _timed(bring_in)
    written, export_seconds = _timed(lambda: {item.code: item.content for item in selectors.written_records(on=SINCE)})
    equal = 0
    for line in lines:
        raw = json.loads(line)
        equal += canonical(raw) == canonical(written.get(raw["code"], {}))
    return Found(
        records=len(lines),
        import_seconds=round(seconds, 1),
        aim_seconds=AIM_SECONDS,
        problems=len(first.problems),
        refused=first.refused,
        again_seconds=round(again_seconds, 1),
        again_changed=again.created + again.changed + again.refused,
        export_seconds=round(export_seconds, 1),
        equal=equal,
    )


def _timed(act: Callable[[], Any]) -> tuple[Any, float]:
    begun = perf_counter()
    answer = act()
    return answer, perf_counter() - begun


@contextmanager
def _database(url: str) -> Iterator[None]:
    drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(DATABASE))
    with psycopg.connect(stage.named(url, "postgres"), autocommit=True) as connection:
        connection.execute(drop)
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(DATABASE)))
    stage.use(stage.named(url, DATABASE))
    yield
    from django.db import connections

    connections.close_all()
    with psycopg.connect(stage.named(url, "postgres"), autocommit=True) as connection:
        connection.execute(drop)


if __name__ == "__main__":
    main()
