"""Keeping views of lists: only their owner changes them, and sharing gives nobody more than they may see anyway."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.cache import cache
from django.db import transaction
from django.utils.translation import gettext as _

from motcua.casework.dossiers.models import SavedView
from motcua.casework.dossiers.types.saved_views import LISTS, TooManyViews, home_agency, kept_key, known
from motcua.foundation.accounts.types import Actor
from motcua.foundation.core.types import Invalid, NotAllowed, NotFound

MOST_VIEWS = 20
MOST_NAME = 80


@transaction.atomic
def save_view(
    *,
    name: str,
    place: str,
    filters: Mapping[str, Any],
    columns: Sequence[str],
    actor: Actor,
    at: datetime,
    sort: str = "due",
    is_shared: bool = False,
) -> UUID:
    """Keep a view under a name; one of the same name and owner is replaced. Return its public id.

    Raises:
        Invalid: no name, or a filter, column or order that the list does not know.
        NotAllowed: the actor holds no post. TooManyViews: MOST_VIEWS are kept already.
    """
    agency_id = home_agency(actor)
    if agency_id is None or actor.person_id is None:
        raise NotAllowed
    name = _checked_name(name)
    good, bad = known(place, filters)
    spec = LISTS[place]
    bad = (*bad, *(key for key in columns if key not in spec.columns), *((sort,) if sort not in spec.sorts else ()))
    if bad:
        raise Invalid({"filters": [_("The list does not know: %(words)s.") % {"words": ", ".join(bad)}]})
    mine = SavedView.objects.select_for_update().filter(person_id=actor.person_id, place=place)
    names = set(mine.values_list("name", flat=True))
    if name not in names and len(names) >= MOST_VIEWS:
        raise TooManyViews(most=MOST_VIEWS)
    changed = {
        "agency_id": agency_id, "filters": good, "columns": [key for key in spec.columns if key in columns],
        "sort": sort, "is_shared": is_shared, "changed_at": at,
    }  # fmt: skip
    view, _new = SavedView.objects.update_or_create(
        person_id=actor.person_id,
        place=place,
        name=name,
        defaults=changed,
        create_defaults=changed | {"created_at": at},
    )
    _forget(view)
    return view.public_id


@transaction.atomic
def rename_view(*, public_id: UUID, name: str, actor: Actor, at: datetime) -> None:
    """Give a view of one's own another name.

    Raises:
        NotFound: it is not the actor's. Invalid: no name, or one that another view of theirs has.
    """
    view = _own(public_id, actor)
    name = _checked_name(name)
    if SavedView.objects.filter(person_id=view.person_id, place=view.place, name=name).exclude(pk=view.pk).exists():
        raise Invalid({"name": [_("Another view of yours has this name.")]})
    view.name, view.changed_at = name, at
    view.save(update_fields=["name", "changed_at"])
    _forget(view)


@transaction.atomic
def share_view(*, public_id: UUID, is_shared: bool, actor: Actor, at: datetime) -> None:
    """Show a view of one's own to the colleagues of the agency, or to nobody else.

    Raises:
        NotFound: it is not the actor's.
    """
    view = _own(public_id, actor)
    view.is_shared, view.changed_at = is_shared, at
    view.save(update_fields=["is_shared", "changed_at"])
    _forget(view)


@transaction.atomic
def open_list_with(*, public_id: UUID, is_default: bool, actor: Actor, at: datetime) -> None:
    """Let a list open with a view of one's own, or plainly again.

    Raises:
        NotFound: it is not the actor's.
    """
    view = _own(public_id, actor)
    SavedView.objects.filter(person_id=view.person_id, place=view.place, is_default=True).update(is_default=False)
    view.is_default, view.changed_at = is_default, at
    view.save(update_fields=["is_default", "changed_at"])
    _forget(view)


@transaction.atomic
def delete_view(*, public_id: UUID, actor: Actor, at: datetime) -> str:
    """Delete a view of one's own and return its name; nothing of the list goes with it.

    Raises:
        NotFound: it is not the actor's.
    """
    view = _own(public_id, actor)
    view.delete()
    _forget(view)
    return view.name


def _own(public_id: UUID, actor: Actor) -> SavedView:
    view = SavedView.objects.select_for_update().filter(public_id=public_id, person_id=actor.person_id or 0).first()
    if view is None:
        raise NotFound
    return view


def _checked_name(name: str) -> str:
    name = " ".join(name.split())
    if not name:
        raise Invalid({"name": [_("Give the view a name.")]})
    if len(name) > MOST_NAME:
        raise Invalid({"name": [_("The name is longer than %(most)s characters.") % {"most": MOST_NAME}]})
    return name


def _forget(view: SavedView) -> None:
    transaction.on_commit(lambda: cache.delete(kept_key(view.agency_id, view.place)))
    cache.delete(kept_key(view.agency_id, view.place))
