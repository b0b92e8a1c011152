"""The designer's page, and what its script asks: check, save. Without scripts: a file down, a file up, a picture."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from motcua.casework.workflow import selectors as workflow
from motcua.casework.workflow import services as workflow_services
from motcua.casework.workflow.types import ProcessSheet, VersionLine, VersionState
from motcua.faces.design import formatting
from motcua.faces.office.processes import wording
from motcua.faces.office.processes.deciding import draft_of
from motcua.faces.office.processes.forms import UploadForm
from motcua.faces.office.processes.judging import answer_of, judged, problem_rows
from motcua.faces.office.processes.listing import HERE
from motcua.faces.office.processes.receiving import MOST_BYTES, hopeless, read_upload
from motcua.faces.office.processes.sheet import STATES
from motcua.faces.office.shell import page
from motcua.foundation.accounts.registry import act, may
from motcua.foundation.core import clock
from motcua.foundation.core.clock import civil_day
from motcua.foundation.core.throttling import count_attempt
from motcua.foundation.core.types import Refusal

MINUTE = timedelta(minutes=1)
CHECKS_A_MINUTE, SAVES_A_MINUTE = 90, 40


@act("office.processes")
@require_GET
def draft(request: HttpRequest, code: str) -> HttpResponse:
    """Show the draft: drawn in the browser where scripts run and the post may draw, as picture and steps elsewhere."""
    return _draft_page(request, code, UploadForm())


def _draft_page(request: HttpRequest, code: str, form: UploadForm, *, status: int = 200) -> HttpResponse:
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    sheet, line = draft_of(code)
    xml = workflow.drawing(line.id)
    judgement = judged(code, xml, on=civil_day(at))
    problems = problem_rows(judgement.verdict.problems)
    may_draft = may(actor, "processes.draft")
    tone, icon = STATES[VersionState(line.state)]
    form.initial["seen"] = line.sha256
    context = {
        "now": at,
        "sheet": sheet,
        "draft": line,
        "state": VersionState(line.state).label,
        "tone": tone,
        "icon": icon,
        "judgement": judgement,
        "problems": problems,
        "foreign": workflow.foreign_parts(xml),
        "hours_shown": answer_of(judgement)["hours"],
        "picture": mark_safe(workflow.drawing_picture(xml, wrong={row["element"] for row in problems})),
        "present": _in_force(sheet, at),
        "form": form,
        "may_draft": may_draft,
        "may_check": may(actor, "processes.check"),
        "may_publish": may(actor, "processes.publish"),
        "is_own": line.drawn_by is not None and line.drawn_by == actor.person_id,
        "choices": wording.choices(),
        "config": _config(request, sheet, line, xml, answer_of(judgement)) if may_draft else None,
    }
    return page(request, "office/processes/draft.html", context, here=HERE, status=status, at=at)


def _in_force(sheet: ProcessSheet, at: Any) -> VersionLine | None:
    today = civil_day(at)
    return next(
        (
            row
            for row in sheet.versions
            if row.valid_from and row.valid_from <= today and not (row.valid_until and row.valid_until <= today)
        ),
        None,
    )


def _config(
    request: HttpRequest, sheet: ProcessSheet, line: VersionLine, xml: bytes, answer: dict[str, Any]
) -> dict[str, Any]:
    """Return what the script needs: the drawing, where to send it, and every word that it says."""
    return {
        "xml": xml.decode("utf-8", "replace"),
        "seen": line.sha256,
        "code": sheet.code,
        "number": line.number,
        "check": reverse("office:process-check", args=[sheet.code]),
        "save": reverse("office:process-save", args=[sheet.code]),
        "answer": answer,
        "words": wording.words(),
        "library": wording.library(),
        "decimal": "," if get_language() == "vi" else ".",
    }


@act("processes.draft")
@require_POST
def start(request: HttpRequest, code: str) -> HttpResponse:
    """Begin a draft from a version."""
    number = request.POST.get("number", "")
    try:
        workflow_services.start_draft(
            code=code, number=int(number) if number.isdecimal() else 0, at=clock.now(), actor_person_id=_me(request)
        )
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("office:process-versions", code)
    messages.success(request, _("The draft is begun."))
    return redirect("office:process-draft", code)


@act("processes.draft")
@require_POST
def upload(request: HttpRequest, code: str) -> HttpResponse:
    """Replace the draft by a file drawn elsewhere."""
    sheet, line = draft_of(code)
    form = UploadForm(request.POST, request.FILES, initial={"seen": line.sha256})
    if form.is_valid():
        xml, reasons = read_upload(form.cleaned_data["file"])
        for reason in reasons:
            form.add_error("file", reason)
        if xml:
            try:
                _keep(request, sheet, xml, form.cleaned_data["seen"])
            except Refusal as refusal:
                form.refuse(refusal)
    if form.errors:
        return _draft_page(request, code, form, status=422)
    messages.success(request, _("The file is now the drawing of this draft."))
    return redirect("office:process-draft", code)


@act("processes.draft")
@require_POST
def check(request: HttpRequest, code: str) -> JsonResponse:
    """Say what is wrong with the drawing sent, without keeping it."""
    xml, refused = _sent(request, "check", CHECKS_A_MINUTE)
    if refused is not None:
        return refused
    return JsonResponse(answer_of(judged(code, xml, on=civil_day(clock.now()))))


@act("processes.draft")
@require_POST
def save(request: HttpRequest, code: str) -> JsonResponse:
    """Keep the drawing sent as the draft, unless somebody else saved it since `X-Seen`."""
    xml, refused = _sent(request, "save", SAVES_A_MINUTE)
    if refused is not None:
        return refused
    if reasons := hopeless(xml):
        return JsonResponse({"error": " ".join(reasons)}, status=422)
    try:
        sheet, _line = draft_of(code)
        _keep(request, sheet, xml, request.headers.get("X-Seen", ""))
        sheet, line = draft_of(code)
    except Refusal as refusal:
        return JsonResponse({"error": str(refusal), "code": refusal.code}, status=refusal.http_status)
    return JsonResponse(
        {
            "seen": line.sha256,
            "saved": _("Saved at %(time)s.") % {"time": formatting.clock_time(line.drawn_at)},
            "state": str(VersionState(line.state).label),
        }
    )


def _sent(request: HttpRequest, scope: str, limit: int) -> tuple[bytes, JsonResponse | None]:
    """Return the drawing in the body, or the refusal: too many a minute, too large."""
    try:
        count_attempt(scope=f"process-{scope}", key=str(_me(request)), limit=limit, window=MINUTE, at=clock.now())
    except Refusal as refusal:
        return b"", JsonResponse({"error": str(refusal)}, status=refusal.http_status)
    length = request.headers.get("Content-Length", "0")
    if not length.isdecimal() or int(length) > MOST_BYTES:
        reason = _("The drawing is larger than 1 MB. Remove embedded pictures, or split the process.")
        return b"", JsonResponse({"error": reason}, status=413)
    return request.body, None


def _keep(request: HttpRequest, sheet: ProcessSheet, xml: bytes, seen: str) -> None:
    workflow_services.save_draft(
        code=sheet.code, name=sheet.name, name_en=sheet.name_en, xml=xml, at=clock.now(),
        actor_person_id=_me(request), seen=seen,
    )  # fmt: skip


def _me(request: HttpRequest) -> int | None:
    return request.actor.person_id  # type: ignore[attr-defined]
