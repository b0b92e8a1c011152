"""Stops of the clock, changes of the due date and dates put off with an apology, each with its reason."""

from django.db import models

from motcua.casework.dossiers.models.dossier import Dossier
from motcua.casework.dossiers.types.time import ExtensionState, StopEffect


class Pause(models.Model):
    """A stretch in which the agency's clock stands; at most one is open.

    `holder` is a calendars StopHolder code: whom everybody waits for. After an `effect` of restart the limit counts
    from zero. `reason` is for people and may be empty; `ground` is the legal source that the officer named.
    """

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="pauses")
    holder = models.CharField(max_length=12)
    reason_code = models.CharField(max_length=30)
    effect = models.CharField(max_length=8, choices=StopEffect, default=StopEffect.RESUME)
    reason = models.TextField(blank=True)
    ground = models.CharField(max_length=300, blank=True)
    started_at = models.DateTimeField()
    started_by = models.BigIntegerField(null=True)
    ended_at = models.DateTimeField(null=True)
    due_before = models.DateTimeField(null=True)

    class Meta:
        db_table = "dossiers_pause"
        constraints = [
            models.UniqueConstraint(
                fields=["dossier"], condition=models.Q(ended_at__isnull=True), name="pause_one_open"
            ),
            models.CheckConstraint(
                condition=models.Q(ended_at__isnull=True) | models.Q(ended_at__gte=models.F("started_at")),
                name="pause_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"pause {self.started_at:%Y-%m-%d}"


class DueDateChange(models.Model):
    """Old and new due instant, why in code and words, by which form, by whom."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="due_date_changes")
    old_due_at = models.DateTimeField(null=True)
    new_due_at = models.DateTimeField(null=True)
    reason_code = models.CharField(max_length=30)
    reason = models.TextField(blank=True)
    form = models.CharField(max_length=10, blank=True)
    changed_at = models.DateTimeField()
    person_id = models.BigIntegerField(null=True)

    class Meta:
        db_table = "dossiers_due_date_change"

    def __str__(self) -> str:
        return f"due date of dossier {self.dossier_id}"


class Extension(models.Model):
    """A new date asked for with an apology (form 04); once granted, the one that a dossier may have.

    An officer proposes it, a leader grants or declines it. `override_reason`: why a leader granted it later than the
    law allows.
    """

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="extensions")
    state = models.CharField(max_length=10, choices=ExtensionState)
    reason = models.TextField()
    old_due_at = models.DateTimeField()
    new_due_at = models.DateTimeField()
    form_set = models.CharField(max_length=10)
    proposed_at = models.DateTimeField()
    proposed_by = models.BigIntegerField(null=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.BigIntegerField(null=True)
    approver_name = models.CharField(max_length=150, blank=True)
    override_reason = models.TextField(blank=True)
    answer = models.TextField(blank=True)

    class Meta:
        db_table = "dossiers_extension"
        constraints = [
            models.UniqueConstraint(
                fields=["dossier"], condition=models.Q(state__in=["proposed", "granted"]), name="extension_once"
            ),
            models.CheckConstraint(
                condition=models.Q(state="proposed", decided_at__isnull=True)
                | (~models.Q(state="proposed") & models.Q(decided_at__isnull=False)),
                name="extension_decided_iff_not_proposed",
            ),
            models.CheckConstraint(
                condition=models.Q(new_due_at__gt=models.F("old_due_at")), name="extension_puts_off"
            ),
        ]

    def __str__(self) -> str:
        return f"extension of dossier {self.dossier_id}"
