"""A database per test process, copied from a template that is migrated once per set of migrations.

The server is the embedded one, in a folder of the tests' own; DATABASE_URL names another one. MOTCUA_TEST_NAME keeps
people apart who run tests at once on one server.
"""

import hashlib
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
from django.core.management import call_command
from django.db import connections
from django.db.backends.postgresql.operations import DatabaseOperations
from psycopg import sql
from pytest_django import DjangoDbBlocker

from motcua.config.launcher import cluster
from motcua.config.settings import environment

PROJECT = Path(__file__).resolve().parents[1]
TEMPLATE_LOCK = 0x6D6F7463
# Databases left behind by killed runs are dropped after this time.
LEFTOVER = "6 hours"


def _named(url: str, database: str) -> str:
    return urlunsplit(urlsplit(url)._replace(path=f"/{database}"))


def _administer(url: str) -> psycopg.Connection:
    return psycopg.connect(_named(url, "postgres"), autocommit=True)


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """The address of the server for tests, running."""
    if given := os.environ.get("DATABASE_URL"):
        yield given
        return
    with cluster.for_tests(PROJECT).in_use():
        yield cluster.for_tests(PROJECT).url("postgres")


@pytest.fixture(scope="session")
def database_url(postgres_url: str, worker_id: str, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """The address of this process's own migrated database."""
    with django_db_blocker.unblock():
        _template(postgres_url)
    who = os.environ.get("MOTCUA_TEST_NAME") or os.environ.get("PYTEST_XDIST_TESTRUNUID") or str(os.getpid())
    name = f"motcua_test_{re.sub('[^a-z0-9_]', '', who.lower())[:40]}_{worker_id}"
    with copied_database(postgres_url, name) as url:
        yield url
        with django_db_blocker.unblock():
            connections.close_all()


@contextmanager
def copied_database(server_url: str, name: str, *, migrated: bool = True) -> Iterator[str]:
    """Have a database inside the block, a copy of the template or an empty one; yields its address."""
    template = _template(server_url) if migrated else "template0"
    with _administer(server_url) as server:
        _drop(server, name)
        server.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(*map(sql.Identifier, (name, template))))
        _date(server, name)
    try:
        yield _named(server_url, name)
    finally:
        with _administer(server_url) as server:
            _drop(server, name)


@pytest.fixture(scope="session")
def django_db_setup(database_url: str, django_db_blocker: DjangoDbBlocker) -> None:
    """Point Django at this process's database, in place of pytest-django's own making of one."""
    with django_db_blocker.unblock():
        _point_django_at(database_url)


def _point_django_at(url: str) -> None:
    entry = environment.database(url)
    connection = connections["default"]
    connection.close()
    for key in ("NAME", "USER", "PASSWORD", "HOST", "PORT"):
        connection.settings_dict[key] = entry[key]


@pytest.fixture(scope="session", autouse=True)
def emptied_between_tests() -> Iterator[None]:
    """Let tests with real transactions empty their database: triggers refuse that to everybody else."""
    with pytest.MonkeyPatch.context() as patch:
        former = DatabaseOperations.execute_sql_flush

        def unguarded(self: DatabaseOperations, sql_list: list[str]) -> None:
            former(self, ["SET session_replication_role = replica", *sql_list, "RESET session_replication_role"])

        patch.setattr(DatabaseOperations, "execute_sql_flush", unguarded)
        yield


@contextmanager
def pointed_at(url: str) -> Iterator[None]:
    """Let Django work on another database inside the block."""
    former = dict(connections["default"].settings_dict)
    _point_django_at(url)
    try:
        yield
    finally:
        connections.close_all()
        connections["default"].settings_dict.update(former)


def _template(url: str) -> str:
    """Return the name of a database with all migrations applied, making it when nobody has."""
    with _administer(url) as server:
        server.execute("SELECT pg_advisory_lock(%s)", [TEMPLATE_LOCK])
        _drop_leftovers(server)
        name = f"motcua_template_{_fingerprint()}"
        if server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            return name
        draft = f"{name}_draft"
        _drop(server, draft)
        server.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'").format(sql.Identifier(draft)))
        with pointed_at(_named(url, draft)):
            call_command("migrate", verbosity=0, interactive=False)
        server.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(*map(sql.Identifier, (draft, name))))
        _date(server, name)
        return name


def _fingerprint() -> str:
    content = hashlib.blake2b(digest_size=8)
    for file in sorted((PROJECT / "src").rglob("migrations/*.py")):
        content.update(file.read_bytes())
    for package in ("django", "procrastinate"):
        content.update(version(package).encode())
    return content.hexdigest()


def _date(server: psycopg.Connection, name: str) -> None:
    now = server.execute("SELECT now()::text").fetchone()[0]
    server.execute(sql.SQL("COMMENT ON DATABASE {} IS {}").format(sql.Identifier(name), sql.Literal(now)))


def _drop_leftovers(server: psycopg.Connection) -> None:
    rows = server.execute(
        "SELECT datname FROM pg_database d JOIN pg_shdescription s ON s.objoid = d.oid"
        " WHERE (datname LIKE 'motcua\\_test\\_%%' OR datname LIKE 'motcua\\_template\\_%%')"
        " AND s.description ~ '^20' AND s.description::timestamptz < now() - %s::interval"
        " AND NOT EXISTS (SELECT 1 FROM pg_stat_activity a WHERE a.datname = d.datname)",
        [LEFTOVER],
    ).fetchall()
    for (name,) in rows:
        _drop(server, name)


def _drop(server: psycopg.Connection, name: str) -> None:
    server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
