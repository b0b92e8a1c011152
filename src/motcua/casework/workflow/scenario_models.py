"""Tests that are kept with a process."""

from django.db import models

from motcua.foundation.core.ids import uuid7


class ProcessScenario(models.Model):
    """A walk through a process with what shall come out; run before a version is published, and kept for the next.

    Attributes:
        steps: list of [element id, outcome code]; values: what conditions may ask for besides the outcome.
        ends_open: ids of the tasks that shall be open at the end, in any order; empty: the process shall have ended.
        at_most_hours: working hours that the walk may take; null: any.
    """

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    definition = models.ForeignKey("workflow.ProcessDefinition", on_delete=models.PROTECT, related_name="scenarios")
    name = models.CharField(max_length=200)
    steps = models.JSONField()
    values = models.JSONField(default=dict)
    ends_open = models.JSONField(default=list)
    at_most_hours = models.DecimalField(max_digits=7, decimal_places=2, null=True)
    made_by = models.BigIntegerField(null=True)
    made_at = models.DateTimeField()

    class Meta:
        db_table = "workflow_scenario"
        constraints = [models.UniqueConstraint(fields=["definition", "name"], name="workflow_scenario_name_once")]

    def __str__(self) -> str:
        return f"{self.definition_id}: {self.name}"
