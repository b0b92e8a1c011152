"""Reads of ratings. Whether the reader may see the dossier is the caller's question, asked before."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from django.db.models import Count, Q

from motcua.engagement.surveys.models import Rating
from motcua.engagement.surveys.types import Level, RatingView
from motcua.foundation.core.clock import VIETNAM

__all__ = ["public_satisfaction", "rating_of", "ratings_of"]


def rating_of(*, dossier_id: int) -> RatingView | None:
    """Return the rating of a dossier, None when there is none."""
    row = Rating.objects.filter(dossier_id=dossier_id).first()
    return RatingView(row.level, tuple(row.reasons), row.comment, row.given_at) if row else None


def ratings_of(*, dossier_ids: Iterable[int]) -> dict[int, str]:
    """Return dossier id -> level in words, for those that were rated. One query."""
    rows = Rating.objects.filter(dossier_id__in=list(dossier_ids)).values_list("dossier_id", "level")
    return {dossier_id: str(Level(level).label) for dossier_id, level in rows}


def public_satisfaction(month_start: date, month_end: date) -> tuple[int, int]:
    """Return (satisfied, total) of the ratings given from `month_start` up to and including `month_end`."""
    since = datetime.combine(month_start, time.min, tzinfo=VIETNAM)
    until = datetime.combine(month_end + timedelta(days=1), time.min, tzinfo=VIETNAM)
    satisfied = Q(level__in=(Level.VERY_SATISFIED, Level.SATISFIED))
    found = Rating.objects.filter(given_at__gte=since, given_at__lt=until)
    counted = found.aggregate(satisfied=Count("pk", filter=satisfied), total=Count("pk"))
    return counted["satisfied"], counted["total"]
