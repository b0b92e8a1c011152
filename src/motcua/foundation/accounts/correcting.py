"""Asking for a correction of personal data, and answering it."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from motcua.foundation.accounts import held, registry
from motcua.foundation.accounts.corrections_types import (
    AlreadyDecided,
    AskedAlready,
    CorrectionCard,
    card_of,
    opened,
    sealed,
)
from motcua.foundation.accounts.events import CorrectionDecided
from motcua.foundation.accounts.events_of_users import note
from motcua.foundation.accounts.models import CorrectionRequest, Person
from motcua.foundation.accounts.types import Actor, ActorKind, CorrectionState, EventKind
from motcua.foundation.core import held_data, outbox
from motcua.foundation.core.clock import civil_day
from motcua.foundation.core.types import Invalid, NotAllowed, NotFound
from motcua.foundation.organisations.types import Role

ACT = "accounts.decide_corrections"
DECIDERS = frozenset({Role.DATA_PROTECTION, Role.ADMINISTRATOR})
LONGEST = 1000


@transaction.atomic
def ask_correction(
    *, section: str, item: str, wanted: str, reason: str, actor: Actor, at: datetime, document_id: UUID | None = None
) -> UUID:
    """Ask to have one item held about oneself put right.

    Args:
        section, item: codes of the registry of held data.
        document_id: public id of a stored file that shows the right value.

    Raises:
        NotAllowed: not a citizen. NotFound: no such item of theirs.
        Invalid: the value is none of its kind or the same as now, or no reason is given.
        AskedAlready: a request for the item waits.

    Law: Law 91/2025/QH15: whoever the data are about may have them put right.
    """
    if actor.kind != ActorKind.CITIZEN or actor.user_id is None:
        raise NotAllowed
    title, found = held_data.item_of(actor, section, item, at=at)
    text = held.checked(item.rpartition(":")[2], wanted)
    problems: dict[str, list[str]] = {}
    if text == found.value:
        problems["value"] = [_("This is what is held already")]
    if not reason.strip():
        problems["reason"] = [_("Say why it is wrong, and from which paper the right value comes")]
    if problems:
        raise Invalid(problems)
    content = {
        "title": title, "label": found.label, "held": found.value, "wanted": text, "reason": reason.strip()[:LONGEST],
    }  # fmt: skip
    try:
        with transaction.atomic():
            row = CorrectionRequest.objects.create(
                user_id=actor.user_id, section=section, item=item, content_cipher=sealed(content),
                document_id=document_id, asked_at=at,
            )  # fmt: skip
    except IntegrityError:
        raise AskedAlready from None
    note(user_id=actor.user_id, kind=EventKind.CORRECTION_ASKED, at=at)
    return row.public_id


@transaction.atomic
def decide_correction(*, public_id: UUID, accepts: bool, answer: str, actor: Actor, at: datetime) -> None:
    """Answer a request: put the item right by a new version, or refuse with a reason. The journal is never rewritten.

    Raises:
        NotAllowed: no post that may, or one's own request. NotFound: no such request.
        AlreadyDecided: somebody was quicker. Invalid: refused without a reason.
    """
    if not registry.may(actor, ACT):
        raise NotAllowed
    row = CorrectionRequest.objects.select_for_update(of=("self",)).filter(public_id=public_id).first()
    if row is None:
        raise NotFound
    if row.user_id == actor.user_id:
        raise NotAllowed
    if row.state != CorrectionState.WAITING:
        raise AlreadyDecided
    if not accepts and not answer.strip():
        raise Invalid({"answer": [_("Say why it stays as it is: the citizen reads it")]})
    content = opened(row)
    if accepts:
        owner = _owner(row.user_id, at=at)
        held_data.correct(
            row.section, row.item, content["wanted"], owner=owner, actor=actor, at=at, request=str(public_id)
        )
    row.content_cipher = sealed(content | {"answer": answer.strip()[:LONGEST]})
    row.state = CorrectionState.ACCEPTED if accepts else CorrectionState.REFUSED
    row.decided_at, row.decided_by_id = at, actor.user_id
    row.save(update_fields=["content_cipher", "state", "decided_at", "decided_by"])
    kind = EventKind.CORRECTION_MADE if accepts else EventKind.CORRECTION_REFUSED
    note(user_id=row.user_id, kind=kind, by_user_id=actor.user_id, at=at)
    outbox.publish(CorrectionDecided(user_id=row.user_id, correction_id=row.pk, accepted=accepts), at=at)


def _owner(user_id: int, *, at: datetime) -> Actor:
    from motcua.foundation.accounts.selectors import actor_for_user  # selectors read through this module too

    return actor_for_user(user_id, on=civil_day(at))


def sees_correction(actor: Actor, row: CorrectionRequest) -> bool:
    """Tell whether somebody sees a request: citizens their own, those who answer them all."""
    return row.user_id == actor.user_id or actor.has_role(*DECIDERS)


def corrections_within(actor: Actor) -> Q:
    """Return the same as a condition on the table of requests."""
    return Q() if actor.has_role(*DECIDERS) else Q(user_id=actor.user_id or 0)


def corrections_of(user_id: int) -> tuple[CorrectionCard, ...]:
    """Return the requests of a user, newest first."""
    return tuple(card_of(row) for row in CorrectionRequest.objects.filter(user_id=user_id).order_by("-pk")[:100])


def corrections(*, actor: Actor, decided: bool = False, limit: int = 100) -> tuple[CorrectionCard, ...]:
    """Return the requests that wait, the longest waiting first, or those answered, newest first. Two queries.

    Raises:
        NotAllowed: no post that decides them.
    """
    if not registry.may(actor, ACT):
        raise NotAllowed
    rows = CorrectionRequest.objects.filter(registry.within("correction", actor))
    waiting = rows.filter(state=CorrectionState.WAITING).order_by("asked_at", "pk")
    found = list((rows.exclude(state=CorrectionState.WAITING).order_by("-decided_at") if decided else waiting)[:limit])
    names = dict(Person.objects.filter(user__in=[row.user_id for row in found]).values_list("user_id", "full_name"))
    return tuple(card_of(row, name=names.get(row.user_id, "")) for row in found)


def correction(*, public_id: UUID, actor: Actor) -> CorrectionCard:
    """Return one request for whoever decides it.

    Raises:
        NotAllowed: no post that decides them. NotFound: no such request.
    """
    if not registry.may(actor, ACT):
        raise NotAllowed
    row = CorrectionRequest.objects.filter(public_id=public_id).first()
    if row is None:
        raise NotFound
    return card_of(row, name=Person.objects.get(user_id=row.user_id).full_name)


def correction_outcome(correction_id: int) -> CorrectionCard | None:
    """Return a request by its id, for the message that tells its owner."""
    row = CorrectionRequest.objects.filter(pk=correction_id).first()
    return card_of(row) if row else None


def note_export(*, actor: Actor, kind: str, at: datetime) -> None:
    """Write down that somebody took out what is held about them."""
    if actor.user_id is not None:
        note(user_id=actor.user_id, kind=EventKind.DATA_EXPORTED, reason=kind, at=at)
