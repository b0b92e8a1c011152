"""Acting for a child, an organisation, or whoever gave a mandate.

The applicant of a dossier stays the principal and whoever hands it in stays the submitter; this says that the second
may act for the first, in what, and until when. It is looked at in the moment of each act, not when a page was opened.
"""

import json
import re
import unicodedata
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from motcua.foundation.accounts import contacts
from motcua.foundation.accounts.events import MandateChanged
from motcua.foundation.accounts.events_of_users import note
from motcua.foundation.accounts.models import Person, Representation, SignInContact
from motcua.foundation.accounts.types import (
    Actor,
    ActorKind,
    EventKind,
    RepresentationCard,
    RepresentationEnded,
    RepresentationInput,
    RepresentationKind,
    RepresentationTooNarrow,
    RepresentedAct,
)
from motcua.foundation.core import outbox, personal_data
from motcua.foundation.core.clock import civil_day
from motcua.foundation.core.types import Invalid, NotAllowed, NotFound

ADULT = 18
MOST = 50
_PURPOSE = "accounts.representation"
_CITIZEN, _ENTERPRISE = re.compile(r"\d{12}"), re.compile(r"\d{10}(\d{3})?")
_KEPT = ("full_name", "identity", "address", "position", "paper", "deputy_contact")


@transaction.atomic
def declare_representation(*, given: RepresentationInput, actor: Actor, at: datetime) -> UUID:
    """Note that a citizen acts for their child or for an organisation; the desk checks the paper with each dossier.

    A child's ends with the day before the eighteenth birthday.

    Raises:
        NotAllowed: not a citizen.
        Invalid: `fields` says what is missing or wrong.

    Law: Law 91/2015, art. 136 (parents represent minor children), art. 137 (who represents a legal person).
    """
    person_id, user_id = _citizen(actor)
    on = civil_day(at)
    _refuse(_problems(given, on=on))
    until = _eighteenth(given.born_on) if given.kind == RepresentationKind.CHILD else given.valid_until
    row = _save(given, deputy_id=person_id, valid_from=given.valid_from or on, valid_until=until, at=at, accepted_at=at)
    note(user_id=user_id, kind=EventKind.REPRESENTATION_DECLARED, at=at)
    return row.public_id


@transaction.atomic
def give_mandate(*, given: RepresentationInput, actor: Actor, at: datetime) -> UUID:
    """Let whoever signs in by a contact act for me, within acts, procedures and days; they have to accept.

    Raises:
        NotAllowed: not a citizen.
        Invalid: `fields` says what is missing or wrong.

    Law: Law 91/2015, art. 562, 563 (mandate and its term), 569 (it may be ended at any time).
    """
    person_id, user_id = _citizen(actor)
    on = civil_day(at)
    problems = _problems(given, on=on)
    digests: dict[str, bytes | None] = {}
    try:
        kind, contact = contacts.read_contact(given.deputy_contact)
        digests = contacts.contact_columns(kind, contact)
        if SignInContact.objects.filter(contacts.contact_matches(kind, contact), user_id=user_id).exists():
            problems["deputy_contact"] = [_("This is your own contact. Enter the one of whoever shall act for you")]
    except Invalid as wrong:
        problems["deputy_contact"] = wrong.fields["contact"]
    _refuse(problems)
    row = _save(
        given, principal_id=person_id, deputy_contact_digest=digests["digest"],
        deputy_contact_digest_next=digests["digest_next"], valid_from=given.valid_from or on,
        valid_until=given.valid_until, at=at,
    )  # fmt: skip
    note(user_id=user_id, kind=EventKind.MANDATE_GIVEN, at=at)
    outbox.publish(MandateChanged(row.pk, "given"), at=at)
    return row.public_id


def _citizen(actor: Actor) -> tuple[int, int]:
    if actor.kind != ActorKind.CITIZEN or actor.person_id is None or actor.user_id is None:
        raise NotAllowed
    return actor.person_id, actor.user_id


def _refuse(problems: dict[str, list[str]]) -> None:
    if problems:
        raise Invalid(problems)


def _problems(given: RepresentationInput, *, on: date) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    if len(unicodedata.normalize("NFC", given.full_name).strip()) < 2:
        found["full_name"] = [_("Enter the full name")]
    number = personal_data.normal_identity(given.identity)
    if given.kind == RepresentationKind.ORGANISATION:
        if not _ENTERPRISE.fullmatch(number):
            found["identity"] = [_("An enterprise or tax number has 10 or 13 digits")]
        if not given.position.strip():
            found["position"] = [_("Enter what you are there, for example director")]
    elif not _CITIZEN.fullmatch(number):
        found["identity"] = [_("An identity number has 12 digits, for example 089187004127. Check it against the card")]
    if not given.paper.strip():
        found["paper"] = [_("Enter number, date and issuer of the paper")]
    if given.kind != RepresentationKind.CHILD and given.document_id is None:
        found["document"] = [_("Add the paper as a file")]
    if not set(given.acts) <= set(RepresentedAct.values) or not given.acts:
        found["acts"] = [_("Choose what may be done")]
    return found | _wrong_days(given, on=on)


def _wrong_days(given: RepresentationInput, *, on: date) -> dict[str, list[str]]:
    if given.kind == RepresentationKind.CHILD:
        if given.born_on is None or given.born_on > on:
            return {"born_on": [_("Enter the day of birth")]}
        if _eighteenth(given.born_on) < on:
            return {"born_on": [_("Whoever is 18 or older acts for themselves, or gives a mandate")]}
        return {}
    if given.valid_until is None:
        return {"valid_until": [_("Enter the last day")]} if given.kind == RepresentationKind.MANDATE else {}
    if given.valid_until < max(on, given.valid_from or on):
        return {"valid_until": [_("The last day lies before the first, or in the past")]}
    return {}


def _eighteenth(born_on: date | None) -> date:
    """Return the last day before somebody is of age; who was born on 29 February is on 1 March."""
    assert born_on is not None  # noqa: S101 - narrows the type: asked for before
    try:
        birthday = born_on.replace(year=born_on.year + ADULT)
    except ValueError:
        birthday = date(born_on.year + ADULT, 3, 1)
    return date.fromordinal(birthday.toordinal() - 1)


def _save(given: RepresentationInput, *, at: datetime, **columns: Any) -> Representation:
    content = {name: " ".join(getattr(given, name).split())[:300] for name in _KEPT}
    content["identity"] = personal_data.normal_identity(given.identity)
    content["born_on"] = given.born_on.isoformat() if given.born_on else ""
    return Representation.objects.create(
        kind=given.kind, principal_cipher=personal_data.encrypt(json.dumps(content), purpose=_PURPOSE),
        acts=list(given.acts), procedure_codes=list(given.procedure_codes), document_id=given.document_id,
        created_at=at, **columns,
    )  # fmt: skip


@transaction.atomic
def answer_mandate(*, public_id: UUID, accepts: bool, actor: Actor, at: datetime) -> None:
    """Accept or decline a mandate that was given to one of my contacts.

    Raises:
        NotFound: none was given to me, or it was answered, revoked or is over.
        Invalid: it is my own.
    """
    person_id, user_id = _citizen(actor)
    row = _asked(user_id, on=civil_day(at)).select_for_update().filter(public_id=public_id).first()
    if row is None or row.principal_id == person_id:
        raise NotFound
    if accepts:
        row.deputy_id, row.accepted_at = person_id, at
        row.save(update_fields=["deputy_id", "accepted_at"])
        note(user_id=user_id, kind=EventKind.MANDATE_ACCEPTED, at=at)
    else:
        row.closed_at, row.closed_how = at, "declined"
        row.save(update_fields=["closed_at", "closed_how"])
    outbox.publish(MandateChanged(row.pk, "accepted" if accepts else "declined"), at=at)


@transaction.atomic
def end_representation(*, public_id: UUID, actor: Actor, at: datetime) -> None:
    """Revoke a mandate that I gave, or give up acting for somebody. It ends at this instant.

    Dossiers go back by `dossiers.services.end_representation`, which is what faces call.

    Raises:
        NotFound: not mine, or over already.
    """
    person_id, user_id = _citizen(actor)
    mine = Q(principal_id=person_id) | Q(deputy_id=person_id)
    row = Representation.objects.select_for_update().filter(mine, public_id=public_id, closed_at__isnull=True).first()
    if row is None:
        raise NotFound
    row.closed_at, row.closed_how = at, "revoked" if row.principal_id == person_id else "given_up"
    row.save(update_fields=["closed_at", "closed_how"])
    note(user_id=user_id, kind=EventKind.REPRESENTATION_ENDED, at=at)
    if row.kind == RepresentationKind.MANDATE:
        outbox.publish(MandateChanged(row.pk, row.closed_how), at=at)


def use_representation(
    *, public_id: UUID, actor: Actor, act: str, at: datetime, procedure_code: str = ""
) -> RepresentationCard:
    """Return for whom the actor acts, holding the row: a revocation waits, and what waited for one sees it.

    Raises:
        RepresentationEnded: not the actor's, not begun, over, or revoked.
        RepresentationTooNarrow: it does not reach this act or procedure.
    """
    with transaction.atomic():
        row = Representation.objects.select_for_update().filter(public_id=public_id).first()
        if row is None or row.deputy_id is None or row.deputy_id != actor.person_id:
            raise RepresentationEnded
        if state_of(row, on=civil_day(at)) != "valid":
            raise RepresentationEnded
        reaches = not row.procedure_codes or not procedure_code or procedure_code in row.procedure_codes
        if act not in row.acts or not reaches:
            raise RepresentationTooNarrow
        return card_of(row, on=civil_day(at))


def representation_for(*, public_id: UUID, person_id: int | None, on: date) -> RepresentationCard | None:
    """Return for whom a person acts under this id on that day, None when they may not (any more)."""
    row = Representation.objects.filter(public_id=public_id, deputy_id=person_id or 0).first()
    return card_of(row, on=on) if row is not None and state_of(row, on=on) == "valid" else None


def representations_of(person_id: int, user_id: int, *, on: date) -> dict[str, tuple[RepresentationCard, ...]]:
    """Return 'mine' (I act), 'given' (others act for me), 'asked' (mandates that wait for my answer), newest first."""
    rows = Representation.objects.select_related("deputy").order_by("-pk")
    mine, given = rows.filter(deputy_id=person_id)[:MOST], rows.filter(principal_id=person_id)[:MOST]
    asked = _asked(user_id, on=on).exclude(principal_id=person_id).order_by("-pk")[:MOST]
    return {
        name: tuple(card_of(row, on=on) for row in found)
        for name, found in (("mine", mine), ("given", given), ("asked", asked))
    }


def has_representations(person_id: int) -> bool:
    """Tell whether a person acts for anybody, without saying for whom."""
    return Representation.objects.filter(deputy_id=person_id, closed_at__isnull=True).exists()


def _asked(user_id: int, *, on: date) -> QuerySet[Representation]:
    confirmed = SignInContact.objects.filter(user_id=user_id, confirmed_at__isnull=False)
    # While the key of digests is being changed, either side may stand under either key.
    mine = (confirmed.values("digest"), confirmed.filter(digest_next__isnull=False).values("digest_next"))
    asked = Q(deputy_contact_digest__in=mine[0]) | Q(deputy_contact_digest__in=mine[1])
    asked |= Q(deputy_contact_digest_next__in=mine[0]) | Q(deputy_contact_digest_next__in=mine[1])
    return Representation.objects.filter(asked, deputy__isnull=True, closed_at__isnull=True, valid_until__gte=on)


def state_of(row: Representation, *, on: date) -> str:
    """Return how a representation stands on a day; see RepresentationCard."""
    if row.closed_at is not None:
        return "declined" if row.closed_how == "declined" else "revoked"
    if row.valid_until is not None and row.valid_until < on:
        return "ended"
    if row.accepted_at is None:
        return "asked"
    return "coming" if row.valid_from > on else "valid"


def card_of(row: Representation, *, on: date) -> RepresentationCard:
    """Return the picture of a row."""
    content = json.loads(personal_data.decrypt(row.principal_cipher, purpose=_PURPOSE))
    deputy: Person | None = row.deputy
    return RepresentationCard(
        id=row.pk, public_id=row.public_id, kind=row.kind, state=state_of(row, on=on),
        full_name=content["full_name"], identity=content["identity"], address=content["address"],
        born_on=date.fromisoformat(content["born_on"]) if content["born_on"] else None,
        position=content["position"], paper=content["paper"], document_id=row.document_id, acts=frozenset(row.acts),
        procedure_codes=tuple(row.procedure_codes), valid_from=row.valid_from, valid_until=row.valid_until,
        deputy_id=row.deputy_id, deputy_name=deputy.full_name if deputy else content["deputy_contact"],
        principal_id=row.principal_id, act_labels=tuple(str(RepresentedAct(act).label) for act in row.acts),
    )  # fmt: skip
