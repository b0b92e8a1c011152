"""Posts of units: opened, locked for a change, ended; and the Party body that an agency is one with."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange

from motcua.foundation.organisations.models import Agency, Post


def locked_post(**key: Any) -> Post | None:
    """Return the post with that `pk` or `public_id`, locked until the end of the transaction; None for no such one."""
    return Post.objects.select_for_update().filter(**key).first()


def add_post(*, unit_id: int, role: str, title: str, capacity: str, desk_id: int | None, since: date) -> int:
    """Open a post, also beside another of the same title; return its id."""
    return Post.objects.create(
        unit_id=unit_id, role=role, title=title, capacity=capacity, desk_id=desk_id, valid=DateRange(since, None)
    ).pk


def end_post(post: Post, *, before: date) -> None:
    """Let a locked post exist up to, but not including, a day."""
    post.valid = DateRange(post.valid.lower, before)
    post.save(update_fields=["valid"])


def record_party_body(*, agency_id: int, name: str) -> None:
    """Write down the Party body that an agency is one with, '' for none."""
    Agency.objects.filter(pk=agency_id).update(party_body=name)


def posts_with_desks(unit_id: int, *, on: date) -> list[Post]:
    """Return the posts of a unit valid on a day with their desks and premises, those of one desk together."""
    found = Post.objects.filter(unit_id=unit_id, valid__contains=on).select_related("desk__premises")
    return list(found.order_by("desk__premises__name", "desk__number", "pk"))


def unending_posts(unit_ids: Collection[int]) -> list[tuple[int, int, str]]:
    """Return (id, unit id, title) of the posts of the units that have no end."""
    rows = Post.objects.filter(unit_id__in=unit_ids, valid__endswith__isnull=True)
    return list(rows.values_list("pk", "unit_id", "title"))


def party_body(agency_id: int) -> str:
    """Return the Party body that an agency is one with, '' for none."""
    return Agency.objects.filter(pk=agency_id).values_list("party_body", flat=True).first() or ""
