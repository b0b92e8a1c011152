"""Looking a dossier up: completion by anybody, its way and its papers by whoever proves to be a party."""

from datetime import datetime, timedelta
from typing import Annotated, Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_noop as _
from ninja import Header, Path, Query, Router

from motcua.casework.documents import selectors as documents
from motcua.casework.documents import services as document_services
from motcua.casework.dossiers import selectors as dossiers
from motcua.casework.dossiers.types import DossierView, Proof, Status
from motcua.faces.api.refusals import ProofFailed, ProofNeeded
from motcua.faces.api.schemas import tracking as shapes
from motcua.faces.api.schemas.catalogue import NamedCode
from motcua.foundation.accounts.types import PUBLIC
from motcua.foundation.core import clock
from motcua.foundation.core.clock import VIETNAM
from motcua.foundation.core.throttling import count_attempt
from motcua.foundation.core.types import NotFound

HOUR = timedelta(hours=1)
router = Router(tags=["tracking"])
Code = Annotated[
    str,
    Path(max_length=50, description=_("Code of the dossier, or its intake number."), examples=["T01.34-261123-0001"]),
]
AsOf = Annotated[datetime | None, Query(description=_("Instant, by default now; without an offset that of Vietnam."))]
SecondFactor = Annotated[
    str,
    Header(
        alias="X-Second-Factor", max_length=30,
        description=_("Telephone or identity number given in the dossier. Attempts are counted by code and address."),
    ),
]  # fmt: skip


@router.get(
    "/dossiers/{code}", response=shapes.Tracked, operation_id="trackDossier", url_name="trackDossier",
    summary=_("Look a dossier up"),
    description=_("Without a second factor only code and completion, as Circular 01/2018 asks; with it every step."),
)  # fmt: skip
def track_dossier(request: HttpRequest, code: Code, x_second_factor: SecondFactor = "") -> shapes.Tracked:
    """Return what may be known of a dossier."""
    known = dossiers.completion(code=code) if not x_second_factor.strip() else None
    if known is not None:
        return shapes.Tracked(code=known.code, completion=known.completion, dossier=None)
    view = _proved_view(request, code, x_second_factor)
    completion = dossiers.completion(code=code).completion
    return shapes.Tracked(code=view.shown_code, completion=completion, dossier=_way(view))


@router.get(
    "/dossiers/{code}/receipt", operation_id="getDossierReceipt", url_name="getDossierReceipt",
    summary=_("The receipt as PDF"),
    description=_("Form 01 once the dossier was accepted, before that the intake slip. A second factor is needed."),
)  # fmt: skip
def get_receipt(request: HttpRequest, code: Code, x_second_factor: SecondFactor = "") -> HttpResponse:
    """Return the receipt, or the intake slip."""
    if not x_second_factor.strip():
        raise ProofNeeded
    view, now = _proved_view(request, code, x_second_factor), clock.now()
    if view.accepted_at is not None:
        content = document_services.render_paper("receipt", dossiers.receipt_data(dossier_id=view.id, at=now))
        return documents.paper_response(content, name=f"giay-hen-{view.code}.pdf", download=True)
    content = document_services.render_paper("intake_slip", dossiers.intake_slip_data(dossier_id=view.id, at=now))
    return documents.paper_response(content, name=f"phieu-nop-{view.intake_number}.pdf", download=True)


@router.get(
    "/dossiers/{code}/ledger", response=shapes.Ledger, operation_id="getDossierLedger", url_name="getDossierLedger",
    by_alias=True,
    summary=_("How the time was counted"),
    description=_("What counted and why, who held the dossier and how long, as of any instant. Needs a second factor."),
)  # fmt: skip
def get_ledger(request: HttpRequest, code: Code, at: AsOf = None, x_second_factor: SecondFactor = "") -> dict[str, Any]:
    """Return the ledger as of an instant, by default now."""
    if not x_second_factor.strip():
        raise ProofNeeded
    view, now = _proved_view(request, code, x_second_factor), clock.now()
    asked = now if at is None else at.replace(tzinfo=VIETNAM) if at.tzinfo is None else at.astimezone(VIETNAM)
    return dossiers.dossier_ledger(dossier_id=view.id, at=asked).as_json()


def _proved_view(request: HttpRequest, code: str, second_factor: str) -> DossierView:
    """Return the dossier of a proven party; the portal counts attempts in the same buckets.

    Raises:
        TooMany: of this code or from this address.
        ProofFailed: code and number do not belong together.
    """
    now = clock.now()
    counted = (
        ("tracking.address", request.META.get("REMOTE_ADDR", ""), settings.MOTCUA_TRACKING_ATTEMPTS_PER_ADDRESS),
        ("tracking.code", dossiers.counting_key(code), settings.MOTCUA_TRACKING_ATTEMPTS_PER_CODE),
    )
    for scope, key, limit in counted:
        count_attempt(scope=scope, key=key, limit=limit, window=HOUR, at=now)
    try:
        proof: Proof = dossiers.prove(code=code, second_factor=second_factor)
    except NotFound:
        raise ProofFailed from None
    return dossiers.party_view(actor=PUBLIC, dossier_id=proof.dossier_id, at=now, proof=proof)


def _way(view: DossierView) -> shapes.Way:
    asked, result = view.open_supplement, view.result
    return shapes.Way(
        status=view.status,
        status_text=str(Status(view.status).label),
        procedure=NamedCode(code=view.procedure_code, name=view.procedure_name),
        case=view.case_name,
        channel=view.channel,
        receiving_agency=view.receiving_name,
        competent_agency=view.competent_name,
        fee_vnd=view.fee_vnd,
        filed_at=view.filed_at,
        acceptance_due_at=view.acceptance_due_at,
        accepted_at=view.accepted_at,
        due_at=view.due_at,
        due_before_pause=view.due_before_pause,
        finished_at=view.finished_at,
        closed_at=view.closed_at,
        timeline=[
            shapes.Event(
                kind=item.kind, title=str(item.title), at=item.at, who=item.who, outcome=item.outcome,
                due_at=item.due_at, is_waiting=item.is_waiting,
            )
            for item in view.timeline
        ],
        supplement=shapes.Supplement(
            items=[shapes.Missing(paper=name, reason=reason) for _id, name, reason in asked.items],
            note=asked.note,
            answer_by_on=asked.answer_by_on,
        )
        if asked
        else None,
        result=shapes.Result(
            title=result.title, number=result.number, is_refusal=result.is_refusal, signed_at=result.signed_at,
            issued_at=result.issued_at,
        )
        if result and result.issued_at
        else None,
        refusal_reason=view.refusal_reason,
        refusal_basis=view.refusal_basis,
    )  # fmt: skip
