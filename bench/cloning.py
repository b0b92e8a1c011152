"""Many dossiers from few: rows made by the services are copied by COPY under new ids, codes and hash chains.

A clone is moved back by whole weeks, so that weekdays and their working hours stay what they were; its journal is
chained anew, and a sample of clones is verified and replayed afterwards.
"""

import json
import random
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection

from motcua.casework.dossiers import journal, picture
from motcua.casework.dossiers.models import Dossier
from motcua.foundation.core.clock import civil_day
from motcua.foundation.core.ids import uuid7

TABLES = {
    "workflow_run": "id",
    "workflow_token": "run_id",
    "dossiers_party": "dossier_id",
    "dossiers_paper": "dossier_id",
    "dossiers_form_answer": "dossier_id",
    "dossiers_pause": "dossier_id",
    "dossiers_result": "dossier_id",
    "dossiers_journal": "dossier_id",
}
OWN_IDS = ("workflow_token", "dossiers_party", "dossiers_paper", "dossiers_form_answer", "dossiers_pause",
           "dossiers_result", "dossiers_journal")  # fmt: skip
BATCH = 5_000


class Cloner:
    """Copies seeds until there are `count` dossiers."""

    def __init__(self, count: int, *, open_share: float, weeks: int = 26, seed: int = 7) -> None:
        self.count = count
        self.open_share = open_share
        self.weeks = weeks
        self.random = random.Random(seed)  # noqa: S311 - the same clones each time
        self.next_id: dict[str, int] = {}
        self.codes: dict[tuple[int, date], int] = {}

    def run(self) -> None:
        """Read the seeds and write the clones in batches."""
        seeds = self._seeds()
        self._read_counters()
        open_seeds = [seed for seed in seeds if seed["closed_at"] is None]
        done_seeds = [seed for seed in seeds if seed["closed_at"] is not None]
        missing = self.count - len(seeds)
        for start in range(0, missing, BATCH):
            buffers: dict[str, list[tuple[Any, ...]]] = {name: [] for name in ("dossiers_dossier", *TABLES)}
            for _ in range(min(BATCH, missing - start)):
                is_open = self.random.random() < self.open_share
                seed = self.random.choice(open_seeds if is_open else done_seeds)
                self._clone(seed, 0 if is_open else self.random.randint(0, self.weeks), buffers)
            self._write(buffers)
        self._finish()

    def _seeds(self) -> list[dict[str, Any]]:
        seeds = _rows("SELECT * FROM dossiers_dossier WHERE run_id IS NOT NULL ORDER BY id")
        by_run = {seed["run_id"]: seed for seed in seeds}
        by_id = {seed["id"]: seed for seed in seeds}
        for table, key in TABLES.items():
            for seed in seeds:
                seed[table] = []
            order = "dossier_id, seq" if table == "dossiers_journal" else "id"
            for row in _rows(f"SELECT * FROM {table} ORDER BY {order}"):  # noqa: S608 - our own names
                owner = (by_run if key in {"id", "run_id"} else by_id).get(row[key])
                if owner is not None:
                    owner[table].append(row)
        return seeds

    def _read_counters(self) -> None:
        for table in ("dossiers_dossier", "workflow_run", *OWN_IDS):
            self.next_id[table] = _rows(f"SELECT coalesce(max(id), 0) + 1 AS n FROM {table}")[0]["n"]  # noqa: S608
        for row in _rows("SELECT agency_id, day, last FROM dossiers_code_sequence"):
            self.codes[row["agency_id"], row["day"]] = row["last"]

    def _take(self, table: str) -> int:
        self.next_id[table] += 1
        return self.next_id[table] - 1

    def _clone(self, seed: dict[str, Any], weeks: int, buffers: dict[str, list[tuple[Any, ...]]]) -> None:
        back = timedelta(weeks=weeks)
        dossier_id, run_id = self._take("dossiers_dossier"), self._take("workflow_run")
        code = self._code(seed, back)
        tokens = {row["id"]: self._take("workflow_token") for row in seed["workflow_token"]}
        seq, link = 0, b""
        for row in seed["dossiers_journal"]:
            entry = _moved(row, back) | {"id": self._take("dossiers_journal"), "dossier_id": dossier_id}
            entry["token_id"] = tokens.get(row["token_id"])
            facts = row["facts"] if isinstance(row["facts"], dict) else json.loads(row["facts"])
            entry["facts"] = _moved_facts(facts, back, code)
            seq, link = row["seq"], _link(link, entry)
            entry["hash"] = link
            buffers["dossiers_journal"].append(tuple(entry.values()))
        dossier = _moved({key: value for key, value in seed.items() if key not in TABLES}, back)
        dossier |= {"id": dossier_id, "run_id": run_id, "code": code, "public_id": uuid7(), "intake_number": None}
        dossier |= {"journal_seq": seq, "journal_hash": link}
        buffers["dossiers_dossier"].append(tuple(dossier.values()))
        self._clone_parts(seed, back, dossier_id, run_id, tokens, buffers)

    def _clone_parts(
        self,
        seed: dict[str, Any],
        back: timedelta,
        dossier_id: int,
        run_id: int,
        tokens: dict[int, int],
        buffers: dict[str, list[tuple[Any, ...]]],
    ) -> None:
        for row in seed["workflow_run"]:
            buffers["workflow_run"].append(tuple((_moved(row, back) | {"id": run_id}).values()))
        for row in seed["workflow_token"]:
            own = {"id": tokens[row["id"]], "run_id": run_id, "public_id": uuid7()}
            if row.get("branch") in tokens:
                own["branch"] = tokens[row["branch"]]
            buffers["workflow_token"].append(tuple((_moved(row, back) | own).values()))
        for table in ("dossiers_party", "dossiers_paper", "dossiers_form_answer", "dossiers_pause", "dossiers_result"):
            for row in seed[table]:
                own = {"id": self._take(table), "dossier_id": dossier_id}
                if table == "dossiers_result":
                    own["line_id"] = None
                buffers[table].append(tuple((_moved(row, back) | own).values()))

    def _code(self, seed: dict[str, Any], back: timedelta) -> str:
        day = civil_day(seed["accepted_at"] - back)
        key = (seed["receiving_agency_id"], day)
        self.codes[key] = self.codes.get(key, 0) + 1
        agency = seed["code"].rsplit("-", 2)[0]
        return f"{agency}-{day:%y%m%d}-{self.codes[key]:04d}"

    def _write(self, buffers: dict[str, list[tuple[Any, ...]]]) -> None:
        with connection.cursor() as cursor:
            for table in ("workflow_run", "workflow_token", "dossiers_dossier", *TABLES):
                rows = buffers.pop(table, None)
                if rows:
                    _copy(cursor, table, rows)

    def _finish(self) -> None:
        with connection.cursor() as cursor:
            for table in self.next_id:
                cursor.execute(
                    f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), %s)",
                    [self.next_id[table]],
                )
            cursor.executemany(
                "INSERT INTO dossiers_code_sequence (agency_id, day, last) VALUES (%s, %s, %s) "
                "ON CONFLICT (agency_id, day) DO UPDATE SET last = excluded.last",
                [(agency, day, last) for (agency, day), last in self.codes.items()],
            )


def _rows(statement: str) -> list[dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        names = [column.name for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _moved(row: dict[str, Any], back: timedelta) -> dict[str, Any]:
    if not back:
        return dict(row)
    return {key: value - back if isinstance(value, datetime) else value for key, value in row.items()}


def _moved_facts(facts: dict[str, Any], back: timedelta, code: str) -> dict[str, Any]:
    moved = dict(facts)
    for name in ("due_at", "law_due_at", "restarted_at"):
        if moved.get(name):
            moved[name] = (datetime.fromisoformat(moved[name]) - back).isoformat()
    if "code" in moved:
        moved["code"] = code
    return moved


def _link(previous: bytes, entry: dict[str, Any]) -> bytes:
    values = [entry[name] for name in ("dossier_id", "seq", "act", "node", "outcome", "actor_kind", "person_id")]
    values += [entry["post_id"], entry["unit_id"], entry["token_id"]]
    values += [journal._instant(entry["occurred_at"]), journal._instant(entry["recorded_at"]), entry["facts"]]
    values += [bytes(entry["salt"]).hex(), bytes(entry["digest"]).hex()]
    return journal._link(previous, values)


def _copy(cursor: Any, table: str, rows: list[tuple[Any, ...]]) -> None:
    stored = [(place, column["name"]) for place, column in enumerate(_columns(table)) if column["kind"] == "NEVER"]
    names = ", ".join(name for _place, name in stored)
    with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row([_plain(row[place]) for place, _name in stored])


_known: dict[str, list[dict[str, Any]]] = {}


def _columns(table: str) -> list[dict[str, Any]]:
    if table not in _known:
        _known[table] = _rows(
            "SELECT column_name AS name, is_generated AS kind FROM information_schema.columns "  # noqa: S608 - our own names
            f"WHERE table_name = '{table}' ORDER BY ordinal_position"
        )
    return _known[table]


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False)
    return bytes(value) if isinstance(value, memoryview) else value


def verify(sample: int = 200) -> int:
    """Verify the chain of random clones and replay their journals; return how many were looked at.

    Raises:
        AssertionError: a clone is not what its journal says.
    """
    chooser = random.Random(11)  # noqa: S311 - a sample, not a secret
    top = Dossier.objects.order_by("-pk").values_list("pk", flat=True)[0]
    looked_at = 0
    for pk in (chooser.randint(1, top) for _ in range(sample)):
        dossier = Dossier.objects.filter(pk=pk).first()
        if dossier is None:
            continue
        if journal.broken_link(pk) is not None or picture.replay(pk) != picture.picture_of(dossier):
            raise AssertionError(f"the journal of dossier {pk} does not say what its row says")
        looked_at += 1
    return looked_at
