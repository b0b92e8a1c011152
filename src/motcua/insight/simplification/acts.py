"""Who reviews procedures: agencies propose, procedure control and leaders decide, everybody of the office reads."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from motcua.foundation.accounts.registry import Act, Kind, register, register_kinds
from motcua.foundation.accounts.types import Actor
from motcua.foundation.organisations.types import Role

SEE, PROPOSE, DECIDE, PLAN = "reviews.see", "reviews.propose", "reviews.decide", "reviews.plan"


def sees(actor: Actor, proposal: Any) -> bool:
    """Tell whether somebody sees a proposal: procedure control all, others those of their agencies."""
    return actor.has_role(Role.CONTROLLER) or proposal.agency_id in actor.scope_ids


def within(actor: Actor) -> Q:
    """Return the same as a condition on proposals."""
    return Q() if actor.has_role(Role.CONTROLLER) else Q(agency_id__in=actor.scope_ids)


def declare() -> None:
    """Register them; called once when the app is ready."""
    register_kinds(
        Kind("review_proposal", _("Proposal to simplify a procedure"), sees=sees, within=within, columns=("agency_id",))
    )
    makers = frozenset({Role.RECEPTIONIST, Role.OFFICER, Role.DIVISION_HEAD, Role.CLERK, Role.CONTROLLER, Role.LEADER})
    deciders = frozenset({Role.CONTROLLER, Role.LEADER})
    register(
        Act(SEE, _("See proposals to simplify procedures"), kind="review_proposal"),
        Act(PROPOSE, _("Propose to simplify a procedure"), roles=makers, kind="review_proposal"),
        Act(
            DECIDE, _("Decide on proposals and say when they were carried out"), roles=deciders, kind="review_proposal"
        ),
        Act(PLAN, _("Make the year's plan of review"), roles=frozenset({Role.CONTROLLER})),
    )
