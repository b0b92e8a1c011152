"""Dossiers between agencies, seen from both sides. A constant number of queries, however many agencies are called."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from motcua.casework.documents import selectors as documents
from motcua.casework.documents.types import FileCard
from motcua.casework.dossiers import policies
from motcua.casework.dossiers.models import ChildDossier, Dossier, Result
from motcua.casework.dossiers.prospects import in_language
from motcua.casework.dossiers.selectors import names
from motcua.casework.dossiers.selectors.papers import file_view
from motcua.casework.dossiers.status import status_of
from motcua.casework.dossiers.types import DossierView, State
from motcua.casework.dossiers.types.children import ChildPart, ParentPart
from motcua.casework.workflow import selectors as workflow
from motcua.casework.workflow.types import Graph, Task
from motcua.foundation.accounts import selectors as accounts
from motcua.foundation.accounts.types import Actor
from motcua.foundation.calendars import selectors as calendars
from motcua.foundation.core.clock import civil_day


def children_of(*, view: DossierView, actor: Actor, at: datetime) -> tuple[ChildPart, ...]:
    """Return what other agencies do for a dossier that the actor sees, in the order it was called for.

    Every reader of the dossier is told where each part stands; `public_id` is given to those who may open it. No query
    at all where the process calls nobody, else five at most.
    """
    graph = workflow.graph(view.process_version_id) if view.run_id else None
    if graph is None or not any(node.calls for node in graph.nodes.values()):
        return ()
    links = list(ChildDossier.objects.filter(parent_id=view.id).select_related("child").order_by("pk"))
    return _Parts(links, graph, actor=actor, at=at).all() if links else ()


class _Parts:
    """The lines of one dossier in the making: everything read at once."""

    def __init__(self, links: list[ChildDossier], graph: Graph, *, actor: Actor, at: datetime) -> None:
        self.links, self.graph, self.actor, self.at = links, graph, actor, at
        self.on: date = civil_day(at)
        children = [link.child for link in links if link.child is not None]
        found = Result.objects.filter(dossier_id__in=[child.pk for child in children]).exclude(number="")
        self.results: Mapping[int, Result] = {result.dossier_id: result for result in found}
        self.tasks: dict[int, Task] = {}
        for task in workflow.tasks_of_runs([child.run_id for child in children if child.run_id and child.is_open]):
            self.tasks.setdefault(task.run_id, task)
        wanted = {task.person_id for task in self.tasks.values() if task.person_id}
        self.people: dict[int, str] = accounts.person_names(wanted) if wanted else {}
        kept = [link.result_file_id for link in links]
        kept += [result.file_id or result.scan_id for result in self.results.values()]
        self.files: Mapping[int, FileCard] = documents.files(key for key in kept if key) if any(kept) else {}

    def all(self) -> tuple[ChildPart, ...]:
        return tuple(self._gone(link) if link.child is None else self._part(link, link.child) for link in self.links)

    def _step(self, link: ChildDossier) -> str:
        node = self.graph.nodes.get(link.node)
        return in_language(node.name, node.name_en) if node else ""

    def _gone(self, link: ChildDossier) -> ChildPart:
        """A call that opened nothing, or whose dossier was destroyed in its time: what came back is still known."""
        card = self.files.get(link.result_file_id or 0)
        return ChildPart(
            token_id=link.token_id,
            step=self._step(link),
            agency=names.agency_name(link.agency_id, on=self.on),
            opened_at=link.opened_at,
            code=link.code,
            status=status_of(link.ended_as, "") if link.ended_as else "",
            ended_at=link.ended_at,
            is_withdrawn=link.withdrawn_at is not None,
            problem=link.problem,
            problem_words=problem_words(link.problem) if link.problem else "",
            result_number=link.result_number,
            result_title=link.result_title,
            is_refusal=link.result_is_refusal,
            file=file_view(card) if card else None,
        )

    def _part(self, link: ChildDossier, child: Dossier) -> ChildPart:
        held, result = self._held(child), self.results.get(child.pk)
        card = self.files.get((result.file_id or result.scan_id or 0) if result else 0)
        due_at = child.acceptance_due_at if child.state == State.FILED else child.due_at
        ended_at = child.finished_at or child.closed_at
        return ChildPart(
            token_id=link.token_id,
            step=self._step(link),
            agency=names.agency_name(child.competent_agency_id, on=self.on),
            opened_at=link.opened_at,
            public_id=child.public_id if policies.can_see(self.actor, child) else None,
            code=child.shown_code,
            status=status_of(child.state, child.waiting_for),
            holder=held.who,
            since=held.since,
            due_at=due_at,
            ended_at=ended_at,
            late_seconds=self._late(child, due_at, ended_at or self.at),
            is_paused=child.is_open and child.state != State.FILED and due_at is None,
            is_withdrawn=link.withdrawn_at is not None,
            result_number=result.number if result else "",
            result_title=result.title if result else "",
            is_refusal=result.is_refusal if result else False,
            issued_at=result.issued_at if result else None,
            file=file_view(card) if card else None,
        )

    def _held(self, child: Dossier) -> "_Held":
        if not child.is_open:
            return _Held()
        if child.run_id is None:
            return _Held(names.agency_name(child.receiving_agency_id, on=self.on), child.filed_at)
        task = self.tasks.get(child.run_id)
        if task is None:
            return _Held()
        parts = (self.people.get(task.person_id or 0, ""), names.agency_name(task.unit_id, on=self.on))
        return _Held(", ".join(part for part in parts if part), task.opened_at)

    def _late(self, child: Dossier, due_at: datetime | None, until: datetime) -> int:
        """Return the working seconds past the due instant by the child's own agency's calendar."""
        if due_at is None or until <= due_at:
            return 0
        calendar = calendars.calendar_for(child.competent_agency_id, on=self.on)
        return calendars.working_seconds(calendar, due_at, until)


@dataclass(frozen=True, slots=True)
class _Held:
    who: str = ""
    since: datetime | None = None


def problem_words(problem: str) -> str:
    """Say in one sentence why a call opened no dossier."""
    return {
        "offer-not-found": _("No agency here takes in the procedure that this step calls."),
        "not-offered": _("The agency does not take in the called procedure now, or has no process for it in force."),
        "agency-not-found": _("The agency that should do it no longer exists."),
    }.get(problem, _("The other agency's part could not be opened."))


def parent_of(*, view: DossierView, actor: Actor, at: datetime) -> ParentPart | None:
    """Return the dossier that called for this one, None where nobody did. Two queries at most.

    What a called dossier is about is its parent's code (`summary`); without one there is nothing to ask.
    """
    if not view.summary:
        return None
    link = ChildDossier.objects.filter(child_id=view.id).select_related("parent").first()
    if link is None:
        return None
    parent, on = link.parent, civil_day(at)
    node = workflow.graph(parent.process_version_id).nodes.get(link.node)
    return ParentPart(
        public_id=parent.public_id if policies.can_see(actor, parent) else None,
        code=parent.shown_code,
        procedure_name=names.procedure_names([parent.procedure_version_id])[parent.procedure_version_id][1],
        desk=names.agency_name(parent.receiving_agency_id, on=on),
        step=in_language(node.name, node.name_en) if node else "",
        opened_at=link.opened_at,
    )
