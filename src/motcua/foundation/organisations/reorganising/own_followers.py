"""What of this app itself hangs on agencies: counted for the preview; the statements of the day move it."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import Count, Model
from django.utils.translation import gettext_lazy as _

from motcua.foundation.organisations.models import AgencyArea, AgencyIdentifier, Post, Premises
from motcua.foundation.organisations.types import Follower


def _counter(model: type[Model], key: str) -> Any:
    def count(agency_ids: Sequence[int], on: date) -> Mapping[int, int]:
        rows = model._default_manager.filter(**{f"{key}__in": list(agency_ids)}, valid__contains=on)
        return dict(rows.order_by().values_list(key).annotate(number=Count("pk")))

    return count


FOLLOWERS = (
    Follower("organisations.posts", _("Posts"), 10, _counter(Post, "unit_id"), goes_along=True),
    Follower("organisations.premises", _("Premises"), 30, _counter(Premises, "agency_id"), goes_along=True),
    Follower("organisations.identifiers", _("Official identifiers"), 80, _counter(AgencyIdentifier, "agency_id")),
    Follower("organisations.areas", _("Places served"), 85, _counter(AgencyArea, "agency_id"), goes_along=True),
)
