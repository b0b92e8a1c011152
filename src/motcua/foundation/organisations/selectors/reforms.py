"""Reads of reorganisations: the list, one with its progress and log, its items, and the preview."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Count, Q

from motcua.foundation.core.types import NotFound
from motcua.foundation.organisations.models import Reorganisation, ReorganisationLog, ReorganisationProgress
from motcua.foundation.organisations.reorganising import keeping
from motcua.foundation.organisations.reorganising.previewing import preview_of
from motcua.foundation.organisations.reorganising.registry import followers
from motcua.foundation.organisations.types import Change, Decision, LogLine, Preview, ReorganisationCard

_ENTERED = Count("items", filter=Q(items__is_derived=False))


def reorganisations(*, states: Iterable[str] = (), limit: int = 100) -> list[ReorganisationCard]:
    """Return reorganisations, the latest day first. One query."""
    found = Reorganisation.objects.annotate(entered=_ENTERED).order_by("-on", "-pk")
    wanted = list(states)
    if wanted:
        found = found.filter(state__in=wanted)
    return [_card(item) for item in found[:limit]]


def reorganisation(public_id: UUID) -> ReorganisationCard:
    """Return one with its progress and log, the latest line first.

    Raises:
        NotFound: no such reorganisation.
    """
    item = Reorganisation.objects.annotate(entered=_ENTERED).filter(public_id=public_id).first()
    if item is None:
        raise NotFound
    labels = {follower.code: str(follower.label) for follower in followers()}
    order = list(labels)
    rows = ReorganisationProgress.objects.filter(reorganisation=item)
    progress = sorted(rows, key=lambda row: order.index(row.follower) if row.follower in order else len(order))
    log = ReorganisationLog.objects.filter(reorganisation=item).order_by("-at", "-pk")
    return _card(
        item,
        progress=tuple(
            (labels.get(row.follower, row.follower), row.moved, row.finished_at is not None) for row in progress
        ),
        log=tuple(LogLine(row.act, row.reason, row.person_id, row.at) for row in log),
    )


def _card(
    item: Reorganisation, *, progress: tuple[tuple[str, int, bool], ...] = (), log: tuple[LogLine, ...] = ()
) -> ReorganisationCard:
    return ReorganisationCard(
        id=item.pk,
        public_id=item.public_id,
        title=item.title,
        on=item.on,
        state=item.state,
        decision=Decision(item.decision_number, item.decision_on, item.decided_by, item.signer, item.decision_file),
        note=item.note,
        items=item.entered,  # type: ignore[attr-defined]
        lock_version=item.lock_version,
        created_at=item.created_at,
        carried_out_at=item.carried_out_at,
        is_demonstration=item.is_demonstration,
        progress=progress,
        log=log,
    )


def changes_of(public_id: UUID) -> list[Change]:
    """Return the items as entered, in their order.

    Raises:
        NotFound: no such reorganisation.
    """
    item = Reorganisation.objects.filter(public_id=public_id).first()
    if item is None:
        raise NotFound
    return keeping.entered(item.pk)


def preview(public_id: UUID) -> Preview:
    """Return what it would do on the structure of its eve; nothing is changed.

    Raises:
        NotFound: no such reorganisation.
    """
    item = Reorganisation.objects.filter(public_id=public_id).first()
    if item is None:
        raise NotFound
    return preview_of(item)
