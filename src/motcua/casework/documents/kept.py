"""How long files are kept that were sent up and never handed in. Private."""

from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from motcua.casework.documents import keeping as files
from motcua.foundation.core.keeping import Kind


def _count(_at: datetime, before: datetime) -> int:
    return files.unused(before=before).count()


def _purge(at: datetime, before: datetime) -> int:
    return files.sweep_unused(at=at, before=before)


def kinds() -> tuple[Kind, ...]:
    """Return the kinds; the packaged period is the setting MOTCUA_UNUSED_FILE_DAYS."""
    source = _("Law 91/2025/QH15, art. 3 (no longer than needed); period assumed")
    days = settings.MOTCUA_UNUSED_FILE_DAYS
    return (Kind("unused_files", _("Files never handed in"), _("sending up"), days, source, _count, _purge),)
