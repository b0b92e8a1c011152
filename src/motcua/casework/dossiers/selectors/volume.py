"""How many dossiers of each procedure were taken in, and how long those that were finished took."""

from collections.abc import Collection, Iterator
from datetime import date, datetime, time, timedelta

from django.db.models import Count

from motcua.casework.dossiers.models import Dossier, Pause
from motcua.casework.dossiers.types import Channel, SettledTime
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


def received_by_place(*, since: date, until: date) -> dict[tuple[int, int, int, bool], int]:
    """Return (receiving agency, competent agency, procedure, at a centre) -> dossiers accepted on those civil days.

    Both days are inside. One statement; filings that were never accepted are not counted.
    """
    first, behind = (datetime.combine(day, time.min, tzinfo=VIETNAM) for day in (since, until + timedelta(days=1)))
    found = Dossier.objects.filter(accepted_at__gte=first, accepted_at__lt=behind)
    keys = ("receiving_agency_id", "competent_agency_id", "procedure_version__procedure_id", "offer__at_centre")
    rows = found.values(*keys).annotate(count=Count("pk")).values_list(*keys, "count")
    return {(place, settling, procedure, centre): count for place, settling, procedure, centre, count in rows}


def settled_times(*, since: datetime, until: datetime, batch: int = 5000) -> Iterator[list[SettledTime]]:
    """Yield how long each dossier finished from `since` until `until` took, in batches by id; two queries a batch."""
    last = 0
    found = Dossier.objects.filter(finished_at__gte=since, finished_at__lt=until, accepted_at__isnull=False)
    columns = (
        "pk", "procedure_version__procedure__code", "case__name", "competent_agency_id", "accepted_at", "finished_at",
    )  # fmt: skip
    while rows := list(found.filter(pk__gt=last).order_by("pk").values_list(*columns)[:batch]):
        last = rows[-1][0]
        pauses: dict[int, list[tuple[datetime, datetime]]] = {}
        stood = Pause.objects.filter(dossier_id__in=[row[0] for row in rows], ended_at__isnull=False)
        for dossier_id, start, end in stood.values_list("dossier_id", "started_at", "ended_at"):
            if end is not None:
                pauses.setdefault(dossier_id, []).append((start, end))
        yield [
            SettledTime(code, case_name, agency_id, accepted_at, finished_at, tuple(pauses.get(pk, ())))
            for pk, code, case_name, agency_id, accepted_at, finished_at in rows
            if accepted_at and finished_at
        ]
