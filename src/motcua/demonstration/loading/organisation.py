"""Founds agencies, opens premises and posts, and lets people hold them."""

from collections import defaultdict
from datetime import date, datetime

from django.db import transaction

from motcua.demonstration import province
from motcua.demonstration.province import Appointment, Province
from motcua.foundation.accounts import selectors as accounts_read
from motcua.foundation.accounts import services as accounts
from motcua.foundation.organisations import selectors as organisations_read
from motcua.foundation.organisations import services as organisations

DeskIds = dict[tuple[str, str, str], int]


@transaction.atomic
def load_organisation(*, at: datetime) -> dict[str, int]:
    """Load the whole province and its staff; return agency ids by code. Repeating adds only what is missing."""
    plan = province.plan()
    agency_ids = _found(plan)
    desk_ids = _open_premises(plan, agency_ids)
    _appoint(plan, agency_ids, desk_ids, at)
    organisations_read.forget_directory()
    return agency_ids


def _found(plan: Province) -> dict[str, int]:
    ids: dict[str, int] = {}
    for item in plan.agencies:
        agency = organisations.found_agency(
            code=item.code,
            kind=item.kind,
            level=item.level,
            name=item.name,
            short_name=item.short_name,
            name_en=item.name_en,
            parent_id=ids.get(item.parent),
            division_kind=item.division_kind,
            place_kind=item.place_kind,
            ward_code=item.ward_code,
            address=item.address,
            since=plan.since,
            is_demonstration=True,
        )
        ids[item.code] = agency.pk
    return ids


def _open_premises(plan: Province, agency_ids: dict[str, int]) -> DeskIds:
    desks: DeskIds = {}
    for item in plan.premises:
        house = organisations.open_premises(
            agency_id=agency_ids[item.agency], name=item.name, address=item.address, since=plan.since
        )
        for number, name in item.desks:
            desk = organisations.open_desk(premises_id=house.pk, number=number, name=name, since=plan.since)
            desks[item.agency, item.name, number] = desk.pk
    return desks


def _appoint(plan: Province, agency_ids: dict[str, int], desk_ids: DeskIds, at: datetime) -> None:
    by_login: dict[str, list[Appointment]] = defaultdict(list)
    for item in plan.appointments:
        by_login[item.login].append(item)
    persons = accounts_read.person_ids(set(by_login))
    for login, held in by_login.items():
        known = _known_posts(persons[login], on=plan.since) if login in persons else frozenset()
        if login not in persons:
            persons[login] = accounts.register_officer(
                username=login, password=None, full_name=plan.people[login], at=at
            ).pk
        for item in held:
            _hold(item, persons[login], known, plan.since, agency_ids, desk_ids)


def _known_posts(person_id: int, *, on: date) -> frozenset[int]:
    return frozenset(post.post_id for post in accounts_read.held_posts(person_id, on=on))


def _hold(
    item: Appointment,
    person_id: int,
    known: frozenset[int],
    since: date,
    agency_ids: dict[str, int],
    desk_ids: DeskIds,
) -> None:
    post = organisations.open_post(
        unit_id=agency_ids[item.unit],
        role=item.role,
        title=item.title,
        capacity=item.capacity,
        desk_id=desk_ids[item.unit, *item.desk] if item.desk else None,
        since=since,
    )
    if post.pk not in known:
        accounts.assign_post(
            person_id=person_id,
            post_id=post.pk,
            since=since,
            home_agency_id=agency_ids[item.home_agency] if item.home_agency else None,
            is_state_employee=item.is_state_employee,
        )
