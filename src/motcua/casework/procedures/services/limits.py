"""Settling limits by hand: to which case, way of filing and place they belong, and by which rules they count."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max, Q
from django.utils.translation import gettext as _

from motcua.casework.procedures import policies
from motcua.casework.procedures.events import LimitSettled
from motcua.casework.procedures.models import LimitChange, ProcedureVersion, TimeLimit
from motcua.casework.procedures.selectors.choosing import forget_choices
from motcua.casework.procedures.services.publishing import change_limit
from motcua.casework.procedures.types import Channel, LimitFlag, PlaceKind
from motcua.foundation.accounts.types import Actor
from motcua.foundation.calendars import selectors as calendars
from motcua.foundation.calendars.types import Limit, LimitNotUnderstood, LimitUnit
from motcua.foundation.core import outbox
from motcua.foundation.core.types import Invalid, NotFound

_HOURS = {LimitUnit.WORKING_HOUR: 1, LimitUnit.WORKING_DAY: 8, LimitUnit.DAY: 6, LimitUnit.MONTH: 176}


@transaction.atomic
def assign_limit(
    *,
    limit_id: int,
    case_id: int | None,
    channel: str,
    place_kind: str,
    statutory: tuple[int, str],
    reduced: tuple[int, str] | None,
    is_addition: bool = False,
    reduced_by: str = "",
    note: str = "",
    reason: str = "",
    actor: Actor,
    at: datetime,
) -> bool:
    """Settle one limit; return whether anything changed. Its flag goes, and what stood there is written down.

    Open dossiers taken in while it was in doubt get their due date by those who listen to `LimitSettled`.

    Args:
        case_id: None for all cases; place_kind: 'any' or a kind of place, such as remote communes.
        reduced: what the province promised, None where it promised nothing; reduced_by: the decision.
        is_addition: it is added to the limit of all places for that kind of place; `reduced` None: to the promise too.

    Raises:
        NotFound: no such limit, or the case is another version's.
        NotAllowed: the actor does not edit the catalogue.
        Invalid: a number without a unit, or reduced to longer than the law says; an addition for every place, or in
            another unit than what it is added to; `fields` says where.
    """
    policies.require_editor(actor)
    row = TimeLimit.objects.select_for_update().filter(pk=limit_id).first()
    if row is None or (case_id is not None and not row.version.cases.filter(pk=case_id).exists()):
        raise NotFound
    wanted = _wanted(
        row.version, case_id, channel, place_kind, statutory, reduced, is_addition, reduced_by=reduced_by, note=note,
        but=row.pk,
    )  # fmt: skip
    transaction.on_commit(forget_choices)
    if all(getattr(row, name) == value for name, value in wanted.items()):
        return False
    was_in_doubt = row.needs_review
    change_limit(row, wanted, reason=reason, actor=actor, at=at)
    if was_in_doubt:
        outbox.publish(LimitSettled(version_id=row.version_id, limit_id=row.pk, by=actor.person_id), at=at)
    return True


@transaction.atomic
def add_limit(
    *,
    code: str,
    case_id: int | None,
    channel: str,
    place_kind: str,
    statutory: tuple[int, str],
    reduced: tuple[int, str] | None,
    is_addition: bool = False,
    reduced_by: str = "",
    note: str = "",
    reason: str = "",
    on: date,
    actor: Actor,
    at: datetime,
) -> int:
    """Add a limit that the record has in its notes only, such as one for remote communes; return its id.

    Args:
        see `assign_limit`; on: the day whose version in force gets it.

    Raises:
        NotFound: no version in force, or the case is another version's.
        NotAllowed, Invalid: as for `assign_limit`.
    """
    policies.require_editor(actor)
    version = ProcedureVersion.objects.select_for_update().filter(procedure__code=code, valid__contains=on).first()
    if version is None or (case_id is not None and not version.cases.filter(pk=case_id).exists()):
        raise NotFound
    wanted = _wanted(
        version, case_id, channel, place_kind, statutory, reduced, is_addition, reduced_by=reduced_by, note=note
    )  # fmt: skip
    last = version.limits.aggregate(last=Max("position"))["last"] or 0
    row = TimeLimit.objects.create(version=version, position=last + 1, **wanted)
    LimitChange.objects.create(
        version=version, limit=row, before={}, after=wanted, reason=reason[:300], person_id=actor.person_id, at=at
    )  # fmt: skip
    transaction.on_commit(forget_choices)
    return row.pk


def _wanted(
    version: ProcedureVersion,
    case_id: int | None,
    channel: str,
    place_kind: str,
    statutory: tuple[int, str],
    reduced: tuple[int, str] | None,
    is_addition: bool,
    *,
    reduced_by: str,
    note: str,
    but: int | None = None,
) -> dict[str, Any]:
    """Return the checked columns of a limit."""
    _check(channel, place_kind, statutory, reduced)
    if is_addition:
        _check_addition(version, case_id, place_kind, statutory, reduced, but=but)
    return {
        "case_id": case_id,
        "channel": channel,
        "place_kind": place_kind,
        "is_addition": is_addition,
        "statutory_value": statutory[0],
        "statutory_unit": statutory[1],
        "reduced_value": reduced[0] if reduced else None,
        "reduced_unit": reduced[1] if reduced else "",
        "reduced_by": reduced_by.strip()[:200] if reduced else "",
        "note": note.strip(),
        "needs_review": False,
        "flag": LimitFlag.NONE,
    }


def _check_addition(
    version: ProcedureVersion,
    case_id: int | None,
    place_kind: str,
    statutory: tuple[int, str],
    reduced: tuple[int, str] | None,
    *,
    but: int | None,
) -> None:
    """Refuse an addition for every place, and one that cannot be added up with a limit it belongs to."""
    if place_kind == PlaceKind.ANY:
        raise Invalid({"place_kind": [_("Choose for which kind of place it is added")]})
    whole = version.limits.filter(is_addition=False, place_kind=PlaceKind.ANY).exclude(pk=but or 0)
    if case_id is not None:
        whole = whole.filter(Q(case_id=case_id) | Q(case_id=None))
    units = {(row.statutory_unit, row.reduced_unit or row.statutory_unit) for row in whole}
    units -= {(LimitUnit.NONE, LimitUnit.NONE)}
    if any(unit != statutory[1] for unit, _promised in units):
        raise Invalid({"statutory": [_("Count it in the same unit as the limit it is added to")]})
    if any(unit != (reduced[1] if reduced else statutory[1]) for _law, unit in units):
        raise Invalid({"reduced": [_("Count it in the same unit as the limit it is added to")]})


def _check(channel: str, place_kind: str, statutory: tuple[int, str], reduced: tuple[int, str] | None) -> None:
    wrong: dict[str, list[str]] = {}
    if channel not in Channel.values:
        wrong["channel"] = [_("Choose a way of filing")]
    if place_kind not in PlaceKind.values:
        wrong["place_kind"] = [_("Choose a kind of place")]
    limits = {}
    for name, given in (("statutory", statutory), ("reduced", reduced)):
        try:
            limits[name] = Limit(given[0], LimitUnit(given[1])) if given else None
        except (LimitNotUnderstood, ValueError):
            wrong[name] = [_("Enter a whole number above zero with its unit")]
    if not wrong and _is_longer(limits["reduced"], limits["statutory"]):
        wrong["reduced"] = [_("The province cannot promise longer than the law allows")]
    if wrong:
        raise Invalid(wrong)


def _is_longer(one: Limit | None, other: Limit | None) -> bool:
    """Compare roughly across units, exactly within one; without a limit nothing is longer."""
    if one is None or other is None or LimitUnit.NONE in {one.unit, other.unit}:
        return False
    if one.unit == other.unit:
        return one.value > other.value
    return one.value * _HOURS.get(one.unit, 8) > max(1, other.value) * _HOURS.get(other.unit, 8)


@transaction.atomic
def choose_deadline_rules(
    *, code: str, rules: Sequence[str], reason: str, on: date, actor: Actor, at: datetime
) -> bool:
    """Set the rules of counting that the procedure's law asks for beside those of all; new dossiers keep them.

    Return whether anything changed.

    Raises:
        NotFound: no version in force on `on`.
        NotAllowed: the actor does not edit the catalogue.
        RuleUnknown: a code that no rule has.
    """
    policies.require_editor(actor)
    version = ProcedureVersion.objects.select_for_update().filter(procedure__code=code, valid__contains=on).first()
    if version is None:
        raise NotFound
    wanted = list(dict.fromkeys(rules))
    calendars.rules_for(codes=wanted, on=on)
    if wanted == version.deadline_rules:
        return False
    LimitChange.objects.create(
        version=version, before={"rules": version.deadline_rules}, after={"rules": wanted}, reason=reason[:300],
        person_id=actor.person_id, at=at,
    )  # fmt: skip
    version.deadline_rules = wanted
    version.save(update_fields=["deadline_rules"])
    transaction.on_commit(forget_choices)
    return True
