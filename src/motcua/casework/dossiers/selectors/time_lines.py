"""Who used how much of the limit, as the control slip prints it: in Vietnamese, whatever the reader's language."""

from datetime import datetime

from motcua.casework.documents import types as paper
from motcua.casework.dossiers.selectors.ledger import dossier_ledger
from motcua.foundation.core.types import NotFound


def time_lines(*, dossier_id: int, at: datetime) -> tuple[tuple[paper.HolderLine, ...], str]:
    """Return the working time of each holder for the control slip, and what of the limit was used in all."""
    try:
        found = dossier_ledger(dossier_id=dossier_id, at=at)
    except NotFound:  # no limit of the law runs
        return (), ""
    lines = tuple(
        paper.HolderLine(
            name=total.holder.label,
            used=_clock(total.counted_seconds),
            held=_clock(total.seconds),
            note=_note(total.shared_seconds, total.overdue_seconds),
        )
        for total in found.holders
    )
    return lines, found.total


def _note(shared: int, overdue: int) -> str:
    parts = [
        f"quá hạn {_clock(overdue)}" if overdue else "",
        f"cùng lúc với nơi khác {_clock(shared)}" if shared else "",
    ]
    return "; ".join(part for part in parts if part)


def _clock(seconds: int) -> str:
    return f"{seconds // 3600}:{seconds % 3600 // 60:02d}"
