"""Items of a reorganisation between the table and plain values, and the log."""

from collections.abc import Sequence
from datetime import datetime

from vn_collate import collate_key

from motcua.foundation.organisations.models import Reorganisation, ReorganisationItem, ReorganisationLog
from motcua.foundation.organisations.types import Change

COLUMNS = (
    "act", "agency_code", "target_code", "is_default", "survives", "parent_code", "kind", "level", "name", "short_name",
    "name_en", "division_kind", "place_kind", "ward_code", "address", "phone", "is_derived",
)  # fmt: skip


def entered(reorganisation_id: int) -> list[Change]:
    """Return the items as entered, without derived ones, in their order."""
    rows = ReorganisationItem.objects.filter(reorganisation_id=reorganisation_id, is_derived=False)
    return [Change(*row) for row in rows.order_by("position", "pk").values_list(*COLUMNS)]


def keep(reorganisation_id: int, changes: Sequence[Change], *, first: int) -> None:
    """Write items behind those there are; `first` is the position of the first one."""
    ReorganisationItem.objects.bulk_create(
        [
            ReorganisationItem(
                reorganisation_id=reorganisation_id,
                position=first + number,
                sort_key=collate_key(change.short_name or change.name)[:400] if change.name else "",
                **{name: getattr(change, name) for name in COLUMNS if name != "short_name"},
                short_name=change.short_name or change.name[:120],
            )
            for number, change in enumerate(changes)
        ],
        batch_size=1000,
    )


def keep_derived(reorganisation_id: int, changes: Sequence[Change]) -> None:
    """Replace the derived items."""
    ReorganisationItem.objects.filter(reorganisation_id=reorganisation_id, is_derived=True).delete()
    keep(reorganisation_id, [item for item in changes if item.is_derived], first=1_000_000)


def tell(item: Reorganisation, act: str, *, by: int | None, at: datetime, reason: str = "") -> None:
    """Write down who did what."""
    ReorganisationLog.objects.create(reorganisation=item, act=act, reason=reason[:500], person_id=by, at=at)
