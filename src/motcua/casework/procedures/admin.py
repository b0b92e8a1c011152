"""Support pages of the catalogue, for reading only."""

from django.contrib import admin

from motcua.casework.procedures.models import EFormVersion, Field, Offer, Procedure, ProcedureVersion, SearchSynonym
from motcua.foundation.core.admin import ReadOnlyAdmin, support


@admin.register(Field, site=support)
class FieldAdmin(ReadOnlyAdmin):
    list_display = ("id", "code", "name")
    search_fields = ("code", "name")


@admin.register(Procedure, site=support)
class ProcedureAdmin(ReadOnlyAdmin):
    list_display = ("id", "code", "prominence", "public_id")
    search_fields = ("code",)


@admin.register(ProcedureVersion, site=support)
class ProcedureVersionAdmin(ReadOnlyAdmin):
    list_display = ("id", "procedure", "name", "field", "valid", "decision_no")
    list_select_related = ("procedure", "field")
    search_fields = ("name", "procedure__code")


@admin.register(Offer, site=support)
class OfferAdmin(ReadOnlyAdmin):
    list_display = ("id", "procedure", "agency", "level", "process_code", "eform", "channels", "valid")
    list_select_related = ("procedure", "agency", "eform")


@admin.register(EFormVersion, site=support)
class EFormVersionAdmin(ReadOnlyAdmin):
    list_display = ("id", "eform", "number", "valid")
    list_select_related = ("eform",)


@admin.register(SearchSynonym, site=support)
class SearchSynonymAdmin(ReadOnlyAdmin):
    list_display = ("id", "phrase", "meaning")
    search_fields = ("phrase", "meaning")
