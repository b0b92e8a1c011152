"""Writing a proposal: choosing the procedure, words, and lines of cost before and after."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from motcua.casework.procedures import selectors as procedures
from motcua.faces.office.reviews.forms import CostForm, CostSet, ProposalForm
from motcua.faces.office.shell import page
from motcua.foundation.accounts.registry import act
from motcua.foundation.core import clock
from motcua.foundation.core.clock import civil_day
from motcua.foundation.core.types import Refusal
from motcua.insight.simplification import selectors, services
from motcua.insight.simplification.services import MOST_LINES
from motcua.insight.simplification.types import CostInput, ProposalCard, ProposalState, WrongState

HERE = "office:reviews"
MORE = 3
Lines = tuple[CostInput, ...]
_Set: Any = forms.formset_factory(CostForm, formset=CostSet, extra=0, max_num=MOST_LINES, absolute_max=MOST_LINES)


@act("reviews.propose")
@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """Choose the procedure that shall become simpler."""
    at = clock.now()
    text = request.GET.get("q", "").strip()[:100]
    found = procedures.search(text, on=civil_day(at)).results[:20] if text else ()
    return page(request, "office/reviews/choose.html", {"text": text, "found": found}, here=HERE, at=at)


@act("reviews.propose")
@require_http_methods(["GET", "POST"])
def begin(request: HttpRequest, code: str) -> HttpResponse:
    """Write a new proposal about a procedure."""
    at = clock.now()
    lines = selectors.cost_lines_to_begin(code, on=civil_day(at))

    def keep(form: ProposalForm, before: Lines, after: Lines) -> UUID:
        actor = request.actor  # type: ignore[attr-defined]
        return services.propose(
            procedure_code=code, agency_id=actor.posts[0].agency_id, proposal=form.proposal(before, after),
            actor=actor, at=at,
        )  # fmt: skip

    name = procedures.procedure_page(code, on=civil_day(at)).name
    return _write(request, at, code=code, name=name, initial={}, before=lines, after=lines, keep=keep)


@act("reviews.propose")
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Change a proposal that is still being written."""
    at = clock.now()
    card = selectors.proposal(actor=request.actor, public_id=public_id)  # type: ignore[attr-defined]
    if card.row.state != ProposalState.DRAFT:
        raise WrongState

    def keep(form: ProposalForm, before: Lines, after: Lines) -> UUID:
        services.rewrite(
            public_id=public_id, proposal=form.proposal(before, after), lock=form.cleaned_data["lock"] or 0,
            actor=request.actor, at=at,  # type: ignore[attr-defined]
        )  # fmt: skip
        return public_id

    row = card.row
    return _write(
        request, at, code=row.procedure_code, name=row.procedure_name, initial=_initial(card),
        before=card.before, after=card.after, keep=keep, back=reverse("office:review", args=[public_id]),
    )  # fmt: skip


def _initial(card: ProposalCard) -> dict[str, Any]:
    return {
        "title": card.row.title, "kind": card.row.kind, "authority": card.authority, "plan": card.plan_id or "",
        "reason": card.reason, "change": card.change, "lock": card.lock,
        "dossiers_a_year": None if card.is_counted else card.row.dossiers_a_year,
    }  # fmt: skip


def _write(
    request: HttpRequest, at: datetime, *, code: str, name: str, initial: dict[str, Any], before: Lines, after: Lines,
    keep: Any, back: str = "",
) -> HttpResponse:  # fmt: skip
    plans = [(plan.id, f"{plan.year}: {plan.title}") for plan in selectors.plans()]
    asks_more = bool(request.POST.get("more"))
    typed = {name: request.POST.get(name, "") for name in ProposalForm.base_fields} if asks_more else initial
    form = ProposalForm(None if asks_more else request.POST or None, plans=plans, initial=typed)
    sides = [_side(request, "before", before), _side(request, "after", after)]
    status = 200
    if request.method == "POST" and not asks_more:
        status = 422
        if all([form.is_valid(), *(side.is_valid() for side in sides)]):
            try:
                public_id = keep(form, sides[0].lines(), sides[1].lines())
                messages.success(request, _("The proposal is kept as a draft."))
                return redirect("office:review", public_id)
            except Refusal as refusal:
                status = form.refuse(refusal)
    names = ("title", "kind", "authority", "plan", "reason", "change", "dossiers_a_year")
    context = {
        "form": form, "fields": [form[item] for item in names], "code": code, "name": name,
        "sides": [(_("Cost as it is"), sides[0]), (_("Cost as proposed"), sides[1])],
        "is_wrong": any(line.errors for side in sides for line in side.forms) if status == 422 else False,
        "back_url": back or reverse(HERE), "is_new": not back,
    }  # fmt: skip
    return page(request, "office/reviews/write.html", context, here=HERE, status=status, at=at)


def _side(request: HttpRequest, prefix: str, lines: Lines) -> CostSet:
    """Return the lines of one side, with empty ones behind them; `more` asks for more of a side, unchecked."""
    rows = [
        {
            "activity": line.activity, "hours": line.hours, "wage_vnd": line.wage_vnd, "fee_vnd": line.fee_vnd or None,
            "other_vnd": line.other_vnd or None, "times": line.times,
        }
        for line in lines
    ]  # fmt: skip
    if request.method != "POST":
        return _shown(rows, prefix)
    if not request.POST.get("more"):
        return _Set(request.POST, prefix=prefix, initial=[])
    count = request.POST.get(f"{prefix}-TOTAL_FORMS", "0")
    total = min(int(count), MOST_LINES) if count.isascii() and count.isdigit() else 0
    names = CostForm.base_fields
    typed = [{name: request.POST.get(f"{prefix}-{line}-{name}", "") for name in names} for line in range(total)]
    return _shown(typed, prefix, more=MORE if request.POST["more"] == prefix else 0)


def _shown(rows: list[dict[str, Any]], prefix: str, *, more: int = 1) -> CostSet:
    rows = [*rows, *({} for _line in range(more))][:MOST_LINES]
    return _Set(initial=rows, prefix=prefix)
