"""Giving form 02 or 03 at a desk before anything is taken in: a fact with a number, and no dossier."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.casework.dossiers import numbering, sealing
from motcua.casework.dossiers.models import DeskNotice
from motcua.casework.dossiers.services.intake import receiving_post
from motcua.casework.dossiers.types import DeskNoticeInput, DeskNoticeKind, NotOffered
from motcua.casework.procedures import selectors as procedures
from motcua.foundation.accounts.types import Actor
from motcua.foundation.core.clock import civil_day
from motcua.foundation.core.types import Invalid, NotAllowed
from motcua.foundation.organisations.types import Role

_BOOKS = {DeskNoticeKind.GUIDANCE: "guidance", DeskNoticeKind.REFUSAL: "desk_refusal"}


def give_desk_notice(
    *, notice: DeskNoticeInput, actor: Actor, at: datetime, post_id: int | None = None
) -> tuple[DeskNotice, bool]:
    """Write down what the desk gives to somebody whose papers it does not take in; idempotent by `notice.key`.

    Returns:
        The notice, and whether it is new.

    Raises:
        NotOffered: the procedure is not taken in here, or has no such case.
        NotAllowed: none of the actor's posts receives for that agency.
        WhichPost: two posts could; name one by `post_id`.
        Invalid: a name, a line, a reason or the article of law is missing.

    Law: Decree 61/2018, art. 17: guide once and completely (form 02); refuse in writing with the reason (form 03).
    """
    on = civil_day(at)
    choice = procedures.intake_choice(notice.offer_id, on=on)
    case = choice.case(notice.case_id)
    if case is None:
        raise NotOffered
    agency_id = notice.receiving_agency_id or _first_desk(actor)
    post = receiving_post(actor, agency_id, post_id)
    _check(notice)
    with transaction.atomic():
        known = DeskNotice.objects.filter(key=notice.key).first()
        if known is not None:
            return known, False
        book = _BOOKS[DeskNoticeKind(notice.kind)]
        _book, numbers = numbering.next_book_numbers(agency_id=agency_id, kind=book, at=at)
        # A second click waited for the book's row: what the first one wrote is to be seen now.
        known = DeskNotice.objects.filter(key=notice.key).first()
        if known is not None:
            transaction.set_rollback(True)
            return known, False
        row = DeskNotice.objects.create(
            key=notice.key, kind=notice.kind, agency_id=agency_id, year=on.year, number=numbers[0],
            procedure_version_id=choice.version_id, case_id=case.id, name=notice.party.full_name.strip(),
            details_cipher=sealing.seal(sealing.party_details(notice.party), purpose=sealing.PARTY),
            lines=[{"component": line.component_id, "name": line.name, "reason": line.reason} for line in notice.lines],
            note=notice.note.strip(), reason=notice.reason.strip(), legal_basis=notice.legal_basis.strip(),
            given_at=at, person_id=actor.person_id or 0, post_id=post.post_id,
        )  # fmt: skip
    return row, True


def _first_desk(actor: Actor) -> int:
    desks = [post.agency_id for post in actor.posts if post.role == Role.RECEPTIONIST]
    if not desks:
        raise NotAllowed
    return desks[0]


def _check(notice: DeskNoticeInput) -> None:
    missing: dict[str, list[str]] = {}
    if not notice.party.full_name.strip():
        missing["full_name"] = [_("Enter the name of the applicant")]
    if notice.kind == DeskNoticeKind.GUIDANCE:
        if not notice.lines or any(not line.reason.strip() for line in notice.lines):
            missing["lines"] = [_("Mark each paper that is missing or wrong, and say what is to be mended.")]
    else:
        if not notice.reason.strip():
            missing["reason"] = [_("Say why the dossier is not accepted, in words that the applicant understands.")]
        if not notice.legal_basis.strip():
            missing["legal_basis"] = [_("Name the article of law on which the refusal rests.")]
    if missing:
        raise Invalid(missing)
