"""The dossier itself, its number row and the keys that make a double click one act."""

from datetime import datetime

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from motcua.casework.dossiers import scope
from motcua.casework.dossiers.types import Channel, Delivery, Outcome, State, Waiting
from motcua.casework.procedures.models import Case, Offer, ProcedureVersion
from motcua.casework.workflow.models import ProcessVersion, Run
from motcua.foundation.accounts.models import Person
from motcua.foundation.accounts.types import Actor
from motcua.foundation.core.ids import uuid7
from motcua.foundation.organisations.models import Agency


class DossierQuerySet(models.QuerySet["Dossier"]):
    """Locked loads and scope."""

    def locked(self) -> "DossierQuerySet":
        """Lock the rows, in primary key order: the first lock of every change."""
        return self.select_for_update(of=("self",)).order_by("pk")

    def visible_to(self, actor: Actor) -> "DossierQuerySet":
        """Keep dossiers that the actor may see."""
        return self.filter(scope.within(actor))


class Dossier(models.Model):
    """One request and its papers, from filing to the result handed over.

    Made by filing online or taking in at a desk. Its life is the journal; the columns here are the present picture
    of it, rebuilt by replaying. `due_at` is empty while the clock is paused, so that overdue is one comparison.
    Personal data live in Party and FormAnswer, except the applicant's name for lists.
    """

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    intake_number = models.CharField(max_length=24, unique=True, null=True)  # noqa: DJ001 - unique only where given
    code = models.CharField(max_length=50, unique=True, null=True)  # noqa: DJ001 - none before acceptance
    channel = models.CharField(max_length=10, choices=Channel)

    state = models.CharField(max_length=14, choices=State)
    waiting_for = models.CharField(max_length=12, choices=Waiting, default=Waiting.NOBODY, blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome, default=Outcome.NONE, blank=True)
    delivery = models.CharField(max_length=10, choices=Delivery, default=Delivery.DESK)

    procedure_version = models.ForeignKey(ProcedureVersion, on_delete=models.PROTECT, related_name="+", db_index=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+", db_index=False)
    offer = models.ForeignKey(Offer, on_delete=models.PROTECT, related_name="+", db_index=False)
    process_version = models.ForeignKey(ProcessVersion, on_delete=models.PROTECT, related_name="+", db_index=False)
    run = models.OneToOneField(Run, null=True, on_delete=models.PROTECT, related_name="+")
    field_id = models.BigIntegerField()

    helping_agency = models.ForeignKey(Agency, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    receiving_agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", db_index=False)
    competent_agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", db_index=False)
    citizen = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    applicant_name = models.CharField(max_length=200, blank=True)
    summary = models.CharField(max_length=300, blank=True)

    limit_value = models.PositiveIntegerField(default=0)
    limit_unit = models.CharField(max_length=14)
    statutory_value = models.PositiveIntegerField(default=0)
    statutory_unit = models.CharField(max_length=14)
    # codes of the rules of counting that the procedure had chosen at reception
    # agencies asked for their opinion by a step of the process: they see it and work on it, but do not decide it
    asked_agency_ids = ArrayField(models.BigIntegerField(), default=list, blank=True, db_default=[])
    deadline_rules = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    fee_vnd = models.BigIntegerField(default=0)

    filed_at = models.DateTimeField()
    acceptance_due_at = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)
    # since when the limit counts, where a return as not eligible let it start from zero; else since acceptance
    restarted_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    # the end of the statutory limit where it is not `due_at`: reduced by the province, or put off with an apology
    statutory_due_at = models.DateTimeField(null=True)
    is_suspended = models.BooleanField(default=False)
    finished_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    supplement_count = models.PositiveSmallIntegerField(default=0)

    lock_version = models.IntegerField(default=0)
    journal_seq = models.IntegerField(default=0)
    journal_hash = models.BinaryField(default=bytes)

    objects = DossierQuerySet.as_manager()

    class Meta:
        db_table = "dossiers_dossier"
        constraints = [
            models.CheckConstraint(
                name="dossier_code_iff_accepted",
                condition=models.Q(code__isnull=True, accepted_at__isnull=True)
                | models.Q(code__isnull=False, accepted_at__isnull=False),
            ),
            models.CheckConstraint(
                name="dossier_in_process_accepted",
                condition=~models.Q(state__in=["in_process", "finished", "returned"])
                | models.Q(accepted_at__isnull=False),
            ),
            models.CheckConstraint(
                name="dossier_finished_has_instant",
                condition=~models.Q(state__in=["finished", "returned"]) | models.Q(finished_at__isnull=False),
            ),
            models.CheckConstraint(
                name="dossier_closed_iff_end_state",
                condition=models.Q(
                    state__in=["not_accepted", "returned", "withdrawn", "stopped"], closed_at__isnull=False
                )
                | models.Q(state__in=["filed", "in_process", "finished"], closed_at__isnull=True),
            ),
        ]
        indexes = [
            # the online inbox, by its own clock
            models.Index(
                fields=["receiving_agency", "acceptance_due_at", "id"],
                name="dossier_inbox",
                condition=models.Q(state="filed"),
            ),
            # register of an agency, newest first
            models.Index(fields=["competent_agency", "-id"], name="dossier_competent"),
            models.Index(fields=["receiving_agency", "-id"], name="dossier_receiving"),
            # open ones by due date, for figures and watch lists
            models.Index(
                fields=["competent_agency", "due_at", "field_id"],
                name="dossier_open_due",
                condition=models.Q(state="in_process"),
            ),
            # results lying at the desk
            models.Index(
                fields=["receiving_agency", "finished_at", "id"],
                name="dossier_to_return",
                condition=models.Q(state="finished"),
            ),
            models.Index(fields=["citizen", "-id"], name="dossier_citizen", condition=models.Q(citizen__isnull=False)),
            # dossiers that another agency, such as the guide's at a kiosk, helped to hand in
            models.Index(
                fields=["helping_agency", "-id"],
                name="dossier_helping",
                condition=models.Q(helping_agency__isnull=False),
            ),
            GinIndex(fields=["asked_agency_ids"], name="dossier_asked"),
        ]

    def __str__(self) -> str:
        return self.code or self.intake_number or f"dossier {self.pk}"

    @property
    def shown_code(self) -> str:
        """The code, or before acceptance the intake number."""
        return self.code or self.intake_number or ""

    @property
    def counts_from(self) -> datetime | None:
        """Since when the limit counts: acceptance, or the complete dossier after a return; None before acceptance."""
        return self.restarted_at or self.accepted_at

    @property
    def is_open(self) -> bool:
        """Filed or in process: an agency still has to act."""
        return self.state in {State.FILED, State.IN_PROCESS}


class CodeSequence(models.Model):
    """The last number given by an agency on a civil day: gapless, as it is taken last and rolls back with the rest."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", db_index=False)
    day = models.DateField()
    last = models.IntegerField()

    class Meta:
        db_table = "dossiers_code_sequence"
        constraints = [models.UniqueConstraint(fields=["agency", "day"], name="code_sequence_day")]

    def __str__(self) -> str:
        return f"{self.day} {self.last}"


class IdempotencyKey(models.Model):
    """A form's key and the dossier it made; swept after 30 days."""

    key = models.CharField(max_length=64, primary_key=True)
    dossier_id = models.BigIntegerField()
    created_at = models.DateTimeField()

    class Meta:
        db_table = "dossiers_idempotency_key"

    def __str__(self) -> str:
        return self.key
