"""Support pages of programs that call the API; sign-ins and persons hold personal data and are not shown."""

from django.contrib import admin

from motcua.foundation.accounts.models import ApiClient
from motcua.foundation.core.admin import ReadOnlyAdmin, support


@admin.register(ApiClient, site=support)
class ApiClientAdmin(ReadOnlyAdmin):
    list_display = ("id", "name", "key_hint", "scopes", "per_minute", "valid", "issued_at", "revoked_at")
    exclude = ("key_digest",)
