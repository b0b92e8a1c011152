"""Reads of plans and proposals, and the lines of cost to begin with."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Case, Count, F, Q, Sum, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from motcua.casework.procedures import selectors as procedures
from motcua.foundation.accounts import registry
from motcua.foundation.accounts import selectors as accounts
from motcua.foundation.accounts.types import Actor
from motcua.foundation.core.types import NotFound
from motcua.insight.simplification import acts
from motcua.insight.simplification.costs import first_lines
from motcua.insight.simplification.models import Proposal, ReviewPlan
from motcua.insight.simplification.types import (
    CostInput,
    HappeningLine,
    PlanCard,
    ProposalCard,
    ProposalRow,
    ProposalState,
    Side,
    Totals,
)

__all__ = ["cost_lines_to_begin", "plans", "proposal", "proposals", "totals"]

_SAVED = (F("before_vnd") - F("after_vnd")) * F("dossiers_a_year")
_APPROVED = Q(state__in=[ProposalState.APPROVED, ProposalState.CARRIED_OUT])
_DONE = Q(state=ProposalState.CARRIED_OUT)
SORTS = {"changed": "-changed_at", "saved": "-saved", "procedure": "procedure__code"}


def _sum_where(condition: Q) -> Any:
    return Coalesce(Sum(Case(When(condition, then=_SAVED), default=Value(0))), 0)


def _wanted(actor: Actor, *, year: int | None, state: str, text: str) -> Any:
    found = Proposal.objects.filter(registry.within("review_proposal", actor))
    if year is not None:
        found = found.filter(Q(plan__year=year) | Q(plan=None, changed_at__year=year))
    if state:
        found = found.filter(state=state)
    if text:
        found = found.filter(
            Q(title__icontains=text) | Q(procedure_name__icontains=text) | Q(procedure__code__startswith=text)
        )
    return found.annotate(saved=_SAVED)


def proposals(
    *, actor: Actor, year: int | None = None, state: str = "", text: str = "", sort: str = "changed",
    first: int = 0, most: int = 50,
) -> tuple[list[ProposalRow], int]:  # fmt: skip
    """Return a part of the proposals that the actor sees, and how many there are; two statements.

    Args:
        year: of the plan, or of the last change where a proposal has no plan. sort: a key of SORTS.
    """
    found = _wanted(actor, year=year, state=state, text=text)
    rows = found.select_related("procedure", "plan").order_by(SORTS.get(sort, SORTS["changed"]), "-pk")
    return [_row(row) for row in rows[first : first + most]], found.count()


def totals(*, actor: Actor, year: int | None = None, state: str = "", text: str = "") -> Totals:
    """Return the sums over the same proposals: promised by the approved, reached by those carried out."""
    sums = _wanted(actor, year=year, state=state, text=text).aggregate(
        proposals=Count("pk"), approved=Count("pk", filter=_APPROVED), carried_out=Count("pk", filter=_DONE),
        promised_vnd=_sum_where(_APPROVED), saved_vnd=_sum_where(_DONE),
    )  # fmt: skip
    return Totals(**sums)


def proposal(*, actor: Actor, public_id: UUID) -> ProposalCard:
    """Return a proposal whole.

    Raises:
        NotFound: no such proposal, or not the actor's to see.
    """
    found = Proposal.objects.select_related("procedure", "plan").annotate(saved=_SAVED)
    row = found.filter(public_id=public_id).first()
    if row is None or not registry.can(actor, acts.SEE, row):
        raise NotFound
    lines: dict[str, list[CostInput]] = {Side.BEFORE: [], Side.AFTER: []}
    for line in row.lines.order_by("position"):
        lines[line.side].append(line.as_input)
    happenings = list(row.happenings.order_by("at", "pk"))
    names = accounts.person_names({item.person_id for item in happenings if item.person_id})
    return ProposalCard(
        row=_row(row),
        lock=row.lock_version,
        agency_id=row.agency_id,
        authority=row.authority,
        reason=row.reason,
        change=row.change,
        plan_id=row.plan_id,
        before=tuple(lines[Side.BEFORE]),
        after=tuple(lines[Side.AFTER]),
        is_counted=row.is_counted,
        counted_since=row.counted_since,
        counted_until=row.counted_until,
        decision_number=row.decision_number,
        decided_on=row.decided_on,
        carried_out_on=row.carried_out_on,
        happenings=tuple(
            HappeningLine(item.act, item.note, names.get(item.person_id or 0, ""), item.at) for item in happenings
        ),
    )


def _row(row: Any) -> ProposalRow:
    return ProposalRow(
        public_id=row.public_id,
        procedure_code=row.procedure.code,
        procedure_name=row.procedure_name,
        title=row.title,
        kind=row.kind,
        state=row.state,
        agency_name=row.agency_name,
        plan_title=str(row.plan) if row.plan else "",
        dossiers_a_year=row.dossiers_a_year,
        before_vnd=row.before_vnd,
        after_vnd=row.after_vnd,
        saved_vnd=row.saved,
        changed_at=row.changed_at,
    )


def plans() -> list[PlanCard]:
    """Return every plan of review with how far it is, the newest year first; one statement."""
    saved = Case(When(proposals__state=ProposalState.CARRIED_OUT, then=_of_proposals()), default=Value(0))
    found = ReviewPlan.objects.annotate(
        count=Count("proposals"),
        approved=Count("proposals", filter=Q(proposals__state__in=[ProposalState.APPROVED, ProposalState.CARRIED_OUT])),
        done=Count("proposals", filter=Q(proposals__state=ProposalState.CARRIED_OUT)),
        saved=Coalesce(Sum(saved), 0),
    ).order_by("-year", "title")
    return [
        PlanCard(
            row.pk, row.year, row.title, row.decision_number, row.decision_on, row.signer, row.note,
            row.count, row.approved, row.done, row.saved,
        )
        for row in found
    ]  # fmt: skip


def _of_proposals() -> Any:
    return (F("proposals__before_vnd") - F("proposals__after_vnd")) * F("proposals__dossiers_a_year")


def cost_lines_to_begin(code: str, *, on: date) -> tuple[CostInput, ...]:
    """Return lines of cost for a procedure as published: its papers, the ways, its fee; hours and wage are settings.

    Raises:
        NotFound, ProcedureNotInForce.
    """
    page = procedures.procedure_page(code, on=on)
    papers: Sequence[tuple[str, int]] = [
        (paper.name, paper.originals + paper.certified_copies + paper.plain_copies)
        for paper in (page.cases[0].submit if page.cases else ())
    ]
    amounts = [fee.amount_vnd for fee in page.fees if fee.amount_vnd]
    return first_lines(
        papers,
        max(amounts, default=0),
        hours_a_paper=_hours(settings.MOTCUA_COMPLIANCE_MINUTES_A_PAPER),
        hours_of_ways=_hours(settings.MOTCUA_COMPLIANCE_MINUTES_OF_WAYS),
        wage_vnd=settings.MOTCUA_COMPLIANCE_WAGE_VND,
        words=(_("Hand the dossier in, fetch the result"), _("Fee")),
    )


def _hours(minutes: int) -> Decimal:
    return (Decimal(minutes) / 60).quantize(Decimal("0.01"))
