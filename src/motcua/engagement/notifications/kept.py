"""What of messages is kept for a time. Private."""

from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from motcua.engagement.notifications.models import Message
from motcua.foundation.core.keeping import Kind


def _closed(_at: datetime, before: datetime) -> QuerySet[Message]:
    return Message.objects.filter(closed_at__lt=before)


KINDS = (
    Kind(
        "messages", _("Traces of messages (their words go when they are sent)"), _("sending"), 365,
        _("Law 91/2025/QH15, art. 3 (no longer than needed); period assumed"),
        lambda at, before: _closed(at, before).count(), lambda at, before: _closed(at, before).delete()[0],
    ),
)  # fmt: skip
