"""An inspector's random sample, and what a secretary prepares for a leader."""

import secrets
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from motcua.casework.dossiers import policies, scope
from motcua.casework.dossiers.models import Dossier, InspectionSample, Preparation
from motcua.casework.workflow import selectors as workflow
from motcua.foundation.accounts import registry
from motcua.foundation.accounts.types import Actor, InspectionScope
from motcua.foundation.core.types import Invalid, NotAllowed, NotFound
from motcua.foundation.organisations.types import HeldPost, Role

MOST_SAMPLED = 500


def running_order(actor: Actor, public_id: UUID) -> InspectionScope:
    """Return the actor's order that runs today.

    Raises:
        NotAllowed: no inspector. NotFound: no such order of theirs, or not running.
    """
    if not registry.may(actor, "dossiers.inspect"):
        raise NotAllowed
    order = next((item for item in actor.orders if item.public_id == public_id), None)
    if order is None:
        raise NotFound
    return order


@transaction.atomic
def draw_sample(*, order_id: UUID, size: int, actor: Actor, at: datetime, seed: str = "") -> UUID:
    """Draw a random sample among the dossiers of an order and record it with its seed.

    The order of drawing is the SHA-256 of seed and public id, so anybody can draw the same again from the dossiers up
    to the newest one of that moment.

    Args:
        seed: at most 40 characters; '' takes one that nobody could choose.

    Raises:
        NotAllowed, NotFound: see `running_order`. Invalid: a size below 1 or above 500, or nothing to draw from.
    """
    order = running_order(actor, order_id)
    if not 1 <= size <= MOST_SAMPLED:
        raise Invalid({"size": [_("Give a number from 1 to %(most)s.") % {"most": MOST_SAMPLED}]})
    among = Dossier.objects.filter(scope.within_order(order))
    upto = among.aggregate(last=Max("pk"))["last"]
    if upto is None:
        raise Invalid({"size": [_("The order names no dossier yet: nothing was filed there in its period.")]})
    seed = seed.strip()[:40] or secrets.token_hex(8)
    sample = InspectionSample.objects.create(
        order_id=order.order_id, seed=seed, size=size, population=among.count(), upto_id=upto,
        dossier_ids=drawn(order, seed=seed, size=size, upto_id=upto), drawn_by=actor.person_id or 0, drawn_at=at,
    )  # fmt: skip
    return sample.public_id


def drawn(order: InspectionScope, *, seed: str, size: int, upto_id: int) -> list[int]:
    """Return the ids that a seed draws, in the order drawn."""
    found = Dossier.objects.filter(scope.within_order(order), pk__lte=upto_id).order_by().values("pk", "public_id")
    sql, params = found.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT d.pk FROM ({sql}) AS d(pk, public_id) "  # noqa: S608 - the query is Django's own
            "ORDER BY sha256(convert_to(%s || d.public_id::text, 'UTF8')) LIMIT %s",
            [*params, seed, size],
        )
        return [row[0] for row in cursor.fetchall()]


@transaction.atomic
def prepare_task(*, task_id: UUID, outcome: str, note: str, actor: Actor, at: datetime) -> None:
    """Lay a leader's task before them with what is proposed; the leader alone decides and signs.

    Preparing again replaces what was proposed before.

    Raises:
        NotAllowed: not a secretary of the leader's unit. NotFound: missing, forbidden or no longer open.
        Invalid: no such outcome.
    """
    task = workflow.task_for(task_id)
    dossier = Dossier.objects.locked().filter(run_id=task.run_id).first()
    if dossier is None or not policies.can_see(actor, dossier):
        raise NotFound
    post = post_that_prepares(actor, task.unit_id, task.role)
    if post is None or actor.person_id is None:
        raise NotAllowed
    if getattr(task, "closed_at", None) is not None:
        raise NotFound
    if task.spec.outcome(outcome) is None:
        raise Invalid({"outcome": [_("Choose one of the outcomes of this step.")]})
    Preparation.objects.update_or_create(
        task_public_id=task_id,
        defaults={
            "dossier": dossier, "outcome": outcome, "note": note.strip()[:2000], "person_id": actor.person_id,
            "post_id": post.post_id, "prepared_at": at,
        },
    )  # fmt: skip


def post_that_prepares(actor: Actor, unit_id: int, role: str) -> HeldPost | None:
    """Return my secretary's post at the unit of a leader's task, None when I have none."""
    if role != Role.LEADER:
        return None
    return next((post for post in actor.posts if post.role == Role.SECRETARY and post.unit_id == unit_id), None)
