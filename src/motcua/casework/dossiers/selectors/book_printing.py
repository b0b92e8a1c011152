"""Books and the register of dossiers as they are printed."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.db.models import Q

from motcua.casework.documents import services as documents
from motcua.casework.documents import types as paper
from motcua.casework.dossiers import sealing
from motcua.casework.dossiers.models import Dossier, Party, Result
from motcua.casework.dossiers.selectors import names
from motcua.casework.dossiers.selectors.book_pages import book_lines
from motcua.casework.dossiers.selectors.printed import letterhead
from motcua.casework.dossiers.types import BookCard, BookLineView, Delivery, PartyRole, RegisterRow, RegisterTooLong
from motcua.casework.dossiers.types.words import State
from motcua.foundation.accounts.types import Actor
from motcua.foundation.core.clock import VIETNAM, civil_day

_COLUMNS = (
    "id", "public_id", "code", "procedure_version_id", "applicant_name", "competent_agency_id", "accepted_at",
    "due_at", "closed_at", "state", "delivery",
)  # fmt: skip
# Official words of a Vietnamese paper, whatever the reader's language.
_WAYS = {Delivery.DESK: "Tại quầy", Delivery.POST: "Bưu chính", Delivery.ONLINE: "Trực tuyến"}
_ENDS = {State.WITHDRAWN: "Rút hồ sơ", State.STOPPED: "Dừng giải quyết"}


def book_paper(*, card: BookCard, lines: Iterable[BookLineView] | None = None, at: datetime) -> paper.RegisterBookPaper:
    """Return a whole book for binding; `card` is what `book_card` returned to the actor."""
    printed = tuple(_line(line) for line in (book_lines(card=card) if lines is None else lines))
    return paper.RegisterBookPaper(
        letterhead=letterhead(card.agency_id, at),
        book_title=card.title,
        kind=card.kind,
        year=card.year,
        lines=printed,
        lines_per_page=card.lines_per_page,
        opened_at=card.opened_at,
        opened_by=card.opened_by,
        closed_at=card.closed_at,
        closed_by=card.closed_by,
        closing_note=card.closing_note,
        asks_signature=card.asks_signature or any(line.asks_signature for line in printed),
    )


def _line(line: BookLineView) -> paper.BookPrintLine:
    return paper.BookPrintLine(
        number=line.number_text, entered_at=line.entered_at, code=line.code, name=line.name, subject=line.subject,
        signer=line.signer, copies=line.copies, note=line.note,
        changes=tuple(
            paper.BookChange(item.field, item.before, item.reason, item.by_name, item.at) for item in line.corrections
        ),
        signature=line.signature.name if line.signature else "", asks_signature=line.asks_signature,
    )  # fmt: skip


def register_rows(
    *, actor: Actor, since: date, until: date, agency_id: int | None = None, at: datetime
) -> tuple[RegisterRow, ...]:
    """Return what was accepted from `since` to `until`, both inside, in the order of the official register.

    Raises:
        RegisterTooLong: more than MOTCUA_REGISTER_MOST_ROWS dossiers.

    Law: Circular 01/2018/TT-VPCP, form 06; Circular 03/2025/TT-VPCP, form 07.
    """
    most = settings.MOTCUA_REGISTER_MOST_ROWS
    found = Dossier.objects.visible_to(actor).filter(accepted_at__gte=_from(since), accepted_at__lt=_after(until))
    if agency_id is not None:
        found = found.filter(Q(receiving_agency_id=agency_id) | Q(competent_agency_id=agency_id))
    rows = list(found.order_by("accepted_at", "pk").values(*_COLUMNS)[: most + 1])
    if len(rows) > most:
        raise RegisterTooLong(most=most)
    ids = [row["id"] for row in rows]
    contacts = _contacts(ids)
    returned = dict(Result.objects.filter(dossier_id__in=ids).values_list("dossier_id", "returned_to"))
    titles = names.procedure_names(row["procedure_version_id"] for row in rows)
    return tuple(
        RegisterRow(
            public_id=row["public_id"], code=row["code"], procedure=titles[row["procedure_version_id"]][1], sets=1,
            applicant=row["applicant_name"], contact=contacts.get(row["id"], ""),
            agency=names.agency_name(row["competent_agency_id"], on=civil_day(at)), accepted_at=row["accepted_at"],
            due_at=row["due_at"], returned_at=row["closed_at"] if row["state"] == State.RETURNED else None,
            delivery=_WAYS.get(row["delivery"], ""),
            note=_ENDS.get(row["state"], "") or _taken_by(returned.get(row["id"], ""), row["applicant_name"]),
        )
        for row in rows
    )  # fmt: skip


def _taken_by(name: str, applicant: str) -> str:
    return f"Người nhận: {name}" if name and name != applicant else ""


def register_paper(
    *, rows: Iterable[RegisterRow], agency_id: int, since: date, until: date, at: datetime
) -> paper.DossierRegister:
    """Return the register as it is printed under the letterhead of an agency."""
    head = letterhead(agency_id, at)
    return paper.DossierRegister(
        letterhead=head,
        of=head.agency_name,
        since=since,
        until=until,
        rows=tuple(
            paper.RegisterPrintRow(
                code=row.code, procedure=row.procedure, sets=row.sets, applicant=row.applicant, contact=row.contact,
                agency=row.agency, accepted_at=row.accepted_at, due_at=row.due_at, returned_at=row.returned_at,
                delivery=row.delivery, note=row.note,
            )
            for row in rows
        ),
        form_set=documents.form_set_for(until),
    )  # fmt: skip


def _contacts(ids: list[int]) -> dict[int, str]:
    """Return address and phone of the first applicant by dossier id."""
    found = {}
    parties = Party.objects.filter(dossier_id__in=ids, is_current=True, role=PartyRole.APPLICANT)
    for party in parties.order_by("dossier_id", "-ordinal"):
        told = sealing.open_party(party)
        found[party.dossier_id] = "; ".join(part for part in (told.address, told.phone) if part)
    return found


def _from(day: date) -> datetime:
    return datetime.combine(day, time.min, VIETNAM)


def _after(day: date) -> datetime:
    return _from(day + timedelta(days=1))
