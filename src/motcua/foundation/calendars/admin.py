"""Support pages of calendars, for reading."""

from django.contrib import admin

from motcua.foundation.calendars.models import Calendar, DayException, OfficeHours
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
