"""Read-only support view of folders and lots."""

from django.contrib import admin

from motcua.casework.custody.models import Folder, Lot
from motcua.foundation.core.admin import ReadOnlyAdmin, support


@admin.register(Folder, site=support)
class FolderAdmin(ReadOnlyAdmin):
    """Folders, newest first."""

    list_display = ("code", "state", "holder", "since")
    list_filter = ("state",)
    list_select_related = ("holder",)


@admin.register(Lot, site=support)
class LotAdmin(ReadOnlyAdmin):
    """Lots, newest first."""

    list_display = ("shown_number", "from_unit", "to_unit", "state", "sent_at", "received_at")
    list_filter = ("state",)
    list_select_related = ("from_unit", "to_unit")
