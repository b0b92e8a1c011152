"""What is held about me: to see, to take with me, to have put right."""

import json
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from motcua.casework.documents import selectors as document_reads
from motcua.casework.documents import services as documents
from motcua.casework.documents.types import (
    HeldData,
    HeldLine,
    HeldPart,
    HeldThing,
    Letterhead,
    PaperKind,
    Purpose,
)
from motcua.casework.dossiers import services as dossier_services
from motcua.faces.design.account_forms import add_refusal
from motcua.faces.portal.account.forms import CorrectionForm
from motcua.faces.portal.visitor import address_of
from motcua.foundation.accounts import selectors as accounts
from motcua.foundation.accounts import services
from motcua.foundation.accounts.registry import act
from motcua.foundation.accounts.types import Actor
from motcua.foundation.core import clock, held_data
from motcua.foundation.core.held_data import HeldSection
from motcua.foundation.core.throttling import count_attempt
from motcua.foundation.core.types import NotFound, Refusal
from motcua.foundation.organisations import selectors as organisations
from motcua.foundation.organisations.types import AgencyKind

FILES_PER_DAY = 20
EXPORTS_PER_HOUR = 20
MOST_SHOWN = 20


def _actor(request: HttpRequest) -> Actor:
    actor = request.actor  # type: ignore[attr-defined]
    found: Actor = getattr(actor, "_wrapped", actor)
    return found


@act("portal.account")
@never_cache
@require_safe
def held(request: HttpRequest) -> HttpResponse:
    """Show everything that is held about the citizen; numbers stay masked until asked for.

    Law: Law 91/2025/QH15: whoever the data are about may see them and have them put right.
    """
    actor, at = _actor(request), clock.now()
    context = {
        "name": actor.name,
        "sections": held_data.held_about(actor, at=at),
        "shows_all": request.GET.get("hien") == "1",
        "most": MOST_SHOWN,
        "requests": accounts.corrections_of(actor.user_id or 0),
    }
    return render(request, "portal/account/held.html", context)


@act("portal.account")
@never_cache
@require_safe
def export(request: HttpRequest, kind: str) -> HttpResponse:
    """Answer everything as a file, to its owner alone; written down in the account and in each dossier's log."""
    if kind not in {"json", "pdf"}:
        raise NotFound
    actor, at = _actor(request), clock.now()
    count_attempt(
        scope="held-export", key=str(actor.user_id), limit=EXPORTS_PER_HOUR, window=timedelta(hours=1), at=at
    )  # fmt: skip
    sections = held_data.held_about(actor, at=at)
    content, media = (_json(actor, sections, at), "application/json") if kind == "json" else (b"", "application/pdf")
    if kind == "pdf":
        content = documents.render_paper(PaperKind.HELD_DATA, _sheet(actor, sections, at))
    services.note_export(actor=actor, kind=kind, at=at)
    dossier_services.log_own_export(actor=actor, at=at)
    response = HttpResponse(content, content_type=media)
    response["Content-Disposition"] = f'attachment; filename="du-lieu-ca-nhan.{kind}"'
    response["Cache-Control"] = "no-store, private"
    return response


def _json(actor: Actor, sections: tuple[HeldSection, ...], at: datetime) -> bytes:
    content = {
        "made_at": at.isoformat(),
        "name": actor.name,
        "sections": [
            {
                "code": section.code,
                "title": section.title,
                "why": section.why,
                "entries": [
                    {
                        "title": entry.title,
                        "items": [{"label": item.label, "value": item.value} for item in entry.items if item.value],
                    }
                    for entry in section.entries
                ],
            }
            for section in sections
        ],
    }
    return json.dumps(content, ensure_ascii=False, indent=2).encode()


def _sheet(actor: Actor, sections: tuple[HeldSection, ...], at: datetime) -> HeldData:
    agencies = organisations.directory(on=clock.civil_day(at)).agencies.values()
    province = next(item for item in agencies if item.kind == AgencyKind.PROVINCE)
    return HeldData(
        letterhead=Letterhead(agency_name=province.name, place=province.short_name, issued_at=at),
        name=actor.name,
        parts=tuple(
            HeldPart(
                section.title,
                section.why,
                tuple(
                    HeldThing(entry.title, tuple(HeldLine(item.label, item.value) for item in entry.items))
                    for entry in section.entries
                ),
            )
            for section in sections
        ),
    )


@act("portal.account")
@never_cache
@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest) -> HttpResponse:
    """Name the right value of one item; which item stands in the query as a code, never a value."""
    actor, at = _actor(request), clock.now()
    section, code = request.GET.get("phan", ""), request.GET.get("muc", "")
    try:
        title, item = held_data.item_of(actor, section, code, at=at)
    except NotFound:
        named = bool(section or code)
        return render(request, "portal/account/correct_what.html", {"named": named}, status=404 if named else 200)
    form, status = CorrectionForm(request.POST or None), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                services.ask_correction(
                    section=section, item=code, wanted=form.cleaned_data["value"],
                    reason=form.cleaned_data["reason"], actor=actor, document_id=_document(request, actor, at), at=at,
                )  # fmt: skip
            except Refusal as refusal:
                add_refusal(form, refusal)
                form.document_errors = getattr(refusal, "fields", {}).get("document", [])
                status = refusal.http_status
            else:
                messages.success(
                    request, _("Your request is with the data protection officer. The answer stands here.")
                )
                return redirect("portal:held")
    context: dict[str, Any] = {"form": form, "title": title, "item": item, "limit": document_reads.upload_limit_mb()}
    return render(request, "portal/account/correct.html", context, status=status)


def _document(request: HttpRequest, actor: Actor, at: datetime) -> UUID | None:
    file = request.FILES.get("document")
    if file is None:
        return None
    count_attempt(
        scope="portal.correction", key=address_of(request), limit=FILES_PER_DAY, window=timedelta(days=1), at=at
    )  # fmt: skip
    return documents.store_upload(
        file=file, name=str(file.name or ""), purpose=Purpose.OTHER, at=at, owner_key=f"person:{actor.person_id}",
        declared_type=file.content_type or "",
    ).public_id  # fmt: skip


@act("portal.account")
@never_cache
@require_safe
def evidence(request: HttpRequest, public_id: UUID) -> HttpResponseBase:
    """Show the paper that one's own request was backed with."""
    found = accounts.corrections_of(_actor(request).user_id or 0)
    card = next((item for item in found if item.public_id == public_id), None)
    return document_reads.file_response(document_reads.open_file(_id_of(card), preview=True))


def _id_of(card: Any) -> UUID:
    if card is None or card.document_id is None:
        raise NotFound
    found: UUID = card.document_id
    return found
