"""Making, revoking and reading orders of inspection. Private to this app; its doors hand it on."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Q
from django.utils.translation import gettext as _

from motcua.foundation.accounts import registry
from motcua.foundation.accounts.models import InspectionOrder, Person, PostHolding
from motcua.foundation.accounts.types import Actor, InspectionScope, OrderCard, OrderInput
from motcua.foundation.core.clock import civil_day
from motcua.foundation.core.types import Invalid, NotAllowed, NotFound
from motcua.foundation.organisations import selectors as organisations
from motcua.foundation.organisations.types import Role

ORDERERS = frozenset({Role.LEADER, Role.ADMINISTRATOR})


def sees_order(actor: Actor, order: InspectionOrder) -> bool:
    """Whoever may order sees the orders over units of theirs; an inspector sees their own."""
    if order.inspector_id == actor.person_id and actor.has_role(Role.INSPECTOR):
        return True
    return actor.has_role(*ORDERERS) and set(order.unit_ids) <= actor.scope_ids


def orders_within(actor: Actor) -> Q:
    """Return the same as a condition for lists."""
    found = Q(inspector_id=actor.person_id or 0) if actor.has_role(Role.INSPECTOR) else Q(pk__in=())
    if actor.has_role(*ORDERERS):
        found |= Q(unit_ids__contained_by=sorted(actor.scope_ids))
    return found


@transaction.atomic
def order_inspection(*, order: OrderInput, actor: Actor, at: datetime) -> UUID:
    """Let an inspector read the dossiers of the units named, filed in the period, until the order ends.

    Raises:
        NotAllowed: not a leader or administrator.
        Invalid: a field is wrong; `fields` says which and how to mend it.
    """
    if actor.person_id is None or not actor.has_role(*ORDERERS):
        raise NotAllowed
    wrong = _problems(order, actor, on=civil_day(at))
    if wrong:
        raise Invalid(wrong)
    made = InspectionOrder.objects.create(
        number=order.number.strip(),
        issued_on=order.issued_on,
        inspector_id=order.inspector_id,
        made_by_id=actor.person_id,
        purpose=order.purpose.strip(),
        unit_ids=sorted(set(order.unit_ids)),
        filed=DateRange(order.filed_since, order.filed_until, "[]"),
        valid=DateRange(order.valid_since, order.valid_until, "[]"),
        made_at=at,
    )
    return made.public_id


def _problems(order: OrderInput, actor: Actor, *, on: date) -> dict[str, list[str]]:
    wrong: dict[str, list[str]] = {}
    if not order.number.strip():
        wrong["number"] = [_("Give the number of the order.")]
    if not order.purpose.strip():
        wrong["purpose"] = [_("Say what the inspection is for: it stands in the log of every reading.")]
    if not order.unit_ids:
        wrong["units"] = [_("Name at least one unit.")]
    elif not all(registry.sees("staff_unit", actor, unit) for unit in order.unit_ids):
        wrong["units"] = [_("You can name only your own agency and the units below it.")]
    if order.filed_until < order.filed_since:
        wrong["filed_until"] = [_("The last day lies before the first. Change one of them.")]
    if order.valid_until < order.valid_since:
        wrong["valid_until"] = [_("The last day lies before the first. Change one of them.")]
    elif order.valid_until < on:
        wrong["valid_until"] = [_("The order would have ended already. Give a day to come.")]
    if order.inspector_id == actor.person_id:
        wrong["inspector"] = [_("Nobody orders an inspection by themselves. Choose somebody else.")]
    elif order.inspector_id not in dict(inspectors(on=on)):
        wrong["inspector"] = [_("This person holds no post of an inspector. Choose one from the list.")]
    return wrong


@transaction.atomic
def revoke_inspection(*, public_id: UUID, actor: Actor, at: datetime) -> None:
    """End an order at once; revoking twice keeps the first instant.

    Raises:
        NotAllowed: not a leader or administrator. NotFound: no such order of one's units.
    """
    if actor.person_id is None or not actor.has_role(*ORDERERS):
        raise NotAllowed
    order = InspectionOrder.objects.select_for_update(of=("self",)).filter(public_id=public_id).first()
    if order is None or not sees_order(actor, order):
        raise NotFound
    if order.revoked_at is None:
        order.revoked_at, order.revoked_by_id = at, actor.person_id
        order.save(update_fields=["revoked_at", "revoked_by"])


def inspectors(*, on: date) -> list[tuple[int, str]]:
    """Return (person id, full name) of all who hold a post of an inspector on `on`, by name."""
    rows = PostHolding.objects.filter(
        post__role=Role.INSPECTOR, valid__contains=on, post__valid__contains=on
    ).values_list("person_id", "person__full_name")
    return sorted(set(rows), key=lambda row: row[1])


def running_orders(person_id: int, *, on: date) -> tuple[InspectionScope, ...]:
    """Return what the orders that run on `on` let an inspector read. One query."""
    listing = organisations.directory(on=on)
    rows = InspectionOrder.objects.filter(inspector_id=person_id, valid__contains=on, revoked_at__isnull=True).order_by(
        "pk"
    )
    return tuple(
        InspectionScope(
            order_id=row.pk,
            public_id=row.public_id,
            number=row.number,
            purpose=row.purpose,
            unit_ids=frozenset().union(*(listing.below.get(unit, frozenset({unit})) for unit in row.unit_ids)),
            since=row.filed.lower,
            until=_last(row.filed),
        )
        for row in rows
    )


def inspection_orders(*, actor: Actor, on: date, limit: int = 100) -> list[OrderCard]:
    """Return the orders over units of one's agencies, newest first; an inspector sees their own. Two queries."""
    rows = list(InspectionOrder.objects.filter(registry.within("inspection_order", actor)).order_by("-pk")[:limit])
    people = {row.inspector_id for row in rows} | {row.made_by_id for row in rows}
    names = dict(Person.objects.filter(pk__in=people).values_list("pk", "full_name"))
    return [_card(row, names, on=on) for row in rows]


def _card(row: InspectionOrder, names: dict[int, str], *, on: date) -> OrderCard:
    agencies = organisations.directory(on=on).agencies
    return OrderCard(
        id=row.pk,
        public_id=row.public_id,
        number=row.number,
        issued_on=row.issued_on,
        inspector_id=row.inspector_id,
        inspector_name=names[row.inspector_id],
        made_by_name=names[row.made_by_id],
        purpose=row.purpose,
        unit_names=tuple(agencies[unit].short_name for unit in row.unit_ids if unit in agencies),
        filed_since=row.filed.lower,
        filed_until=_last(row.filed),
        valid_since=row.valid.lower,
        valid_until=_last(row.valid),
        state=_state(row, on=on),
    )


def _state(row: InspectionOrder, *, on: date) -> str:
    if row.revoked_at is not None:
        return "revoked"
    if on < row.valid.lower:
        return "coming"
    return "running" if on < row.valid.upper else "ended"


def _last(days: DateRange) -> date:
    """Return the last day inside a range, which the database keeps half-open."""
    return date.fromordinal(days.upper.toordinal() - 1)


def inspection_units(actor: Actor, *, on: date) -> Sequence[tuple[int, str]]:
    """Return the agencies that an order of this actor may name, divisions left out."""
    return [
        (card.id, card.short_name)
        for card in registry.seen("staff_unit", actor, organisations.directory(on=on).agencies.values())
        if card.kind != "division"
    ]
