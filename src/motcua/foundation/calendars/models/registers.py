"""Registers: who changed which calendar and why, when systems stood still, who sits at lunch and on Saturdays."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from motcua.foundation.calendars.models.days import Calendar
from motcua.foundation.calendars.types import EditKind, TurnKind, Whose


class CalendarEdit(models.Model):
    """One change of a calendar: who, when, why, what before and after, and what it did to open dossiers.

    Attributes:
        person_id: a plain number, because accounts stand above calendars; None for the system.
        before, after: special days and hours as lists of plain values.
        first_on, last_on: the days whose working time the change touches; `last_on` None means from then on.
        looked_at, moved, acceptances: open dossiers computed anew so far, those whose promised date moved, and those
            not accepted yet whose hour of acceptance moved.
        state_before: all days and hours of the calendar before the change, to count as was known then; null for
            changes before this was kept.
    """

    calendar = models.ForeignKey(Calendar, on_delete=models.PROTECT, related_name="edits")
    kind = models.CharField(max_length=12, choices=EditKind)
    reason = models.TextField(blank=True)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    first_on = models.DateField()
    last_on = models.DateField(null=True, blank=True)
    person_id = models.BigIntegerField(null=True, blank=True)
    changed_at = models.DateTimeField()
    looked_at = models.PositiveIntegerField(default=0)
    moved = models.PositiveIntegerField(default=0)
    acceptances = models.PositiveIntegerField(default=0)
    state_before = models.JSONField(null=True)
    recomputed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "calendars_edit"
        indexes = [models.Index(fields=["calendar", "-id"], name="calendars_edit_newest")]

    def __str__(self) -> str:
        return f"{self.calendar_id} {self.changed_at:%Y-%m-%d %H:%M}"


class SystemDowntime(models.Model):
    """A time in which a system stood still; `counts` only where a decision says other than the rule in force.

    One recorded by mistake is withdrawn with a reason and stays in the register.
    """

    whose = models.CharField(max_length=10, choices=Whose)
    during = DateTimeRangeField()
    counts = models.BooleanField(null=True, blank=True)
    decision = models.CharField(max_length=300, blank=True)
    note = models.CharField(max_length=300)
    person_id = models.BigIntegerField(null=True, blank=True)
    recorded_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.BigIntegerField(null=True, blank=True)
    withdrawn_because = models.CharField(max_length=300, blank=True)

    class Meta:
        db_table = "calendars_downtime"
        constraints = [
            models.CheckConstraint(
                condition=Q(during__isempty=False, during__lower_inf=False),
                name="downtime_started",
                violation_error_message=_("Give the hour at which it began."),
            ),
            models.CheckConstraint(
                condition=Q(counts__isnull=True) | ~Q(decision=""),
                name="downtime_decision",
                violation_error_message=_("Name the decision by which this downtime departs from the rule."),
            ),
            ExclusionConstraint(
                name="downtime_no_overlap",
                expressions=[("whose", RangeOperators.EQUAL), ("during", RangeOperators.OVERLAPS)],
                condition=Q(withdrawn_at__isnull=True),
                violation_error_message=_("This system already has a downtime recorded for part of that time."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.whose} {self.during.lower:%Y-%m-%d %H:%M}"


class DeskTurn(models.Model):
    """A turn at a desk outside the ordinary reception hours: lunch, evening or Saturday.

    Open for reception, never counted for deadlines. On a weekday in `valid`, or on every day of `valid` when `weekday`
    is null.

    Attributes:
        agency_id, person_id: plain numbers, because organisations and accounts stand above.
    """

    agency_id = models.BigIntegerField()
    kind = models.CharField(max_length=10, choices=TurnKind)
    weekday = models.PositiveSmallIntegerField(null=True, blank=True)
    starts = models.TimeField()
    ends = models.TimeField()
    person_id = models.BigIntegerField(null=True, blank=True)
    note = models.CharField(max_length=200, blank=True)
    entered_by = models.BigIntegerField(null=True, blank=True)
    entered_at = models.DateTimeField()
    valid = DateRangeField()

    class Meta:
        db_table = "calendars_desk_turn"
        constraints = [
            models.CheckConstraint(
                condition=Q(starts__lt=F("ends")),
                name="desk_turn_order",
                violation_error_message=_("A turn must end after it starts."),
            ),
            models.CheckConstraint(
                condition=Q(weekday__isnull=True) | Q(weekday__gte=1, weekday__lte=7),
                name="desk_turn_weekday",
                violation_error_message=_("The weekday is 1 (Monday) to 7 (Sunday)."),
            ),
            models.CheckConstraint(
                condition=Q(valid__isempty=False, valid__lower_inf=False),
                name="desk_turn_bounded",
                violation_error_message=_("Give the first day of the turn."),
            ),
        ]
        indexes = [models.Index(fields=["agency_id"], name="calendars_desk_turn_agency")]

    def __str__(self) -> str:
        return f"{self.agency_id} {self.starts:%H:%M}-{self.ends:%H:%M}"
