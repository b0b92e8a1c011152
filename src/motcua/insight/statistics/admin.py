"""Support pages of the figures, for reading only."""

from django.contrib import admin

from motcua.foundation.core.admin import ReadOnlyAdmin, support
from motcua.insight.statistics.models import AgencyDay, DossierFact


@admin.register(DossierFact, site=support)
class DossierFactAdmin(ReadOnlyAdmin):
    list_display = ("dossier_id", "receiving_id", "field_id", "channel", "state", "settled", "received_on", "due_at")
    search_fields = ("=dossier_id",)


@admin.register(AgencyDay, site=support)
class AgencyDayAdmin(ReadOnlyAdmin):
    list_display = ("id", "agency_id", "day", "online", "counter", "post", "early", "on_time", "late", "withdrawn")
    search_fields = ("=agency_id",)
