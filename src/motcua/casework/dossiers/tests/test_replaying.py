"""Dossiers of the past in a draft: the same stays the same, changes and dead ends are told, and only one's own."""

import re
from datetime import date, timedelta

import pytest
from tests.world import BUSINESS, NOW, World, make_world

from motcua.casework.dossiers.models import Dossier, JournalEntry
from motcua.casework.dossiers.selectors import replaying
from motcua.casework.procedures import selectors as procedures
from motcua.casework.procedures.selectors.trying import tried_terms
from motcua.casework.workflow.models import ProcessVersion
from motcua.casework.workflow.rules import checked_process

pytestmark = pytest.mark.django_db
SINCE, UNTIL = date(2026, 1, 1), NOW.date()


@pytest.fixture
def world() -> World:
    made = make_world()
    made.lead_to(made.take_in(name="Người Một"), "return_result")
    made.take_in(name="Người Hai")
    return made


def drawing() -> tuple[str, str]:
    row = ProcessVersion.objects.get(pk=Dossier.objects.earliest("pk").process_version_id)
    return row.definition.code, bytes(row.xml).decode()


def ways(world, xml, who="canbo"):
    graph, problems = checked_process(xml.encode())
    assert graph is not None, problems
    return replaying.replay_process(actor=world.actor(who), code=drawing()[0], graph=graph, since=SINCE, until=UNTIL)


def test_the_same_drawing_changes_nothing_and_nothing_is_written(world) -> None:
    before = JournalEntry.objects.count()
    told = ways(world, drawing()[1])
    assert (told.total, len(told.ways), told.same) == (2, 2, 2)
    assert JournalEntry.objects.count() == before


def test_an_outcome_that_fell_away_is_a_dead_end_of_those_who_had_it(world) -> None:
    xml = drawing()[1].replace('code="enough"', 'code="plenty"').replace('"enough"', '"plenty"')
    told = ways(world, xml)
    assert [way.reason for way in told.dead_ends] == ["outcome"]
    assert told.dead_ends[0].outcome == "enough"
    assert told.same == 1


def test_other_hours_are_told_for_each(world) -> None:
    told = ways(world, re.sub(r'hours="[0-9.]+"', 'hours="0.1"', drawing()[1]))
    changed = [way for way in told.ways if way.hours_after != way.hours_before]
    assert changed
    assert all(way.hours_after < way.hours_before for way in changed)


def test_foreign_dossiers_are_not_looked_at(world) -> None:
    assert ways(world, drawing()[1], who="xa.tiepnhan").total == 0


def record(value=None, fee=None):
    raw = procedures.record_of(BUSINESS, on=NOW.date())
    for method in raw["submission_methods"]:
        if value is not None:
            method |= {"time_value": value, "time_unit": "working_day", "time_text": f"{value} ngày làm việc"}
        if fee is not None:
            method["fees"] = [{"kind": "Lệ phí", "amount": fee, "currency": "VND", "note": ""}]
    return raw


def replayed(world, raw, who="canbo"):
    return replaying.replay_record(actor=world.actor(who), terms=tried_terms(raw), since=SINCE, until=UNTIL)


def test_the_record_in_force_changes_nothing(world) -> None:
    told = replayed(world, record())
    assert (told.total, told.same, told.earlier, told.later, told.fee_change) == (2, 2, 0, 0, 0)


def test_a_shorter_limit_and_a_higher_fee_are_told_for_each(world) -> None:
    fee = Dossier.objects.earliest("pk").fee_vnd
    told = replayed(world, record(value=1, fee=fee + 5000))
    assert (told.earlier, told.later, told.fee_change) == (2, 0, 10_000)
    assert all(row.due_before - row.due_after >= timedelta(days=1) for row in told.rows)
    assert replayed(world, record(value=30)).later == 2
    assert replayed(world, record(), who="xa.tiepnhan").total == 0


def test_a_case_that_fell_away_is_a_dead_end(world) -> None:
    raw = record()
    raw["dossier_cases"] = [raw["dossier_cases"][0] | {"case": "Một"}, raw["dossier_cases"][0] | {"case": "Hai"}]
    assert [row.reason for row in replayed(world, raw).dead_ends] == ["case", "case"]
