"""Which command works as the owner of the tables, and which as the application."""

import os
import uuid
from collections.abc import Sequence

import pytest
from django.db import ProgrammingError, connection
from psycopg.errors import InsufficientPrivilege, UndefinedTable
from pytest_django import DjangoDbBlocker
from tests.database import copied_database, pointed_at

from motcua.config import command
from motcua.config.owner import as_owner

APP, OWNER = "postgresql://app@db/motcua", "postgresql://owner@db/motcua"


@pytest.mark.parametrize(
    ("name", "owner", "url"),
    [
        ("migrate", OWNER, OWNER),
        ("makemigrations", OWNER, OWNER),
        ("backup", OWNER, OWNER),
        ("restore", OWNER, OWNER),
        ("retention", OWNER, OWNER),
        ("work", OWNER, APP),
        ("demo", OWNER, APP),
        ("shell", OWNER, APP),
        ("destroy_dossier", OWNER, APP),
        ("journal", OWNER, APP),
        ("check_database", OWNER, APP),
        ("migrate", "", APP),
        ("backup", "", APP),
    ],
)
def test_only_what_needs_the_owner_works_as_the_owner(
    monkeypatch: pytest.MonkeyPatch, name: str, owner: str, url: str
) -> None:
    monkeypatch.setenv("DATABASE_URL", APP)
    monkeypatch.setenv("MOTCUA_OWNER_DATABASE_URL", owner)

    command._choose_role(name)

    assert os.environ["DATABASE_URL"] == url


@pytest.mark.parametrize(
    ("cause", "told"),
    [
        (
            InsufficientPrivilege("must be owner of table x"),
            "motcua: must be owner of table x. The owner of the tables",
        ),
        (UndefinedTable("no table x"), None),
    ],
)
def test_what_only_the_owner_may_do_is_told_in_a_sentence(
    monkeypatch: pytest.MonkeyPatch, cause: Exception, told: str | None
) -> None:
    def refused(arguments: Sequence[str]) -> None:
        raise ProgrammingError(str(cause)) from cause

    monkeypatch.setattr(command, "run", refused)
    monkeypatch.setattr(command.signal, "signal", lambda *_: None)

    with pytest.raises(ProgrammingError if told is None else SystemExit) as end:
        command.main()

    assert told is None or str(end.value).startswith(told)


def test_a_moment_as_owner_ends(
    monkeypatch: pytest.MonkeyPatch, postgres_url: str, django_db_blocker: DjangoDbBlocker
) -> None:
    name = f"motcua_test_roles_{uuid.uuid4().hex[:12]}"
    with (
        django_db_blocker.unblock(),
        copied_database(postgres_url, name, migrated=False) as usual,
        copied_database(postgres_url, f"{name}_owner", migrated=False) as owners,
        pointed_at(usual),
    ):
        monkeypatch.setenv("MOTCUA_OWNER_DATABASE_URL", owners)
        with as_owner():
            assert _current() == f"{name}_owner"
        assert _current() == name

        monkeypatch.delenv("MOTCUA_OWNER_DATABASE_URL")
        with as_owner():
            assert _current() == name


def _current() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_database()")
        return cursor.fetchone()[0]
