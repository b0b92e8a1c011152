"""Certified copies: twenty copies of three originals in a minute, then one signature for the whole batch."""

from datetime import date, datetime
from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from motcua.casework.documents import selectors as documents
from motcua.casework.documents import services as document_services
from motcua.casework.documents.types import PaperKind
from motcua.casework.dossiers import selectors as dossiers
from motcua.casework.dossiers import services as dossier_services
from motcua.casework.dossiers.selectors import CertificationRow
from motcua.casework.dossiers.types import CertifiedItem, FilingInput, PaperInput, PartyInput
from motcua.casework.procedures import selectors as procedures
from motcua.casework.procedures.types import IntakeChoice, OfferNotFound
from motcua.casework.procedures.types import QuickForm as Quick
from motcua.faces.office.certification.batch import ACTS, carry, may_do, sealed, unsealed
from motcua.faces.office.certification.forms import FIRST_ROWS, MOST_ROWS, NAMES, BatchForm, OriginalForm, QuickForm
from motcua.faces.office.counter.cards import read_card
from motcua.faces.office.counter.places import places
from motcua.faces.office.forming import keep_files
from motcua.faces.office.shell import page
from motcua.foundation.accounts.registry import act
from motcua.foundation.accounts.types import Actor
from motcua.foundation.core import clock
from motcua.foundation.core.clock import civil_day
from motcua.foundation.core.types import Refusal
from motcua.foundation.organisations.types import Role

HERE, BATCH = "office:certification", "office:certification-batch"


@act("office.certify")
@require_http_methods(["GET", "POST"])
def quick(request: HttpRequest) -> HttpResponse:
    """Take in one visit's certified copies as one dossier."""
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    choice, agency_id = _choice(request, actor, at=at)
    count = _count(request)
    data = request.POST if request.method == "POST" else None
    taking = "take_in" in request.POST
    form = QuickForm(data if taking else None, initial=_shown(data))
    form.offer_posts(
        [(post.post_id, post.title, post.unit_name) for post in actor.posts if post.role == Role.RECEPTIONIST],
        preferred=request.session.get("post"),
    )
    rows = [OriginalForm(data, prefix=f"o{place}") for place in range(count)]
    status = 200
    if taking:
        status = 422
        if _all_valid([form, *rows]):
            items = tuple(item for row in rows if (item := row.item()))
            if not items:
                form.add_error(None, _("Enter at least one original"))
            else:
                filing = _filing(choice, form, items, agency_id)
                try:
                    filed = dossier_services.take_in_at_counter(filing=filing, actor=actor, at=at, post_id=form.post_id)
                except Refusal as refusal:
                    status = form.refuse(refusal)
                else:
                    if filed.is_new and form.cleaned_data["is_counted"]:
                        mine = [r for r in dossiers.certifications(actor=actor) if r.dossier_id == filed.dossier_id]
                        carry(mine, signature=None, actor=actor, at=at)
                    return redirect("office:taken-in", filed.public_id)
    context = {
        "now": at, "choice": choice, "form": form, "rows": rows, "names": NAMES, "fee": _fee(rows),
        "forms": [form, *rows] if taking else [], "can_add": count < MOST_ROWS,
    }  # fmt: skip
    hints = [(["F2"], _("identity card")), (["Ctrl", "Enter"], _("take in, print"))]
    return page(request, "office/certification/quick.html", context, here=HERE, status=status, hints=hints, at=at)


def _all_valid(parts: list[Any]) -> bool:
    """Check every part, also after one that is wrong, so that everything is said at once."""
    return not [part for part in parts if not part.is_valid()]


def _shown(data: Any) -> dict[str, Any]:
    if data is None:
        return {"key": uuid4().hex}
    shown = {name: data.get(name, "") for name in QuickForm.base_fields}
    shown["is_counted"] = "is_counted" in data
    return shown | (read_card(shown["identity"]) or {})


def _count(request: HttpRequest) -> int:
    said = request.POST.get("rows", str(FIRST_ROWS)) if request.method == "POST" else str(FIRST_ROWS)
    count = int(said) if said.isdecimal() else FIRST_ROWS
    return max(1, min(MOST_ROWS, count + (2 if "add_row" in request.POST else 0)))


def _choice(request: HttpRequest, actor: Actor, *, at: datetime) -> tuple[IntakeChoice, int]:
    """Return the procedure of certified copies at my desk."""
    on, wanted = civil_day(at), request.GET.get("offer", "")
    for agency_id in places(actor):
        for offer in procedures.offers_of_agency(agency_id, on=on):
            if offer.quick_form == Quick.CERTIFICATION and wanted in {"", offer.public_id}:
                return procedures.intake_choice(offer.id, on=on), agency_id
    raise OfferNotFound


def _filing(choice: IntakeChoice, form: QuickForm, items: tuple[CertifiedItem, ...], agency_id: int) -> FilingInput:
    entered, case = form.cleaned_data, choice.cases[0]
    shown = tuple(PaperInput(component_id=line.id, kind="show") for line in case.papers)
    return FilingInput(
        offer_id=choice.offer.id,
        case_id=case.id,
        channel="counter",
        parties=(PartyInput(full_name=entered["full_name"], identity=entered["identity"], phone=entered["phone"]),),
        papers=shown,
        key=entered["key"],
        competent_agency_id=agency_id,
        receiving_agency_id=agency_id,
        certified=items,
        summary=", ".join(f"{item.description} ({item.copies})" for item in items)[:300],
    )


def _fee(rows: list[OriginalForm]) -> dict[str, Any]:
    items = tuple(item for row in rows if row.is_bound and row.is_valid() and (item := row.item()))
    fees = dossiers.certification_fees(items=items)
    return {
        "lines": list(zip(items, fees, strict=True)),
        "copies": sum(item.copies for item in items),
        "total": sum(fees),
    }


@act("office.certify")
@require_GET
def fee(request: HttpRequest) -> HttpResponse:
    """Return the fee of what is entered so far, while one types."""
    rows = [OriginalForm(request.GET, prefix=f"o{place}") for place in range(MOST_ROWS)]
    return render(request, "office/certification/fee.html", {"fee": _fee(rows)})


@act("office.certification_batch")
@require_http_methods(["GET", "POST"])
def batch(request: HttpRequest) -> HttpResponse:
    """Show the copies under way; carry the picked ones on, with one signature for all."""
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    rows = list(dossiers.certifications(actor=actor))
    is_sent = request.method == "POST"
    form = BatchForm(request.POST if is_sent else None, request.FILES if is_sent else None, initial=_signed_now(at))
    leads, status = actor.has_role(Role.LEADER), 200
    picked = [row for row in rows if str(row.public_id) in request.POST.getlist("pick")]
    if not leads and any(row.task.act == "sign" and may_do(actor, row.task) for row in picked or rows):
        form.ask_for_ink()
    if request.method == "POST":
        status = 422
        if not picked:
            form.is_valid()
            form.add_error(None, _("Pick at least one dossier"))
        elif form.is_valid() and (scan_id := _scan(form, actor, at=at)) is not False:
            outcomes = carry(picked, signature=form.signature(scan_id), actor=actor, at=at)
            request.session["batch"] = sealed(outcomes)
            return redirect(BATCH)
    mine = [row for row in rows if row.task.act in ACTS and may_do(actor, row.task)]
    context = {
        "now": at,
        "form": form,
        "mine": mine,
        "others": [row for row in rows if row not in mine],
        "picked": request.POST.getlist("pick") if request.method == "POST" else None,
        "has_signature": any(row.task.act == "sign" for row in mine),
        "to_sign": sum(row.task.act == "sign" for row in rows),
        "leads": leads,
        "outcomes": unsealed(request.session.pop("batch", None)) if request.method == "GET" else None,
        "copies": sum(row.copies for row in mine),
    }
    return page(request, "office/certification/batch.html", context, here=BATCH, status=status, at=at)


def _signed_now(at: datetime) -> dict[str, Any]:
    return {"signed_on": civil_day(at), "signed_time": at.astimezone(clock.VIETNAM).time()}


def _scan(form: BatchForm, actor: Actor, *, at: datetime) -> int | bool | None:
    """Keep the one scan of the batch; False when it was refused."""
    upload = form.cleaned_data.get("scan")
    if not upload:
        return None
    owner = f"batch:{actor.person_id}:{at:%Y%m%d%H%M%S}"
    ids = keep_files(form, "scan", [upload], purpose="result", owner=owner, actor=actor, at=at)
    return ids[0] if ids else False


@act("office.certification_batch")
@require_GET
def batch_sheet(request: HttpRequest) -> HttpResponse:
    """Print the sheet that is laid before the leader."""
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    waiting: list[CertificationRow] = [row for row in dossiers.certifications(actor=actor) if row.task.act == "sign"]
    data = dossiers.certification_sheet(
        actor=actor, dossier_ids=[row.dossier_id for row in waiting], signer_name=request.GET.get("signer", "")[:150],
        at=at,
    )  # fmt: skip
    content = document_services.render_paper(PaperKind.CERTIFICATION_BATCH, data)
    dossier_services.log_list(public_ids=[row.public_id for row in waiting], actor=actor, what="paper", at=at)
    return documents.paper_response(content, name=f"trinh-ky-{at:%Y%m%d-%H%M}.pdf")


@act("office.certification_batch")
@require_GET
def book(request: HttpRequest) -> HttpResponse:
    """Print the lines that a day brought to the book."""
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    try:
        on = date.fromisoformat(request.GET.get("day", ""))
    except ValueError:
        on = civil_day(at)
    content = document_services.render_paper(
        PaperKind.CERTIFICATION_BOOK, dossiers.certification_book(actor=actor, on=on, at=at)
    )
    listed = dossiers.certified_on(actor=actor, on=on)
    dossier_services.log_list(public_ids=listed, actor=actor, what="paper", at=at)
    return documents.paper_response(content, name=f"so-chung-thuc-{on:%Y%m%d}.pdf")
