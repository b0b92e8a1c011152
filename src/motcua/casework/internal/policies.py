"""Who may do what in an internal case. Pure: nothing is read beyond what is given."""

from motcua.casework.internal.models import InternalCase
from motcua.casework.workflow.types import Task
from motcua.foundation.accounts.types import Actor, ActorKind
from motcua.foundation.organisations.types import HeldPost, Role

LEADS = (Role.DIVISION_HEAD, Role.LEADER)
# Beginnings of outcomes at a signature that are none.
UNSIGNED = ("return", "clarify", "reject")


def posts_for(actor: Actor, task: Task) -> tuple[HeldPost, ...]:
    """Return my posts that may do a step: the post drawn; given to a person, theirs, their stand-in's or the head's."""
    if task.person_id in {None, actor.person_id}:
        return actor.posts_for(task.unit_id, task.role)
    heads = tuple(post for post in actor.posts if post.role in LEADS and post.unit_id == task.unit_id)
    return actor.posts_of(task.person_id or 0, task.unit_id, task.role) or heads


def may_withdraw(actor: Actor, case: InternalCase) -> bool:
    """Whoever started it, or who leads the agency that drafts."""
    if actor.kind == ActorKind.SYSTEM:
        return True
    is_starter = actor.person_id is not None and actor.person_id == case.started_by_id
    return is_starter or bool(actor.posts_over(case.lead_agency_id, *LEADS))
