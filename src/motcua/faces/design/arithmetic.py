"""What the page of a dossier's ledger says in one sentence, for officers and citizens alike."""

from typing import Any

from django.utils.translation import gettext as _

from motcua.casework.dossiers.types import DossierLedger
from motcua.faces.design import formatting
from motcua.foundation.calendars.types import Whose


def ledger_words(found: DossierLedger | None) -> dict[str, Any]:
    """Return the sentences and shares that a page draws of a ledger."""
    if found is None:
        return {}
    whole = found.limit_seconds + found.paused_seconds + found.overdue_seconds
    figures = {
        "used": formatting.hours(found.total_seconds, "short"),
        "all": formatting.hours(found.limit_seconds, "short"),
    }
    return {
        "spoken": _("%(used)s used of %(all)s") % figures if found.limit_seconds else found.total,
        "used": min(1.0, found.total_seconds / whole) if whole else 0,
        "paused": found.paused_seconds / whole if whole else 0,
        "downtimes": [(Whose(item.whose).label, item) for item in found.downtimes],
        "has_shared": any(total.shared_seconds for total in found.holders),
        "has_overdue": any(total.overdue_seconds for total in found.holders),
        "is_reduced": found.limit != found.statutory_limit,
    }
