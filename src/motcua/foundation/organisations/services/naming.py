"""Identifiers and service areas of agencies."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from motcua.foundation.organisations.models import AgencyArea, AgencyIdentifier, AgencyPeriod
from motcua.foundation.organisations.selectors.directory import forget_directory
from motcua.foundation.organisations.types import (
    AgencyPeriodsOverlap,
    IdentifierMalformed,
    IdentifierNotConvertible,
)
from motcua.foundation.organisations.types.identifiers import parse, written


def convert_identifier(value: str, *, to: str) -> str:
    """Return an identifier of either order in the order of the scheme `to`.

    Raises:
        IdentifierMalformed: it is none.
        IdentifierNotConvertible: it does not fit into the other order's four groups.

    Law: Decision 20/2020/QĐ-TTg, art. 4.
    """
    parsed = parse(value)
    if parsed is None:
        raise IdentifierMalformed(value=value or "-")
    found = value.strip() if parsed.scheme == to else written(parsed, to)
    if found is None:
        raise IdentifierNotConvertible(value=value)
    return found


@transaction.atomic
def record_identifier(*, agency_id: int, value: str, since: date, scheme: str = "") -> None:
    """Give an agency an official identifier from `since`; the one of the same order before it ends that day.

    Without `scheme` the order is read off the value.

    Raises:
        IdentifierMalformed: it is none of that order.
        AgencyPeriodsOverlap: another agency has it, or a later one is recorded already.
    """
    parsed = parse(value)
    if parsed is None or (scheme and parsed.scheme != scheme):
        raise IdentifierMalformed(value=value or "-")
    own = AgencyIdentifier.objects.select_for_update().filter(agency_id=agency_id, scheme=parsed.scheme)
    current = own.filter(valid__contains=since).first()
    if current is not None and current.value == value.strip():
        return
    span = DateRange(since, None)
    taken = AgencyIdentifier.objects.filter(scheme=parsed.scheme, value=value.strip(), valid__overlap=span)
    later = own.filter(valid__startswith__gte=since)
    if later.exists() or taken.exclude(agency_id=agency_id).exists():
        raise AgencyPeriodsOverlap(code=value)
    if current is not None:
        current.valid = DateRange(current.valid.lower, since)
        current.save(update_fields=["valid"])
    AgencyIdentifier.objects.create(agency_id=agency_id, scheme=parsed.scheme, value=value.strip(), valid=span)


@transaction.atomic
def record_identifiers(*, values: dict[int, str], since: date) -> int:
    """Give many agencies their first identifier in few statements; those that have one of the order keep it."""
    made = []
    known = set(AgencyIdentifier.objects.filter(valid__contains=since).values_list("agency_id", "scheme"))
    for agency_id, value in values.items():
        parsed = parse(value)
        if parsed is None:
            raise IdentifierMalformed(value=value or "-")
        if (agency_id, str(parsed.scheme)) not in known:
            row = AgencyIdentifier(agency_id=agency_id, scheme=parsed.scheme, value=value, valid=DateRange(since, None))
            made.append(row)
    return len(AgencyIdentifier.objects.bulk_create(made, batch_size=1000))


@transaction.atomic
def serve_places(*, pairs: Iterable[tuple[int, int]], since: date) -> int:
    """Record that agencies serve places, as (agency id, place id); what is recorded already stays. Returns the new."""
    known = set(AgencyArea.objects.filter(valid__contains=since).values_list("agency_id", "place_id"))
    rows = [
        AgencyArea(agency_id=agency_id, place_id=place_id, valid=DateRange(since, None))
        for agency_id, place_id in dict.fromkeys(pairs)
        if (agency_id, place_id) not in known
    ]
    return len(AgencyArea.objects.bulk_create(rows, batch_size=1000))


@transaction.atomic
def change_contact(*, agency_id: int, on: date, phone: str, email: str, website: str, address: str) -> None:
    """Correct how an agency is reached; of its present period, because a telephone number is no reorganisation."""
    period = AgencyPeriod.objects.select_for_update().get(agency_id=agency_id, valid__contains=on)
    period.phone, period.email, period.website, period.address = phone, email, website, address
    period.save(update_fields=["phone", "email", "website", "address"])
    forget_directory()
    transaction.on_commit(forget_directory)
