"""Support pages of processes and their runs, for reading only."""

from django.contrib import admin

from motcua.casework.workflow.models import Message, ProcessDefinition, ProcessVersion, Run, Timer, Token
from motcua.foundation.core.admin import ReadOnlyAdmin, support


@admin.register(ProcessDefinition, site=support)
class ProcessDefinitionAdmin(ReadOnlyAdmin):
    list_display = ("id", "code", "name")
    search_fields = ("code", "name")


@admin.register(ProcessVersion, site=support)
class ProcessVersionAdmin(ReadOnlyAdmin):
    list_display = ("id", "definition", "number", "state", "valid", "published_at", "decision_number")
    list_filter = ("state",)
    list_select_related = ("definition",)


@admin.register(Run, site=support)
class RunAdmin(ReadOnlyAdmin):
    list_display = ("id", "subject_label", "version", "state", "lock_version", "started_at", "ended_at")
    list_select_related = ("version",)
    search_fields = ("=subject_label",)


@admin.register(Token, site=support)
class TokenAdmin(ReadOnlyAdmin):
    list_display = ("id", "run_id", "node", "kind", "unit_id", "role", "opened_at", "due_at", "closed_at", "outcome")
    raw_id_fields = ("run",)
    search_fields = ("=run__id",)


@admin.register(Timer, site=support)
class TimerAdmin(ReadOnlyAdmin):
    list_display = ("id", "run_id", "node", "due_at", "closed_at", "fired", "failures")
    raw_id_fields = ("run", "token")
    search_fields = ("=run__id",)


@admin.register(Message, site=support)
class MessageAdmin(ReadOnlyAdmin):
    list_display = ("id", "run_id", "name", "received_at")
    raw_id_fields = ("run",)
    search_fields = ("=run__id",)
