"""Papers of procedures whose kind the import proposed: a person looks at each and confirms it."""

from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from motcua.casework.procedures import selectors as procedures
from motcua.casework.procedures import services as procedure_services
from motcua.casework.procedures.types import ComponentKind, SheetToConfirm
from motcua.faces.office.shell import page
from motcua.foundation.accounts.registry import act
from motcua.foundation.core import clock
from motcua.foundation.core.clock import civil_day
from motcua.foundation.core.types import NotFound, Stale

HERE = "office:papers-to-confirm"


@act("procedures.confirm_papers")
@require_GET
def to_confirm(request: HttpRequest) -> HttpResponse:
    """List the procedures whose papers wait for a person, those with most papers first."""
    at = clock.now()
    text, shows_all = request.GET.get("q", "").strip()[:100], request.GET.get("all") == "1"
    number = request.GET.get("page", "")
    wanted = min(int(number), 1000) if number.isdecimal() and int(number) else 1
    found = procedures.versions_to_confirm(on=civil_day(at), text=text, is_open=not shows_all, page=wanted)
    context = {"now": at, "text": text, "shows_all": shows_all, "found": found, "number": wanted}
    context |= {"newer": wanted - 1 if wanted > 2 else None, "older": wanted + 1 if found.has_more else None}
    hints = [(["J", "K"], _("down, up")), (["Enter"], _("open"))]
    return page(request, "office/papers/to_confirm.html", context, here=HERE, hints=hints, at=at)


@act("procedures.confirm_papers")
@require_http_methods(["GET", "POST"])
def sheet(request: HttpRequest, code: str, since: str = "") -> HttpResponse:
    """Show every paper of a version with its kind; a POST confirms one of them or all."""
    at = clock.now()
    found = procedures.sheet_to_confirm(code, on=civil_day(at), since=_day(since))
    if request.method == "POST":
        return _confirm(request, found)
    context = {"now": at, "sheet": found, "kinds": ComponentKind.choices}
    return page(request, "office/papers/sheet.html", context, here=HERE, at=at)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise NotFound from None


def _confirm(request: HttpRequest, found: SheetToConfirm) -> HttpResponse:
    if request.POST.get("version") != str(found.version_id):
        raise Stale
    only = request.POST.get("only", "")
    papers = [paper for case in found.cases for paper in case.papers if only in {"", str(paper.id)}]
    if not papers:
        raise NotFound
    kinds = {paper.id: request.POST.get(f"k{paper.id}", paper.kind) for paper in papers}
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    count = procedure_services.confirm_components(version_id=found.version_id, kinds=kinds, actor=actor, at=at)
    if count:
        words = ngettext("%(n)s paper is confirmed.", "%(n)s papers are confirmed.", count) % {"n": count}
        messages.success(request, words)
    else:
        messages.info(request, _("Nothing was changed: these papers had been confirmed so before."))
    address = reverse("office:papers-sheet", args=[found.code, found.since.isoformat()])
    return redirect(f"{address}#k{only}" if only else address)
