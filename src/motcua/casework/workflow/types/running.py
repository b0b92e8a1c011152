"""Runs, tasks and steps as services and selectors return them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from motcua.casework.workflow.types.graph import Node, Outcome


@dataclass(frozen=True, slots=True)
class Scope:
    """The agencies that a run knows; `province_id` is the Provincial People's Committee."""

    receiving_id: int
    competent_id: int
    province_id: int


@dataclass(frozen=True, slots=True)
class Task:
    """An open or closed task: its row, and `spec`, its element in the graph."""

    token_id: int
    public_id: UUID
    run_id: int
    version_id: int
    spec: Node
    unit_id: int
    person_id: int | None
    opened_at: datetime
    starts_at: datetime
    due_at: datetime | None

    @property
    def node(self) -> str:
        """Element id."""
        return self.spec.id

    @property
    def name(self) -> str:
        """Vietnamese name."""
        return self.spec.name

    @property
    def name_en(self) -> str:
        """English name, '' when there is none."""
        return self.spec.name_en

    @property
    def act(self) -> str:
        """What the task means, one of Act."""
        return self.spec.act

    @property
    def role(self) -> str:
        """Role of the posts that do it."""
        return self.spec.role

    @property
    def holder(self) -> str:
        """Whose turn it is, one of Holder."""
        return self.spec.holder

    @property
    def pauses(self) -> bool:
        """Whether the dossier's clock stands meanwhile."""
        return self.spec.pauses

    @property
    def outcomes(self) -> tuple[Outcome, ...]:
        """The ways to finish it."""
        return self.spec.outcomes


@dataclass(frozen=True, slots=True)
class ClosedTask(Task):
    """A task with its end. `closed_by` is a person id; `outcome` is '' when a terminate end or a cancel closed it."""

    closed_at: datetime
    outcome: str
    closed_by: int | None
    post_id: int | None

    @property
    def outcome_label(self) -> str:
        """Vietnamese button text of the outcome, '' when none was chosen."""
        found = self.spec.ending(self.outcome)
        return found.label if found else ""

    @property
    def outcome_label_en(self) -> str:
        """English button text of the outcome."""
        found = self.spec.ending(self.outcome)
        return found.label_en if found else ""


ResolveUnit = Callable[[Node, Scope], int]
DueFor = Callable[[Node, int, datetime], tuple[datetime, datetime | None]]


@dataclass(frozen=True, slots=True)
class StartedRun:
    """A new run with its first open tasks. `ended` is True for a process that needs nobody."""

    run_id: int
    version_id: int
    lock_version: int
    opened: tuple[Task, ...]
    ended: bool


@dataclass(frozen=True, slots=True)
class Step:
    """What one completed task did to its run.

    Attributes:
        opened: tasks opened by it, in drawing order.
        withdrawn: tasks that a terminate end closed unfinished.
        left_joins: element ids of the parallel joins that fired.
        lock_version: of the run after the step; forms carry it as `expected_lock`.
        was_alone: nothing else was open in the run, so `opened` is all that is open now.
    """

    run_id: int
    version_id: int
    lock_version: int
    scope: Scope
    closed: ClosedTask
    opened: tuple[Task, ...]
    withdrawn: tuple[ClosedTask, ...]
    left_joins: tuple[str, ...]
    ended: bool
    was_alone: bool


@dataclass(frozen=True, slots=True)
class Reminder:
    """An event that went off without ending its task.

    Attributes:
        task: it stays open; event: the element, whose outcome names it; opened: tasks of the event's own way.
    """

    run_id: int
    version_id: int
    lock_version: int
    scope: Scope
    task: Task
    event: Node
    opened: tuple[Task, ...]


@dataclass(frozen=True, slots=True)
class Migrated:
    """What a change of version did, or would do, to one run. `problem` is a stable code, '' when it went over.

    Attributes:
        nodes: (element before, element after) of the open tokens; element: where the problem lies.
    """

    run_id: int
    version_from: int
    version_to: int
    nodes: tuple[tuple[str, str], ...] = ()
    problem: str = ""
    element: str = ""


@dataclass(frozen=True, slots=True)
class OpenCounts:
    """Open tasks of one holder, seen by somebody's posts.

    Attributes:
        due_today: due from now until the end of today; due_soon: after that, until the boundary given.
        new: opened since the instant given, whatever their due time.
        intake: those of the act `intake`.
    """

    total: int = 0
    overdue: int = 0
    due_today: int = 0
    due_soon: int = 0
    new: int = 0
    intake: int = 0


@dataclass(frozen=True, slots=True)
class OpenWork:
    """Counts by whose turn it is. `bodies` adds up tax, police, insurance, bank and asked agencies."""

    staff: OpenCounts = field(default_factory=OpenCounts)
    citizen: OpenCounts = field(default_factory=OpenCounts)
    bodies: OpenCounts = field(default_factory=OpenCounts)


@dataclass(frozen=True, slots=True)
class WorkKey:
    """Where a page of open tasks ended: pass it back for the next page."""

    sort_at: datetime
    token_id: int


@dataclass(frozen=True, slots=True)
class TaskPage:
    """Open tasks by due time, those without one last; `next_key` is None on the last page."""

    tasks: tuple[Task, ...]
    next_key: WorkKey | None


@dataclass(frozen=True, slots=True)
class Position:
    """Where a run stands."""

    run_id: int
    version_id: int
    state: str
    lock_version: int
    scope: Scope
    tasks: tuple[Task, ...]
    waiting_joins: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class VersionCard:
    """A process version for people. `valid_until` is the first day it is no longer in force."""

    id: int
    code: str
    name: str
    name_en: str
    number: int
    state: str
    sha256: str
    valid_from: date | None
    valid_until: date | None
    published_at: datetime | None
    published_by: int | None
    decision_number: str
    decision_on: date | None
    signer: str
