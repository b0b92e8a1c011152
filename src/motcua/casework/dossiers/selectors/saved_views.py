"""Saved views of lists: one's own, and those that colleagues of the agency share."""

from collections.abc import Iterable
from uuid import UUID

from django.core.cache import cache
from django.db.models import Q

from motcua.casework.dossiers.models import SavedView
from motcua.casework.dossiers.types.saved_views import LISTS, SavedViewCard, home_agency, kept_key, known
from motcua.foundation.accounts import selectors as accounts
from motcua.foundation.accounts.types import Actor
from motcua.foundation.core.types import NotFound

# The work list is drawn more often than any other page: its bar asks the database once in this time and process.
KEPT_SECONDS = 30


def views_for(*, actor: Actor, place: str, fresh: bool = False) -> tuple[SavedViewCard, ...]:
    """Return one's own views, then those that colleagues of the agency share, by name.

    What a process remembers of the agency is at most KEPT_SECONDS old; `fresh` reads anew.
    """
    agency_id = home_agency(actor)
    if agency_id is None:
        return ()
    key = kept_key(agency_id, place)
    kept = None if fresh else cache.get(key)
    if kept is None:
        rows = list(SavedView.objects.filter(agency_id=agency_id, place=place).order_by("name", "pk"))
        owners = accounts.person_names({row.person_id for row in rows if row.is_shared}) if rows else {}
        kept = (rows, owners)
        cache.set(key, kept, KEPT_SECONDS)
    rows, owners = kept
    return _cards(rows, owners, actor)


def view_for(*, actor: Actor, public_id: UUID) -> SavedViewCard:
    """Return a view by its link: one's own, or one shared in an agency in which the actor holds a post.

    Raises:
        NotFound: there is none such, or it is not shared with the actor.
    """
    agencies = {post.agency_id for post in actor.posts}
    may_see = Q(person_id=actor.person_id or 0) | Q(is_shared=True, agency_id__in=agencies)
    row = SavedView.objects.filter(may_see, public_id=public_id).first()
    if row is None:
        raise NotFound
    mine = row.person_id == actor.person_id
    return card_of(row, actor, "" if mine else accounts.person_names({row.person_id}).get(row.person_id, ""))


def _cards(rows: Iterable[SavedView], owners: dict[int, str], actor: Actor) -> tuple[SavedViewCard, ...]:
    mine = [card_of(row, actor, "") for row in rows if row.person_id == actor.person_id]
    others = [
        card_of(row, actor, owners.get(row.person_id, ""))
        for row in rows
        if row.person_id != actor.person_id and row.is_shared
    ]
    return (*mine, *others)


def card_of(row: SavedView, actor: Actor, owner: str) -> SavedViewCard:
    """Return a view with what its list still knows, and apart what it does not."""
    good, bad = known(row.place, row.filters)
    spec = LISTS[row.place]
    columns = tuple(key for key in spec.columns if key in row.columns)
    gone = tuple(str(key) for key in row.columns if key not in spec.columns)
    return SavedViewCard(
        public_id=row.public_id,
        name=row.name,
        place=row.place,
        filters=good,
        columns=columns,
        sort=row.sort if row.sort in spec.sorts else spec.sorts[0],
        is_mine=row.person_id == actor.person_id,
        is_shared=row.is_shared,
        is_default=row.is_default,
        owner=owner,
        unknown=bad + gone,
    )
