"""How many dossiers of each procedure were taken in."""

from collections.abc import Collection
from datetime import date, datetime, time, timedelta

from django.db.models import Count

from motcua.casework.dossiers.models import Dossier
from motcua.casework.dossiers.types import Channel
from motcua.foundation.core.clock import VIETNAM


def received_by_procedure(
    *, since: date, until: date, procedure_ids: Collection[int] | None = None, channel: Channel | None = None
) -> dict[int, int]:
    """Return procedure id -> dossiers filed on the civil days `since` to `until` (both inside), in one statement.

    Args:
        procedure_ids: None counts all; procedures without a dossier are left out of the answer.
        channel: counts one way of filing only.
    """
    first, behind = (datetime.combine(day, time.min, tzinfo=VIETNAM) for day in (since, until + timedelta(days=1)))
    found = Dossier.objects.filter(filed_at__gte=first, filed_at__lt=behind)
    if procedure_ids is not None:
        found = found.filter(procedure_version__procedure_id__in=procedure_ids)
    if channel is not None:
        found = found.filter(channel=channel)
    grouped = found.values("procedure_version__procedure_id").annotate(count=Count("pk"))
    return dict(grouped.values_list("procedure_version__procedure_id", "count"))
