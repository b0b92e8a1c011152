"""All processes, and beginning a new one."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from motcua.casework.workflow import selectors as workflow
from motcua.casework.workflow import services as workflow_services
from motcua.casework.workflow.types import ProcessLine, VersionState
from motcua.faces.office.processes import beginnings
from motcua.faces.office.processes.forms import BeginForm
from motcua.faces.office.processes.receiving import read_upload
from motcua.faces.office.shell import page
from motcua.foundation.accounts.registry import act, may
from motcua.foundation.core import clock
from motcua.foundation.core.clock import civil_day
from motcua.foundation.core.types import Refusal

HERE = "office:processes"
PAGE_ROWS = 50
SORTS = {
    "name": lambda row: row.name,
    "drawn": lambda row: (row.drawn_at is None, -_stamp(row)),
    "running": lambda row: -row.running,
}


def _stamp(row: ProcessLine) -> float:
    return row.drawn_at.timestamp() if row.drawn_at else 0.0


@act("office.processes")
@require_GET
def processes(request: HttpRequest) -> HttpResponse:
    """List processes: what is in force, what is being drawn, how many dossiers run."""
    at, text, view = clock.now(), request.GET.get("q", "").strip()[:100], request.GET.get("view", "")
    every = workflow.processes(on=civil_day(at), text=text)
    views = {
        "": every,
        "draft": [row for row in every if row.draft_state == VersionState.DRAFT],
        "checked": [row for row in every if row.draft_state == VersionState.CHECKED],
        "none": [row for row in every if row.number is None],
    }
    sort = request.GET.get("sort", "name")
    rows = sorted(views.get(view, every), key=SORTS.get(sort, SORTS["name"]))
    number = int(request.GET["page"]) if request.GET.get("page", "").isdecimal() else 1
    start = (max(number, 1) - 1) * PAGE_ROWS
    context = {
        "now": at,
        "text": text,
        "rows": rows[start : start + PAGE_ROWS],
        "total": len(rows),
        "views": _views(views, view, text),
        "sort": sort,
        "view": view,
        "newer": number - 1 if number > 1 else 0,
        "older": number + 1 if start + PAGE_ROWS < len(rows) else 0,
        "may_draft": may(request.actor, "processes.draft"),  # type: ignore[attr-defined]
    }
    return page(request, "office/processes/processes.html", context, here=HERE, at=at)


def _views(views: dict[str, Any], view: str, text: str) -> list[dict[str, Any]]:
    labels = {
        "": _("All"),
        "draft": _("Being drawn"),
        "checked": _("Waiting for the decision"),
        "none": _("None in force"),
    }
    query = f"&q={text}" if text else ""
    return [
        {"label": label, "url": f"?view={key}{query}", "count": len(views[key]), "current": key == view}
        for key, label in labels.items()
    ]


@act("processes.draft")
@require_http_methods(["GET", "POST"])
def begin(request: HttpRequest) -> HttpResponse:
    """Begin a process from nothing, from a drawing of the library, from another process, or from a BPMN file."""
    at = clock.now()
    bases = beginnings.choices(on=civil_day(at))
    form = BeginForm(*((request.POST, request.FILES) if request.method == "POST" else ()), bases=bases)
    if form.is_bound and form.is_valid():
        xml = _drawing(form, at)
        try:
            if xml is not None:
                entered = form.cleaned_data
                workflow_services.create_process(
                    code=entered["code"], name=entered["name"], name_en=entered["name_en"], xml=xml, at=at,
                    actor_person_id=request.actor.person_id,  # type: ignore[attr-defined]
                )  # fmt: skip
                messages.success(request, _begun(xml))
                return redirect("office:process-draft", entered["code"])
        except Refusal as refusal:
            form.refuse(refusal)
    status = 422 if form.errors else 200
    return page(request, "office/processes/begin.html", {"form": form}, here=HERE, status=status, at=at)


def _drawing(form: BeginForm, at: Any) -> bytes | None:
    upload = form.cleaned_data["file"]
    if upload is None:
        return beginnings.drawing(form.cleaned_data["base"], name=form.cleaned_data["name"], on=civil_day(at))
    xml, reasons = read_upload(upload)
    for reason in reasons:
        form.add_error("file", reason)
    return None if reasons else xml


def _begun(xml: bytes) -> str:
    count = len(workflow.verdict(xml).problems)
    if not count:
        return _("The draft is begun.")
    return ngettext(
        "The draft is begun. %(count)s point needs mending before it can be published; it is named below.",
        "The draft is begun. %(count)s points need mending before it can be published; they are named below.",
        count,
    ) % {"count": count}
