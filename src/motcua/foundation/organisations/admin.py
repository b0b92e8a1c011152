"""Support pages of the agencies, for reading only."""

from django.contrib import admin

from motcua.foundation.core.admin import ReadOnlyAdmin, support
from motcua.foundation.organisations.models import Agency, AgencyPeriod, AgencySuccession, Desk, Post, Premises


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
