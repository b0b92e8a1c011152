"""Where the benchmark plays: a database server of its own with full durability, a province, N dossiers."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

from motcua.config.launcher import cluster, keys
from motcua.config.launcher.places import find_place
from motcua.config.settings import environment

PROJECT = Path(__file__).resolve().parents[1]
# As an installation on this machine would be set: everything durable, memory for two cores.
SETTINGS = cluster.QUIET | {
    "shared_buffers": "1GB",
    "effective_cache_size": "4GB",
    "random_page_cost": "1.1",
    "max_connections": "100",
    "max_wal_size": "4GB",
    "checkpoint_timeout": "15min",
    "jit": "off",
}


def say(text: str) -> None:
    """Print one line of progress."""
    print(f"{datetime.now():%H:%M:%S} {text}", flush=True)  # noqa: T201, DTZ005 - a command's progress


@contextmanager
def server() -> Iterator[tuple[str, int]]:
    """Have a PostgreSQL server; yield its address and its process id. DATABASE_URL names another one."""
    given = os.environ.get("DATABASE_URL")
    if given:
        yield given, _postmaster(given)
        return
    made = cluster.Cluster(find_place(PROJECT, "postgres-bench"), SETTINGS)
    with made.in_use():
        yield made.url("postgres"), _postmaster(made.url("postgres"))


def _postmaster(url: str) -> int:
    with psycopg.connect(url) as connection:
        row = connection.execute("SELECT pg_backend_pid()").fetchone()
        assert row is not None  # noqa: S101 - the statement has a row
        return int(Path(f"/proc/{row[0]}/stat").read_text().rsplit(")", 1)[1].split()[1])


def named(url: str, database: str) -> str:
    """Return the address of another database of the same server."""
    return urlunsplit(urlsplit(url)._replace(path=f"/{database}"))


def database(url: str, count: int, *, again: bool, all_open: bool = False) -> str:
    """Return the address of a database with `count` dossiers, built when it is not there yet."""
    name = f"motcua_bench_{count}{'_open' if all_open else ''}"
    with psycopg.connect(named(url, "postgres"), autocommit=True) as connection:
        found = connection.execute(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s", [name]
        ).fetchone()
        if found and (again or found[0] != _mark()):
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))
            found = None
        if not found:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    use(named(url, name))
    if not found:
        from bench.seeds import OPEN_SHARE, build

        build(count, open_share=1.0 if all_open else OPEN_SHARE)
        with psycopg.connect(named(url, "postgres"), autocommit=True) as connection:
            connection.execute(
                sql.SQL("COMMENT ON DATABASE {} IS {}").format(sql.Identifier(name), sql.Literal(_mark()))
            )
    return named(url, name)


def _mark() -> str:
    """Return what a kept database was built from: it is built anew when a migration came."""
    found = sorted(path.name for path in PROJECT.glob("src/motcua/**/migrations/0*.py"))
    return f"{len(found)} {max(found)}"


def use(url: str) -> None:
    """Point Django at a database before it is set up."""
    os.environ["DATABASE_URL"] = url
    os.environ["DJANGO_SETTINGS_MODULE"] = "motcua.config.settings.development"
    os.environ.setdefault("MOTCUA_HOME", str(PROJECT / ".motcua" / "bench"))
    os.environ["MOTCUA_SECOND_FACTOR_ROLES"] = ""  # signing in is no part of what is measured
    state = Path(os.environ["MOTCUA_HOME"])
    state.mkdir(parents=True, exist_ok=True)
    environment.ROOT = state  # read when it was imported, before this folder was chosen
    keys.provide(os.environ, state=state, data=None)
    if "django" in sys.modules and "motcua.config.settings.development" in sys.modules:
        raise RuntimeError("Django was set up before the database was chosen")
    import django

    django.setup()
