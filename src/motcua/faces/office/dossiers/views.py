"""One dossier, read only: everything, its events, who looked at it, its official papers and files."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from motcua.casework.custody import selectors as custody
from motcua.casework.documents import selectors as documents
from motcua.casework.documents import services as document_services
from motcua.casework.documents.types import PaperKind
from motcua.casework.dossiers import selectors as dossiers
from motcua.casework.dossiers import services as dossier_services
from motcua.casework.dossiers.types import DossierView, Purpose, PurposeNeeded, State
from motcua.casework.workflow.types import Task
from motcua.faces.office import between, reading
from motcua.faces.office.access.purposes import ONE_READING, asked, note_reading, reads
from motcua.faces.office.dossiers.status_sheet import status_sheet
from motcua.faces.office.drafts import draft_views, is_draft_of
from motcua.faces.office.shell import page
from motcua.faces.office.tasks.presenters import step_name
from motcua.foundation.accounts.registry import act, may
from motcua.foundation.accounts.types import Actor
from motcua.foundation.core import clock
from motcua.foundation.core.types import NotFound

_PAPERS: dict[str, tuple[PaperKind, Callable[..., Any]]] = {
    "receipt": (PaperKind.RECEIPT, dossiers.receipt_data),
    "supplement": (PaperKind.SUPPLEMENT_REQUEST, dossiers.supplement_data),
    "refusal": (PaperKind.REFUSAL, dossiers.refusal_data),
    "apology": (PaperKind.APOLOGY, dossiers.apology_data),
    "intake": (PaperKind.INTAKE_SLIP, dossiers.intake_slip_data),
    "control": (PaperKind.CONTROL_SLIP, dossiers.control_slip_data),
    "stop": (PaperKind.STOP_NOTICE, dossiers.stop_notice_data),
    "status": (PaperKind.STATUS_SHEET, status_sheet),
}


@act("dossiers.see")
@reads("dossier")
@require_GET
def dossier(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Show everything of a dossier and write down that it was read."""
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    view = dossiers.dossier_view(actor=actor, public_id=public_id, at=at)
    drafts = draft_views(view.id)
    shown = reading.shown_file(view, request, extra=drafts)
    context = (
        {
            "now": at,
            "view": view,
            "shown": shown,
            "drafts": drafts,
            "papers": reading.paper_rows(view, shown=shown),
            "people": reading.people(view),
            "answers": reading.answer_groups(view),
            "events": reading.events(view.timeline),
            "readings": dossiers.readings(dossier_id=view.id),
            "my_tasks": [(task, step_name(task)) for task in view.open_tasks if _is_mine(actor, task)],
            "printed": _printed(view),
            "folder": custody.folder_of(actor=actor, dossier_id=view.id, at=at),
        }
        | reading.ledger_context(view)
        | reading.time_acts(actor, view)
        | between.context(actor, view, at=at)
    )
    return page(request, "office/dossiers/dossier.html", context, here="office:register", at=at)


def _is_mine(actor: Actor, task: Task) -> bool:
    return task.holder == "staff" and bool(actor.posts_for(task.unit_id, task.role))


def _printed(view: DossierView) -> list[tuple[str, str]]:
    """Return (kind, words) of the official papers that this dossier has by now."""
    papers = [("status", _("Sheet of the state, for people without a phone"))]
    if view.intake_number:
        papers.append(("intake", _("Slip of the online filing")))
    if view.accepted_at:
        papers += [("receipt", _("Receipt with date, form 01")), ("control", _("Control slip, form 06"))]
    if any(item.sent_at for item in view.supplements):
        papers.append(("supplement", _("Request for a supplement, form 02")))
    extension = dossiers.extension_of(dossier_id=view.id)
    if extension is not None and extension.state == "granted":
        papers.append(("apology", _("Apology with a new date, form 04")))
    if view.refusal_reason:
        papers.append(("refusal", _("Refusal, form 03")))
    if view.state in {State.WITHDRAWN, State.STOPPED}:
        papers.append(("stop", _("Notice that it was stopped, form 05")))
    return papers


@act("dossiers.at_desk")
@require_GET
def taken_in(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Show the promise just made: code, date of the result, the receipt to print, and the next citizen."""
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    view = dossiers.desk_view(actor=actor, public_id=public_id, at=at)
    if not view.code:
        raise NotFound
    next_task = view.open_tasks[0] if view.open_tasks else None
    dossier_services.log_reading(
        dossier_id=view.id, actor=actor, what="dossier", at=at, purpose=Purpose.DESK, quiet=ONE_READING
    )
    context = {
        "now": at,
        "view": view,
        "people": reading.people(view),
        "next_task": next_task,
        "next_name": step_name(next_task) if next_task else "",
        "behind": may(actor, "dossiers.see"),
        "mine": bool(next_task and actor.posts_for(next_task.unit_id, next_task.role)),
        "copies": sum(item.copies for item in view.certified),
    }
    here = "office:certification" if view.certified else "office:counter"
    return page(request, "office/dossiers/taken_in.html", context, here=here, at=at)


@act("dossiers.at_desk")
@require_GET
def paper(request: HttpRequest, public_id: UUID, kind: str) -> HttpResponseBase:
    """Print an official paper as PDF, and write down who did."""
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    if kind not in _PAPERS:
        raise Http404
    if may(actor, "dossiers.see"):
        try:
            note_reading(request, public_id, what="paper", at=at, quiet=ONE_READING)
        except PurposeNeeded:
            return asked(request, public_id)
        dossier_id = dossiers.get_dossier_for(actor=actor, public_id=public_id)
    else:
        dossier_id = _before_the_desk(request, public_id, kind, at=at)
    paper_kind, data_of = _PAPERS[kind]
    with translation.override("vi"):  # an official paper is Vietnamese, whatever the reader's language
        content = document_services.render_paper(paper_kind, data_of(dossier_id=dossier_id, at=at))
    return documents.paper_response(content, name=f"{kind}-{public_id}.pdf", download="download" in request.GET)


def _before_the_desk(request: HttpRequest, public_id: UUID, kind: str, *, at: datetime) -> int:
    """Return the id of a dossier whose receipt a desk prints that sees nothing behind it, and write it down."""
    actor = request.actor  # type: ignore[attr-defined]
    if kind != "receipt":
        raise NotFound
    lying = dossiers.desk_dossier(actor=actor, public_id=public_id, at=at)
    dossier_services.log_reading(
        dossier_id=lying.id, actor=actor, what="paper", at=at, purpose=Purpose.DESK, quiet=ONE_READING
    )
    return lying.id


@act("dossiers.see")
@reads("file", quiet=ONE_READING)
@require_GET
def file(request: HttpRequest, public_id: UUID, file_id: UUID) -> Any:
    """Show or download one file of a dossier, and write down who read it."""
    actor = request.actor  # type: ignore[attr-defined]
    dossier_id = dossiers.get_dossier_for(actor=actor, public_id=public_id)
    if dossiers.has_file(dossier_id, file_id) is None and not is_draft_of(dossier_id, file_id):
        raise NotFound
    download = "download" in request.GET
    return documents.file_response(documents.open_file(file_id, preview=not download), download=download)


@act("dossiers.see")
@reads("file", quiet=ONE_READING)
@require_GET
def file_page(request: HttpRequest, public_id: UUID, file_id: UUID, page_number: int) -> HttpResponse:
    """Show one page of a PDF as a picture; the page around it has written the reading down."""
    actor = request.actor  # type: ignore[attr-defined]
    dossier_id = dossiers.get_dossier_for(actor=actor, public_id=public_id)
    if dossiers.has_file(dossier_id, file_id) is None and not is_draft_of(dossier_id, file_id):
        raise NotFound
    return documents.picture_response(documents.page_picture(file_id, page_number))
