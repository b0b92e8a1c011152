"""Decisions: the list with what waits for entry, one decision, and the acts on its way to the public list."""

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
from motcua.casework.procedures import selectors as procedures
from motcua.casework.procedures import services
from motcua.casework.procedures.types import (
    DecisionAct,
    DecisionCard,
    DecisionHead,
    DecisionState,
    ProcedureLevel,
)
from motcua.faces.design import formatting
from motcua.faces.office import exporting
from motcua.faces.office.catalogue import telling
from motcua.faces.office.catalogue.forms import EnteredForm, HeadForm, PastForm, ReasonForm
from motcua.faces.office.fields import DayField
from motcua.faces.office.shell import page
from motcua.foundation.accounts.registry import act, can
from motcua.foundation.core import clock
from motcua.foundation.core.clock import civil_day
from motcua.foundation.core.types import Invalid, NotFound, Refusal

HERE = "office:decisions"
ROWS = 25


def _wish(request: HttpRequest) -> dict[str, Any]:
    """Return what the list is asked for; what cannot be read is left out."""
    asked = request.GET
    year = asked.get("year", "")
    wish: dict[str, Any] = {
        "text": asked.get("q", "").strip()[:100],
        "year": int(year) if year.isdecimal() and len(year) == 4 else None,
        "field": asked.get("field", "")[:300],
        "level": asked.get("level", "") if asked.get("level") in ProcedureLevel.values else "",
        "act": asked.get("act", "") if asked.get("act") in DecisionAct.values else "",
    }
    state = asked.get("state", "")
    wish |= {"to_enter": True} if state == "to_enter" else {"state": state if state in DecisionState.values else ""}
    for name in ("since", "until"):
        try:
            wish[name] = DayField(required=False).clean(asked.get(name, ""))
        except Exception:  # noqa: BLE001 - an unreadable day asks for nothing
            wish[name] = None
    return wish


@act("decisions.see")
@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Show decisions with their items counted, and how entry in the national database stands."""
    at = clock.now()
    on, wish = civil_day(at), _wish(request)
    start = request.GET.get("from", "")
    offset = min(int(start), 100_000) if start.isdecimal() and len(start) < 7 else 0
    lines = procedures.decisions(**wish, offset=offset, rows=ROWS + 1)
    context = {
        "rows": [telling.row(line, on=on) for line in lines[:ROWS]],
        "wish": wish,
        "filtered": any(value for name, value in wish.items() if name not in {"state", "to_enter"}),
        "tabs": _tabs(request.GET.get("state", "")),
        "years": procedures.decision_years(),
        "fields": procedures.decision_fields(published=False),
        "levels": ProcedureLevel.choices,
        "acts": DecisionAct.choices,
        "older": offset + ROWS if len(lines) > ROWS else 0,
        "newer": offset > 0,
        "newer_from": max(offset - ROWS, 0) or None,
        "waiting": len(procedures.decisions(to_enter=True, rows=None)),
        "may_draft": can(request.actor, "decisions.draft"),  # type: ignore[attr-defined]
        "may_publish": can(request.actor, "decisions.publish"),  # type: ignore[attr-defined]
    }
    return page(request, "office/catalogue/decisions.html", context, here=HERE, at=at)


def _tabs(chosen: str) -> list[dict[str, Any]]:
    here = reverse("office:decisions")
    tabs = [("", _("All")), *DecisionState.choices, ("to_enter", _("To be entered in the national database"))]
    return [
        {"label": label, "url": f"{here}?state={value}" if value else here, "current": chosen == value}
        for value, label in tabs
    ]


@act("decisions.see")
@require_GET
def export(request: HttpRequest, kind: str) -> HttpResponseBase:
    """Give the list as a file."""
    on = civil_day(clock.now())
    head = [
        _("Number"), _("Day of the decision"), _("What the decision is about"), _("Issued by"), _("Signed by"),
        _("State"), *(str(label) for label in DecisionAct.labels), _("To be entered by"), _("Entered on"),
        _("Time left"),
    ]  # fmt: skip
    rows = (
        [
            line.number, line.issued_on, line.title, line.issuer, line.signer, str(DecisionState(line.state).label),
            *(line.counts.get(act_, 0) for act_ in DecisionAct.values), line.entry_due_on, line.entered_on,
            (telling.entry(line, on=on) or {}).get("words", ""),
        ]
        for line in procedures.decisions(**_wish(request), rows=exporting.MOST_ROWS)
    )  # fmt: skip
    return exporting.answer(kind, name="quyet-dinh-cong-bo", head=head, rows=(_dated(row) for row in rows))


def _dated(row: list[Any]) -> list[Any]:
    return [formatting.day(value, "plain") if hasattr(value, "isoformat") else value for value in row]


@act("decisions.draft")
@require_http_methods(["GET", "POST"])
def begin(request: HttpRequest) -> HttpResponse:
    """Begin a draft."""
    return _head_page(request, None)


@act("decisions.draft")
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Change the head; once checked, what comes with the signature."""
    return _head_page(request, procedures.decision(public_id, with_problems=False))


def _head_page(request: HttpRequest, card: DecisionCard | None) -> HttpResponse:
    at, status = clock.now(), 200
    data = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    kept = card.head if card else DecisionHead(title="", issuer=_("Chairman of the provincial People's Committee"))
    state = card.line.state if card else DecisionState.DRAFT
    form = HeadForm.of(kept, state, card.lock_version if card else 0, *data)
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                where = _save_head(request, form, card, at)
                messages.success(request, _("Saved."))
                return redirect("office:decision", where)
            except FileRefusal as refusal:
                form.add_error("file", str(refusal))
            except Refusal as refusal:
                status = form.refuse(refusal)
    back = reverse("office:decision", args=[card.line.public_id]) if card else reverse("office:decisions")
    context = {
        "form": form, "card": card, "back_url": back,
        "title": _("Head of the decision") if card else _("New decision"),
        "signing_only": state == DecisionState.CHECKED,
    }  # fmt: skip
    return page(request, "office/catalogue/head.html", context, here=HERE, status=status, at=at)


def _save_head(request: HttpRequest, form: HeadForm, card: DecisionCard | None, at: Any) -> UUID:
    actor, upload, file_id = request.actor, form.cleaned_data.get("file"), None  # type: ignore[attr-defined]
    if upload is not None:
        file_id = document_services.store_upload(
            file=upload, name=upload.name, purpose="other", at=at, owner_key="decision",
            declared_type=upload.content_type or "", created_by_id=actor.person_id,
        ).public_id  # fmt: skip
    head = form.head(card.head if card else None, file_id)
    if card is None:
        return services.begin_decision(head=head, actor=actor, at=at)
    services.revise_decision(
        public_id=card.line.public_id, head=head, lock_version=form.cleaned_data["lock"], actor=actor, at=at
    )
    return card.line.public_id


@act("decisions.publish")
@require_http_methods(["GET", "POST"])
def past(request: HttpRequest) -> HttpResponse:
    """Record a decision of the past with what it says of itself."""
    at, status = clock.now(), 200
    form = PastForm(request.POST or None)
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                made = services.record_past_decision(
                    head=form.head(), stated=form.stated, entered_on=form.cleaned_data["entered_on"],
                    actor=request.actor, at=at,  # type: ignore[attr-defined]
                )  # fmt: skip
                messages.success(request, _("Saved."))
                return redirect("office:decision", made)
            except Refusal as refusal:
                status = form.refuse(refusal)
    context = {"form": form, "stated": [form[f"stated_{act_}"] for act_ in DecisionAct.values]}
    return page(request, "office/catalogue/past.html", context, here=HERE, status=status, at=at)


@act("decisions.see")
@require_GET
def decision(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Show one: its items with what is missing, its head, what may be done now, and its history."""
    return decision_page(request, public_id)


def decision_page(
    request: HttpRequest,
    public_id: UUID,
    *,
    status: int = 200,
    refused: Refusal | None = None,
    entered_form: EnteredForm | None = None,
) -> HttpResponse:
    """Draw the page of a decision, with what an act was refused for at the items it names."""
    at = clock.now()
    card = procedures.decision(public_id)
    fields: dict[str, list[str]] = getattr(refused, "fields", {})
    known = {str(item.public_id) for item in card.items}
    state, actor = card.line.state, request.actor  # type: ignore[attr-defined]
    may_publish = can(actor, "decisions.publish")
    may_draft = can(actor, "decisions.draft") and procedures.may_draft(actor, card.agency_id, on=civil_day(at))
    context = {
        "card": card,
        "head": telling.row(card.line, on=civil_day(at)),
        "title": card.head.title,
        "facts": telling.facts(card),
        "log": telling.log(card),
        "groups": telling.items(card, fields),
        "counts": telling.act_counts(card.line.counts),
        "lacking": sum(bool(item.problems) for item in card.items),
        "is_draft": state == DecisionState.DRAFT,
        "is_checked": state == DecisionState.CHECKED,
        "is_published": state == DecisionState.PUBLISHED,
        "may_draft": may_draft,
        "may_publish": may_publish,
        "may_remove": may_draft and state == DecisionState.DRAFT,
        "is_own": card.drafted_by_id is not None and card.drafted_by_id == actor.person_id,
        "new_items": [
            {"label": title, "icon": telling.ACT_ICONS[what], "url": _item_url(public_id, what)}
            for what, title in telling.ACT_TITLES.items()
        ],
        "refused": str(refused) if refused else "",
        "refused_for": [words for key, found in fields.items() if key not in known for words in found],
        "entered_form": entered_form or EnteredForm(initial={"entered_on": civil_day(at)}),
    }
    return page(request, "office/catalogue/decision.html", context, here=HERE, status=status, at=at)


def _item_url(public_id: UUID, what: str) -> str:
    return f"{reverse('office:decision-item-add', args=[public_id])}?act={what}"


@act("decisions.see")
@require_GET
def file(request: HttpRequest, public_id: UUID) -> HttpResponseBase:
    """Send the signed decision."""
    card = procedures.decision(public_id, with_problems=False)
    if card.head.file_id is None:
        raise NotFound
    return documents.file_response(documents.open_file(card.head.file_id), download=True)


@act("decisions.publish")
@require_POST
def check(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Check a draft; what is missing stands at each item."""
    try:
        services.check_decision(public_id=public_id, actor=request.actor, at=clock.now())  # type: ignore[attr-defined]
    except NotFound:
        raise
    except Refusal as refusal:
        return decision_page(request, public_id, status=refusal.http_status, refused=refusal)
    messages.success(request, _("Checked: every procedure has its eight parts. It waits for the signature now."))
    return redirect("office:decision", public_id)


@act("decisions.publish")
@require_http_methods(["GET", "POST"])
def reopen(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Give a checked decision back, with the reason."""
    at, status = clock.now(), 200
    card = procedures.decision(public_id, with_problems=False)
    form = ReasonForm(request.POST or None)
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                services.reopen_decision(
                    public_id=public_id,
                    reason=form.cleaned_data["reason"],
                    actor=request.actor,  # type: ignore[attr-defined]
                    at=at,
                )
                messages.success(request, _("Given back for mending."))
                return redirect("office:decision", public_id)
            except Refusal as refusal:
                status = form.refuse(refusal)
    context = {"form": form, "card": card, "back_url": reverse("office:decision", args=[public_id])}
    return page(request, "office/catalogue/reopen.html", context, here=HERE, status=status, at=at)


@act("decisions.publish")
@require_http_methods(["GET", "POST"])
def publish(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Ask once more with everything that changes, then publish."""
    at = clock.now()
    card = procedures.decision(public_id, with_problems=False)
    if request.method == "POST":
        try:
            services.publish_decision(public_id=public_id, actor=request.actor, at=at)  # type: ignore[attr-defined]
        except Refusal as refusal:
            return decision_page(request, public_id, status=refusal.http_status, refused=refusal)
        messages.success(request, _("Published. Enter it in the national database in time."))
        return redirect("office:decision", public_id)
    if card.line.state != DecisionState.CHECKED:
        return redirect("office:decision", public_id)
    context = {
        "card": card, "facts": telling.facts(card), "groups": telling.items(card, {}),
        "back_url": reverse("office:decision", args=[public_id]),
    }  # fmt: skip
    return page(request, "office/catalogue/publish.html", context, here=HERE, at=at)


@act("decisions.publish")
@require_POST
def entered(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Note that it stands in the national database."""
    at = clock.now()
    form = EnteredForm(request.POST)
    if not form.is_valid():
        return decision_page(request, public_id, status=422, entered_form=form)
    try:
        services.mark_entered(
            public_id=public_id,
            entered_on=form.cleaned_data["entered_on"],
            actor=request.actor,  # type: ignore[attr-defined]
            at=at,
        )
    except Invalid as refusal:
        form.refuse(refusal)
        return decision_page(request, public_id, status=422, entered_form=form)
    except NotFound:
        raise
    except Refusal as refusal:
        return decision_page(request, public_id, status=refusal.http_status, refused=refusal)
    messages.success(request, _("Noted."))
    return redirect("office:decision", public_id)


@act("decisions.draft")
@require_POST
def correct(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Begin a draft that takes back what this decision did."""
    made = services.correct_decision(public_id=public_id, actor=request.actor, at=clock.now())  # type: ignore[attr-defined]
    messages.success(request, _("A correcting draft was begun. Look at each item before it is checked."))
    return redirect("office:decision", made)


@act("decisions.draft")
@require_http_methods(["GET", "POST"])
def discard(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Ask once more, then throw a draft away."""
    at = clock.now()
    card = procedures.decision(public_id, with_problems=False)
    if request.method == "POST":
        try:
            services.discard_decision(public_id=public_id, actor=request.actor, at=at)  # type: ignore[attr-defined]
        except Refusal as refusal:
            return decision_page(request, public_id, status=refusal.http_status, refused=refusal)
        messages.success(request, _("The draft was thrown away. Nothing of it was ever in force."))
        return redirect("office:decisions")
    context = {"card": card, "back_url": reverse("office:decision", args=[public_id])}
    return page(request, "office/catalogue/discard.html", context, here=HERE, at=at)
