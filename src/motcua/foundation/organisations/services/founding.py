"""Changes of agencies, premises, desks and posts; idempotent by their natural keys, so that a loader may repeat."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from vn_collate import collate_key

from motcua.foundation.organisations.models import Agency, AgencyPeriod, Desk, Post, Premises
from motcua.foundation.organisations.selectors import forget_directory
from motcua.foundation.organisations.types import AgencyFounding, AgencyTreeCycle, PostOpening


def found_agency(
    *,
    code: str,
    kind: str,
    level: str,
    name: str,
    since: date,
    short_name: str = "",
    name_en: str = "",
    parent_id: int | None = None,
    division_kind: str = "",
    place_kind: str = "",
    ward_code: str = "",
    address: str = "",
    is_demonstration: bool = False,
) -> Agency:
    """Return the agency `code`, founded with one period from `since` without an end when it is new."""
    founding = AgencyFounding(
        code=code,
        kind=kind,
        level=level,
        name=name,
        short_name=short_name,
        name_en=name_en,
        parent=Agency.objects.get(pk=parent_id).code if parent_id else "",
        division_kind=division_kind,
        place_kind=place_kind,
        ward_code=ward_code,
        address=address,
    )
    ids = found_agencies(foundings=[founding], since=since, is_demonstration=is_demonstration)
    return Agency.objects.get(pk=ids[code])


@transaction.atomic(savepoint=False)
def found_agencies(
    *, foundings: Sequence[AgencyFounding], since: date, is_demonstration: bool = False
) -> dict[str, int]:
    """Found the agencies that are not there yet, each with one period from `since` without an end.

    An agency that exists stays as it is: names and parents change through a reorganisation, never here.

    Returns:
        Ids by code of all agencies there are.

    Raises:
        AgencyTreeCycle: an agency would lie below itself.
    """
    _refuse_circles(foundings)
    ids = dict(Agency.objects.values_list("code", "pk"))
    new = [item for item in foundings if item.code not in ids]
    made = Agency.objects.bulk_create(
        [Agency(code=item.code, kind=item.kind, is_demonstration=is_demonstration) for item in new], batch_size=500
    )
    ids |= {agency.code: agency.pk for agency in made}
    AgencyPeriod.objects.bulk_create([_period(item, ids, since) for item in new], batch_size=500)
    transaction.on_commit(forget_directory)
    return ids


def _refuse_circles(foundings: Sequence[AgencyFounding]) -> None:
    """What exists cannot lie below what is new, so only the new ones can make a circle."""
    parents = {item.code: item.parent for item in foundings}
    sound: set[str] = set()
    for start in parents:
        code, way = start, list[str]()
        while code in parents and code not in sound:
            if code in way:
                raise AgencyTreeCycle(path=" → ".join([*way[way.index(code) :], code]))
            way.append(code)
            code = parents[code]
        sound.update(way)


def _period(item: AgencyFounding, ids: dict[str, int], since: date) -> AgencyPeriod:
    return AgencyPeriod(
        agency_id=ids[item.code],
        parent_id=ids[item.parent] if item.parent else None,
        level=item.level,
        name=item.name,
        short_name=item.short_name or item.name,
        name_en=item.name_en,
        sort_key=collate_key(item.short_name or item.name)[:400],
        division_kind=item.division_kind,
        place_kind=item.place_kind,
        ward_code=item.ward_code,
        address=item.address,
        valid=DateRange(since, None),
    )


def open_premises(*, agency_id: int, name: str, address: str, since: date, phone: str = "") -> Premises:
    """Return the premises of that name of a centre, opened from `since` when they are new."""
    found = Premises.objects.filter(agency_id=agency_id, name=name, valid__contains=since).first()
    return found or Premises.objects.create(
        agency_id=agency_id, name=name, address=address, phone=phone, valid=DateRange(since, None)
    )


def open_desks(*, premises_id: int, desks: Sequence[tuple[str, str]], since: date) -> dict[str, int]:
    """Open the desks, given as (number, name), that the premises do not have yet; return ids by number."""
    known = Desk.objects.filter(premises_id=premises_id, valid__contains=since)
    ids = dict(known.values_list("number", "pk"))
    made = Desk.objects.bulk_create(
        [
            Desk(premises_id=premises_id, number=number, name=name, valid=DateRange(since, None))
            for number, name in desks
            if number not in ids
        ]
    )
    return ids | {desk.number: desk.pk for desk in made}


@transaction.atomic(savepoint=False)
def open_posts(*, openings: Sequence[PostOpening], since: date) -> dict[PostOpening, int]:
    """Open the posts that are not there yet from `since`; return ids by opening. Role, title, desk tell them apart."""
    present = Post.objects.filter(valid__contains=since).values_list("unit_id", "role", "title", "desk_id", "pk")
    known = {tuple(row[:4]): row[4] for row in present}
    new = [item for item in dict.fromkeys(openings) if _key(item) not in known]
    made = Post.objects.bulk_create(
        [
            Post(
                unit_id=item.unit_id,
                role=item.role,
                title=item.title,
                capacity=item.capacity,
                desk_id=item.desk_id,
                valid=DateRange(since, None),
            )
            for item in new
        ],
        batch_size=500,
    )
    known |= {_key(item): post.pk for item, post in zip(new, made, strict=True)}
    return {item: known[_key(item)] for item in openings}


def _key(item: PostOpening) -> tuple[int, str, str, int | None]:
    return (item.unit_id, item.role, item.title, item.desk_id)


def open_post(
    *, unit_id: int, role: str, title: str, since: date, capacity: str = "", desk_id: int | None = None
) -> Post:
    """Return the post with that role, title and desk in the unit, opened from `since` when it is new."""
    opening = PostOpening(unit_id=unit_id, role=role, title=title, capacity=capacity, desk_id=desk_id)
    return Post.objects.get(pk=open_posts(openings=[opening], since=since)[opening])
