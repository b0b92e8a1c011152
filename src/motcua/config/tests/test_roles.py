"""Which command works as the owner of the tables, and which as the application."""

import os
import uuid

import pytest
from django.db import connection
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
