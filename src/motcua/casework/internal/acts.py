"""The acts of internal procedures and who sees a case, for the access module. Private."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from motcua.foundation.accounts.registry import Act, Kind, register, register_kinds
from motcua.foundation.accounts.types import Actor
from motcua.foundation.organisations.types import Role

SEE, START, WORK, WITHDRAW = "internal.see", "internal.start", "internal.work", "internal.withdraw"
KIND = "internal_case"


def sees(actor: Actor, case: Any) -> bool:
    """Tell whether an agency that the actor's posts see leads the case, was asked, or had a step of it."""
    return bool(actor.scope_ids & set(case.agency_ids))


def within(actor: Actor) -> Q:
    """Return the same as a condition on cases."""
    return Q(agency_ids__overlap=sorted(actor.scope_ids))


def declare() -> None:
    """Register them; called once when the app is ready."""
    register_kinds(Kind(KIND, _("Internal case"), sees=sees, within=within, columns=("agency_ids",)))
    makers = frozenset({Role.OFFICER, Role.DIVISION_HEAD, Role.LEADER, Role.CLERK})
    register(
        Act(SEE, _("See internal cases of one's agencies"), kind=KIND),
        Act(START, _("Start an internal case"), roles=makers),
        Act(WORK, _("Do the steps of internal cases"), kind=KIND),
        Act(WITHDRAW, _("Withdraw an internal case"), roles=makers, kind=KIND),
    )
