"""Support pages of calendars, for reading."""

from django.contrib import admin

from motcua.foundation.calendars.models import (
    Calendar,
    CalendarEdit,
    DayException,
    DeadlineRule,
    DeskTurn,
    OfficeHours,
    SystemDowntime,
)
from motcua.foundation.core.admin import ReadOnlyAdmin, support


@admin.register(Calendar, site=support)
class CalendarAdmin(ReadOnlyAdmin):
    list_display = ("code", "agency_id", "name", "revision", "changed_at", "valid")


@admin.register(OfficeHours, site=support)
class OfficeHoursAdmin(ReadOnlyAdmin):
    list_display = ("calendar", "weekday", "starts", "ends", "open_for_reception", "counts_for_deadlines", "valid")
    list_select_related = ("calendar",)
    list_filter = ("weekday",)


@admin.register(DayException, site=support)
class DayExceptionAdmin(ReadOnlyAdmin):
    list_display = ("calendar", "valid", "kind", "name", "status", "is_packaged")
    list_select_related = ("calendar",)
    list_filter = ("kind", "status")


@admin.register(DeadlineRule, site=support)
class DeadlineRuleAdmin(ReadOnlyAdmin):
    list_display = ("code", "setting", "value", "law", "is_default", "is_verified", "is_packaged", "valid")
    list_filter = ("is_default", "is_verified")


@admin.register(CalendarEdit, site=support)
class CalendarEditAdmin(ReadOnlyAdmin):
    list_display = ("calendar", "kind", "changed_at", "person_id", "first_on", "last_on", "moved", "recomputed_at")
    list_select_related = ("calendar",)
    list_filter = ("kind",)


@admin.register(SystemDowntime, site=support)
class SystemDowntimeAdmin(ReadOnlyAdmin):
    list_display = ("whose", "during", "counts", "note", "recorded_at")
    list_filter = ("whose",)


@admin.register(DeskTurn, site=support)
class DeskTurnAdmin(ReadOnlyAdmin):
    list_display = ("agency_id", "kind", "weekday", "starts", "ends", "valid")
    list_filter = ("kind",)
