"""The register of dossiers (Sổ theo dõi hồ sơ) with its official columns: PDF and Excel of a time."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from motcua.casework.documents import selectors as documents
from motcua.casework.documents import services as document_services
from motcua.casework.documents.types import PaperKind
from motcua.casework.dossiers import selectors as dossiers
from motcua.casework.dossiers import services as dossier_services
from motcua.casework.dossiers.types import RegisterRow
from motcua.faces.office import exporting
from motcua.faces.office.books.forms import RegisterForm
from motcua.faces.office.books.views import HERE, agencies_of
from motcua.faces.office.shell import page
from motcua.foundation.accounts.registry import act
from motcua.foundation.accounts.types import Actor
from motcua.foundation.core import clock
from motcua.foundation.core.clock import civil_day
from motcua.foundation.core.types import Refusal


@act("office.register")
@require_GET
def choose(request: HttpRequest) -> HttpResponse:
    """Ask which time and whose register, and give it as PDF or Excel.

    Law: Circular 01/2018/TT-VPCP, form 06; Circular 03/2025/TT-VPCP, form 07.
    """
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    today = civil_day(at)
    agencies = agencies_of(actor, at=at)
    first = {"since": today.replace(day=1), "until": today}
    form = RegisterForm(request.GET if "since" in request.GET else None, initial=first, agencies=agencies)
    status = 200
    if form.is_bound:
        status = 422
        if form.is_valid():
            try:
                return _given(request.GET.get("as", "pdf"), form.cleaned_data, actor, at)
            except Refusal as refusal:
                form.add_error(None, str(refusal))
                status = refusal.http_status
    return page(request, "office/books/register.html", {"form": form}, here=HERE, status=status, at=at)


def _given(kind: str, told: dict[str, Any], actor: Actor, at: datetime) -> HttpResponse:
    rows = dossiers.register_rows(
        actor=actor, since=told["since"], until=told["until"], agency_id=told["agency"], at=at
    )
    name = f"so-theo-doi-ho-so-{told['since']:%Y%m%d}-{told['until']:%Y%m%d}"
    keys = [row.public_id for row in rows]
    if kind == "xlsx":
        dossier_services.log_list(public_ids=keys, actor=actor, what="export", at=at)
        answer: HttpResponse = exporting.answer(kind, name=name, head=_head(), rows=map(_row, enumerate(rows, 1)))
        return answer
    data = dossiers.register_paper(rows=rows, agency_id=told["agency"], since=told["since"], until=told["until"], at=at)
    content = document_services.render_paper(PaperKind.DOSSIER_REGISTER, data)
    dossier_services.log_list(public_ids=keys, actor=actor, what="paper", at=at)
    return documents.paper_response(content, name=f"{name}.pdf")


def _head() -> list[str]:
    return [
        _("No."), _("Code"), _("Procedure"), _("Sets"), _("Applicant"), _("Address, phone"), _("Decided by"),
        _("Accepted"), _("Due"), _("Returned"), _("How the result is taken"), _("Signed for"), _("Remark"),
    ]  # fmt: skip


def _row(line: tuple[int, RegisterRow]) -> list[Any]:
    number, row = line
    return [
        number, row.code, row.procedure, row.sets, row.applicant, row.contact, row.agency, row.accepted_at, row.due_at,
        row.returned_at, row.delivery, "", row.note,
    ]  # fmt: skip
