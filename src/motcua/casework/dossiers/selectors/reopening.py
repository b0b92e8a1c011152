"""Second supplements that a leader approves, re-openings, and the results that were replaced, as people read them."""

from collections.abc import Iterable
from datetime import datetime

from motcua.casework.dossiers.models import Dossier, Reopening, ReplacedResult, SupplementApproval
from motcua.casework.dossiers.prospects import in_language
from motcua.casework.dossiers.selectors import names
from motcua.casework.dossiers.services import asking_again, reopening
from motcua.casework.dossiers.types import ApprovalView, ExtensionState, ReopeningDates, ReopeningView
from motcua.casework.workflow import selectors as workflow
from motcua.foundation.accounts import registry
from motcua.foundation.accounts import selectors as accounts
from motcua.foundation.accounts.types import Actor


def needs_approval(*, dossier_id: int) -> bool:
    """Tell whether the applicant can be asked for a supplement only with a leader's approval."""
    return asking_again.needs_approval(Dossier.objects.get(pk=dossier_id))


def approval_of(*, dossier_id: int) -> ApprovalView | None:
    """Return the newest request for a second supplement of a dossier."""
    row = SupplementApproval.objects.filter(dossier_id=dossier_id).select_related("dossier").order_by("-pk").first()
    return _approvals([row])[0] if row else None


def approvals_to_decide(*, actor: Actor, limit: int = 100) -> tuple[ApprovalView, ...]:
    """Return the requests that the actor's leader posts may decide, the oldest first. Three queries."""
    rows = SupplementApproval.objects.filter(registry.within("second_supplement", actor))
    rows = rows.filter(state=ExtensionState.PROPOSED)
    return tuple(_approvals(rows.select_related("dossier").order_by("asked_at", "pk")[:limit]))


def approvals_decided(*, actor: Actor, limit: int = 50) -> tuple[ApprovalView, ...]:
    """Return what was last decided about dossiers of the actor's agencies, newest first. Three queries."""
    mine = registry.within("own_dossier", actor, under="dossier")
    rows = SupplementApproval.objects.filter(mine).exclude(state=ExtensionState.PROPOSED)
    return tuple(_approvals(rows.select_related("dossier").order_by("-decided_at", "-pk")[:limit]))


def _approvals(rows: Iterable[SupplementApproval]) -> list[ApprovalView]:
    found = list(rows)
    people = accounts.person_names({row.asked_by for row in found if row.asked_by})
    titles = names.procedure_names(row.dossier.procedure_version_id for row in found)
    return [
        ApprovalView(
            id=row.pk,
            dossier_id=row.dossier_id,
            dossier_public_id=row.dossier.public_id,
            code=row.dossier.shown_code,
            procedure_name=titles[row.dossier.procedure_version_id][1],
            state=row.state,
            reason=row.reason,
            asked_at=row.asked_at,
            asked_by=people.get(row.asked_by or 0, ""),
            decided_at=row.decided_at,
            approver_name=row.approver_name,
            answer=row.answer,
            is_used=row.used_at is not None,
        )
        for row in found
    ]


def reopening_steps(*, dossier_id: int, is_correction: bool) -> tuple[tuple[str, str], ...]:
    """Return (id, name) of the steps at which a closed dossier may be opened again, the last one first."""
    dossier = Dossier.objects.get(pk=dossier_id)
    nodes = reopening.steps_into(dossier, is_correction=is_correction)
    return tuple((node.id, in_language(node.name, node.name_en)) for node in nodes)


def reopening_dates(*, dossier_id: int, at: datetime) -> ReopeningDates:
    """Return when it would be due if opened again now, by both rules."""
    return reopening.dates_of(Dossier.objects.get(pk=dossier_id), at=at)


def reopenings_of(*, dossier_id: int) -> tuple[ReopeningView, ...]:
    """Return how a dossier was opened again, newest first. Two statements where it never was."""
    rows = list(Reopening.objects.filter(dossier_id=dossier_id).select_related("dossier").order_by("-pk"))
    kept = {row.reopening_id: row for row in ReplacedResult.objects.filter(reopening__in=rows)} if rows else {}
    return tuple(_reopening(row, kept.get(row.pk)) for row in rows)


def _reopening(row: Reopening, replaced: ReplacedResult | None) -> ReopeningView:
    node = workflow.graph(row.dossier.process_version_id).nodes.get(row.step)
    return ReopeningView(
        is_correction=row.is_correction,
        fault=row.fault,
        reason=row.reason,
        ground=row.ground,
        step=in_language(node.name, node.name_en) if node else row.step,
        fee_vnd=row.fee_vnd,
        old_due_at=row.old_due_at,
        new_due_at=row.new_due_at,
        opened_at=row.opened_at,
        by=row.person_name,
        replaced_title=replaced.title if replaced else "",
        replaced_number=replaced.number if replaced else "",
    )
