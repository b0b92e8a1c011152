"""How long each kind of data is kept, and deleting what is over. Each app registers its kinds in AppConfig.ready().

A kind says what is over and deletes it; the number of days stands here, as the packaged default (assumed until the
province confirms it) or as the operator laid it down. A dry run asks and changes nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from motcua.foundation.core.models import KeepingPeriod, PurgeRecord
from motcua.foundation.core.types import Invalid

Count = Callable[[datetime, datetime], int]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of data.

    Attributes:
        days: packaged default after which it goes, counted from what `counted_from` says; None: kept for ever.
        source: the legal source or practice of the default.
        count: (at, before) -> how many are over; changes nothing.
        purge: (at, before) -> how many were deleted; None where this program never deletes them by itself.
        note: why it is not deleted by itself.
    """

    code: str
    label: str | Promise
    counted_from: str | Promise
    days: int | None
    source: str | Promise
    count: Count
    purge: Count | None = None
    note: str | Promise = ""


@dataclass(frozen=True, slots=True)
class Over:
    """How one kind stands: what would go now, or what went.

    Attributes:
        is_default: the packaged, assumed period is in force.
        before: what is older than this is over; None: kept for ever.
        removed: how many were deleted; None in a dry run, or where nothing is deleted by itself.
        last: when it was last purged and how many went.
    """

    code: str
    label: str
    counted_from: str
    days: int | None
    source: str
    is_default: bool
    before: datetime | None
    count: int
    removed: int | None = None
    note: str = ""
    last: tuple[datetime, int] | None = None


_kinds: dict[str, Kind] = {}


def register(*kinds: Kind) -> None:
    """Add kinds; called from AppConfig.ready()."""
    for item in kinds:
        _kinds[item.code] = item


def kinds() -> dict[str, Kind]:
    """Return all kinds by code."""
    return dict(_kinds)


def what_would_go(*, at: datetime) -> tuple[Over, ...]:
    """Return what a purge at `at` would delete, kind by kind; changes nothing."""
    periods = {row.kind: row for row in KeepingPeriod.objects.all()}
    last: dict[str, tuple[datetime, int]] = {}
    for row in PurgeRecord.objects.order_by("kind", "-id").distinct("kind"):
        last[row.kind] = (row.purged_at, row.removed)
    return tuple(_over(item, periods.get(item.code), last.get(item.code), at=at) for item in _kinds.values())


def _over(item: Kind, laid_down: KeepingPeriod | None, last: tuple[datetime, int] | None, *, at: datetime) -> Over:
    days = laid_down.days if laid_down else item.days
    before = at - timedelta(days=days) if days is not None else None
    return Over(
        code=item.code, label=str(item.label), counted_from=str(item.counted_from), days=days,
        source=laid_down.legal_source if laid_down else str(item.source), is_default=laid_down is None, before=before,
        count=item.count(at, before) if before is not None else 0, note=str(item.note), last=last,
    )  # fmt: skip


def purge(*, by: str, at: datetime) -> tuple[Over, ...]:
    """Delete what is over, each kind in a transaction of its own with its record; return what went.

    Args:
        by: who asked for it, as the record names it: 'nightly' or 'command'.
    """
    done = []
    for over in what_would_go(at=at):
        item = _kinds[over.code]
        if item.purge is None or over.before is None or over.days is None:
            done.append(over)
            continue
        with transaction.atomic():
            removed = item.purge(at, over.before)
            if removed:
                PurgeRecord.objects.create(
                    kind=item.code, days=over.days, before=over.before, removed=removed, purged_at=at, by=by[:60]
                )
        done.append(_with_removed(over, removed))
    return tuple(done)


def _with_removed(over: Over, removed: int) -> Over:
    return replace(over, removed=removed)


@transaction.atomic
def set_period(*, kind: str, days: int | None, legal_source: str, at: datetime) -> None:
    """Lay down how many days a kind is kept (None: for ever).

    Raises:
        Invalid: unknown kind, one that is never deleted by itself, a negative period, or no legal source.
    """
    wrong: dict[str, list[str]] = {}
    if kind not in _kinds:
        wrong["kind"] = [_("Choose one of: %(choices)s.") % {"choices": ", ".join(_kinds)}]
    elif _kinds[kind].purge is None:
        wrong["kind"] = [str(_kinds[kind].note)]
    if days is not None and days < 0:
        wrong["days"] = [_("A period cannot be negative.")]
    if not legal_source.strip():
        wrong["legal_source"] = [_("Name the legal source of the period.")]
    if wrong:
        raise Invalid(wrong)
    KeepingPeriod.objects.update_or_create(
        kind=kind, defaults={"days": days, "legal_source": legal_source.strip()[:300], "changed_at": at}
    )
