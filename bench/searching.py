"""`python -m bench.searching FILE`: how well and how fast titles are found, at the file's size and at 10,000.

FILE is a JSON Lines file of published procedures (.jsonl or .jsonl.gz). Each title is asked for without diacritics and
with one typing slip in three words; clones with varied titles make the catalogue as large as asked.
"""

import argparse
import gzip
import json
import platform
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random
from time import perf_counter

import psycopg
from psycopg import sql

from bench import report, stage

FOLDER = stage.PROJECT / "docs" / "measurements"
DATABASE = "motcua_bench_search"
TAILS = (
    "cấp tỉnh", "cấp xã", "đối với hộ kinh doanh", "đối với hợp tác xã", "tại khu công nghiệp", "trên địa bàn tỉnh",
    "theo cơ chế liên thông", "cho người nước ngoài", "do thay đổi thông tin", "do mất hoặc hư hỏng",
)  # fmt: skip
HEADS = (
    "Cấp lại", "Gia hạn", "Thu hồi", "Điều chỉnh", "Sửa đổi, bổ sung", "Thẩm định", "Công nhận", "Đăng ký lại",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """One way of asking at one size; shares are 0 to 1, times milliseconds of the whole search with its page."""

    procedures: int
    asked: str
    titles: int
    place: int
    found: float
    aim: float
    p50: float
    p95: float
    slowest: float


def main() -> None:
    """Build both catalogues in a database of their own, ask, print and keep."""
    asked = _arguments()
    with stage.server() as (url, _pid), _database(url):
        _load(asked.file)
        lines = _measured(0)
        _grow(asked.procedures)
        lines += _measured(asked.titles)
    found = {
        "at": datetime.now(tz=UTC).isoformat(timespec="seconds"),
        "machine": {"processor": platform.machine(), "python": platform.python_version()},
        "lines": [asdict(line) for line in lines],
    }
    report.keep(FOLDER / "search.json", found)
    print(json.dumps(found, indent=1))  # noqa: T201 - the command's answer


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.searching", description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--procedures", type=int, default=10_000, help="size to which clones fill the catalogue")
    parser.add_argument("--titles", type=int, default=2_500, help="titles asked for among the clones; 0 asks for all")
    return parser.parse_args()


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


def _load(path: Path) -> None:
    """Import the packaged catalogue with its everyday words, then the file."""
    from django.core.management import call_command

    from motcua.casework.procedures import services
    from motcua.foundation.accounts.types import SYSTEM
    from motcua.foundation.core import clock

    call_command("migrate", verbosity=0)
    at = clock.now()
    begun = perf_counter()
    services.load_packaged(valid_from=date(2026, 1, 1), actor=SYSTEM, at=at)
    with gzip.open(path, "rb") if path.suffix == ".gz" else path.open("rb") as lines:
        services.import_records(lines, valid_from=date(2026, 1, 1), actor=SYSTEM, at=at)
    stage.say(f"imported in {perf_counter() - begun:.0f} s")


def _measured(count: int) -> list[Line]:
    from django.db import connection

    from motcua.casework.procedures.selectors import forget_choices
    from motcua.casework.procedures.tests.slips import slipped
    from motcua.foundation.core.folding import fold

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        cursor.execute("SELECT name FROM procedures_version WHERE upper_inf(valid) ORDER BY sort_key, id")
        titles = [fold(name) for (name,) in cursor.fetchall()]
    forget_choices()
    size = len(titles)
    if count and count < size:
        titles = Random(1).sample(titles, count)  # noqa: S311 - a sample
    random = Random(2)  # noqa: S311 - a measure to repeat
    return [
        _line(size, "without diacritics", titles, lambda text: text, place=1, aim=0.97),
        _line(size, "with one slip in three words", titles, lambda text: slipped(text, random), place=5, aim=0.9),
    ]


def _line(size: int, asked: str, titles: list[str], typed: Callable[[str], str], *, place: int, aim: float) -> Line:
    from motcua.casework.procedures import selectors
    from motcua.foundation.core.clock import civil_day, now
    from motcua.foundation.core.folding import fold

    on = civil_day(now())
    selectors.search("khai sinh", on=on)
    found, seconds = 0, []
    for title in titles:
        text = typed(title)
        begun = perf_counter()
        page = selectors.search(text, on=on)
        seconds.append(perf_counter() - begun)
        found += title in [fold(hit.name) for hit in page.results[:place]]
    seconds.sort()
    p50, p95 = (round(1000 * seconds[int(part * len(seconds))], 1) for part in (0.5, 0.95))
    share = round(found / len(titles), 4)
    stage.say(f"{size:,} procedures, {asked}: {share:.2%} of {len(titles):,} in the first {place}; p95 {p95} ms")
    return Line(size, asked, len(titles), place, share, aim, p50, p95, round(1000 * seconds[-1], 1))


def _grow(size: int) -> None:
    """Clone procedures under varied titles until there are `size`: another head, another tail, or a word left out."""
    from django.db import connection, transaction
    from vn_collate import collate_key

    from motcua.casework.procedures.models import ProcedureVersion

    generated = {"id", "public_id", "procedure_id", "name", "sort_key", "name_fold", "vector"}
    columns = [str(field.column) for field in ProcedureVersion._meta.concrete_fields if field.column not in generated]
    copied = sql.SQL(", ").join(sql.Identifier(column) for column in columns)
    insert = sql.SQL(
        "INSERT INTO procedures_version (public_id, procedure_id, name, sort_key, {columns})"
        " SELECT gen_random_uuid(), %s, %s, %s, {columns} FROM procedures_version WHERE id = %s"
    ).format(columns=copied)
    random = Random(3)  # noqa: S311 - a measure to repeat
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT id, name FROM procedures_version WHERE upper_inf(valid) ORDER BY id")
        rows = cursor.fetchall()
        seen = {name for _id, name in rows}
        while len(seen) < size:
            version_id, name = random.choice(rows)
            varied = _varied(name, random)
            if varied in seen:
                continue
            seen.add(varied)
            cursor.execute(
                "INSERT INTO procedures_procedure (public_id, code, prominence) VALUES (gen_random_uuid(), %s, 0)"
                " RETURNING id",
                [f"9.{len(seen):06d}"],
            )
            cursor.execute(insert, [cursor.fetchone()[0], varied, collate_key(varied), version_id])


def _varied(name: str, random: Random) -> str:
    kind = random.randrange(3)
    if kind == 0:
        return f"{name} {random.choice(TAILS)}"
    if kind == 1:
        return f"{random.choice(HEADS)} {name[0].lower()}{name[1:]}"
    words = name.split()
    if len(words) > 5:
        del words[random.randrange(1, len(words))]
    return " ".join(words)


if __name__ == "__main__":
    main()
