"""Files and printed papers of a dossier for its parties, and its date for their calendar."""

from collections.abc import Callable
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from motcua.casework.documents import selectors as documents
from motcua.casework.documents import services as document_services
from motcua.casework.documents.types import Paper, PaperKind
from motcua.casework.dossiers import selectors as dossiers
from motcua.faces.portal.track import ics
from motcua.faces.portal.track.access import Mine, own_page
from motcua.foundation.core.types import NotFound

# Address of a paper -> (kind of paper, what it is printed from, name of the file).
PAPERS: dict[str, tuple[PaperKind, Callable[..., Paper], str]] = {
    "bien-nhan": (PaperKind.INTAKE_SLIP, dossiers.intake_slip_data, "bien-nhan"),
    "giay-hen": (PaperKind.RECEIPT, dossiers.receipt_data, "giay-tiep-nhan-va-hen-tra"),
    "yeu-cau-bo-sung": (PaperKind.SUPPLEMENT_REQUEST, dossiers.supplement_data, "phieu-yeu-cau-bo-sung"),
    "tu-choi": (PaperKind.REFUSAL, dossiers.refusal_data, "phieu-tu-choi-tiep-nhan"),
    "xin-loi": (PaperKind.APOLOGY, dossiers.apology_data, "van-ban-xin-loi"),
    "dung-giai-quyet": (PaperKind.STOP_NOTICE, dossiers.stop_notice_data, "thong-bao-dung-giai-quyet"),
}


@own_page
@require_safe
def file(request: HttpRequest, mine: Mine, file: UUID) -> HttpResponseBase:
    """Show or download a file of the dossier: a paper of it, or its issued result."""
    if dossiers.has_file(mine.view.id, file) is None or _is_unissued(mine, file):
        raise NotFound
    download = "tai" in request.GET
    return documents.file_response(documents.open_file(file, preview=not download), download=download)


def _is_unissued(mine: Mine, file: UUID) -> bool:
    """Say whether the file is a result that was not issued yet: a draft is the agency's own."""
    result = mine.view.result
    return (
        result is not None
        and result.issued_at is None
        and file in {item.id for item in (result.file, result.scan) if item}
    )


@own_page
@require_safe
def paper(request: HttpRequest, mine: Mine, kind: str) -> HttpResponse:
    """Print one of the dossier's official papers."""
    if kind not in PAPERS or (kind == "bien-nhan" and not mine.view.intake_number):
        raise NotFound
    template, read, name = PAPERS[kind]
    content = document_services.render_paper(template, read(dossier_id=mine.view.id, at=mine.at))
    return documents.paper_response(content, name=f"{name}-{mine.view.shown_code}.pdf", download="tai" in request.GET)


@own_page
@require_safe
def calendar(request: HttpRequest, mine: Mine) -> HttpResponse:
    """Give the promised instant as an entry for a calendar; it names the code and nothing personal."""
    due_at = mine.view.due_at
    if due_at is None:
        raise NotFound
    code = mine.view.shown_code
    url = request.build_absolute_uri(reverse("portal:track")) + f"?ma={code}"
    title = _("Result of dossier %(code)s") % {"code": code}
    text = _("Look the dossier up here: %(url)s") % {"url": url}
    content = ics.event(
        uid=f"{mine.view.public_id}@motcua", title=title, text=text, url=url, starts_at=due_at, made_at=mine.at
    )
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="hen-{code}.ics"'
    return response
