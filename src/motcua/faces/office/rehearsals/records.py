"""Last year's dossiers under a record that a decision would publish: due dates and fees that would change."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from motcua.casework.dossiers.selectors.replaying import MOST, replay_record
from motcua.casework.dossiers.types import Channel
from motcua.casework.dossiers.types.replaying import ReplayedRecord, ReplayedTerms
from motcua.casework.procedures.selectors.decisions import decision_item
from motcua.casework.procedures.selectors.trying import tried_terms
from motcua.casework.procedures.types import RecordRefused
from motcua.faces.office import exporting
from motcua.faces.office.rehearsals import telling
from motcua.faces.office.shell import page
from motcua.foundation.accounts.registry import act
from motcua.foundation.core import clock
from motcua.foundation.core.clock import civil_day

HERE = "office:decisions"
SHOWN = 100


@act("bench.walk")
@require_safe
def record(request: HttpRequest, item_id: UUID) -> HttpResponse:
    """Show what the limits and fees of a draft record would change for the dossiers of a period."""
    at = clock.now()
    form, since, until = telling.period(request.GET, civil_day(at))
    card, item = decision_item(item_id)
    context: dict[str, Any] = {"decision": card, "item": item, "item_id": item_id, "form": form, "most": MOST}
    try:
        terms = tried_terms(item.record)
    except RecordRefused as refusal:
        context["problems"] = refusal.problems
        return page(request, "office/rehearsals/record.html", context, here=HERE, at=at)
    told = replay_record(actor=request.actor, terms=terms, since=since, until=until)  # type: ignore[attr-defined]
    rows = [_row(row) for row in _in_order(told)]
    context |= {"told": told, "rows": rows[:SHOWN], "more": max(0, len(rows) - SHOWN)}
    return page(request, "office/rehearsals/record.html", context, here=HERE, status=422 if form.errors else 200, at=at)


def _in_order(told: ReplayedRecord) -> list[ReplayedTerms]:
    return [*told.dead_ends, *(row for row in told.rows if not row.is_same and not row.reason)]


def _row(row: ReplayedTerms) -> dict[str, Any]:
    return {"row": row, "channel": Channel(row.channel).label, "reason": telling.STUCK.get(row.reason, "")}


@act("bench.walk")
@require_safe
def export(request: HttpRequest, item_id: UUID, kind: str) -> Any:
    """Return every dossier looked at as a file."""
    at = clock.now()
    _form, since, until = telling.period(request.GET, civil_day(at))
    _card, item = decision_item(item_id)
    told = replay_record(actor=request.actor, terms=tried_terms(item.record), since=since, until=until)  # type: ignore[attr-defined]
    head = [
        _("Dossier code"), _("Case"), _("Why"), _("Due before"), _("Due after"), _("Fee before (VND)"),
        _("Fee after (VND)"),
    ]  # fmt: skip
    lines = (
        [
            row.code, row.case, str(telling.STUCK.get(row.reason, "")), row.due_before, row.due_after, row.fee_before,
            row.fee_after,
        ]
        for row in told.rows
    )  # fmt: skip
    return exporting.answer(kind, name=f"chay-thu-{item.code}", head=head, rows=lines)
