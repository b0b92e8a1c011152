"""Support pages of messages: that and when, never to whom or what."""

from django.contrib import admin

from motcua.engagement.notifications.models import Message
from motcua.foundation.core.admin import ReadOnlyAdmin, support


@admin.register(Message, site=support)
class MessageAdmin(ReadOnlyAdmin):
    list_display = ("id", "kind", "state", "dossier_id", "attempts", "error", "written_at", "closed_at")
    list_filter = ("state", "kind")
    exclude = ("recipient_digest", "content_cipher")
