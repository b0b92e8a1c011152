"""Counting due dates anew after a holiday: the same as counting from the start, once, with history; and its preview."""

from datetime import date, datetime, timedelta

from tests.world import World

from motcua.casework.dossiers import journal, picture, selectors, services
from motcua.casework.dossiers.models import Dossier, DueDateChange, JournalEntry, TimePreview
from motcua.casework.dossiers.tests.test_extending import appoint, is_whole
from motcua.casework.dossiers.tests.test_stops import answer, ask
from motcua.casework.dossiers.types import Filed, Recomputed
from motcua.casework.procedures.models import TimeLimit
from motcua.foundation.calendars import selectors as calendars
from motcua.foundation.calendars import services as calendar_services
from motcua.foundation.calendars.types import CalendarChange, DayKind, SpecialDays
from motcua.foundation.core import relay
from motcua.foundation.core.clock import VIETNAM
from motcua.foundation.core.models import OutboxEvent


def at(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=VIETNAM)


def add_holiday(*days: int) -> None:
    for day in days:
        since = date(2026, 11, day)
        special = SpecialDays(kind=DayKind.CLOSURE, since=since, until=since + timedelta(days=1), name="Bão số 12")
        calendar_services.record_special_days(calendar_code="province", days=special, at=at(25, 8))
    calendars.forget_calendars()


def recompute(agencies: set[int] | None = None, **more: int) -> Recomputed:
    return services.recompute_due_dates(
        agency_ids=agencies, reason="Bão số 12", actor_id=None, at=at(25, 10), **more
    )  # fmt: skip


def row(filed: Filed) -> Dossier:
    return Dossier.objects.get(pk=filed.dossier_id)


def test_a_holiday_moves_dossier_and_tasks_once(world: World) -> None:
    filed = world.take_in(at=at(25, 9))
    assert row(filed).due_at == at(30, 17)
    task = world.tasks(filed)[0]
    assert (task.starts_at, task.due_at) == (at(25, 9), at(26, 9))
    add_holiday(26, 27)

    assert recompute() == Recomputed(looked_at=1, moved=1, tasks=1)

    dossier = row(filed)
    assert dossier.due_at == at(2, 17, month=12)
    assert world.tasks(filed)[0].due_at == at(30, 9)
    change = DueDateChange.objects.get(dossier=dossier)
    assert (change.old_due_at, change.new_due_at) == (at(30, 17), at(2, 17, month=12))
    assert (change.reason_code, change.reason) == ("calendar", "Bão số 12")
    entry = JournalEntry.objects.filter(dossier_id=dossier.pk).order_by("-seq").first()
    assert entry is not None
    assert (entry.act, entry.facts["reason"], entry.actor_kind) == ("due_moved", "calendar", "system")
    assert OutboxEvent.objects.filter(topic="dossiers.due_date_changed", subject=str(dossier.pk)).count() == 1
    assert is_whole(filed)

    assert recompute() == Recomputed(looked_at=1)


def test_the_second_way_gives_the_same(world: World) -> None:
    """A dossier taken in before the holiday was known ends where one taken in afterwards ends."""
    before = [world.take_in(at=at(day, hour)) for day, hour in ((23, 9), (25, 8), (25, 16))]
    add_holiday(26)
    recompute()
    after = [world.take_in(at=at(day, hour)) for day, hour in ((23, 9), (25, 8), (25, 16))]

    assert [row(filed).due_at for filed in before] == [row(filed).due_at for filed in after]
    clocks = [[(task.starts_at, task.due_at) for task in world.tasks(filed)] for filed in (*before, *after)]
    assert clocks[:3] == clocks[3:]


def test_a_stopped_dossier_gets_its_date_when_it_goes_on(world: World) -> None:
    filed = world.take_in()
    ask(world, filed, at(25, 9), is_return=False)
    add_holiday(27)

    assert recompute().moved == 0
    assert row(filed).due_at is None

    answer(world, filed, at(26, 9))
    assert row(filed).due_at == at(1, 17, month=12)
    assert is_whole(filed)


def test_a_date_put_off_leaves_a_closed_day_only(world: World) -> None:
    filed = world.take_in()
    appoint(world, filed, at=at(25, 9), new_due_on=date(2026, 11, 30))
    add_holiday(27)
    assert recompute() == Recomputed(looked_at=1)  # the law's own end moves, no promise
    assert (row(filed).due_at, row(filed).statutory_due_at) == (at(30, 17), None)
    add_holiday(30)

    assert recompute().moved == 1

    assert row(filed).due_at == at(1, 17, month=12)
    assert is_whole(filed)


def test_only_the_agencies_that_changed_are_looked_at(world: World) -> None:
    filed = world.take_in()
    add_holiday(26)

    assert recompute({world.units["other_commune"]}) == Recomputed()
    assert recompute({world.units["commune"]}).moved == 1
    assert is_whole(filed)


def test_the_clock_of_acceptance_moves_too(world: World) -> None:
    filed = world.file_online(at=at(25, 9))
    assert row(filed).acceptance_due_at == at(26, 9)
    add_holiday(26)

    assert recompute() == Recomputed(looked_at=1, acceptances=1)

    assert row(filed).acceptance_due_at == at(27, 9)
    assert journal.broken_link(filed.dossier_id) is None
    assert picture.replay(filed.dossier_id) == picture.picture_of(row(filed))


def test_batches_and_progress(world: World) -> None:
    for _number in range(5):
        world.take_in(at=at(25, 9))
    add_holiday(26)
    told: list[Recomputed] = []

    done = services.recompute_due_dates(
        agency_ids=None, reason="Bão", actor_id=None, at=at(25, 10), batch=2, progress=told.append
    )

    assert done == Recomputed(looked_at=5, moved=5, tasks=5)
    assert [step.looked_at for step in told] == [2, 4, 5]


def test_the_preview_counts_what_the_recomputation_counts(world: World) -> None:
    filed = [world.take_in(at=at(25, 9)) for _number in range(3)]
    online = [world.file_online(at=at(25, 9)) for _number in range(2)]
    before = {item.public_id: row(item).due_at or row(item).acceptance_due_at for item in (*filed, *online)}
    day = SpecialDays(kind=DayKind.CLOSURE, since=date(2026, 11, 26), until=date(2026, 11, 27), name="Bão số 12")
    storm = CalendarChange(agency_id=None, add=(day,))
    key = services.start_preview(proposal=storm, entered={"name": "Bão"}, seen="x", person_id=7, at=at(25, 10))
    services.run_preview(preview_id=TimePreview.objects.get().pk, rows=4, at=at(25, 10))

    told = selectors.time_preview(key, person_id=7)
    assert told is not None
    assert selectors.time_preview(key, person_id=8) is None
    assert told.moved is not None
    assert (told.entered, told.of_total, len(told.moved.rows)) == ({"name": "Bão"}, 5, 4)

    add_holiday(26)
    done = recompute()
    assert (told.moved.looked_at, told.moved.moved, told.moved.acceptances) == (5, 3, 2)
    assert (done.looked_at, done.moved, done.acceptances) == (5, 3, 2)
    for item in told.moved.rows:
        found = Dossier.objects.get(public_id=item.public_id)
        new = found.acceptance_due_at if item.is_acceptance else found.due_at
        assert (item.old, item.new) == (before[item.public_id], new)


def test_a_changed_calendar_defers_the_job(world: World) -> None:
    from procrastinate.contrib.django.models import ProcrastinateJob

    world.take_in(at=at(25, 9))
    day = SpecialDays(kind=DayKind.CLOSURE, since=date(2026, 11, 26), until=date(2026, 11, 27), name="Bão số 12")
    calendar_services.change_calendar(
        change=CalendarChange(agency_id=None, add=(day,)), reason="Bão số 12", by=None, at=at(25, 10)
    )

    while relay.relay_batch(at=at(25, 10)):
        pass

    jobs = ProcrastinateJob.objects.filter(task_name="dossiers.recompute").order_by("id")
    assert [bool(job.args["change_id"]) for job in jobs] == [True, False]
    assert {job.args["reason_code"] for job in jobs} == {"calendar"}


def test_the_statutory_date_is_kept_beside_the_reduced_one(world: World) -> None:
    TimeLimit.objects.update(reduced_value=2, reduced_unit="working_day")
    from motcua.casework.procedures import selectors as procedures

    procedures.forget_choices()
    filed = world.take_in(at=at(25, 9))
    assert (row(filed).due_at, row(filed).statutory_due_at) == (at(27, 17), at(30, 17))
    add_holiday(26)

    recompute()

    assert (row(filed).due_at, row(filed).statutory_due_at) == (at(30, 17), at(1, 17, month=12))
    assert is_whole(filed)
