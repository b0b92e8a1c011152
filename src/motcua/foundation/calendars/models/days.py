"""Calendars with dated office hours and special days. Arithmetic works on WorkingCalendar, never on these rows."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.functions import Cast, Coalesce
from django.utils.translation import gettext_lazy as _

from motcua.foundation.calendars.types import DayKind, DayStatus


def _seconds(name: str) -> Cast:
    return Cast(Func(F(name), template="EXTRACT(EPOCH FROM %(expressions)s)"), models.IntegerField())


class Calendar(models.Model):
    """The working time of one agency, or the province's (`agency_id` null), from which all others inherit.

    `revision` grows with every change, so that kept copies know they are old. `agency_id` is a plain number because
    organisations stand above calendars.
    """

    code = models.CharField(max_length=35, unique=True)
    agency_id = models.BigIntegerField(null=True, blank=True)
    name = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200, blank=True)
    revision = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField()
    valid = DateRangeField()

    class Meta:
        db_table = "calendars_calendar"
        constraints = [
            ExclusionConstraint(
                name="calendar_agency_no_overlap",
                expressions=[
                    (Coalesce("agency_id", 0, output_field=models.BigIntegerField()), RangeOperators.EQUAL),
                    ("valid", RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("This agency already has a calendar for part of the period."),
            )
        ]

    def __str__(self) -> str:
        return self.code


class OfficeHours(models.Model):
    """One stretch of one weekday; lunch or Saturday desks may receive without counting for deadlines."""

    calendar = models.ForeignKey(Calendar, on_delete=models.PROTECT, related_name="hours")
    weekday = models.PositiveSmallIntegerField()
    starts = models.TimeField()
    ends = models.TimeField()
    open_for_reception = models.BooleanField(default=True)
    counts_for_deadlines = models.BooleanField(default=True)
    valid = DateRangeField()

    class Meta:
        db_table = "calendars_office_hours"
        constraints = [
            models.CheckConstraint(
                condition=Q(weekday__gte=1, weekday__lte=7),
                name="office_hours_weekday",
                violation_error_message=_("The weekday is 1 (Monday) to 7 (Sunday)."),
            ),
            models.CheckConstraint(
                condition=Q(starts__lt=F("ends")),
                name="office_hours_order",
                violation_error_message=_("Office hours must end after they start."),
            ),
            models.CheckConstraint(
                condition=Q(open_for_reception=True) | Q(counts_for_deadlines=True),
                name="office_hours_purpose",
                violation_error_message=_("Office hours are for reception, for deadlines, or both."),
            ),
            ExclusionConstraint(
                name="office_hours_no_overlap",
                expressions=[
                    ("calendar", RangeOperators.EQUAL),
                    ("weekday", RangeOperators.EQUAL),
                    (Func(_seconds("starts"), _seconds("ends"), function="int4range"), RangeOperators.OVERLAPS),
                    ("valid", RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("These hours overlap others of the same weekday."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.weekday} {self.starts:%H:%M}-{self.ends:%H:%M}"


class DayException(models.Model):
    """Days that differ from their weekday: `valid` is the half-open range of days covered.

    Rows loaded from the package carry `is_packaged`; what is entered by hand is never overwritten by loading.
    `source` names the law or decision.
    """

    calendar = models.ForeignKey(Calendar, on_delete=models.PROTECT, related_name="special_days")
    kind = models.CharField(max_length=12, choices=DayKind)
    name = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200, blank=True)
    status = models.CharField(max_length=10, choices=DayStatus, default=DayStatus.CONFIRMED)
    replaces_on = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=300, blank=True)
    is_packaged = models.BooleanField(default=False)
    valid = DateRangeField()

    class Meta:
        db_table = "calendars_day_exception"
        constraints = [
            ExclusionConstraint(
                name="day_exception_no_overlap",
                expressions=[("calendar", RangeOperators.EQUAL), ("valid", RangeOperators.OVERLAPS)],
                violation_error_message=_("This day already has an entry in the calendar."),
            ),
            models.CheckConstraint(
                condition=Q(valid__isempty=False, valid__lower_inf=False, valid__upper_inf=False),
                name="day_exception_bounded",
                violation_error_message=_("Give the first and the last day."),
            ),
            models.CheckConstraint(
                condition=Q(replaces_on__isnull=True) | Q(kind=DayKind.MAKEUP),
                name="day_exception_replaces",
                violation_error_message=_("Only a make-up day replaces another day."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.valid.lower:%Y-%m-%d} {self.name}"
