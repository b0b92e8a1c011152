"""Read-only support view of stored files. Contents are not opened here."""

from django.contrib import admin

from motcua.casework.documents.models import StoredFile
from motcua.foundation.core.admin import ReadOnlyAdmin, support


@admin.register(StoredFile, site=support)
class StoredFileAdmin(ReadOnlyAdmin):
    """Files with kind, size and state, newest first."""

    list_display = ("public_id", "kind", "size", "purpose", "state", "owner_key", "uploaded_at")
    list_filter = ("kind", "state", "purpose")
    search_fields = ("=owner_key", "=sha256", "=public_id")
    exclude = ("name",)
