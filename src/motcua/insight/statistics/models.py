"""One narrow fact a dossier and three small roll-ups, written from events by the relay only, rebuildable."""

from django.db import models

from motcua.insight.statistics.types import FactState, Settled


class DossierFact(models.Model):
    """Dates and codes of one dossier, as the figures need them. `last_event_id` makes a second delivery a no-op."""

    dossier_id = models.BigIntegerField(primary_key=True)
    receiving_id = models.BigIntegerField()
    competent_id = models.BigIntegerField()
    field_id = models.BigIntegerField()
    channel = models.CharField(max_length=10)
    state = models.CharField(max_length=14, choices=FactState)
    settled = models.CharField(max_length=8, choices=Settled, default=Settled.NO, blank=True)
    acceptance_due_at = models.DateTimeField(null=True)
    received_on = models.DateField(null=True)
    due_at = models.DateTimeField(null=True)
    # by the statutory limit: its end where it is another instant than `due_at`, and how the dossier was settled by it
    statutory_due_at = models.DateTimeField(null=True)
    settled_law = models.CharField(max_length=8, choices=Settled, default=Settled.NO, blank=True)
    ended_on = models.DateField(null=True)
    last_event_id = models.BigIntegerField(default=0)
    # the agency under which it was received, where that one ended and an heir went on; else `competent_id`
    received_under_id = models.BigIntegerField(null=True)

    class Meta:
        db_table = "statistics_dossier_fact"
        indexes = [
            models.Index(fields=["competent_id", "received_on", "dossier_id"], name="fact_received"),
            models.Index(
                fields=["competent_id", "ended_on", "dossier_id"],
                name="fact_ended",
                condition=models.Q(ended_on__isnull=False),
            ),
            models.Index(
                fields=["competent_id", "due_at", "dossier_id"], name="fact_open", condition=models.Q(state="open")
            ),
            models.Index(
                fields=["receiving_id", "acceptance_due_at"], name="fact_filed", condition=models.Q(state="filed")
            ),
            models.Index(fields=["competent_id", "dossier_id"], name="fact_paused", condition=models.Q(state="paused")),
            models.Index(
                fields=["competent_id", "statutory_due_at"],
                name="fact_open_law",
                condition=models.Q(state="open", statutory_due_at__isnull=False),
            ),
            models.Index(
                fields=["received_under_id", "received_on"],
                name="fact_inherited",
                condition=models.Q(received_under_id__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"fact {self.dossier_id}"


class AgencyFieldDay(models.Model):
    """What happened in one field of one agency on one civil day.

    Largest size: a row per agency, field and day on which something happened; 150 agencies with ten busy fields and 250
    working days make 375,000 rows a year.
    """

    agency_id = models.BigIntegerField()
    field_id = models.BigIntegerField()
    day = models.DateField()
    online = models.IntegerField(default=0)
    counter = models.IntegerField(default=0)
    post = models.IntegerField(default=0)
    early = models.IntegerField(default=0)
    on_time = models.IntegerField(default=0)
    late = models.IntegerField(default=0)
    early_law = models.IntegerField(default=0)
    on_time_law = models.IntegerField(default=0)
    late_law = models.IntegerField(default=0)
    withdrawn = models.IntegerField(default=0)

    class Meta:
        db_table = "statistics_agency_field_day"
        constraints = [models.UniqueConstraint(fields=["agency_id", "field_id", "day"], name="agency_field_day_once")]

    def __str__(self) -> str:
        return f"{self.agency_id} {self.field_id} {self.day}"


class AgencyDay(models.Model):
    """The same summed over fields: a row per agency and day; 150 agencies make 55,000 rows a year at most."""

    agency_id = models.BigIntegerField()
    day = models.DateField()
    online = models.IntegerField(default=0)
    counter = models.IntegerField(default=0)
    post = models.IntegerField(default=0)
    early = models.IntegerField(default=0)
    on_time = models.IntegerField(default=0)
    late = models.IntegerField(default=0)
    early_law = models.IntegerField(default=0)
    on_time_law = models.IntegerField(default=0)
    late_law = models.IntegerField(default=0)
    withdrawn = models.IntegerField(default=0)

    class Meta:
        db_table = "statistics_agency_day"
        constraints = [models.UniqueConstraint(fields=["agency_id", "day"], name="agency_day_once")]

    def __str__(self) -> str:
        return f"{self.agency_id} {self.day}"


class OpenByDueDay(models.Model):
    """How many dossiers of an agency and field are open with that due day; without a clock in `NO_DUE_DAY`.

    Largest size: agencies x fields x due days of open dossiers; rows of the past that reach zero are swept.
    """

    agency_id = models.BigIntegerField()
    field_id = models.BigIntegerField()
    due_on = models.DateField()
    is_paused = models.BooleanField(default=False)
    count = models.IntegerField(default=0)

    class Meta:
        db_table = "statistics_open_by_due_day"
        constraints = [
            models.UniqueConstraint(
                fields=["agency_id", "field_id", "due_on", "is_paused"], name="open_by_due_day_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agency_id} {self.due_on} {self.count}"
