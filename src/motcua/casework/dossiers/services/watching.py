"""Sealing the access log day by day, and finding readings that are unusual."""

import hashlib
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Count, Min
from django.utils.translation import gettext as _

from motcua.casework.dossiers.models import AccessLog, AccessSeal, UnusualReading
from motcua.casework.dossiers.types.reading import FOREIGN, Purpose, SealProblem, UnusualRule
from motcua.foundation.accounts import registry
from motcua.foundation.accounts.types import Actor
from motcua.foundation.core.clock import VIETNAM, civil_day
from motcua.foundation.core.types import Invalid, NotAllowed, NotFound

ACT = "dossiers.watch_readings"
# Every column of a row stands in its line; a changed, removed or added row changes the day's digest.
_DAY = """
SELECT count(*), sha256(convert_to(coalesce(string_agg(concat_ws('|', id, dossier_id, person_id,
  coalesce(post_id, 0), coalesce(agency_id, 0), coalesce(order_id, 0), what, purpose, reason,
  (extract(epoch FROM read_at) * 1000000)::bigint), E'\\n' ORDER BY id), ''), 'UTF8'))
FROM dossiers_access_log WHERE read_at >= %s AND read_at < %s
"""


def _start(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=VIETNAM)


def _digest(day: date, before: bytes) -> tuple[int, bytes]:
    """Return how many rows a day has, and the digest over them, the day and the seal before."""
    with connection.cursor() as cursor:
        cursor.execute(_DAY, [_start(day), _start(day + timedelta(days=1))])
        count, rows = cursor.fetchone()
    return count, hashlib.sha256(before + f"|{day.isoformat()}|{count}|".encode() + bytes(rows)).digest()


@transaction.atomic
def seal_access_log(*, at: datetime) -> int:
    """Seal every civil day that is over and not sealed yet, oldest first; return how many.

    The job runs well after midnight, when every request of the day before has ended.
    """
    last = AccessSeal.objects.select_for_update().order_by("-day").first()
    first_row = AccessLog.objects.aggregate(first=Min("read_at"))["first"]
    if last is None and first_row is None:
        return 0
    day = last.day + timedelta(days=1) if last else civil_day(first_row)
    before = bytes(last.digest) if last else b""
    sealed = 0
    while day < civil_day(at):
        count, before = _digest(day, before)
        AccessSeal.objects.create(day=day, row_count=count, digest=before, sealed_at=at)
        day, sealed = day + timedelta(days=1), sealed + 1
    return sealed


def broken_seals() -> Iterator[SealProblem]:
    """Yield every sealed day whose rows, or whose seal, are not as they were."""
    before, expected = b"", None
    for seal in AccessSeal.objects.order_by("day"):
        if expected is not None and seal.day != expected:
            yield SealProblem(expected, "seal missing")
        count, digest = _digest(seal.day, before)
        if count != seal.row_count:
            yield SealProblem(seal.day, f"{count} rows, sealed with {seal.row_count}")
        elif digest != bytes(seal.digest):
            yield SealProblem(seal.day, "content changed")
        before, expected = bytes(seal.digest), seal.day + timedelta(days=1)
    first = AccessSeal.objects.order_by("day").first()
    if first and AccessLog.objects.filter(read_at__lt=_start(first.day)).exists():
        yield SealProblem(first.day - timedelta(days=1), "rows before the first seal")


@transaction.atomic
def find_unusual_readings(*, at: datetime) -> int:
    """Write down who read more foreign dossiers in an hour or day, or more at night, than the thresholds; return new.

    Looks at the last two days. Running it again changes only the number of a stretch that nobody has explained.
    """
    today = civil_day(at)
    found = 0
    hour = at.astimezone(VIETNAM).replace(minute=0, second=0, microsecond=0)
    for back in range(48):
        since = hour - timedelta(hours=back)
        most = settings.MOTCUA_FOREIGN_READINGS_PER_HOUR
        found += _watch(UnusualRule.FOREIGN_HOUR, since, since + timedelta(hours=1), most, at=at)
    for day in (today - timedelta(days=1), today):
        most = settings.MOTCUA_FOREIGN_READINGS_PER_DAY
        found += _watch(UnusualRule.FOREIGN_DAY, _start(day), _start(day + timedelta(days=1)), most, at=at)
        night = _start(day) - timedelta(hours=24 - settings.MOTCUA_NIGHT_FROM_HOUR)
        morning = _start(day) + timedelta(hours=settings.MOTCUA_NIGHT_TO_HOUR)
        found += _watch(UnusualRule.NIGHT, night, morning, settings.MOTCUA_NIGHT_READINGS, at=at)
    return found


def _watch(rule: UnusualRule, since: datetime, until: datetime, most: int, *, at: datetime) -> int:
    if since > at:
        return 0
    rows = AccessLog.objects.filter(read_at__gte=since, read_at__lt=until).exclude(purpose=Purpose.OWN)
    if rule != UnusualRule.NIGHT:
        rows = rows.filter(purpose__in=FOREIGN)
    people = rows.values("person_id").annotate(n=Count("dossier_id", distinct=True)).filter(n__gt=most)
    new = 0
    for person_id, count in people.values_list("person_id", "n"):
        row, created = UnusualReading.objects.get_or_create(
            person_id=person_id,
            rule=rule,
            since=since,
            defaults={"until": until, "dossiers": count, "threshold": most, "found_at": at},
        )
        new += created
        if not created and row.explained_at is None and row.dossiers != count:
            row.dossiers = count
            row.save(update_fields=["dossiers"])
    return new


@transaction.atomic
def explain_unusual_reading(*, public_id: UUID, explanation: str, actor: Actor, at: datetime) -> None:
    """Close an unusual reading with what was found out about it.

    Raises:
        NotAllowed: not the data protection officer, or it is about themselves. NotFound: no such one.
        Invalid: no explanation.
    """
    if not registry.may(actor, ACT):
        raise NotAllowed
    row = UnusualReading.objects.select_for_update().filter(public_id=public_id).first()
    if row is None:
        raise NotFound
    if row.person_id == actor.person_id:
        raise NotAllowed
    if not explanation.strip():
        raise Invalid({"explanation": [_("Write what you found out: whom you asked, and why it was read.")]})
    if row.explained_at is None:
        row.explanation, row.explained_by, row.explained_at = explanation.strip()[:1000], actor.person_id, at
        row.save(update_fields=["explanation", "explained_by", "explained_at"])
