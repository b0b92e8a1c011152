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
class Node:
    """An element of the process; the fields from `role` on are set for tasks only.

    Attributes:
        name: Vietnamese, as drawn; name_en: '' when the drawing has none.
        hours: working hours of the step, None when the drawing sets none (a wait that has no clock of its own).
        pauses: the dossier's clock stands while this task is open.
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

    def outcome(self, code: str) -> Outcome | None:
        """Return the declared outcome of that code."""
        return next((outcome for outcome in self.outcomes if outcome.code == code), None)

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


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a drawing cannot be published, and what to do about it; both lazily translated."""

    code: str
    element_id: str
    element_name: str
    message: str | Promise
    mend: str | Promise
