"""What somebody needs to do a step of a case or to start one."""

from datetime import datetime
from uuid import UUID

from motcua.casework.internal import policies, walking
from motcua.casework.internal.placement import of as placement_of
from motcua.casework.internal.selectors.sheets import seen_case
from motcua.casework.internal.types import StepView
from motcua.casework.workflow import selectors as workflow_reads
from motcua.casework.workflow.types import Act, ClosedTask, Graph, Holder, Scope, Task
from motcua.foundation.accounts import selectors as accounts
from motcua.foundation.accounts.types import Actor
from motcua.foundation.core.clock import civil_day
from motcua.foundation.core.types import NotFound
from motcua.foundation.organisations import selectors as organisations
from motcua.foundation.organisations.types import AgencyKind, Role

_ASKED = (AgencyKind.DEPARTMENT, AgencyKind.COMMUNE, AgencyKind.VERTICAL)
_MAKERS = (Role.OFFICER, Role.DIVISION_HEAD, Role.LEADER, Role.CLERK)


def step_view(*, actor: Actor, public_id: UUID, task_id: UUID, at: datetime) -> StepView:
    """Return an open step of a case with what its outcomes ask for.

    Raises:
        NotFound: no such case or step for the actor, or the step is done.
    """
    case = seen_case(public_id, actor)
    task = workflow_reads.task_for(task_id)
    if task.run_id != case.run_id or isinstance(task, ClosedTask):
        raise NotFound
    place, graph = workflow_reads.position(case.run_id), workflow_reads.graph(task.version_id)
    codes = [outcome.code for outcome in task.outcomes]
    behind = {code: walking.behind(graph, task.spec, code) for code in codes}
    return StepView(
        case_id=case.public_id, task=task, lock=place.lock_version, outcomes=task.outcomes,
        posts=policies.posts_for(actor, task),
        asking=frozenset(code for code in codes if any(node.several for node in behind[code])),
        numbers=frozenset(codes if task.act == Act.ISSUE else ()),
        next_people={code: _people(graph, task, code, place.scope, at) for code in codes},
    )  # fmt: skip


def _people(graph: Graph, task: Task, code: str, scope: Scope, at: datetime) -> tuple[tuple[int, str], ...]:
    """Return who of the next post may be chosen to go on, none where several posts or agencies do."""
    following = walking.behind(graph, task.spec, code)
    if len(following) != 1 or task.spec.several or following[0].several or following[0].holder != Holder.STAFF:
        return ()
    unit_id = placement_of(at)["resolve_unit"](following[0], scope)
    return tuple(accounts.holders(unit_id, following[0].role, on=civil_day(at)))


def agencies_to_ask(*, at: datetime) -> list[tuple[int, str]]:
    """Return the agencies that may be asked for an opinion, departments first."""
    listing = organisations.directory(on=civil_day(at))
    cards = [card for card in listing.agencies.values() if card.kind in _ASKED and not _is_inside(card.parent_id, at)]
    cards.sort(key=lambda card: (_ASKED.index(AgencyKind(card.kind)), card.code))
    return [(card.id, card.short_name or card.name) for card in cards]


def _is_inside(parent_id: int | None, at: datetime) -> bool:
    parent = organisations.directory(on=civil_day(at)).find(parent_id)
    return parent is not None and parent.kind != AgencyKind.PROVINCE


def leading_agencies(*, actor: Actor) -> list[tuple[int, str]]:
    """Return the agencies for which the actor may start a case: those of one's own posts."""
    found = {post.agency_id: post.agency_name for post in actor.posts if post.role in _MAKERS}
    return sorted(found.items(), key=lambda item: item[1])
