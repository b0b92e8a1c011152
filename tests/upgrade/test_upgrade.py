"""Upgrades with data kept: what released versions left in a database, brought to the tables of today and worked on."""

import lzma
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import psycopg
import pytest
from django.core.management import call_command
from django.db import connection, transaction
from psycopg import sql
from pytest_django import DjangoDbBlocker
from pytest_django.fixtures import Settings

from motcua.casework.dossiers import journal, picture, selectors, services
from motcua.casework.dossiers.models import Dossier, JournalEntry, Party, RetentionPeriod
from motcua.casework.dossiers.sealing import open_party
from motcua.casework.dossiers.types import StepInput
from motcua.casework.workflow import selectors as workflow
from motcua.foundation.accounts import selectors as accounts
from motcua.foundation.accounts.models import User
from motcua.foundation.accounts.types import SYSTEM, Actor
from motcua.foundation.core import privileges, relay
from motcua.foundation.core.models import OutboxFailure
from motcua.foundation.organisations import selectors as organisations
from motcua.insight.statistics import selectors as statistics
from motcua.insight.statistics.services import TABLES, rebuild_statistics
from tests.database import copied_database, pointed_at
from tests.surroundings import forget_knowledge
from tests.world import NOW

DUMPS = sorted(Path(__file__).parent.glob("*.sql.xz"))
# What the application makes again by itself; all other rows are somebody's data.
MADE_AGAIN = {"django_migrations", "django_content_type", "auth_permission"}


@dataclass(frozen=True)
class Upgraded:
    """A database that was loaded and migrated, with the rows each table had before."""

    url: str
    before: dict[str, int]


@pytest.fixture(scope="module", params=DUMPS, ids=lambda file: file.name.removesuffix(".sql.xz"))
def upgraded(
    request: pytest.FixtureRequest, postgres_url: str, django_db_blocker: DjangoDbBlocker
) -> Iterator[Upgraded]:
    """Load a released version's database and run all migrations of today."""
    script = lzma.decompress(request.param.read_bytes())
    name = f"motcua_test_upgrade_{uuid.uuid4().hex[:12]}"
    with django_db_blocker.unblock(), copied_database(postgres_url, name, migrated=False) as url:
        with psycopg.connect(url) as loading:
            loading.execute(script)  # type: ignore[call-overload]
        before = row_counts(url)
        with pointed_at(url):
            call_command("migrate", verbosity=0, interactive=False)
        yield Upgraded(url, before)


@pytest.fixture(autouse=True)
def on_it(upgraded: Upgraded, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Let Django work on the upgraded database."""
    with django_db_blocker.unblock(), pointed_at(upgraded.url):
        _forget()
        yield
    _forget()


def _forget() -> None:
    """Drop what the process keeps of the database of other tests, or of this one."""
    forget_knowledge()
    workflow.forget_graphs()


def row_counts(url: str) -> dict[str, int]:
    """Return how many rows each table holds."""
    with psycopg.connect(url) as reading:
        names = reading.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
        return {
            name: reading.execute(sql.SQL("SELECT count(*) FROM public.{}").format(sql.Identifier(name))).fetchone()[0]
            for (name,) in names
        }


def actor(username: str) -> Actor:
    """Return who signs in by that name."""
    return accounts.actor_for_user(User.objects.values_list("pk", flat=True).get(username=username), on=NOW.date())


def deliver() -> None:
    """Hand all events to their subscribers."""
    while relay.relay_batch(at=NOW):
        pass
    assert not OutboxFailure.objects.exists()


def figures() -> statistics.Figures:
    """Return the figures of the commune."""
    commune = organisations.agency_id_of("T01.34")
    return statistics.figures(agencies=[commune], since=date(2026, 11, 1), until=date(2026, 11, 30), at=NOW)


def whole(dossier: Dossier) -> bool:
    """Tell whether the chain holds and the journal replays to the row."""
    return journal.broken_link(dossier.pk) is None and picture.replay(dossier.pk) == picture.picture_of(dossier)


def test_no_row_is_lost(upgraded: Upgraded) -> None:
    now = row_counts(upgraded.url)

    lost = {
        table: (count, now.get(table))
        for table, count in upgraded.before.items()
        if table not in MADE_AGAIN and now.get(table, -1) < count
    }

    assert lost == {}
    assert upgraded.before["dossiers_dossier"] >= 15
    assert upgraded.before["documents_file"] >= 5


def test_journals_verify_and_replay_to_the_rows() -> None:
    dossiers = list(Dossier.objects.all())

    assert {dossier.state for dossier in dossiers} == {
        "filed", "in_process", "finished", "returned", "not_accepted", "withdrawn",
    }  # fmt: skip
    assert [dossier.shown_code for dossier in dossiers if not whole(dossier)] == []
    assert JournalEntry.objects.count() > 2 * len(dossiers)


def test_personal_data_open_with_the_same_keys() -> None:
    party = open_party(Party.objects.order_by("pk")[0])

    assert (party.full_name, party.identity) == ("Trần Thị Mỹ Duyên", "089187004127")


def test_work_lists_and_figures_are_read() -> None:
    page = selectors.work_list(actor=actor("canbo"), at=NOW, scope="unit")

    assert {row.code[:13] for row in page.rows} == {"T01.34-261123"}
    assert figures().total.received > 10


def test_an_open_task_is_completed() -> None:
    dossier = Dossier.objects.filter(state="in_process", waiting_for="").order_by("pk").first()
    (task,) = workflow.open_tasks(dossier.run_id)
    assert task.act == "examine"

    services.complete_step(
        dossier_id=dossier.pk, task_id=task.public_id, outcome="enough", actor=actor("canbo"), at=NOW,
        given=StepInput(),
    )  # fmt: skip

    assert [task.act for task in workflow.open_tasks(dossier.run_id)] == ["check"]
    assert whole(Dossier.objects.get(pk=dossier.pk))


def test_journals_are_guarded_as_in_a_new_database(settings: Settings) -> None:
    settings.MOTCUA_APP_ROLE = "nobody_made_this_role"

    assert privileges.protection().missing == ()
    assert selectors.verify_journals().damages == ()


def test_a_dossier_of_a_former_version_can_be_destroyed() -> None:
    closed = Dossier.objects.filter(state="withdrawn").get()
    with transaction.atomic():
        RetentionPeriod.objects.update(months=0)
        services.destroy_dossier(
            code=closed.code, decision_number="1/QĐ", decision_on=NOW.date(), actor=SYSTEM, at=NOW + timedelta(days=1)
        )
        assert not Dossier.objects.filter(pk=closed.pk).exists()
        assert selectors.verify_journals().damages == ()
        transaction.set_rollback(True)


def test_statistics_rebuilt_end_equal() -> None:
    deliver()
    kept = {table: _content(table) for table in TABLES}
    told = figures()

    rebuild_statistics()

    assert {table: _content(table) for table in TABLES} == kept
    assert figures() == told


def _content(table: str) -> list[str]:
    """Return the rows that count something, without their ids and the event that wrote them."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT to_jsonb(t) - 'id' - 'last_event_id' FROM {table} t")  # noqa: S608 - our own names
        return sorted(row[0] if isinstance(row[0], str) else str(row[0]) for row in cursor.fetchall())
