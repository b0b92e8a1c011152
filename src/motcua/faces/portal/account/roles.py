"""For whom one acts: oneself, a child, an organisation, whoever gave a mandate; and whom one lets act."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.casework.documents import selectors as document_reads
from motcua.casework.documents import services as documents
from motcua.casework.documents.types import FileRefusal, Purpose
from motcua.casework.dossiers import services as dossier_services
from motcua.faces.design.account_forms import add_refusal
from motcua.faces.portal.account.acting import act_for, acting_for
from motcua.faces.portal.account.forms import FORMS
from motcua.faces.portal.account.sign_in import wanted_of
from motcua.faces.portal.visitor import address_of
from motcua.foundation.accounts import selectors as accounts
from motcua.foundation.accounts import services
from motcua.foundation.accounts.registry import act
from motcua.foundation.accounts.types import RepresentationCard, RepresentationInput, RepresentationKind
from motcua.foundation.core import clock
from motcua.foundation.core.throttling import count_attempt
from motcua.foundation.core.types import NotFound, Refusal

PER_DAY = 20


@act("portal.account")
@never_cache
@require_safe
def roles(request: HttpRequest) -> HttpResponse:
    """Show for whom I act, who acts for me, and what waits for my answer."""
    found = _all(request)
    context = found | {"now_for": acting_for(request), "name": request.actor.name}  # type: ignore[attr-defined]
    contacts = accounts.contacts_of(request.user.pk or 0)
    context["unconfirmed"] = any(not contact.is_confirmed for contact in contacts)
    context["usable"] = [card for card in found["mine"] if card.state == "valid"]
    return render(request, "portal/account/roles.html", context)


def _all(request: HttpRequest) -> dict[str, tuple[RepresentationCard, ...]]:
    actor = request.actor  # type: ignore[attr-defined]
    return accounts.representations_of(actor.person_id, actor.user_id, on=clock.civil_day(clock.now()))


@act("portal.account")
@require_POST
def switch(request: HttpRequest) -> HttpResponse:
    """Act for somebody from now on, or for oneself again."""
    given = request.POST.get("for", "")
    usable = {str(card.public_id): card for card in _all(request)["mine"] if card.state == "valid"}
    if given and given not in usable:
        raise NotFound
    act_for(request, UUID(given) if given else None)
    if given:
        messages.success(request, _("You now act for %(name)s.") % {"name": usable[given].full_name})
    else:
        messages.success(request, _("You now act for yourself."))
    return redirect(wanted_of(request) or "portal:roles")


@act("portal.account")
@never_cache
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, kind: str) -> HttpResponse:
    """Declare a child or an organisation, or give a mandate."""
    form_class = FORMS.get(kind)
    if form_class is None:
        raise NotFound
    at, status = clock.now(), 200
    limit = document_reads.upload_limit_mb()
    form = form_class(request.POST or None, request.FILES or None, initial=_known(request, kind), limit=limit)
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                _keep(request, form.given(document_id=_document(request)), at=at)
            except Refusal as refusal:
                add_refusal(form, refusal, field="document" if isinstance(refusal, FileRefusal) else None)
                status = refusal.http_status
            else:
                messages.success(request, _("It is noted."))
                return redirect("portal:roles")
    context = {"form": form, "kind": kind}
    return render(request, "portal/account/add_role.html", context, status=status)


def _known(request: HttpRequest, kind: str) -> dict[str, Any]:
    """Return what a mandate says of its giver."""
    if kind != "uy-quyen":
        return {}
    contact = accounts.citizen_contact(request.actor.person_id)  # type: ignore[attr-defined]
    return {"full_name": contact["full_name"], "identity": contact["identity"]}


def _document(request: HttpRequest) -> UUID | None:
    """Store the paper; it belongs to this citizen until the representation names it."""
    file = request.FILES.get("document")
    if file is None:
        return None
    at, actor = clock.now(), request.actor  # type: ignore[attr-defined]
    count_attempt(scope="portal.role", key=address_of(request), limit=PER_DAY, window=timedelta(days=1), at=at)
    stored = documents.store_upload(
        file=file, name=str(file.name or ""), purpose=Purpose.OTHER, at=at, owner_key=f"person:{actor.person_id}",
        declared_type=file.content_type or "",
    )  # fmt: skip
    return stored.public_id


def _keep(request: HttpRequest, given: RepresentationInput, *, at: Any) -> None:
    actor = request.actor  # type: ignore[attr-defined]
    if given.kind == RepresentationKind.MANDATE:
        services.give_mandate(given=given, actor=actor, at=at)
    else:
        services.declare_representation(given=given, actor=actor, at=at)


@act("portal.account")
@require_POST
def answer(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Accept or decline a mandate."""
    accepts = request.POST.get("answer") == "yes"
    services.answer_mandate(public_id=public_id, accepts=accepts, actor=request.actor, at=clock.now())  # type: ignore[attr-defined]
    messages.success(request, _("The mandate is accepted.") if accepts else _("The mandate is declined."))
    return redirect("portal:roles")


@act("portal.account")
@never_cache
@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Ask once more, then revoke a mandate that I gave or give up acting for somebody."""
    found = _all(request)
    card = next((item for item in (*found["mine"], *found["given"]) if item.public_id == public_id), None)
    if card is None:
        raise NotFound
    if request.method == "POST":
        dossier_services.end_representation(public_id=public_id, actor=request.actor, at=clock.now())  # type: ignore[attr-defined]
        messages.success(request, _("It is ended. Nothing more can be done under it."))
        return redirect("portal:roles")
    is_giver = card.principal_id == request.actor.person_id  # type: ignore[attr-defined]
    return render(request, "portal/account/end_role.html", {"card": card, "is_giver": is_giver})


@act("portal.account")
@require_safe
def document(request: HttpRequest, public_id: UUID) -> HttpResponseBase:
    """Show the paper to both sides, and to whoever has to answer."""
    found = _all(request)
    card = next((item for cards in found.values() for item in cards if item.public_id == public_id), None)
    if card is None or card.document_id is None:
        raise NotFound
    return document_reads.file_response(document_reads.open_file(card.document_id, preview=True))
