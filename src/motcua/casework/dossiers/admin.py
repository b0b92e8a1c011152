"""Support pages of dossiers, for reading only: states and instants, never parties, answers or drafts."""

from django.contrib import admin

from motcua.casework.dossiers.models import BookLine, CodeSequence, Dossier, DueDateChange, JournalEntry, Pause, Result
from motcua.foundation.core.admin import ReadOnlyAdmin, support


@admin.register(Dossier, site=support)
class DossierAdmin(ReadOnlyAdmin):
    list_display = ("id", "code", "intake_number", "channel", "state", "waiting_for", "outcome", "run_id")
    search_fields = ("=code", "=intake_number")
    exclude = ("applicant_name", "summary", "citizen")


@admin.register(JournalEntry, site=support)
class JournalEntryAdmin(ReadOnlyAdmin):
    list_display = ("id", "dossier_id", "seq", "act", "node", "outcome", "actor_kind", "occurred_at", "recorded_at")
    search_fields = ("=dossier_id",)


@admin.register(Pause, site=support)
class PauseAdmin(ReadOnlyAdmin):
    list_display = ("id", "dossier_id", "holder", "reason_code", "started_at", "ended_at")
    raw_id_fields = ("dossier",)
    search_fields = ("=dossier__code",)


@admin.register(DueDateChange, site=support)
class DueDateChangeAdmin(ReadOnlyAdmin):
    list_display = ("id", "dossier_id", "old_due_at", "new_due_at", "reason_code", "changed_at")
    raw_id_fields = ("dossier",)
    search_fields = ("=dossier__code",)


@admin.register(Result, site=support)
class ResultAdmin(ReadOnlyAdmin):
    list_display = ("id", "dossier_id", "is_refusal", "signed_how", "capacity", "number", "issued_at")
    search_fields = ("=number",)
    exclude = ("signer_name", "returned_to")


@admin.register(CodeSequence, site=support)
class CodeSequenceAdmin(ReadOnlyAdmin):
    list_display = ("id", "agency", "day", "last")
    list_select_related = ("agency",)


@admin.register(BookLine, site=support)
class BookLineAdmin(ReadOnlyAdmin):
    list_display = ("id", "book", "number", "dossier_id", "entered_at")
    list_select_related = ("book",)
