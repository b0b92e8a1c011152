"""Further reads for citizens: their dossier by its code, what open requests ask, and the steps still to come."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db.models import Exists, OuterRef

from motcua.casework.dossiers import placement
from motcua.casework.dossiers.models import Dossier, Pause, SupplementItem
from motcua.casework.dossiers.policies import can_act_as_party
from motcua.casework.dossiers.prospects import in_language, reached
from motcua.casework.dossiers.selectors import names
from motcua.casework.dossiers.selectors.access import find_by_code
from motcua.casework.dossiers.types import DossierView, TimelineItem
from motcua.casework.workflow import selectors as workflow
from motcua.casework.workflow.types import Act, Node, Scope
from motcua.foundation.accounts.types import Actor, ActorKind
from motcua.foundation.core.clock import civil_day

# What a citizen is told of in advance; the steps between are the agency's own.
_TOLD = frozenset({Act.FIELD_CHECK, Act.SIGN, Act.WAIT_PAYMENT, Act.RETURN_RESULT})
_MOST = 30


def own_public_id(*, actor: Actor, code: str) -> UUID | None:
    """Return the public id of a citizen's own dossier by its code or intake number, None for anybody else's."""
    dossier = find_by_code(code) if actor.kind == ActorKind.CITIZEN else None
    return dossier.public_id if dossier is not None and can_act_as_party(actor, dossier) else None


def own_codes(*, actor: Actor) -> dict[int, str]:
    """Return dossier id -> code as shown, of the dossiers that a signed-in citizen filed, newest first. One query."""
    rows = Dossier.objects.visible_to(actor).filter(citizen_id=actor.person_id or 0).order_by("-pk")
    return {pk: code or intake or "" for pk, code, intake in rows.values_list("pk", "code", "intake_number")}


def kinds_of(*, dossier_ids: Iterable[int]) -> dict[int, tuple[str, int]]:
    """Return dossier id -> (case, competent agency) of those whose clock never stood. One query.

    The caller may see the dossiers.
    """
    stood = Exists(Pause.objects.filter(dossier=OuterRef("pk")))
    rows = Dossier.objects.filter(~stood, pk__in=list(dossier_ids))
    return {pk: (name, agency) for pk, name, agency in rows.values_list("pk", "case__name", "competent_agency_id")}


def open_requests(*, dossier_ids: Iterable[int]) -> dict[int, tuple[date | None, tuple[tuple[str, str], ...]]]:
    """Return dossier id -> (day to answer by, (paper, reason) of each item) of requests that wait. One query.

    The caller may see the dossiers.
    """
    rows = SupplementItem.objects.filter(
        request__dossier_id__in=list(dossier_ids), request__sent_at__isnull=False, request__answered_at__isnull=True
    ).order_by("pk")
    found: dict[int, tuple[date | None, tuple[tuple[str, str], ...]]] = {}
    for dossier_id, by_day, paper, reason in rows.values_list(
        "request__dossier_id", "request__answer_by_on", "paper__name", "reason"
    ):
        found[dossier_id] = (by_day, (*found.get(dossier_id, (None, ()))[1], (paper or "", reason)))
    return found


def coming_steps(*, view: DossierView, at: datetime) -> tuple[TimelineItem, ...]:
    """Return the steps that citizens are told of on the straight way from here to the end, the next one first.

    The straight way takes the first outcome of each step, as drawn.
    """
    if not view.open_tasks:
        return ()
    on = civil_day(at)
    graph = workflow.graph(view.process_version_id)
    scope = Scope(view.receiving_id, view.competent_id, view.competent_id)
    passed = {task.node for task in view.open_tasks}
    found: list[TimelineItem] = []
    waiting: list[Node] = [view.open_tasks[0].spec]
    while waiting and len(passed) < _MOST:
        node = waiting.pop(0)
        for following in reached(graph, node, node.outcomes[0].code if node.outcomes else ""):
            if following.id not in passed:
                passed.add(following.id)
                waiting.append(following)
                if following.act in _TOLD:
                    found.append(_item(following, scope, on=on))
    return tuple(found)


def _item(node: Node, scope: Scope, *, on: date) -> TimelineItem:
    return TimelineItem(
        kind=f"coming:{node.act}",
        title=in_language(node.name, node.name_en),
        at=None,
        who=names.agency_name(placement.unit_for(node, scope, on=on), on=on),
    )
