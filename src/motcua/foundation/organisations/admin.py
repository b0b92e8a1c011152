"""Support pages of the agencies, for reading only."""

from django.contrib import admin

from motcua.foundation.core.admin import ReadOnlyAdmin, support
from motcua.foundation.organisations.models import (
    Agency,
    AgencyArea,
    AgencyIdentifier,
    AgencyPeriod,
    AgencySuccession,
    Desk,
    Post,
    Premises,
    Reorganisation,
    ReorganisationItem,
    ReorganisationLog,
    ReorganisationProgress,
)


@admin.register(Agency, site=support)
class AgencyAdmin(ReadOnlyAdmin):
    list_display = ("id", "code", "kind", "is_demonstration", "public_id")
    list_filter = ("kind",)
    search_fields = ("code",)


@admin.register(AgencyPeriod, site=support)
class AgencyPeriodAdmin(ReadOnlyAdmin):
    list_display = ("id", "agency", "parent", "name", "level", "valid")
    list_filter = ("level",)
    list_select_related = ("agency", "parent")
    search_fields = ("name",)


@admin.register(AgencySuccession, site=support)
class AgencySuccessionAdmin(ReadOnlyAdmin):
    list_display = ("id", "predecessor", "successor", "on", "legal_basis")
    list_select_related = ("predecessor", "successor")


@admin.register(Premises, site=support)
class PremisesAdmin(ReadOnlyAdmin):
    list_display = ("id", "agency", "name", "address", "valid")
    list_select_related = ("agency",)


@admin.register(Desk, site=support)
class DeskAdmin(ReadOnlyAdmin):
    list_display = ("id", "premises", "number", "name", "valid")
    list_select_related = ("premises",)


@admin.register(Post, site=support)
class PostAdmin(ReadOnlyAdmin):
    list_display = ("id", "unit", "role", "title", "desk", "valid")
    list_filter = ("role",)
    list_select_related = ("unit", "desk")


@admin.register(AgencyIdentifier, site=support)
class AgencyIdentifierAdmin(ReadOnlyAdmin):
    list_display = ("id", "agency", "scheme", "value", "valid")
    list_filter = ("scheme",)
    list_select_related = ("agency",)
    search_fields = ("value",)


@admin.register(AgencyArea, site=support)
class AgencyAreaAdmin(ReadOnlyAdmin):
    list_display = ("id", "agency", "place", "valid")
    list_select_related = ("agency", "place")


@admin.register(Reorganisation, site=support)
class ReorganisationAdmin(ReadOnlyAdmin):
    list_display = ("id", "title", "on", "state", "decision_number", "carried_out_at")
    list_filter = ("state",)


@admin.register(ReorganisationItem, site=support)
class ReorganisationItemAdmin(ReadOnlyAdmin):
    list_display = ("id", "reorganisation", "position", "act", "agency_code", "target_code", "is_default", "is_derived")
    list_filter = ("act", "is_derived")
    list_select_related = ("reorganisation",)
    search_fields = ("agency_code", "target_code")


@admin.register(ReorganisationProgress, site=support)
class ReorganisationProgressAdmin(ReadOnlyAdmin):
    list_display = ("id", "reorganisation", "follower", "moved", "finished_at")
    list_select_related = ("reorganisation",)


@admin.register(ReorganisationLog, site=support)
class ReorganisationLogAdmin(ReadOnlyAdmin):
    list_display = ("id", "reorganisation", "act", "person_id", "at")
    list_select_related = ("reorganisation",)
