"""Taking a rating."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from motcua.casework.dossiers import selectors as dossiers
from motcua.casework.dossiers.types import AlreadyRated, DossierView, Proof, State
from motcua.engagement.surveys.models import Rating
from motcua.engagement.surveys.types import Level, NotSettled, RatingView, Reason
from motcua.foundation.accounts.types import Actor, ActorKind
from motcua.foundation.core.types import Invalid, NotFound

__all__ = ["rate_dossier"]

_SETTLED = {State.FINISHED, State.RETURNED, State.NOT_ACCEPTED}
_LONGEST = 1000


@transaction.atomic
def rate_dossier(
    *,
    dossier_id: int,
    level: str,
    reasons: tuple[str, ...] = (),
    comment: str = "",
    actor: Actor,
    at: datetime,
    proof: Proof | None = None,
) -> RatingView:
    """Keep how one of its parties found the settling of a dossier; once a dossier.

    Args:
        reasons: codes of Reason, for `not_satisfied` only, where a reason or a comment is asked.

    Raises:
        NotFound: not the actor's dossier, and no proof for it.
        NotSettled: it is not settled, or was withdrawn or stopped.
        AlreadyRated: it was rated before.
        Invalid: unknown level or reason, or none was given where one is asked.
    """
    view = _own(dossier_id, actor, proof, at)
    if view.state not in _SETTLED:
        raise NotSettled
    _check(level, reasons, comment)
    row = Rating(
        dossier_id=view.id,
        agency_id=view.competent_id,
        level=level,
        reasons=sorted(set(reasons)) if level == Level.NOT_SATISFIED else [],
        comment=comment.strip()[:_LONGEST],
        given_at=at,
    )
    if Rating.objects.filter(dossier_id=view.id).exists():
        raise AlreadyRated
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:  # the same tap twice at once
        raise AlreadyRated from error
    return RatingView(row.level, tuple(row.reasons), row.comment, row.given_at)


def _own(dossier_id: int, actor: Actor, proof: Proof | None, at: datetime) -> DossierView:
    if proof is None and actor.kind != ActorKind.CITIZEN:
        raise NotFound
    return dossiers.party_view(actor=actor, dossier_id=dossier_id, at=at, proof=proof)


def _check(level: str, reasons: tuple[str, ...], comment: str) -> None:
    if level not in Level.values:
        raise Invalid({"level": [_("Choose one of the three answers.")]})
    if set(reasons) - set(Reason.values):
        raise Invalid({"reasons": [_("Choose from the reasons shown.")]})
    if level == Level.NOT_SATISFIED and not reasons and not comment.strip():
        raise Invalid({"reasons": [_("Tick at least one reason, or write what should be better.")]})
