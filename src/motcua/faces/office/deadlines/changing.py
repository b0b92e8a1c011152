"""A new date with an apology, and suspensions: forms of one dossier, and the list that a leader decides."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from motcua.casework.dossiers import selectors as dossiers
from motcua.casework.dossiers import services as dossier_services
from motcua.casework.dossiers.types import DossierView, ExtensionView, State
from motcua.faces.office.access.purposes import ONE_READING, reads
from motcua.faces.office.deadlines.forms import DecisionForm, NewDateForm, SuspensionForm
from motcua.faces.office.forming import ActingForm
from motcua.faces.office.shell import page
from motcua.foundation.accounts.registry import act
from motcua.foundation.accounts.types import Actor
from motcua.foundation.core import clock
from motcua.foundation.core.types import NotFound, Refusal
from motcua.foundation.organisations.types import Role

HERE = "office:extensions"


def _leads(actor: Actor, agency_id: int) -> bool:
    return any(post.role == Role.LEADER and post.agency_id == agency_id for post in actor.posts)


@act("dossiers.extend")
@reads("dossier", quiet=ONE_READING)
@require_http_methods(["GET", "POST"])
def new_date(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Ask for a new date, or as a leader of the competent agency appoint it."""
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    view = dossiers.dossier_view(actor=actor, public_id=public_id, at=at)
    until = dossiers.notice_until(dossier_id=view.id)
    is_leader, is_late = _leads(actor, view.competent_id), until is not None and at > until
    form = NewDateForm(request.POST or None, asks_override=is_leader and is_late)

    def act_on_it() -> str:
        entered = form.cleaned_data
        given = {"dossier_id": view.id, "reason": entered["reason"], "new_due_on": entered["new_due_on"]}
        if is_leader:
            override = entered.get("override_reason", "")
            dossier_services.appoint_new_date(**given, override_reason=override, actor=actor, at=at)
            return _("The new date is appointed. The applicant is told; the apology, form 04, can be printed.")
        dossier_services.propose_extension(**given, actor=actor, at=at)
        return _("The leader is asked for the new date.")

    context = {"until": until, "is_late": is_late, "is_leader": is_leader, "extension": _extension(view)}
    return _answered(request, view, form, act_on_it, "office/deadlines/new_date.html", context, at=at)


def _extension(view: DossierView) -> ExtensionView | None:
    return dossiers.extension_of(dossier_id=view.id)


@act("dossiers.suspend")
@reads("dossier", quiet=ONE_READING)
@require_http_methods(["GET", "POST"])
def suspension(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Suspend a dossier, or end its suspension."""
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    view = dossiers.dossier_view(actor=actor, public_id=public_id, at=at)
    form = SuspensionForm(request.POST if request.method == "POST" and not view.is_suspended else None)
    if request.method == "POST" and view.is_suspended:
        return _end(request, view, at=at)

    def act_on_it() -> str:
        entered = form.cleaned_data
        dossier_services.suspend(
            dossier_id=view.id, holder=entered["holder"], reason=entered["reason"], ground=entered["ground"],
            actor=actor, at=at,
        )  # fmt: skip
        return _("Suspended: the clock stands until you end it.")

    return _answered(request, view, form, act_on_it, "office/deadlines/suspension.html", {}, at=at)


def _end(request: HttpRequest, view: DossierView, *, at: datetime) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    try:
        dossier_services.end_suspension(dossier_id=view.id, actor=actor, at=at)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The suspension ended; the rest of the limit goes on."))
    return redirect("office:dossier", view.public_id)


def _answered(
    request: HttpRequest,
    view: DossierView,
    form: ActingForm,
    act_on_it: Callable[[], str],
    template: str,
    context: dict[str, Any],
    *,
    at: datetime,
) -> HttpResponse:
    """Show the form, or do it; nothing typed is lost on a refusal."""
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                words = act_on_it()
            except Refusal as refusal:
                status = form.refuse(refusal)
            else:
                messages.success(request, words)
                return redirect("office:dossier", view.public_id)
    context |= {"now": at, "view": view, "form": form, "is_running": view.state == State.IN_PROCESS}
    return page(request, template, context, here="office:register", status=status, at=at)


@act("dossiers.extend")
@require_GET
def extensions(request: HttpRequest) -> HttpResponse:
    """List the new dates that wait for my decision, and what was decided lately."""
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    context = {
        "now": at,
        "waiting": dossiers.extensions_to_decide(actor=actor),
        "decided": dossiers.extensions_decided(actor=actor),
        "is_leader": actor.has_role(Role.LEADER),
    }
    return page(request, "office/deadlines/extensions.html", context, here=HERE, at=at)


@act("dossiers.extend")
@require_http_methods(["GET", "POST"])
def decide(request: HttpRequest, extension_id: int) -> HttpResponse:
    """Grant or decline a new date that an officer asked for."""
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    found = next((item for item in dossiers.extensions_to_decide(actor=actor) if item.id == extension_id), None)
    if found is None:
        raise NotFound
    until = dossiers.notice_until(dossier_id=found.dossier_id)
    is_late = until is not None and at > until
    form = DecisionForm(request.POST or None, asks_override=is_late)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                done = dossier_services.decide_extension(
                    extension_id=extension_id, is_granted=request.POST.get("decision") == "grant",
                    override_reason=form.cleaned_data.get("override_reason", ""), answer=form.cleaned_data["answer"],
                    actor=actor, at=at,
                )  # fmt: skip
            except Refusal as refusal:
                status = form.refuse(refusal)
            else:
                granted = _("The new date is appointed. The applicant is told; the apology, form 04, can be printed.")
                messages.success(request, granted if done.state == "granted" else _("Declined. The officer sees why."))
                return redirect("office:extensions")
    context = {"now": at, "extension": found, "form": form, "is_late": is_late, "until": until}
    return page(request, "office/deadlines/decide.html", context, here=HERE, status=status, at=at)
