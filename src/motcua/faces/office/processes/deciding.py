"""Checking a draft for procedure control, publishing it by the decision, discarding it."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from motcua.casework.documents import services as document_services
from motcua.casework.documents.types import FileRefusal
from motcua.casework.workflow import selectors as workflow
from motcua.casework.workflow import services as workflow_services
from motcua.casework.workflow.types import ProcessSheet, VersionLine, VersionState
from motcua.faces.office.processes.forms import PublishForm, SeenForm
from motcua.faces.office.processes.judging import judged
from motcua.faces.office.processes.listing import HERE
from motcua.faces.office.shell import page
from motcua.foundation.accounts.registry import act
from motcua.foundation.core import clock
from motcua.foundation.core.clock import civil_day
from motcua.foundation.core.types import NotFound, Refusal


def draft_of(code: str) -> tuple[ProcessSheet, VersionLine]:
    """Return a process and its draft.

    Raises:
        NotFound: no such process, or it has no draft.
    """
    sheet = workflow.process_sheet(code)
    if sheet.draft is None:
        raise NotFound
    return sheet, sheet.draft


@act("processes.check")
@require_POST
def approve(request: HttpRequest, code: str) -> HttpResponse:
    """Record that procedure control has checked the draft as it stands on the page."""
    form = SeenForm(request.POST)
    seen = form.cleaned_data["seen"] if form.is_valid() else ""
    try:
        workflow_services.approve_draft(code=code, seen=seen, actor_person_id=_me(request), at=clock.now())
        messages.success(
            request, _("Checked. It can now be laid before the Chairman; enter the decision when it is signed.")
        )
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("office:process-draft", code)


@act("processes.publish")
@require_http_methods(["GET", "POST"])
def publish(request: HttpRequest, code: str) -> HttpResponse:
    """Enter the decision and put the checked draft in force."""
    at = clock.now()
    sheet, draft = draft_of(code)
    initial = {"seen": draft.sha256, "valid_from": civil_day(at) + timedelta(days=1)}
    data, files = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = PublishForm(data, files, initial=initial)
    status = 200
    if form.is_bound:
        status = 422
        if form.is_valid() and (done := _published(request, code, form, at)):
            return done
    judgement = judged(code, workflow.drawing(draft.id), on=civil_day(at))
    context = {
        "form": form,
        "sheet": sheet,
        "draft": draft,
        "judgement": judgement,
        "is_ready": draft.state == VersionState.CHECKED and judgement.verdict.is_green,
    }
    return page(request, "office/processes/publish.html", context, here=HERE, status=status, at=at)


def _published(request: HttpRequest, code: str, form: PublishForm, at: Any) -> HttpResponse | None:
    """Publish; None with the reason on the form when it is refused."""
    try:
        file = _kept(request, code, form, at)
        entered = form.cleaned_data
        workflow_services.publish_approved(
            code=code, seen=entered["seen"], approval=form.approval(file), valid_from=entered["valid_from"],
            actor_person_id=_me(request), at=at,
        )  # fmt: skip
    except FileRefusal as refusal:
        form.add_error("file", str(refusal))
        return None
    except Refusal as refusal:
        form.refuse(refusal)
        return None
    messages.success(request, _("The process is published."))
    return redirect("office:process-versions", code)


def _kept(request: HttpRequest, code: str, form: PublishForm, at: Any) -> UUID | None:
    upload = form.cleaned_data["file"]
    if upload is None:
        return None
    row = document_services.store_upload(
        file=upload, name=upload.name, purpose="other", at=at, owner_key=f"process:{code}"[:80],
        created_by_id=_me(request),
    )  # fmt: skip
    return row.public_id


@act("processes.draft")
@require_http_methods(["GET", "POST"])
def discard(request: HttpRequest, code: str) -> HttpResponse:
    """Ask once, then delete the draft for good."""
    sheet, draft = draft_of(code)
    form = SeenForm(request.POST) if request.method == "POST" else SeenForm(initial={"seen": draft.sha256})
    if form.is_bound and form.is_valid():
        try:
            number = workflow_services.discard_draft(code=code, seen=form.cleaned_data["seen"])
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Version %(number)s was discarded.") % {"number": number})
            return redirect("office:process-versions", code) if sheet.versions[1:] else redirect(HERE)
    context = {"form": form, "sheet": sheet, "draft": draft, "is_only": not sheet.versions[1:]}
    return page(request, "office/processes/discard.html", context, here=HERE, status=409 if form.errors else 200)


def _me(request: HttpRequest) -> int | None:
    return request.actor.person_id  # type: ignore[attr-defined]
