"""Online filings: the inbox by its own clock, one filing with its papers, and the three answers to it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from motcua.casework.dossiers import selectors as dossiers
from motcua.casework.dossiers import services as dossier_services
from motcua.casework.dossiers.types import DossierNotPending, DossierView, State, StepInput, Waiting
from motcua.faces.office import reading
from motcua.faces.office.access.purposes import ONE_READING, reads
from motcua.faces.office.forming import ActingForm, stale_words
from motcua.faces.office.inbox.forms import AcceptForm, RefusalForm, SupplementForm
from motcua.faces.office.shell import page
from motcua.faces.office.supplements import REASONS
from motcua.foundation.accounts.registry import act
from motcua.foundation.accounts.types import Actor
from motcua.foundation.core import clock
from motcua.foundation.core.types import Refusal, Stale
from motcua.foundation.organisations.types import Role

HERE = "office:inbox"


@act("dossiers.receive")
@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Show the filings that wait for acceptance at my desks, the most urgent first."""
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    only_late = request.GET.get("due") == "overdue"
    moment, sep, number = request.GET.get("after", "").partition("_")
    valid = sep and number.isdecimal() and moment.replace(".", "", 1).isdecimal()
    found = dossiers.inbox(actor=actor, at=at, after_key=f"{moment}_{number}" if valid else None)
    rows = [row for row in found.rows if not only_late or (row.acceptance_due_at and row.acceptance_due_at < at)]
    desk = dossiers.desk_counts(actor=actor, at=at)
    context = {
        "now": at,
        "rows": rows,
        "only_late": only_late,
        "desk": desk,
        "waiting": () if only_late else dossiers.waiting_for_citizen(actor=actor, at=at).rows,
        "next_key": found.next_key if len(rows) == len(found.rows) else "",
    }
    hints = [(["J", "K"], _("down, up")), (["Enter"], _("open"))]
    return page(request, "office/inbox/list.html", context, here=HERE, hints=hints, desk=desk, at=at)


@act("dossiers.receive")
@reads("dossier")
@require_GET
def filing(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Show one filing with what can be done about it."""
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    view = dossiers.dossier_view(actor=actor, public_id=public_id, at=at)
    if view.state != State.FILED:
        return redirect("office:dossier", public_id)
    form = AcceptForm(initial={"lock": view.lock_version})
    form.offer_posts(_posts(actor, view), preferred=request.session.get("post"))
    return _filing_page(request, view, form, at=at)


def _posts(actor: Actor, view: DossierView) -> list[tuple[int, str, str]]:
    return [
        (post.post_id, post.title, post.unit_name)
        for post in actor.posts
        if post.role == Role.RECEPTIONIST and view.receiving_id in {post.agency_id, post.unit_id}
    ]


def _filing_page(
    request: HttpRequest, view: DossierView, form: ActingForm, *, at: datetime, status: int = 200, conflict: str = ""
) -> HttpResponse:
    shown = reading.shown_file(view, request)
    context = {
        "now": at,
        "view": view,
        "form": form,
        "conflict": conflict,
        "is_pending": view.state == State.FILED and view.waiting_for != Waiting.CITIZEN,
        "shown": shown,
        "papers": reading.paper_rows(view, shown=shown),
        "people": reading.people(view),
        "answers": reading.answer_groups(view),
        "events": reading.events(view.timeline),
    }
    hints = [(["A"], _("accept")), (["B"], _("ask for a supplement")), (["R"], _("refuse")), (["[", "]"], _("papers"))]
    return page(request, "office/inbox/filing.html", context, here=HERE, status=status, hints=hints, at=at)


@act("dossiers.receive")
@require_POST
def accept(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Accept a filing; the receipt can be printed on the next page."""
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    view = dossiers.dossier_view(actor=actor, public_id=public_id, at=at)
    form = AcceptForm(request.POST)
    form.offer_posts(_posts(actor, view), preferred=request.session.get("post"))
    if not form.is_valid():
        return _filing_page(request, view, form, at=at, status=422)
    try:
        dossier_services.accept_filing(
            dossier_id=view.id, actor=actor, at=at, post_id=form.post_id, lock_version=form.cleaned_data["lock"]
        )
    except (Stale, DossierNotPending) as refusal:
        return _conflict(request, public_id, form, refusal, at=at)
    except Refusal as refusal:
        return _filing_page(request, view, form, at=at, status=form.refuse(refusal))
    _remember(request, form)
    messages.success(request, _("Accepted. The clock of the law runs from now."))
    return redirect("office:taken-in", public_id)


def _remember(request: HttpRequest, form: ActingForm) -> None:
    if form.post_id:
        request.session["post"] = form.post_id


def _conflict(
    request: HttpRequest, public_id: UUID, form: ActingForm, refusal: Refusal, *, at: datetime
) -> HttpResponse:
    """Show the present state with what happened meanwhile."""
    actor = request.actor  # type: ignore[attr-defined]
    view = dossiers.dossier_view(actor=actor, public_id=public_id, at=at)
    fresh = AcceptForm(initial={"lock": view.lock_version})
    fresh.offer_posts(_posts(actor, view), preferred=form.post_id)
    words = stale_words() if isinstance(refusal, Stale) else str(refusal)
    return _filing_page(request, view, fresh, at=at, status=409, conflict=words)


@act("dossiers.receive")
@reads("dossier", quiet=ONE_READING)
@require_http_methods(["GET", "POST"])
def supplement(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Ask for everything that is missing, once (form 02)."""
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    view = dossiers.dossier_view(actor=actor, public_id=public_id, at=at)
    form = SupplementForm(request.POST or None, papers=view.papers, initial={"lock": view.lock_version})
    form.offer_posts(_posts(actor, view), preferred=request.session.get("post"))

    def ask() -> None:
        entered = form.cleaned_data
        given = StepInput(note=entered["note"], supplement=form.marks.items(), supplement_due_on=entered["answer_by"])
        dossier_services.ask_before_acceptance(
            dossier_id=view.id, given=given, actor=actor, at=at, post_id=form.post_id, lock_version=entered["lock"]
        )

    template, done = "office/inbox/supplement.html", _("The applicant has been asked. The filing waits for the answer.")
    return _answered(request, view, form, ask, template=template, done=done, at=at, marks=form.marks.rows)


@act("dossiers.receive")
@reads("dossier", quiet=ONE_READING)
@require_http_methods(["GET", "POST"])
def refuse(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Refuse with reason and article (form 03)."""
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    view = dossiers.dossier_view(actor=actor, public_id=public_id, at=at)
    form = RefusalForm(request.POST or None, initial={"lock": view.lock_version})
    form.offer_posts(_posts(actor, view), preferred=request.session.get("post"))

    def act_on_it() -> None:
        entered = form.cleaned_data
        dossier_services.refuse_filing(
            dossier_id=view.id, reason=entered["reason"], legal_basis=entered["legal_basis"], actor=actor, at=at,
            post_id=form.post_id, lock_version=entered["lock"],
        )  # fmt: skip

    template, done = "office/inbox/refuse.html", _("Not accepted. The applicant is told why; form 03 can be printed.")
    return _answered(request, view, form, act_on_it, template=template, done=done, at=at)


def _answered(
    request: HttpRequest,
    view: DossierView,
    form: ActingForm,
    act_on_it: Any,
    *,
    template: str,
    done: str,
    at: datetime,
    marks: Any = None,
) -> HttpResponse:
    """Show the form, or do it; on a conflict the present state is shown and nothing typed is lost."""
    status, conflict = 200, ""
    if request.method == "GET" and view.state != State.FILED:
        return redirect("office:dossier", view.public_id)
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                act_on_it()
            except (Stale, DossierNotPending) as refusal:
                status, conflict = 409, stale_words() if isinstance(refusal, Stale) else str(refusal)
                form.read_again(view.lock_version)
            except Refusal as refusal:
                status = form.refuse(refusal)
            else:
                _remember(request, form)
                messages.success(request, done)
                return redirect("office:dossier", view.public_id)
    shown = reading.shown_file(view, request)
    context = {
        "now": at, "view": view, "form": form, "conflict": conflict, "shown": shown, "reasons": REASONS,
        "marks": marks() if marks else (), "people": reading.people(view), "is_pending": view.state == State.FILED,
    }  # fmt: skip
    return page(request, template, context, here=HERE, status=status, at=at)
