"""Proposals to simplify procedures: the list, one proposal, and its decisions."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from motcua.faces.office import exporting
from motcua.faces.office.reviews.forms import DecideForm, DoneForm
from motcua.faces.office.shell import page
from motcua.foundation.accounts.registry import act, may
from motcua.foundation.core import clock
from motcua.foundation.core.clock import civil_day
from motcua.foundation.core.types import Refusal
from motcua.insight.simplification import selectors, services
from motcua.insight.simplification.types import Authority, ProposalKind, ProposalState

HERE = "office:reviews"
ON_A_PAGE = 50
HAPPENED = {
    "propose": gettext_lazy("Proposal begun"),
    "rewrite": gettext_lazy("Proposal changed"),
    "hand_in": gettext_lazy("Handed in for the decision"),
    "take_back": gettext_lazy("Taken back"),
    "approve": gettext_lazy("Approved"),
    "decline": gettext_lazy("Declined"),
    "carry_out": gettext_lazy("Carried out"),
}
TONES = {
    ProposalState.DRAFT: ("", "pencil"),
    ProposalState.SUBMITTED: ("mc-warn", "hourglass"),
    ProposalState.APPROVED: ("mc-info", "circle-check"),
    ProposalState.DECLINED: ("mc-danger", "circle-x"),
    ProposalState.CARRIED_OUT: ("mc-ok", "circle-check"),
}


def _asked(request: HttpRequest) -> dict[str, Any]:
    """Return what a list is asked for; what cannot be is left out."""
    year, state = request.GET.get("year", ""), request.GET.get("state", "")
    return {
        "year": int(year) if year.isascii() and year.isdigit() and len(year) == 4 else None,
        "state": state if state in ProposalState.values else "",
        "text": request.GET.get("q", "").strip()[:100],
    }


@act("reviews.see")
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """Show the proposals of one's agencies with what they save."""
    at, actor = clock.now(), request.actor  # type: ignore[attr-defined]
    asked = _asked(request)
    sort = request.GET.get("sort", "changed")
    number = request.GET.get("page", "1")
    wanted = min(int(number), 1000) if number.isascii() and number.isdigit() and int(number) else 1
    rows, count = selectors.proposals(actor=actor, **asked, sort=sort, first=(wanted - 1) * ON_A_PAGE, most=ON_A_PAGE)
    context = asked | {
        "rows": [_shown(row) for row in rows],
        "count": count,
        "totals": selectors.totals(actor=actor, **asked),
        "states": ProposalState.choices,
        "years": sorted({plan.year for plan in selectors.plans()} | {at.year}, reverse=True),
        "sort": sort,
        "sorts": [("changed", _("Changed last")), ("saved", _("Saves most")), ("procedure", _("Code of procedure"))],
        "newer": wanted - 1 if wanted > 1 else None,
        "older": wanted + 1 if wanted * ON_A_PAGE < count else None,
        "may_propose": may(actor, "reviews.propose"),
    }
    return page(request, "office/reviews/list.html", context, here=HERE, at=at)


def _shown(row: Any) -> dict[str, Any]:
    tone, picture = TONES[ProposalState(row.state)]
    return {"row": row, "kind": ProposalKind(row.kind).label, "state": ProposalState(row.state).label} | {
        "tone": tone, "icon": picture,
    }  # fmt: skip


@act("reviews.see")
@require_safe
def export(request: HttpRequest, kind: str) -> Any:
    """Return the same list as a file."""
    actor = request.actor  # type: ignore[attr-defined]
    rows, _count = selectors.proposals(actor=actor, **_asked(request), most=exporting.MOST_ROWS)
    head = [
        _("Code"), _("Procedure"), _("Proposal in one line"), _("What becomes simpler"), _("State"), _("Agency"),
        _("Plan of review"), _("Dossiers a year"), _("Cost of a dossier as it is (VND)"),
        _("Cost of a dossier as proposed (VND)"), _("Saved a year (VND)"),
    ]  # fmt: skip
    lines = (
        [
            row.procedure_code, row.procedure_name, row.title, ProposalKind(row.kind).label,
            ProposalState(row.state).label, row.agency_name, row.plan_title, row.dossiers_a_year, row.before_vnd,
            row.after_vnd, row.saved_vnd,
        ]
        for row in rows
    )  # fmt: skip
    return exporting.answer(kind, name=f"ra-soat-{civil_day(clock.now()):%Y-%m-%d}", head=head, rows=lines)


@act("reviews.see")
@require_safe
def proposal(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Show a proposal with its cost before and after, and what may be done with it."""
    return _proposal(request, public_id, clock.now())


def _proposal(
    request: HttpRequest, public_id: UUID, at: datetime, *, decide: DecideForm | None = None,
    done: DoneForm | None = None, status: int = 200,
) -> HttpResponse:  # fmt: skip
    actor = request.actor  # type: ignore[attr-defined]
    card = selectors.proposal(actor=actor, public_id=public_id)
    today = {"decided_on": civil_day(at), "on": civil_day(at)}
    decides, state = may(actor, "reviews.decide"), card.row.state
    proposes = may(actor, "reviews.propose")
    if decides and state == ProposalState.SUBMITTED:
        decide = decide or DecideForm(initial=today)
    if decides and state == ProposalState.APPROVED:
        done = done or DoneForm(initial=today)
    context = {
        "card": card, "shown": _shown(card.row), "authority": Authority(card.authority).label,
        "before_year": card.row.before_vnd * card.row.dossiers_a_year,
        "after_year": card.row.after_vnd * card.row.dossiers_a_year,
        "happenings": [(HAPPENED[item.act], item) for item in card.happenings],
        "may_write": proposes and state == ProposalState.DRAFT,
        "may_take_back": proposes and state == ProposalState.SUBMITTED,
        "decide": decide, "done": done, "form": decide or done,
    }  # fmt: skip
    return page(request, "office/reviews/proposal.html", context, here=HERE, status=status, at=at)


@act("reviews.propose")
@require_POST
def hand_in(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Hand a proposal in for the decision."""
    services.hand_in(public_id=public_id, actor=request.actor, at=clock.now())  # type: ignore[attr-defined]
    messages.success(request, _("The proposal is handed in."))
    return redirect("office:review", public_id)


@act("reviews.propose")
@require_POST
def take_back(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take a proposal back to write it anew."""
    services.take_back(public_id=public_id, actor=request.actor, at=clock.now())  # type: ignore[attr-defined]
    messages.success(request, _("The proposal is taken back; you can change it again."))
    return redirect("office:review", public_id)


@act("reviews.decide")
@require_POST
def decide(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Approve or decline a proposal."""
    at, form, status = clock.now(), DecideForm(request.POST), 422
    if form.is_valid():
        entered = form.cleaned_data
        try:
            services.decide(
                public_id=public_id, is_approved=entered["answer"] == "approve",
                decision_number=entered["decision_number"], decided_on=entered["decided_on"], note=entered["note"],
                actor=request.actor, at=at,  # type: ignore[attr-defined]
            )  # fmt: skip
            messages.success(request, _("The decision is kept."))
            return redirect("office:review", public_id)
        except Refusal as refusal:
            status = form.refuse(refusal)
    return _proposal(request, public_id, at, decide=form, status=status)


@act("reviews.decide")
@require_POST
def carry_out(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Say when a proposal was carried out."""
    at, form, status = clock.now(), DoneForm(request.POST), 422
    if form.is_valid():
        try:
            services.carry_out(
                public_id=public_id, on=form.cleaned_data["on"], note=form.cleaned_data["note"],
                actor=request.actor, at=at,  # type: ignore[attr-defined]
            )  # fmt: skip
            messages.success(request, _("Kept. Its saving counts as reached from now on."))
            return redirect("office:review", public_id)
        except Refusal as refusal:
            status = form.refuse(refusal)
    return _proposal(request, public_id, at, done=form, status=status)
