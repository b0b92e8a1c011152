"""The step's service without the web, beside pgbench doing the same statements with -M prepared.

Both take open tasks of the same officers, each its own half; 1 client and 4. The transactions end at the same commit.
"""

import multiprocessing
import os
import re
import resource
import shutil
import subprocess
import tempfile
import time
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.db import connection, connections

from bench import machine
from bench.acts import Cast
from motcua.casework.dossiers import change_sql, journal
from motcua.casework.dossiers import services as dossiers
from motcua.casework.dossiers.models import Dossier
from motcua.casework.dossiers.services import steps
from motcua.casework.dossiers.types import StepInput
from motcua.casework.workflow import selectors as workflow
from motcua.casework.workflow import step_sql
from motcua.foundation.core import outbox

AIMS = {1: 0.45, 4: 0.25}
MOST = 2_000  # transactions of one measurement


@dataclass(frozen=True, slots=True)
class Alone:
    """Transactions a second and CPU milliseconds each (client and PostgreSQL) of the service and of pgbench."""

    clients: int
    rate: float
    pgbench_rate: float
    cpu: float
    pgbench_cpu: float

    @property
    def rate_ratio(self) -> float:
        """The service's rate as a share of pgbench's."""
        return self.rate / self.pgbench_rate if self.pgbench_rate else 0.0

    @property
    def cpu_ratio(self) -> float:
        """pgbench's CPU as a share of the service's."""
        return self.pgbench_cpu / self.cpu if self.cpu else 0.0


def pgbench() -> str | None:
    """Return the path of pgbench, None when it is not installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/pgbench"))
    return shutil.which("pgbench") or (str(found[-1]) if found else None)


def measured(cast: Cast, at: datetime, database_pid: int) -> list[Alone] | str:
    """Return the comparison for 1 and 4 clients, or why there is none."""
    program = pgbench()
    if program is None:
        return "pgbench is not installed: apt install postgresql-contrib"
    lines = []
    for clients in AIMS:
        tasks = _tasks(cast)[: 2 * MOST]
        half = len(tasks) // 2 // clients * clients
        if half < 4:
            return "too few open tasks are left; build the database anew with --again"
        rate, cpu = _service(cast, tasks[:half], at, clients, database_pid)
        their_rate, their_cpu = _pgbench(program, tasks[half : 2 * half], clients, database_pid)
        lines.append(Alone(clients, rate, their_rate, cpu, their_cpu))
    return lines


def as_json(found: list[Alone] | str) -> Any:
    """Return the comparison for the file of results."""
    if isinstance(found, str):
        return found
    return [asdict(line) | {"rate_ratio": line.rate_ratio, "cpu_ratio": line.cpu_ratio} for line in found]


def table(found: list[Alone] | str) -> str:
    """Return the comparison as text."""
    if isinstance(found, str):
        return f"step service alone: {found}"
    rows = [f"{'step service alone':<22}{'tx/s':>8}{'pgbench':>9}{'ratio':>7}{'CPU ratio':>11}{'aim':>6}{'ms':>8}"]
    rows += [
        f"{f'{line.clients} clients':<22}{line.rate:>8.0f}{line.pgbench_rate:>9.0f}{line.rate_ratio:>7.2f}"
        f"{line.cpu_ratio:>11.2f}{AIMS[line.clients]:>6}{line.cpu:>8.2f}"
        for line in found
    ]
    return "\n".join(rows)


def _tasks(cast: Cast) -> list[tuple[int, int, Any, int]]:
    """Return (place of the officer, dossier id, task, run id) of open tasks, the officers mixed."""
    found = []
    for place, (unit_id, _username) in enumerate(cast.officers):
        page = workflow.open_task_page([(unit_id, "officer")], person_id=None, limit=1000)
        runs = dict(Dossier.objects.filter(run_id__in=[t.run_id for t in page.tasks]).values_list("run_id", "pk"))
        found += [(place, runs[task.run_id], task, task.run_id) for task in page.tasks]
    return sorted(found, key=lambda item: item[2].public_id.bytes[::-1])


def _timed(database_pid: int, count: int, work: Any) -> tuple[float, float]:
    before, database = resource.getrusage(resource.RUSAGE_CHILDREN), machine.used(os.getpid(), database_pid).database
    started = time.perf_counter()
    seconds = work() or time.perf_counter() - started
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    own = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    spent = own + machine.used(os.getpid(), database_pid).database - database
    return count / seconds, 1000 * spent / count


def _service(cast: Cast, tasks: list[Any], at: datetime, clients: int, database_pid: int) -> tuple[float, float]:
    connections.close_all()
    actors = [cast.seeder.actor(unit_id, "officer") for unit_id, _username in cast.officers]
    connections.close_all()
    context = multiprocessing.get_context("fork")
    gate, times = context.Barrier(clients), context.Queue()

    def client(number: int) -> None:
        workflow.task_for(tasks[number][2].public_id)  # connects, compiles the process
        gate.wait(60)
        started = time.perf_counter()
        for place, dossier_id, task, _run in tasks[number::clients]:
            actor = actors[place]
            post = next(post for post in actor.posts if post.unit_id == task.unit_id and post.role == task.role)
            dossiers.complete_step(
                dossier_id=dossier_id, task_id=task.public_id, outcome=task.outcomes[0].code, actor=actor, at=at,
                given=StepInput(), post_id=post.post_id,
            )  # fmt: skip
        times.put(time.perf_counter() - started)

    def work() -> float:
        workers = [context.Process(target=client, args=(number,)) for number in range(clients)]
        for worker in workers:
            worker.start()
        seconds = max(times.get(timeout=300) for _ in workers)
        for worker in workers:
            worker.join()
        return float(seconds)

    return _timed(database_pid, len(tasks), work)


def _pgbench(program: str, tasks: list[Any], clients: int, database_pid: int) -> tuple[float, float]:
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS bench_step")
        cursor.execute("CREATE TABLE bench_step (n int PRIMARY KEY, public_id uuid NOT NULL)")
        cursor.executemany(
            "INSERT INTO bench_step VALUES (%s, %s)",
            [(n, task.public_id) for n, (_p, _d, task, _r) in enumerate(tasks)],
        )
        cursor.execute("ANALYZE bench_step")
    connections.close_all()
    each = len(tasks) // clients
    parts = urlsplit(os.environ["DATABASE_URL"])
    host = dict(parse_qsl(parts.query)).get("host") or parts.hostname or ""
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "step.sql"
        script.write_text(_script(each))
        command = [
            program, "-n", "-M", "prepared", "-c", str(clients), "-j", str(min(clients, 2)), "-t", str(each),
            "-D", "i=-1", "-f", str(script), "-h", host, "-U", unquote(parts.username or "postgres"),
            *(["-p", str(parts.port)] if parts.port else []), parts.path.lstrip("/"),
        ]  # fmt: skip
        said = ""

        def work() -> float:
            nonlocal said
            done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)  # noqa: S603
            said = done.stdout + done.stderr
            rate = re.search(r"tps = ([\d.]+)", said)
            if done.returncode or rate is None:
                raise RuntimeError(f"pgbench failed: {said[-1500:]}")
            return each * clients / float(rate.group(1))

        return _timed(database_pid, each * clients, work)


def _filled(statement: str, values: list[str]) -> str:
    """Return a statement of the product with pgbench's variables in the place of its parameters."""
    rest = iter(values)
    return " ".join(re.sub(r"%s", lambda _found: next(rest), statement).split()).replace("%%", "%")


def _script(each: int) -> str:
    """Return the transaction of an ordinary step as pgbench runs it; ids come from the first statement."""
    head, tail = change_sql.load_statement().split(" FROM ", 1)
    named = re.sub(r"\b([dt])\.(\w+)", r"\1.\2 AS \1_\2", head)
    load = f"{named} FROM {tail}".replace("%s", "(SELECT public_id FROM bench_step WHERE n = :n)")
    close = step_sql.CLOSE_TASK_ANY
    for name, value in {
        "run": ":d_run_id", "token": ":t_id", "at": "now()", "outcome": "'enough'", "person": "1", "post": "1",
    }.items():  # fmt: skip
        close = close.replace(f"%({name})s", value)
    token = [
        "gen_random_uuid()", ":d_run_id", ":t_version_id", ":t_node", "'task'", "''", "''", ":t_unit_id", "'officer'",
        "'staff'", "'examine'", "NULL", "now()", "now()", "now()", "''",
    ]  # fmt: skip
    line = [
        ":d_id", ":d_journal_seq + 1", "'task_done'", ":t_node", "'enough'", "'staff'", "1", "1", ":t_unit_id", ":t_id",
        "now()", "now()", "'{\"state\": \"in_process\", \"waiting\": \"\", \"opened\": [\"T2\"]}'",
        *[f"decode('{'ab' * size}', 'hex')" for size in (16, 32, 32)],
    ]  # fmt: skip
    event = ["'dossiers.moved'", ":d_id", f"'{_PAYLOAD}'", "now()"]
    changed = {
        "state": "'in_process'", "waiting_for": "''", "outcome": "''", "restarted_at": "NULL", "due_at": "now()",
        "statutory_due_at": "NULL", "is_suspended": "false", "finished_at": "NULL",
        "closed_at": "NULL", "supplement_count": ":d_supplement_count", "lock_version": ":d_lock_version + 1",
        "journal_seq": ":d_journal_seq + 1", "journal_hash": f"decode('{'ab' * 32}', 'hex')",
    }  # fmt: skip
    save = change_sql.save_statement(steps.SAVED, 1)
    save_values = [*line, *event, *(changed[name] for name in steps.SAVED), ":d_id"]
    opened = f"{step_sql.INSERT_TOKENS}{step_sql.ROW} RETURNING id"
    statements = [_filled(close, []), _filled(opened, token), _filled(save, save_values)]
    assert journal.insertion(1) in save  # noqa: S101 - the same statement as the product's
    assert outbox.INSERT in save  # noqa: S101
    return "\n".join(
        [
            r"\set i :i + 1", rf"\set n :client_id * {each} + :i", "BEGIN;", " ".join(load.split()) + r" \gset",
            *(f"{statement};" for statement in statements), "COMMIT;", "",
        ]
    )  # fmt: skip


_PAYLOAD = (
    '{"dossier_id": 1, "public_id": "01a2091e-adef-7aca-904a-8014ae4eef86", "field_id": 1, "channel": "counter", '
    '"receiving_agency_id": 1, "competent_agency_id": 1, "at": "2026-11-23T09:00:00+07:00", "node": "T1", '
    '"outcome": "enough", "opened": ["T2"]}'
)
