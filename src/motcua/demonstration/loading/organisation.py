"""Founds agencies, opens premises and posts, and lets people hold them; few statements, whatever the number of rows."""

from datetime import datetime

from django.db import transaction

from motcua.demonstration import province
from motcua.demonstration.loading import reform
from motcua.demonstration.province import Appointment, Province
from motcua.foundation.accounts import selectors as accounts_read
from motcua.foundation.accounts import services as accounts
from motcua.foundation.accounts.types import NewHolding
from motcua.foundation.organisations import selectors as organisations_read
from motcua.foundation.organisations import services as organisations
from motcua.foundation.organisations.types import PostOpening

DeskIds = dict[tuple[str, str, str], int]


@transaction.atomic
def load_organisation(*, at: datetime) -> dict[str, int]:
    """Load the whole province and its staff; return agency ids by code. Repeating adds only what is missing."""
    plan = province.plan()
    agency_ids = reform.load_reform(plan)
    reform.identifiers_and_areas(plan, agency_ids)
    reform.draft_next(at=at)
    desk_ids = _open_premises(plan, agency_ids)
    _appoint(plan, agency_ids, desk_ids, at)
    organisations_read.forget_directory()
    return agency_ids


def _open_premises(plan: Province, agency_ids: dict[str, int]) -> DeskIds:
    desks: DeskIds = {}
    for item in plan.premises:
        house = organisations.open_premises(
            agency_id=agency_ids[item.agency], name=item.name, address=item.address, since=plan.since
        )
        made = organisations.open_desks(premises_id=house.pk, desks=item.desks, since=plan.since)
        desks |= {(item.agency, item.name, number): desk_id for number, desk_id in made.items()}
    return desks


def _appoint(plan: Province, agency_ids: dict[str, int], desk_ids: DeskIds, at: datetime) -> None:
    persons = accounts_read.person_ids(set(plan.people))
    missing = {login: name for login, name in plan.people.items() if login not in persons}
    persons |= accounts.register_officers(names=missing, at=at)
    openings = {item: _opening(item, agency_ids, desk_ids) for item in plan.appointments}
    posts = organisations.open_posts(openings=list(openings.values()), since=plan.since)
    held = accounts_read.holding_pairs(on=plan.since)
    holdings = [
        NewHolding(
            person_id=persons[item.login],
            post_id=posts[opening],
            home_agency_id=agency_ids[item.home_agency] if item.home_agency else None,
            is_state_employee=item.is_state_employee,
        )
        for item, opening in openings.items()
        if (persons[item.login], posts[opening]) not in held
    ]
    accounts.assign_posts(holdings=holdings, since=plan.since)


def _opening(item: Appointment, agency_ids: dict[str, int], desk_ids: DeskIds) -> PostOpening:
    return PostOpening(
        unit_id=agency_ids[item.unit],
        role=item.role,
        title=item.title,
        capacity=item.capacity,
        desk_id=desk_ids[item.unit, *item.desk] if item.desk else None,
    )
