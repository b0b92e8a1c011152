"""Returning a dossier to a step done before, where the process draws no arrow: with a reason, within its branch."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.casework.dossiers import change_sql, placement, policies
from motcua.casework.dossiers.services import steps
from motcua.casework.dossiers.services.intake import chosen_post
from motcua.casework.dossiers.types import DossierClosed, DossierSuspended, State, StepInput
from motcua.casework.workflow import services as workflow
from motcua.casework.workflow.types import Step
from motcua.foundation.accounts.types import Actor
from motcua.foundation.core.types import Invalid, NotFound


@transaction.atomic
def return_to_step(
    *, dossier_id: int, task_id: UUID, step: str, reason: str, actor: Actor, at: datetime, post_id: int | None = None
) -> Step:
    """Close the open tasks of the branch and open a step that was done before; clocks and due date go on.

    Raises:
        NotFound: the task is not this dossier's. NotAllowed, WhichPost: none, or several, of the actor's posts may.
        Invalid: no reason. NotReturnable: the run cannot go back there. TaskAlreadyDone, DossierClosed,
        DossierSuspended.
    """
    dossier, task = change_sql.locked_with_task(task_id)
    if dossier.pk != dossier_id:
        raise NotFound
    posts = policies.posts_for_task(actor, unit_id=task.unit_id, role=task.role, person_id=task.person_id, act=task.act)
    post = chosen_post(posts, post_id)
    if dossier.state not in {State.IN_PROCESS, State.FINISHED}:
        raise DossierClosed
    if dossier.is_suspended:
        raise DossierSuspended
    if not reason.strip():
        raise Invalid({"reason": [_("Say why, so that the next person, and the applicant, know.")]})
    done = workflow.return_to(
        run_id=task.run_id, token_id=task.token_id, node=step, actor_person_id=actor.person_id, post_id=post.post_id,
        at=at, **placement.of(at),
    )  # fmt: skip
    steps.carry(dossier, done, StepInput(), actor=actor, at=at)
    dossier.lock_version += 1
    steps.record(
        dossier, done, actor=actor, post=post, at=at, note=reason, changed=reason.strip(), act="returned_to",
        more={"to_step": step, "withdrawn": [item.node for item in done.withdrawn]},
    )  # fmt: skip
    return done
