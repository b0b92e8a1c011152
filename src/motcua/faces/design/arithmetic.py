"""What the page of a dossier's ledger says in one sentence, for officers and citizens alike."""

from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from motcua.casework.dossiers.types import DossierLedger, HeldBy, HolderTotal
from motcua.faces.design import formatting
from motcua.foundation.calendars.types import Whose


def without_posts(found: DossierLedger) -> DossierLedger:
    """Return the ledger as parties see it: agencies and others by name, the posts inside an agency as one."""

    def plain(holder: HeldBy) -> HeldBy:
        return replace(holder, post="")

    lines = tuple(replace(line, holders=tuple(dict.fromkeys(map(plain, line.holders)))) for line in found.lines)
    sums: dict[HeldBy, HolderTotal] = {}
    for total in found.holders:
        holder = plain(total.holder)
        before = sums.get(holder, HolderTotal(holder, 0, 0, 0, 0))
        sums[holder] = HolderTotal(
            holder,
            before.seconds + total.seconds,
            before.counted_seconds + total.counted_seconds,
            before.shared_seconds + total.shared_seconds,
            before.overdue_seconds + total.overdue_seconds,
        )
    holders = tuple(sorted(sums.values(), key=lambda total: -total.seconds))
    return replace(found, lines=lines, holders=holders)


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
