"""Changes of agencies, premises, desks and posts; idempotent by their natural keys, so that a loader may repeat."""

from datetime import date

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from vn_collate import collate_key

from motcua.foundation.organisations.models import Agency, AgencyPeriod, Desk, Post, Premises
from motcua.foundation.organisations.selectors import forget_directory


@transaction.atomic
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
    phone: str = "",
    is_demonstration: bool = False,
) -> Agency:
    """Return the agency `code`, found now with one period from `since` without an end when it is new.

    An agency that exists is returned as it is: names and parents change through a reorganisation, never here.
    """
    agency, is_new = Agency.objects.get_or_create(
        code=code, defaults={"kind": kind, "is_demonstration": is_demonstration}
    )
    if is_new:
        AgencyPeriod.objects.create(
            agency=agency,
            parent_id=parent_id,
            level=level,
            name=name,
            short_name=short_name or name,
            name_en=name_en,
            sort_key=collate_key(short_name or name)[:400],
            division_kind=division_kind,
            place_kind=place_kind,
            ward_code=ward_code,
            address=address,
            phone=phone,
            valid=DateRange(since, None),
        )
        transaction.on_commit(forget_directory)
    return agency


def open_premises(*, agency_id: int, name: str, address: str, since: date, phone: str = "") -> Premises:
    """Return the premises of that name of a centre, opened from `since` when they are new."""
    found = Premises.objects.filter(agency_id=agency_id, name=name, valid__contains=since).first()
    return found or Premises.objects.create(
        agency_id=agency_id, name=name, address=address, phone=phone, valid=DateRange(since, None)
    )


def open_desk(*, premises_id: int, number: str, name: str, since: date) -> Desk:
    """Return the desk with that number at the premises, opened from `since` when it is new."""
    found = Desk.objects.filter(premises_id=premises_id, number=number, valid__contains=since).first()
    return found or Desk.objects.create(premises_id=premises_id, number=number, name=name, valid=DateRange(since, None))


def open_post(
    *, unit_id: int, role: str, title: str, since: date, capacity: str = "", desk_id: int | None = None
) -> Post:
    """Return the post with that role, title and desk in the unit, opened from `since` when it is new."""
    same = Post.objects.filter(unit_id=unit_id, role=role, title=title, valid__contains=since)
    same = same.filter(desk__isnull=True) if desk_id is None else same.filter(desk_id=desk_id)
    return same.first() or Post.objects.create(
        unit_id=unit_id, role=role, title=title, capacity=capacity, desk_id=desk_id, valid=DateRange(since, None)
    )
