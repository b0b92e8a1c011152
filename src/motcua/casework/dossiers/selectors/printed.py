"""What the official papers of a dossier are printed from."""

from datetime import datetime, time

from django.conf import settings

from motcua.casework.documents import types as paper
from motcua.casework.documents.services import form_set_for
from motcua.casework.dossiers.models import Dossier, JournalEntry, RefusalNotice, SupplementRequest
from motcua.casework.dossiers.selectors.time_lines import time_lines
from motcua.casework.dossiers.selectors.views import view_of
from motcua.casework.dossiers.types import Channel, Delivery, DossierView, PartyInput, PartyRole
from motcua.casework.workflow import selectors as workflow
from motcua.foundation.accounts import selectors as accounts
from motcua.foundation.accounts.types import SYSTEM
from motcua.foundation.calendars import selectors as calendars
from motcua.foundation.core.clock import VIETNAM, civil_day
from motcua.foundation.core.types import NotFound
from motcua.foundation.organisations import selectors as organisations

_RESULT_PLACE = {
    Delivery.DESK: "Tại quầy: {name}",
    Delivery.POST: "Qua dịch vụ bưu chính công ích",
    Delivery.ONLINE: "Bản điện tử trên Cổng dịch vụ công",
}


def _view(dossier_id: int, at: datetime) -> DossierView:
    dossier = Dossier.objects.filter(pk=dossier_id).first()
    if dossier is None:
        raise NotFound
    return view_of(dossier, actor=SYSTEM, at=at)


def tracking_url(code: str) -> str:
    """Return the public address that a QR code holds: the code only, nothing personal."""
    return f"{settings.MOTCUA_SITE_URL}/tra-cuu/?ma={code}"


def letterhead(agency_id: int, at: datetime, *, number: str = "") -> paper.Letterhead:
    """Return the head of a paper of an agency, or of its heir where it ended, with the paper's own number if any."""
    listing = organisations.directory(on=civil_day(at))
    card = listing.present(agency_id)
    if card is None:
        raise NotFound
    parent = listing.find(card.parent_id)
    return paper.Letterhead(
        agency_name=card.name,
        parent_name=parent.name if parent else "",
        place=card.short_name,
        issued_at=at,
        number=number,
    )


def masked(identity: str) -> str:
    """Return an identity number with its middle hidden, as printed: '0891 •••• 4127'."""
    return f"{identity[:4]} •••• {identity[-4:]}" if len(identity) >= 9 else identity


def printed_party(party: PartyInput) -> paper.Party:
    """Return a person as printed, the identity number masked."""
    return paper.Party(
        name=party.full_name,
        address=party.address,
        phone=party.phone,
        email=party.email,
        identity=masked(party.identity),
    )


def applicants_of(view: DossierView) -> tuple[paper.Party, ...]:
    """Return the applicants as printed."""
    return tuple(printed_party(party) for party in view.parties if party.role == PartyRole.APPLICANT)


def receipt_data(*, dossier_id: int, at: datetime) -> paper.Receipt:
    """Return form 01 of an accepted dossier.

    Raises:
        NotFound: no such dossier, or it was not accepted.

    Law: Circular 03/2025/TT-VPCP, form 01; fields as regulation of reception asks.
    """
    view = _view(dossier_id, at)
    if view.accepted_at is None:
        raise NotFound
    accepted = JournalEntry.objects.filter(dossier_id=dossier_id, act="accepted").first()
    receiver = accounts.person_names({accepted.person_id}) if accepted and accepted.person_id else {}
    submitter = next((party for party in view.parties if party.role == PartyRole.SUBMITTER), None)
    return paper.Receipt(
        letterhead=letterhead(view.receiving_id, view.accepted_at),
        code=view.code,
        tracking_url=tracking_url(view.code),
        applicants=applicants_of(view),
        submitter=printed_party(submitter) if submitter else None,
        subject=view.summary or view.procedure_name,
        components=_components(view),
        certifications=_certifications(view),
        sets=1,
        limit_text=view.limit_text,
        received_at=view.accepted_at,
        due_at=_appointment(view),
        receiver_name=next(iter(receiver.values()), ""),
        channel=str(Channel(view.channel).label),
        form_set=form_set_for(civil_day(view.accepted_at)),
        result_place=_RESULT_PLACE[Delivery(view.delivery)].format(name=view.receiving_name),
        fees=(paper.FeeLine(name="Phí, lệ phí", amount_vnd=view.fee_vnd),) if view.fee_vnd else (),
        hotline="1022",
    )


def _appointment(view: DossierView) -> datetime | None:
    """Return when the citizen may come: the first hour of reception of the desk that returns, at or after the due date.

    It follows the due instant and never changes it.
    """
    due_at = view.due_at or view.due_before_pause
    return calendars.appointment_at(due_at=due_at, agency_id=view.receiving_id) if due_at else None


def _components(view: DossierView) -> tuple[paper.ComponentLine, ...]:
    return tuple(
        paper.ComponentLine(name=item.name, originals=item.originals, certified=item.certified, copies=item.plain)
        for item in view.papers
        if item.originals or item.certified or item.plain or item.files
    )


def _certifications(view: DossierView) -> tuple[paper.CertificationLine, ...]:
    return tuple(
        paper.CertificationLine(
            name=item.description, pages=item.pages, copies=item.copies, number=item.number, fee_vnd=item.fee_vnd
        )
        for item in view.certified
    )


def supplement_data(*, dossier_id: int, at: datetime) -> paper.SupplementRequest:
    """Return form 02 of the newest request for a supplement.

    Raises:
        NotFound: none was sent.
    """
    view = _view(dossier_id, at)
    request = (
        SupplementRequest.objects.filter(dossier_id=dossier_id, sent_at__isnull=False).order_by("-ordinal").first()
    )
    if request is None or request.sent_at is None:
        raise NotFound
    shown = next(item for item in view.supplements if item.ordinal == request.ordinal)
    people = accounts.person_names({request.prepared_by}) if request.prepared_by else {}
    return paper.SupplementRequest(
        letterhead=letterhead(view.receiving_id, request.sent_at),
        code=view.shown_code,
        tracking_url=tracking_url(view.shown_code),
        applicant=applicants_of(view)[0],
        subject=view.summary or view.procedure_name,
        lines=tuple(paper.SupplementLine(name=name or "Nội dung khác", reason=why) for _id, name, why in shown.items),
        reason=request.note,
        due_at=datetime.combine(request.answer_by_on, time(17), tzinfo=VIETNAM) if request.answer_by_on else None,
        guide_name=next(iter(people.values()), ""),
        website=settings.MOTCUA_SITE_URL,
        hotline="1022",
    )


def refusal_data(*, dossier_id: int, at: datetime) -> paper.RefusalNotice:
    """Return form 03.

    Raises:
        NotFound: the dossier was not refused.
    """
    view = _view(dossier_id, at)
    notice = RefusalNotice.objects.filter(dossier_id=dossier_id).order_by("-pk").first()
    if notice is None:
        raise NotFound
    people = accounts.person_names({notice.person_id}) if notice.person_id else {}
    return paper.RefusalNotice(
        letterhead=letterhead(view.receiving_id, notice.given_at),
        code=view.shown_code,
        tracking_url=tracking_url(view.shown_code),
        applicant=applicants_of(view)[0],
        subject=view.summary or view.procedure_name,
        reason=notice.reason,
        legal_basis=notice.legal_basis,
        refuser_name=next(iter(people.values()), ""),
        website=settings.MOTCUA_SITE_URL,
        hotline="1022",
    )


def stop_notice_data(*, dossier_id: int, at: datetime) -> paper.StopNotice:
    """Return form 05 of a withdrawn or stopped dossier.

    Raises:
        NotFound: it was neither.
    """
    view = _view(dossier_id, at)
    if view.state not in {"withdrawn", "stopped"} or view.closed_at is None:
        raise NotFound
    reason = "Theo đề nghị của người nộp hồ sơ" if view.state == "withdrawn" else "Quá thời hạn bổ sung hồ sơ"
    return paper.StopNotice(
        letterhead=letterhead(view.receiving_id, view.closed_at),
        code=view.shown_code,
        tracking_url=tracking_url(view.shown_code),
        applicant=applicants_of(view)[0],
        subject=view.summary or view.procedure_name,
        received_at=view.accepted_at or view.filed_at,
        stopped_at=view.closed_at,
        reason=reason,
        signer_name="",
        due_at=view.due_at,
        hotline="1022",
    )


def intake_slip_data(*, dossier_id: int, at: datetime) -> paper.IntakeSlip:
    """Return the slip of an online filing: number, what was handed in, with the digest of each file."""
    view = _view(dossier_id, at)
    return paper.IntakeSlip(
        letterhead=letterhead(view.receiving_id, view.filed_at),
        intake_number=view.intake_number,
        tracking_url=tracking_url(view.intake_number),
        applicants=applicants_of(view),
        subject=view.procedure_name,
        submitted_at=view.filed_at,
        files=tuple(
            paper.FileLine(paper=item.name, name=file.name, size=file.size, sha256=file.sha256, pages=file.page_count)
            for item in view.papers
            for file in item.files
        ),
        accept_by=view.acceptance_due_at,
        limit_text=view.limit_text,
        hotline="1022",
    )


def control_slip_data(*, dossier_id: int, at: datetime) -> paper.ControlSlip:
    """Return form 06, drawn from the finished steps: who gave, who took, when, and how it ended."""
    view = _view(dossier_id, at)
    if view.run_id is None or view.accepted_at is None:
        raise NotFound
    holders, used = time_lines(dossier_id=dossier_id, at=at)
    return paper.ControlSlip(
        letterhead=letterhead(view.receiving_id, at),
        code=view.code,
        tracking_url=tracking_url(view.code),
        applicant=applicants_of(view)[0],
        subject=view.summary or view.procedure_name,
        received_at=view.accepted_at,
        due_at=view.due_at or view.due_before_pause,
        handling_agency=view.competent_name,
        rows=_handovers(view, at=at),
        holders=holders,
        used=used,
        form_set=form_set_for(civil_day(view.accepted_at)),
    )


def _handovers(view: DossierView, *, at: datetime) -> tuple[paper.HandoverLine, ...]:
    listing = organisations.directory(on=civil_day(at))
    steps = sorted(workflow.history(view.run_id or 0), key=lambda task: (task.opened_at, task.token_id))
    people = accounts.person_names({step.closed_by for step in steps if step.closed_by})
    rows = []
    giver, giver_person = view.receiving_name, ""
    for step in steps:
        unit = listing.find(step.unit_id)
        taker = unit.name if unit else ""
        person = people.get(step.closed_by or 0, "")
        late = step.due_at is not None and step.closed_at > step.due_at
        rows.append(
            paper.HandoverLine(
                giver=giver,
                giver_person=giver_person,
                taker=taker,
                taker_person=person,
                at=step.opened_at,
                outcome="late" if late else "on_time",
                note=step.name,
            )
        )
        giver, giver_person = taker, person
    return tuple(rows)
