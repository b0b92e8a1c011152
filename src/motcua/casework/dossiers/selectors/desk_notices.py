"""Forms 02 and 03 that desks gave without taking anything in: for the staff of the agency only."""

from datetime import date, datetime
from uuid import UUID

from django.conf import settings

from motcua.casework.documents import types as paper
from motcua.casework.dossiers import sealing
from motcua.casework.dossiers.models import DeskNotice
from motcua.casework.dossiers.selectors.names import agency_name, procedure_names
from motcua.casework.dossiers.selectors.printed import letterhead, printed_party
from motcua.casework.dossiers.types import DeskNoticeKind, DeskNoticeRow, DeskNoticeView, NoticeLine, PartyInput
from motcua.foundation.accounts import registry
from motcua.foundation.accounts import selectors as accounts
from motcua.foundation.accounts.types import Actor
from motcua.foundation.core.clock import civil_day
from motcua.foundation.core.types import NotFound

Listed = tuple[tuple[DeskNoticeRow, ...], int | None]


def desk_notices(*, actor: Actor, after: int | None = None, limit: int = 25) -> Listed:
    """Return what the desks of the actor's agencies gave, newest first, and the key of the next page. 3 statements."""
    rows = DeskNotice.objects.filter(registry.within("desk_notice", actor)).defer("details_cipher")
    if after is not None:
        rows = rows.filter(pk__lt=after)
    cut = list(rows.order_by("-pk")[: limit + 1])
    names = procedure_names({row.procedure_version_id for row in cut})
    people = accounts.person_names({row.person_id for row in cut})
    shown = tuple(_row(row, names, people) for row in cut[:limit])
    return shown, cut[limit - 1].pk if len(cut) > limit else None


def desk_notice(*, actor: Actor, public_id: UUID, on: date) -> DeskNoticeView:
    """Return one notice.

    Raises:
        NotFound: no such notice at the actor's agencies.
    """
    row = DeskNotice.objects.filter(registry.within("desk_notice", actor), public_id=public_id).first()
    if row is None:
        raise NotFound
    details = sealing.unseal(row.details_cipher, purpose=sealing.PARTY)
    return DeskNoticeView(
        row=_row(row, procedure_names({row.procedure_version_id}), accounts.person_names({row.person_id})),
        agency_id=row.agency_id,
        agency_name=agency_name(row.agency_id, on=on),
        party=PartyInput(
            full_name=row.name, identity=details["identity"], phone=details["phone"], email=details["email"],
            address=details["address"],
        ),
        lines=tuple(NoticeLine(line["name"], line["reason"], line["component"]) for line in row.lines),
        note=row.note,
        reason=row.reason,
        legal_basis=row.legal_basis,
    )  # fmt: skip


def desk_notice_data(*, actor: Actor, public_id: UUID, at: datetime) -> paper.SupplementRequest | paper.RefusalNotice:
    """Return form 02 or 03 of a notice. Its QR code leads to the procedure: there is no dossier to follow.

    Raises:
        NotFound: no such notice at the actor's agencies.

    Law: Circular 03/2025/TT-VPCP, forms 02 and 03.
    """
    view = desk_notice(actor=actor, public_id=public_id, on=civil_day(at))
    head = letterhead(view.agency_id, view.row.given_at, number=view.row.number)
    address = f"{settings.MOTCUA_SITE_URL}/thu-tuc/{view.row.procedure_code}/"
    if view.row.kind == DeskNoticeKind.REFUSAL:
        return paper.RefusalNotice(
            letterhead=head, code=view.row.number, tracking_url=address, applicant=printed_party(view.party),
            subject=view.row.procedure_name, reason=view.reason, legal_basis=view.legal_basis, guidance=view.note,
            refuser_name=view.row.given_by, website=settings.MOTCUA_SITE_URL, hotline="1022", is_at_desk=True,
        )  # fmt: skip
    return paper.SupplementRequest(
        letterhead=head, code=view.row.number, tracking_url=address, applicant=printed_party(view.party),
        subject=view.row.procedure_name, reason=view.note, guide_name=view.row.given_by,
        lines=tuple(paper.SupplementLine(name=line.name, reason=line.reason) for line in view.lines),
        website=settings.MOTCUA_SITE_URL, hotline="1022", is_at_desk=True,
    )  # fmt: skip


def _row(row: DeskNotice, names: dict[int, tuple[str, str]], people: dict[int, str]) -> DeskNoticeRow:
    code, name = names[row.procedure_version_id]
    return DeskNoticeRow(
        public_id=row.public_id, kind=row.kind, number=f"{row.number:04d}/{row.year}", name=row.name,
        procedure_code=code, procedure_name=name, given_at=row.given_at, given_by=people.get(row.person_id, ""),
    )  # fmt: skip
