"""What of this app itself hangs on agencies: counted for the preview; the statements of the day move it."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Model
from django.utils.translation import gettext_lazy as _

from motcua.foundation.calendars import services as calendars
from motcua.foundation.organisations.models import AgencyArea, AgencyIdentifier, Post, Premises
from motcua.foundation.organisations.types import Follower, Inheritance


def _counter(model: type[Model], key: str) -> Any:
    def count(agency_ids: Sequence[int], on: date) -> Mapping[int, int]:
        rows = model._default_manager.filter(**{f"{key}__in": list(agency_ids)}, valid__contains=on)
        return dict(rows.order_by().values_list(key).annotate(number=Count("pk")))

    return count


def _count_calendars(agency_ids: Sequence[int], on: date) -> Mapping[int, int]:
    return calendars.own_calendars(agency_ids=agency_ids, on=on)


def _move_calendars(who: Inheritance, at: datetime, batch: int) -> int:
    return calendars.hand_calendars_over(agency_ids=list(who.ended), heirs=who.heirs, on=who.on, at=at)


FOLLOWERS = (
    Follower("organisations.posts", _("Posts"), 10, _counter(Post, "unit_id"), goes_along=True),
    Follower("organisations.premises", _("Premises"), 30, _counter(Premises, "agency_id"), goes_along=True),
    Follower(
        "organisations.calendars", _("Calendars and desk turns"), 40, _count_calendars, _move_calendars, at_once=True
    ),
    Follower("organisations.identifiers", _("Official identifiers"), 80, _counter(AgencyIdentifier, "agency_id")),
    Follower("organisations.areas", _("Places served"), 85, _counter(AgencyArea, "agency_id"), goes_along=True),
)
