"""The compiled graph of a process, and problems of a drawing."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from types import MappingProxyType

from django.utils.functional import Promise

from motcua.casework.workflow.types.codes import Holder, NodeKind, OutcomeStyle


@dataclass(frozen=True, slots=True)
class Outcome:
    """One way to finish a task, shown as a button."""

    code: str
    label: str
    label_en: str = ""
    style: str = OutcomeStyle.PRIMARY
    needs_reason: bool = False


@dataclass(frozen=True, slots=True)
class Flow:
    """An arrow. `condition` is the drawn text; `test` the compiled closure, None for an unconditional arrow.

    Attributes:
        names: values that the condition reads; outcomes: outcome codes that it compares with.
    """

    id: str
    source: str
    target: str
    name: str = ""
    condition: str = ""
    test: Callable[[Mapping[str, object]], bool | None] | None = field(default=None, compare=False, repr=False)
    is_default: bool = False
    names: frozenset[str] = frozenset()
    outcomes: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Timer:
    """How long until an event: working `hours` of the agency's calendar, or `seconds` by the wall clock."""

    hours: Decimal | None = None
    seconds: int | None = None


@dataclass(frozen=True, slots=True)
class Node:
    """An element of the process; the fields from `role` on are set for tasks only.

    A task is everything that a run waits at: work of a post, a message from outside, an instant, a child process.

    Attributes:
        name: Vietnamese, as drawn; name_en: '' when the drawing has none.
        hours: working hours of the step, None when the drawing sets none (a wait that has no clock of its own).
        pauses: the dossier's clock stands while this task is open.
        outcomes: what people may choose; of a boundary event the one that it ends its task with.
        lapses: what events end this task with: `elapsed` of a timer, the interrupting events on its edge.
        message: name of the message that ends the task or is the boundary event, '' for none.
        timer: of a waiting or boundary event; host: the task that a boundary event stands on; interrupts: it ends it.
        boundaries: ids of the events on the task's edge. several: one task for each of the agencies asked.
        calls: procedure code of the child dossier; connector: name of what a service task starts.
        signature: 'digital' where a signature in ink does not do; papers: names of the files that must be attached
            before the task is finished with an outcome of the main style.
    """

    id: str
    kind: str
    name: str = ""
    name_en: str = ""
    lane: str = ""
    incoming: tuple[str, ...] = ()
    outgoing: tuple[Flow, ...] = ()
    role: str = ""
    place: str = ""
    division: str = ""
    hours: Decimal | None = None
    act: str = ""
    holder: str = Holder.STAFF
    pauses: bool = False
    outcomes: tuple[Outcome, ...] = ()
    lapses: tuple[Outcome, ...] = ()
    message: str = ""
    timer: Timer | None = None
    host: str = ""
    interrupts: bool = True
    boundaries: tuple[str, ...] = ()
    several: bool = False
    calls: str = ""
    connector: str = ""
    signature: str = ""
    papers: tuple[str, ...] = ()

    def outcome(self, code: str) -> Outcome | None:
        """Return the declared outcome of that code, one that people may choose."""
        return next((outcome for outcome in self.outcomes if outcome.code == code), None)

    def ending(self, code: str) -> Outcome | None:
        """Return the outcome of that code, also one that an event ended the task with."""
        return next((outcome for outcome in (*self.outcomes, *self.lapses) if outcome.code == code), None)

    @property
    def ways(self) -> tuple[Outcome, ...]:
        """The outcomes with which a run leaves by the element's own arrows."""
        is_ended_by_timer = self.kind == NodeKind.TASK and (self.several or self.timer is not None)
        return (*self.outcomes, *self.lapses) if is_ended_by_timer else self.outcomes

    @property
    def is_work(self) -> bool:
        """Whether a post does it: it waits for no message, instant, other agencies or child process."""
        is_event = self.message or self.timer or self.several or self.calls
        return self.kind == NodeKind.TASK and not is_event

    @property
    def seconds(self) -> int | None:
        """Working seconds of the step; None as for `hours`."""
        return None if self.hours is None else int(self.hours * 3600)


@dataclass(frozen=True, slots=True)
class Variable:
    """A value besides `outcome` that conditions may use. `kind`: number, text or boolean."""

    name: str
    kind: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Graph:
    """A compiled process. `hash` covers everything that changes how it runs, not where it is drawn."""

    process_id: str
    name: str
    start: str
    nodes: Mapping[str, Node]
    variables: Mapping[str, Variable] = field(default_factory=lambda: MappingProxyType({}))
    hash: str = ""

    @property
    def tasks(self) -> tuple[Node, ...]:
        """The user tasks in drawing order."""
        return tuple(node for node in self.nodes.values() if node.kind == NodeKind.TASK)

    @property
    def has_timers(self) -> bool:
        """Whether any event of it waits for an instant."""
        return any(node.timer for node in self.nodes.values())

    def events_of(self, node: Node) -> tuple[Node, ...]:
        """Return the events on the edge of a task."""
        return tuple(self.nodes[key] for key in node.boundaries)

    def leaving(self, node: Node) -> tuple[Flow, ...]:
        """Return the arrows of an element and those of the events on its edge."""
        return (*node.outgoing, *(flow for event in self.events_of(node) for flow in event.outgoing))


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a drawing cannot be published, and what to do about it; both lazily translated."""

    code: str
    element_id: str
    element_name: str
    message: str | Promise
    mend: str | Promise
