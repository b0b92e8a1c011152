"""The plan of arrivals and the forms filled for them: the same at every run, and always valid."""

from collections import Counter
from datetime import date, timedelta

import pytest

from motcua.casework.procedures.eforms.drawing import check_answers
from motcua.demonstration import answers, arrivals, packaged, pairing
from motcua.demonstration.loading.sign_in import with_citizens

DAYS = [day for day in (date(2026, 6, 1) + timedelta(days=n) for n in range(120)) if day.weekday() < 5]


@pytest.fixture(scope="module")
def plan():
    return arrivals.plan(1500, DAYS)


def test_plan_is_the_same_at_every_run(plan):
    assert arrivals.plan(1500, DAYS) == plan


def test_numbers_are_in_the_microseconds_and_instants_in_the_period(plan):
    assert [item.at.microsecond for item in plan] == list(range(1, len(plan) + 1))
    assert {item.at.date() for item in plan} <= set(DAYS)


def test_desks_receive_in_office_hours_only(plan):
    hours = {item.at.hour for item in plan if item.channel != "online"}

    assert hours <= {7, 8, 9, 10, 13, 14, 15, 16}


def test_every_process_comes_and_one_ward_is_busy(plan):
    places = Counter(item.place for item in plan)

    assert {item.process for item in plan} == {item.code for item in pairing.pairings()}
    assert len(plan) > 1500
    assert 0.25 < places["30742"] / len(plan) < 0.42
    assert 0.22 < sum(item.channel == "online" for item in plan) / len(plan) < 0.36


def test_invented_numbers_are_never_given_out(plan):
    assert all(item.applicant.identity.startswith("099") and len(item.applicant.identity) == 12 for item in plan)
    assert all(item.applicant.phone.startswith("0190") and len(item.applicant.phone) == 10 for item in plan)


def test_stories_before_acceptance_happen_to_online_filings_only(plan):
    assert all(item.channel == "online" for item in plan if item.story.endswith("_before"))


def test_forms_are_filled_with_valid_answers(plan):
    for item in plan:
        schema = pairing.eform(item.process)
        assert check_answers(schema, answers.fill(schema, item)) == {}, item


def test_a_demonstration_citizen_gets_some_dossiers(plan):
    mine = [item for item in with_citizens(plan) if item.applicant.username == "congdan1"]

    assert 5 <= len(mine) <= 8
    assert any(item.lingers == "wait_supplement" for item in mine)
    assert all(item.channel == "online" for item in mine)


def test_shares_and_words_name_known_processes():
    known = {item.code for item in pairing.pairings()}
    words = packaged.table("words.toml")

    assert {item["process"] for item in packaged.table("arrivals.toml")["mix"]} == known
    assert all(set(table) <= known | {"any"} for table in words.values())
