"""Process definitions, their versions, runs and tokens."""

from datetime import UTC, datetime

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models.functions import Coalesce

from motcua.casework.workflow.scenario_models import ProcessScenario as ProcessScenario
from motcua.casework.workflow.types import Holder, RunState, TokenKind, VersionState
from motcua.foundation.core.ids import uuid7

# Tasks without a due time sort last; PostgreSQL's infinity has no Python counterpart.
NEVER = datetime(9000, 1, 1, tzinfo=UTC)


class ProcessDefinition(models.Model):
    """A process under one stable code, whatever its versions; made with its first draft, never deleted."""

    code = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=250)
    name_en = models.CharField(max_length=250, blank=True)

    class Meta:
        db_table = "workflow_definition"

    def __str__(self) -> str:
        return self.code


class ProcessVersion(models.Model):
    """One drawing of a process. A draft may be redrawn; once published only the end of `valid` may still move.

    A process has one draft at a time. `checked_at` says that procedure control found it good; to change it afterwards
    makes it a draft again. `decision_file` is the public id of the decision's scan in the store of documents.

    `xml` is kept byte for byte as it came; `graph_hash` says how it runs, so that a release that compiles it otherwise
    is found before it strands a run. A run pins the version that was in force when it started.
    """

    definition = models.ForeignKey(ProcessDefinition, on_delete=models.PROTECT, related_name="versions", db_index=False)
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=VersionState, default=VersionState.DRAFT)
    xml = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    graph_hash = models.CharField(max_length=64, blank=True)
    format_number = models.PositiveSmallIntegerField(default=0)
    valid = DateRangeField(null=True)
    drawn_at = models.DateTimeField()
    drawn_by = models.BigIntegerField(null=True)
    based_on = models.PositiveIntegerField(null=True)
    checked_at = models.DateTimeField(null=True)
    checked_by = models.BigIntegerField(null=True)
    published_at = models.DateTimeField(null=True)
    published_by = models.BigIntegerField(null=True)
    decision_number = models.CharField(max_length=60, blank=True)
    decision_on = models.DateField(null=True)
    signer = models.CharField(max_length=200, blank=True)
    decision_file = models.UUIDField(null=True)

    class Meta:
        db_table = "workflow_version"
        constraints = [
            models.UniqueConstraint(fields=["definition", "number"], name="workflow_version_number_once"),
            models.UniqueConstraint(
                fields=["definition"],
                name="workflow_version_one_draft",
                condition=~models.Q(state=VersionState.PUBLISHED),
            ),
            ExclusionConstraint(
                name="workflow_version_no_overlap",
                expressions=[("definition", RangeOperators.EQUAL), ("valid", RangeOperators.OVERLAPS)],
            ),
            models.CheckConstraint(
                name="workflow_version_published_whole",
                condition=models.Q(state=VersionState.DRAFT, published_at=None, valid=None, checked_at=None)
                | models.Q(state=VersionState.CHECKED, published_at=None, valid=None, checked_at__isnull=False)
                | (
                    models.Q(state=VersionState.PUBLISHED, published_at__isnull=False, valid__isnull=False)
                    & ~models.Q(graph_hash="")
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.definition_id} v{self.number}"


class Run(models.Model):
    """One process on its way for one subject; its state is its open tokens. Ends or is cancelled once."""

    version = models.ForeignKey(ProcessVersion, on_delete=models.PROTECT, related_name="+", db_index=False)
    subject_label = models.CharField(max_length=60)
    receiving_id = models.BigIntegerField()
    competent_id = models.BigIntegerField()
    province_id = models.BigIntegerField()
    state = models.CharField(max_length=10, choices=RunState, default=RunState.RUNNING)
    lock_version = models.IntegerField(default=0)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "workflow_run"
        constraints = [
            models.CheckConstraint(
                name="workflow_run_ended_has_instant",
                condition=models.Q(state=RunState.RUNNING, ended_at=None)
                | (~models.Q(state=RunState.RUNNING) & models.Q(ended_at__isnull=False)),
            ),
        ]
        indexes = [
            models.Index(
                fields=["version"], name="workflow_run_on_version", condition=models.Q(state=RunState.RUNNING)
            ),
        ]

    def __str__(self) -> str:
        return self.subject_label


class Token(models.Model):
    """A place where a run waits: a task for a post, or a parallel join for its other branches. Private to the engine.

    Role, holder, act and version are copied from the graph and `unit_id` is resolved at opening, so that a work list is
    one scan of `workflow_token_open`. `branch` is the path of parallel splits that the token is inside, '' outside.
    `item` is the agency asked, at a task of several; '' elsewhere.
    """

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="tokens", db_index=False)
    version_id = models.BigIntegerField()
    node = models.CharField(max_length=64)
    kind = models.CharField(max_length=4, choices=TokenKind)
    via = models.CharField(max_length=64)
    branch = models.CharField(max_length=200, blank=True)
    item = models.CharField(max_length=20, blank=True, db_default="")
    unit_id = models.BigIntegerField(null=True)
    role = models.CharField(max_length=20, blank=True)
    holder = models.CharField(max_length=12, choices=Holder, blank=True)
    act = models.CharField(max_length=16, blank=True)
    person_id = models.BigIntegerField(null=True)
    opened_at = models.DateTimeField()
    starts_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    sort_at = models.GeneratedField(
        expression=Coalesce("due_at", models.Value(NEVER)), output_field=models.DateTimeField(), db_persist=True
    )
    closed_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=40, blank=True)
    closed_by = models.BigIntegerField(null=True)
    post_id = models.BigIntegerField(null=True)

    class Meta:
        db_table = "workflow_token"
        constraints = [
            # Soundness promises it at publishing; this keeps it whatever happens.
            models.UniqueConstraint(
                fields=["run", "node", "item"],
                name="workflow_token_one_open_task",
                condition=models.Q(kind=TokenKind.TASK, closed_at=None),
            ),
            models.UniqueConstraint(
                fields=["run", "via"],
                name="workflow_token_one_arrival",
                condition=models.Q(kind=TokenKind.JOIN, closed_at=None),
            ),
            models.CheckConstraint(
                name="workflow_token_task_has_post",
                condition=models.Q(kind=TokenKind.JOIN) | (models.Q(unit_id__isnull=False) & ~models.Q(role="")),
            ),
        ]
        indexes = [
            models.Index(fields=["run", "id"], name="workflow_token_run"),
            models.Index(
                fields=["unit_id", "role", "holder", "sort_at", "id"],
                name="workflow_token_open",
                condition=models.Q(kind=TokenKind.TASK, closed_at=None),
                include=["person_id", "opened_at", "act", "run_id"],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.run_id} {self.node}"


class Timer(models.Model):
    """An instant that an open token waits for, or at which an event on its edge goes off. Closed once.

    Attributes:
        node: the event's element. due_at: when it goes off; wake_at: when it is looked at, later after a failure.
        seconds: working seconds it was counted from, None for one by the wall clock.
    """

    # The database itself lets them go with their run (migration 0005): when a dossier is destroyed.
    run = models.ForeignKey(Run, on_delete=models.DO_NOTHING, related_name="+", db_constraint=False)
    token = models.ForeignKey(Token, on_delete=models.DO_NOTHING, related_name="+", db_constraint=False)
    node = models.CharField(max_length=64)
    unit_id = models.BigIntegerField()
    seconds = models.IntegerField(null=True)
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField()
    wake_at = models.DateTimeField()
    failures = models.PositiveSmallIntegerField(default=0)
    closed_at = models.DateTimeField(null=True)
    fired = models.BooleanField(default=False)

    class Meta:
        db_table = "workflow_timer"
        constraints = [models.UniqueConstraint(fields=["token", "node"], name="workflow_timer_once")]
        indexes = [
            models.Index(fields=["wake_at", "id"], name="workflow_timer_open", condition=models.Q(closed_at=None)),
        ]

    def __str__(self) -> str:
        return f"{self.run_id} {self.node}"


class Message(models.Model):
    """A message that a run has taken in, under its sender's key: the same one again changes nothing."""

    run = models.ForeignKey(
        Run, on_delete=models.DO_NOTHING, related_name="+", db_index=False, db_constraint=False
    )  # as for timers
    key = models.CharField(max_length=80)
    name = models.CharField(max_length=40)
    token_id = models.BigIntegerField()
    received_at = models.DateTimeField()

    class Meta:
        db_table = "workflow_message"
        constraints = [models.UniqueConstraint(fields=["run", "key"], name="workflow_message_once")]

    def __str__(self) -> str:
        return f"{self.run_id} {self.name}"
