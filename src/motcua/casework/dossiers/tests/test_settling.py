"""A limit in doubt that a person settles, and an addition for a kind of place: dates of dossiers, and their words."""

from datetime import date, datetime

import pytest
from tests.world import NOW, World

from motcua.casework.dossiers import journal, picture, selectors, services
from motcua.casework.dossiers.models import Dossier, DueDateChange, JournalEntry
from motcua.casework.dossiers.tests.test_stops import answer, ask
from motcua.casework.dossiers.types import Filed
from motcua.casework.procedures import selectors as procedures
from motcua.casework.procedures import services as procedure_services
from motcua.casework.procedures.models import TimeLimit
from motcua.foundation.core import relay
from motcua.foundation.core.clock import VIETNAM
from motcua.foundation.core.models import OutboxEvent
from motcua.foundation.core.types import Invalid
from motcua.foundation.organisations import selectors as organisations
from motcua.foundation.organisations.models import AgencyPeriod

LATER = datetime(2026, 11, 24, 9, tzinfo=VIETNAM)
DATE = datetime(2026, 11, 27, 17, tzinfo=VIETNAM)


def doubt(world: World) -> list[TimeLimit]:
    rows = list(TimeLimit.objects.filter(version_id=world.choice().version_id).order_by("position"))
    TimeLimit.objects.filter(pk__in=[row.pk for row in rows]).update(needs_review=True)
    procedures.forget_choices()
    return rows


def settle(world: World, rows: list[TimeLimit]) -> None:
    for row in rows:
        procedure_services.assign_limit(
            limit_id=row.pk, case_id=row.case_id, channel=row.channel, place_kind=row.place_kind,
            statutory=(row.statutory_value, row.statutory_unit), reduced=None, actor=world.actor("kiemsoat"), at=LATER,
        )  # fmt: skip
    procedures.forget_choices()


def give_dates(world: World) -> int:
    return services.settle_limits(version_id=world.choice().version_id, actor_id=world.people["kiemsoat"], at=LATER)


def row(filed: Filed) -> Dossier:
    return Dossier.objects.get(pk=filed.dossier_id)


def is_whole(filed: Filed) -> bool:
    return journal.broken_link(filed.dossier_id) is None and picture.replay(filed.dossier_id) == picture.picture_of(
        row(filed)
    )


def test_dossiers_taken_in_under_doubt_get_their_date_when_it_is_settled(world: World) -> None:
    limits = doubt(world)
    running, stopped, online = world.take_in(at=NOW), world.take_in(at=NOW), world.file_online(at=NOW)
    ask(world, stopped, LATER.replace(day=23, hour=10), is_return=False)
    assert [row(filed).due_at for filed in (running, stopped)] == [None, None]
    settle(world, limits)

    events = OutboxEvent.objects.filter(topic="procedures.limit_settled")
    assert {event.payload["version_id"] for event in events} == {world.choice().version_id}
    assert give_dates(world) == 3

    dossier = row(running)
    assert (dossier.due_at, dossier.limit_value) == (DATE, 3)
    change = DueDateChange.objects.get(dossier=dossier)
    assert (change.old_due_at, change.new_due_at, change.reason_code) == (None, DATE, "limit")
    assert change.person_id == world.people["kiemsoat"]
    told = OutboxEvent.objects.get(topic="dossiers.due_date_changed", subject=str(dossier.pk))
    assert (told.payload["old_due_at"], told.payload["reason"]) == (None, "limit")
    assert JournalEntry.objects.filter(dossier_id=dossier.pk, act="limit_settled").count() == 1
    assert (row(stopped).due_at, row(stopped).limit_value) == (None, 3)
    assert (row(online).due_at, row(online).limit_value) == (None, 3)
    assert all(is_whole(filed) for filed in (running, stopped, online))
    assert give_dates(world) == 0

    answer(world, stopped, LATER)
    assert row(stopped).due_at is not None
    assert is_whole(stopped)


def test_settling_defers_the_job(world: World) -> None:
    from procrastinate.contrib.django.models import ProcrastinateJob

    settle(world, doubt(world))
    relay.relay_batch(at=LATER)

    jobs = ProcrastinateJob.objects.filter(task_name="dossiers.settle_limits")
    assert {job.args["version_id"] for job in jobs} == {world.choice().version_id}


def remote(world: World) -> None:
    AgencyPeriod.objects.filter(agency_id=world.units["commune"]).update(place_kind="remote")
    organisations.forget_directory()


def add(world: World, **changes: object) -> int:
    given = {"case_id": None, "channel": "direct", "place_kind": "remote", "statutory": (10, "working_day"),
             "reduced": None, "is_addition": True}  # fmt: skip
    choice = world.choice()
    added = procedure_services.add_limit(
        code=choice.code, **given | changes, on=NOW.date(), actor=world.actor("kiemsoat"), at=NOW
    )
    procedures.forget_choices()
    return added


def test_an_addition_is_added_for_its_kind_of_place_alone(world: World) -> None:
    TimeLimit.objects.filter(version_id=world.choice().version_id).update(reduced_value=2, reduced_unit="working_day")
    procedures.forget_choices()
    before = world.take_in(at=NOW)
    add(world, reduced=(6, "working_day"))
    elsewhere = world.take_in(at=NOW)
    remote(world)
    there = world.take_in(at=NOW)

    limits = [(row(filed).limit_value, row(filed).statutory_value) for filed in (before, elsewhere, there)]
    assert limits == [(2, 3), (2, 3), (8, 13)]
    assert row(there).due_at is not None
    assert row(there).due_at.date() == date(2026, 12, 4)  # 24 November 2026 is a day off in this calendar
    receipt = selectors.receipt_data(dossier_id=there.dossier_id, at=NOW)
    assert "6 ngày làm việc" in receipt.limit_text
    assert "cộng thêm" in receipt.limit_text
    assert "cộng thêm" not in selectors.receipt_data(dossier_id=elsewhere.dossier_id, at=NOW).limit_text
    ledger = selectors.dossier_ledger(dossier_id=there.dossier_id, at=LATER)
    assert (ledger.limit.value, ledger.statutory_limit.value) == (8, 13)


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"place_kind": "any"}, "place_kind"), ({"statutory": (1, "month")}, "statutory")],
)
def test_an_addition_that_cannot_be_added_up_is_refused(
    world: World, changes: dict[str, object], field: str
) -> None:  # fmt: skip
    with pytest.raises(Invalid) as caught:
        add(world, **changes)

    assert list(caught.value.fields) == [field]
