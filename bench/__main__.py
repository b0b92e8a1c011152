"""`python -m bench`: build the stage when it is not there, measure every act beside its ceiling, print and keep."""

import argparse
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench import machine, report, stage
from bench.clients import Browser, Measured, Plan, Request, measure
from bench.servers import running

FOLDER = stage.PROJECT / "docs" / "measurements"


def main() -> None:
    """Run the benchmark."""
    asked = _arguments()
    if asked.compare:
        print(report.compared(FOLDER, *asked.compare))  # noqa: T201 - the command's answer
        return
    with stage.server() as (url, database_pid):
        stage.database(url, asked.dossiers, again=asked.again, all_open=asked.all_open)
        if asked.all_open:
            _count_anew(asked.dossiers)
        else:
            _play(asked, database_pid)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--dossiers", type=int, default=100_000)
    parser.add_argument("--seconds", type=float, default=5.0, help="of each measurement")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", nargs="*", default=[], help="names of acts")
    parser.add_argument("--compare", nargs=2, type=int, metavar="N", help="two sizes measured before; measures nothing")
    parser.add_argument(
        "--all-open", action="store_true", help="every dossier is open; measures the counting anew of due dates alone"
    )
    parser.add_argument("--again", action="store_true", help="build the database anew")
    return parser.parse_args()


def _play(asked: argparse.Namespace, database_pid: int) -> None:
    from bench import alone, bare, deadlines, recomputing
    from bench.acts import Cast, plans
    from bench.seeds import Seeder
    from motcua.foundation.core.clock import now

    bare_ready()
    home = Path(os.environ["MOTCUA_HOME"])
    cast = Cast(Seeder(now()))
    acts = [act for act in plans(cast) if not asked.only or act.name in asked.only]
    from django.core.management import call_command
    from django.db import connections

    call_command("collectstatic", interactive=False, verbosity=0)
    connections.close_all()
    lines: list[report.Line] = []
    with running("bench.counting:application", probe="/healthz", log=home / "counting.log") as counting:
        counted = {act.name: statements(act.plan, counting[0]) for act in acts}
    with (
        running("motcua.config.wsgi:application", probe="/healthz", log=home / "web.log") as ours,
        running("bench.bare:application", probe="/select", log=home / "bare.log") as ceiling,
    ):
        for act in acts:
            rounds = [
                _round(act, ours, ceiling, database_pid, seconds=asked.seconds, counted=counted[act.name])
                for _ in range(asked.rounds)
            ]
            lines.append(report.median(rounds))
            stage.say(report.table(lines[-1:]).splitlines()[-1])
    print(report.table(lines))  # noqa: T201 - the command's answer
    more: dict[str, Any] = {"rounds": asked.rounds, "seconds": asked.seconds}
    if not asked.only or "alone" in asked.only:
        beside = alone.measured(cast, now(), database_pid)
        print(alone.table(beside))  # noqa: T201
        more["step_service_alone"] = alone.as_json(beside)
    if not asked.only or "deadlines" in asked.only:
        counted_by = deadlines.measured()
        print(deadlines.table(counted_by))  # noqa: T201
        more["due_date_microseconds"] = deadlines.as_json(counted_by)
    if not asked.only or "recomputing" in asked.only:
        anew = recomputing.measured(now())
        print(recomputing.table(anew))  # noqa: T201
        more["recomputing"] = recomputing.as_json(anew)
    at = datetime.now(tz=UTC).isoformat(timespec="seconds")
    print(report.write(FOLDER, count=asked.dossiers, lines=lines, more=more, at=at))  # noqa: T201
    assert bare.ROWS  # noqa: S101 - the module is the ceiling's


def _count_anew(count: int) -> None:
    """Count all dossiers anew after a holiday, and keep the result in a file of its own."""
    from bench import recomputing
    from motcua.foundation.core.clock import now

    load = os.getloadavg()[0]
    found = recomputing.measured(now())
    print(recomputing.table(found))  # noqa: T201 - the command's answer
    more = recomputing.as_json(found) | {"load_before": load, "load_after": os.getloadavg()[0]}
    at = datetime.now(tz=UTC).isoformat(timespec="seconds")
    print(report.keep(FOLDER / f"recomputing-{count}.json", {"at": at, "dossiers": count} | more))  # noqa: T201


def bare_ready() -> None:
    """Make the table of the bare view in the benchmark's database."""
    from bench import bare

    bare.prepare()


def forget_attempts() -> None:
    """Forget who tried to sign in: four clients of one person sign in more often than a person may."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE core_attempt, accounts_failure_run")
    connection.close()


def statements(plan: Plan, port: int) -> int:
    """Return how many SQL statements one request needs, asked of the server itself by its header."""
    forget_attempts()
    browser = Browser(port)
    requests = plan(browser, 0)
    counts = []
    for _ in range(4):
        request: Request | None = next(requests, None)
        if request is None:
            break
        _status, _content, headers = browser.send(request.method, request.path, request.form)
        counts.append(int(headers.get("X-SQL-Statements", 0)))
    return counts[-1] if counts else 0


def _round(
    act: Any, ours: tuple[int, int], ceiling: tuple[int, int], database_pid: int, *, seconds: float, counted: int
) -> report.Line:
    forget_attempts()
    bare_plan = _bare(act.ceiling)
    measure(bare_plan, ceiling[0], seconds=1.0)
    bare_seen, bare_used = _with_cpu(bare_plan, ceiling, database_pid, seconds=seconds)
    measure(act.plan, ours[0], seconds=1.0)
    seen, used = _with_cpu(act.plan, ours, database_pid, seconds=seconds)
    requests, bare_requests = len(seen.seconds) or 1, len(bare_seen.seconds) or 1
    return report.Line(
        act=act.name,
        ceiling=act.ceiling,
        rate=seen.rate,
        ceiling_rate=bare_seen.rate,
        p50=seen.quantile(0.5),
        p95=seen.quantile(0.95),
        p99=seen.quantile(0.99),
        web_cpu=1000 * used.web / requests,
        database_cpu=1000 * used.database / requests,
        ceiling_cpu=1000 * (bare_used.web + bare_used.database) / bare_requests,
        statements=counted,
        wrong=seen.wrong,
        memory=machine.memory_megabytes(ours[1]),
    )


def _with_cpu(
    plan: Plan, server: tuple[int, int], database_pid: int, *, seconds: float
) -> tuple[Measured, machine.Used]:
    """Measure, and count the CPU from the moment at which all clients are ready."""
    marks: list[machine.Used] = []
    seen = measure(
        plan, server[0], seconds=seconds, started=lambda: marks.append(machine.used(server[1], database_pid))
    )
    return seen, machine.used(server[1], database_pid).since(marks[0])


def _bare(path: str) -> Plan:
    def plan(browser: Browser, number: int) -> Any:
        while True:
            yield Request("GET", f"/{path}")

    return plan


if __name__ == "__main__":
    main()
