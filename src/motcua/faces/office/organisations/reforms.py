"""Reorganisations: the list, drafting one, its preview, planning, undoing and history."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from motcua.casework.documents import selectors as documents
from motcua.casework.documents import services as document_services
from motcua.casework.documents.types import FileRefusal
from motcua.faces.office.organisations import telling
from motcua.faces.office.organisations.forms import HeadForm, UndoForm
from motcua.faces.office.shell import page
from motcua.foundation.accounts.registry import act
from motcua.foundation.core import clock
from motcua.foundation.core.clock import civil_day
from motcua.foundation.core.types import NotFound, Refusal
from motcua.foundation.organisations import selectors as organisations
from motcua.foundation.organisations import services
from motcua.foundation.organisations.types import Decision, ReorganisationBlocked, ReorganisationState

HERE = "office:reforms"


@act("organisations.reorganise")
@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """List reorganisations, the latest day first."""
    at = clock.now()
    state = request.GET.get("state", "")
    found = organisations.reorganisations()
    context = {
        "rows": [telling.row(card) for card in found if not state or card.state == state],
        "states": telling.states(found, state),
        "total": len(found),
    }
    return page(request, "office/organisations/reforms.html", context, here=HERE, at=at)


@act("organisations.reorganise")
@require_http_methods(["GET", "POST"])
def begin(request: HttpRequest) -> HttpResponse:
    """Begin the draft of a reorganisation."""
    at = clock.now()
    form = HeadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            decision = _with_file(request, form, at)
            entered = form.cleaned_data
            public_id = services.draft_reorganisation(
                title=entered["title"],
                on=entered["on"],
                decision=decision,
                note=entered["note"],
                by=_me(request),
                at=at,
            )
            messages.success(request, _("The draft is begun. Add what changes."))
            return redirect("office:reform", public_id)
        except Refusal as refusal:
            form.refuse(refusal)
    context = {"form": form, "title": _("New reorganisation"), "back_url": reverse(HERE)}
    status = 422 if form.errors else 200
    return page(request, "office/organisations/head.html", context, here=HERE, status=status, at=at)


def _me(request: HttpRequest) -> int | None:
    return request.actor.person_id  # type: ignore[attr-defined]


def _with_file(request: HttpRequest, form: HeadForm, at: datetime) -> Decision:
    """Return the decision with the file that was sent, kept in the store."""
    decision, upload = form.decision(), form.cleaned_data["file"]
    if upload is None:
        return decision
    try:
        kept = document_services.store_upload(
            file=upload,
            name=upload.name,
            purpose="result",
            at=at,
            owner_key="reorganisation",
            created_by_id=_me(request),
        )  # fmt: skip
    except FileRefusal as refusal:
        form.add_error("file", str(refusal))
        raise
    return Decision(decision.number, decision.on, decision.by, decision.signer, kept.public_id)


@act("organisations.reorganise")
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Change title, day and decision of a draft."""
    at = clock.now()
    card = organisations.reorganisation(public_id)
    form = HeadForm.of(card, request.POST or None, request.FILES or None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                entered = form.cleaned_data
                services.revise_reorganisation(
                    public_id=public_id, title=entered["title"], on=entered["on"],
                    decision=_with_file(request, form, at), note=entered["note"],
                    by=_me(request), at=at, lock_version=entered["lock"],
                )  # fmt: skip
                messages.success(request, _("Saved."))
                return redirect("office:reform", public_id)
            except Refusal as refusal:
                status = form.refuse(refusal)
    context = {"form": form, "title": card.title, "back_url": reverse("office:reform", args=[public_id])}
    return page(request, "office/organisations/head.html", context, here=HERE, status=status, at=at)


@act("organisations.reorganise")
@require_GET
def reform(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Show one: its decision, what changes, what it touches, what stands in the way, and its history."""
    return _reform_page(request, public_id)


def _reform_page(request: HttpRequest, public_id: UUID, *, status: int = 200, refused: str = "") -> HttpResponse:
    at = clock.now()
    card = organisations.reorganisation(public_id)
    is_open = card.state in {ReorganisationState.DRAFT, ReorganisationState.PLANNED}
    context: dict[str, Any] = {
        "reform": card,
        "head": telling.row(card),
        "facts": telling.facts(card),
        "log": telling.log(card),
        "is_draft": card.state == ReorganisationState.DRAFT,
        "is_planned": card.state == ReorganisationState.PLANNED,
        "may_undo": is_open and (card.state == ReorganisationState.DRAFT or card.on > civil_day(at)),
        "acts": telling.acts(public_id),
        "refused": refused,
    }
    if is_open:
        context |= telling.preview(organisations.preview(public_id), limit_text=request.GET.get("all", ""))
    else:
        show_all = bool(request.GET.get("all"))
        context |= telling.done_items(organisations.changes_of(public_id), on=card.on, show_all=show_all)
    return page(request, "office/organisations/reform.html", context, here=HERE, status=status, at=at)


@act("organisations.reorganise")
@require_GET
def decision(request: HttpRequest, public_id: UUID) -> HttpResponseBase:
    """Send the file of the decision."""
    card = organisations.reorganisation(public_id)
    if card.decision.file is None:
        raise NotFound
    return documents.file_response(documents.open_file(card.decision.file), download=True)


@act("organisations.reorganise")
@require_http_methods(["GET", "POST"])
def plan(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Ask once more with everything that is touched, then settle the draft."""
    at = clock.now()
    card = organisations.reorganisation(public_id)
    if request.method == "POST":
        lock = request.POST.get("lock", "")
        try:
            services.plan_reorganisation(
                public_id=public_id, by=_me(request), at=at, lock_version=int(lock) if lock.isdecimal() else None
            )
        except ReorganisationBlocked as refusal:
            return _reform_page(request, public_id, status=refusal.http_status, refused=str(refusal))
        except Refusal as refusal:
            sentences = [sentence for found in getattr(refusal, "fields", {}).values() for sentence in found]
            words = " ".join(sentences) or str(refusal)
            return _reform_page(request, public_id, status=refusal.http_status, refused=words)
        messages.success(request, _("The reorganisation is planned. It is carried out by itself on its day."))
        return redirect("office:reform", public_id)
    context = {"reform": card, "head": telling.row(card), "facts": telling.facts(card)}
    context |= telling.preview(organisations.preview(public_id))
    return page(request, "office/organisations/plan.html", context, here=HERE, at=at)


@act("organisations.reorganise")
@require_http_methods(["GET", "POST"])
def undo(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Undo a draft or a plan, with the reason."""
    at = clock.now()
    card = organisations.reorganisation(public_id)
    form, status = UndoForm(request.POST or None), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                services.undo_reorganisation(
                    public_id=public_id, reason=form.cleaned_data["reason"], by=_me(request), at=at
                )
                messages.success(request, _("The reorganisation is undone. The structure stays as it is."))
                return redirect("office:reform", public_id)
            except Refusal as refusal:
                status = form.refuse(refusal)
    context = {"form": form, "reform": card, "back_url": reverse("office:reform", args=[public_id])}
    return page(request, "office/organisations/undo.html", context, here=HERE, status=status, at=at)


@act("organisations.reorganise")
@require_POST
def copy(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Begin a new draft with the items of this one."""
    made = services.copy_reorganisation(public_id=public_id, by=_me(request), at=clock.now())
    messages.success(request, _("A new draft was begun with the same items."))
    return redirect("office:reform", made)
