"""What runs tell others after commit: services to start, child processes to open or to give up."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from motcua.foundation.core.outbox import Event


@dataclass(frozen=True, slots=True)
class RunEvent(Event):
    """What every event of a run carries. `subject_label` is that of the run, given by the app above."""

    subject_field: ClassVar[str] = "run_id"
    run_id: int
    subject_label: str
    node: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ConnectorCalled(RunEvent):
    """A run passed a service task."""

    topic: ClassVar[str] = "workflow.connector_called"
    connector: str


@dataclass(frozen=True, slots=True)
class CallOpened(RunEvent):
    """A run waits for a child of its own at another agency: one child for each `token_id`."""

    topic: ClassVar[str] = "workflow.call_opened"
    token_id: int
    task_id: str
    calls: str


@dataclass(frozen=True, slots=True)
class CallWithdrawn(RunEvent):
    """The run no longer waits for its child: withdrawn, cancelled, or too late."""

    topic: ClassVar[str] = "workflow.call_withdrawn"
    token_id: int
