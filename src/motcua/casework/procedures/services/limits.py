"""Settling limits by hand: to which case, way of filing and place they belong, and by which rules they count."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.casework.procedures import policies
from motcua.casework.procedures.models import LimitChange, ProcedureVersion, TimeLimit
from motcua.casework.procedures.selectors.choosing import forget_choices
from motcua.casework.procedures.services.publishing import change_limit
from motcua.casework.procedures.types import Channel, LimitFlag, PlaceKind
from motcua.foundation.accounts.types import Actor
from motcua.foundation.calendars import selectors as calendars
from motcua.foundation.calendars.types import Limit, LimitNotUnderstood, LimitUnit
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
    reduced_by: str = "",
    note: str = "",
    reason: str = "",
    actor: Actor,
    at: datetime,
) -> bool:
    """Settle one limit; return whether anything changed. Its flag goes, and what stood there is written down.

    Args:
        case_id: None for all cases; place_kind: 'any' or a kind of place, such as remote communes.
        reduced: what the province promised, None where it promised nothing; reduced_by: the decision.

    Raises:
        NotFound: no such limit, or the case is another version's.
        NotAllowed: the actor does not edit the catalogue.
        Invalid: a number without a unit, or reduced to longer than the law says; `fields` says where.
    """
    policies.require_editor(actor)
    row = TimeLimit.objects.select_for_update().filter(pk=limit_id).first()
    if row is None or (case_id is not None and not row.version.cases.filter(pk=case_id).exists()):
        raise NotFound
    _check(channel, place_kind, statutory, reduced)
    wanted: dict[str, Any] = {
        "case_id": case_id,
        "channel": channel,
        "place_kind": place_kind,
        "statutory_value": statutory[0],
        "statutory_unit": statutory[1],
        "reduced_value": reduced[0] if reduced else None,
        "reduced_unit": reduced[1] if reduced else "",
        "reduced_by": reduced_by.strip()[:200] if reduced else "",
        "note": note.strip(),
        "needs_review": False,
        "flag": LimitFlag.NONE,
    }
    transaction.on_commit(forget_choices)
    if all(getattr(row, name) == value for name, value in wanted.items()):
        return False
    change_limit(row, wanted, reason=reason, actor=actor, at=at)
    return True


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
