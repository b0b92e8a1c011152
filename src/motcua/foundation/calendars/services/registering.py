"""Downtimes and desk turns."""

from datetime import date, datetime, time

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange, DateTimeTZRange
from django.utils.translation import gettext as _

from motcua.foundation.calendars import loading
from motcua.foundation.calendars.events import DowntimeRecorded
from motcua.foundation.calendars.models import DeskTurn, SystemDowntime
from motcua.foundation.calendars.types import DowntimeWrong, SpecialDaysNotFound, TurnKind, TurnWrong, Whose
from motcua.foundation.core import outbox


@transaction.atomic
def record_downtime(
    *,
    whose: str,
    starts_at: datetime,
    ends_at: datetime | None,
    note: str,
    counts: bool | None = None,
    decision: str = "",
    by: int | None,
    at: datetime,
) -> int:
    """Record once that a system stood still; return the id. It shows in the ledger of every dossier it touched.

    Args:
        ends_at: None while it still stands still; `end_downtime` says so later.
        counts: whether the time is used up; None as the rule in force says. Otherwise `decision` names the paper.

    Raises:
        DowntimeWrong: it ends before it begins, begins in the future, overlaps another of the same system, or departs
            from the rule without a decision.
    """
    _check(starts_at, ends_at, at=at)
    if not note.strip():
        raise DowntimeWrong({"note": [_("Say what stood still.")]})
    if counts is not None and not decision.strip():
        raise DowntimeWrong({"decision": [_("Name the decision by which this downtime departs from the rule.")]})
    span = DateTimeTZRange(starts_at, ends_at)
    if SystemDowntime.objects.filter(whose=whose, during__overlap=span, withdrawn_at__isnull=True).exists():
        message = _("This system already has a downtime recorded for part of that time.")
        raise DowntimeWrong({"starts_on": [message]})
    row = SystemDowntime.objects.create(
        whose=Whose(whose), during=span, counts=counts, decision=decision, note=note, person_id=by, recorded_at=at
    )
    _tell(row, did_count=True, by=by, at=at)
    return row.pk


@transaction.atomic
def end_downtime(*, downtime_id: int, ends_at: datetime, by: int | None, at: datetime) -> None:
    """Say when a system came back.

    Raises:
        SpecialDaysNotFound: there is no open downtime with that id.
        DowntimeWrong: it would end before it began or in the future.
    """
    row = _standing(downtime_id)
    if row.during.upper is not None:
        raise SpecialDaysNotFound
    _check(row.during.lower, ends_at, at=at)
    row.during = DateTimeTZRange(row.during.lower, ends_at)
    row.save(update_fields=["during"])
    _tell(row, did_count=_counts_everywhere(row), by=by, at=at)


@transaction.atomic
def withdraw_downtime(*, downtime_id: int, reason: str, by: int | None, at: datetime) -> None:
    """Take back a downtime that was recorded by mistake; it stays in the register with the reason.

    Raises:
        SpecialDaysNotFound: there is no such downtime, or it was withdrawn before.
        DowntimeWrong: no reason is given.
    """
    row = _standing(downtime_id)
    if not reason.strip():
        raise DowntimeWrong({"reason": [_("Say why it is withdrawn.")]})
    did_count = _counts_everywhere(row)
    row.withdrawn_at, row.withdrawn_by, row.withdrawn_because = at, by, reason.strip()
    row.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_because"])
    _tell(row, did_count=did_count, by=by, at=at)


def _standing(downtime_id: int) -> SystemDowntime:
    row = SystemDowntime.objects.select_for_update().filter(pk=downtime_id, withdrawn_at__isnull=True).first()
    if row is None:
        raise SpecialDaysNotFound
    return row


def _counts_everywhere(row: SystemDowntime) -> bool:
    """Say whether the time is used up for every procedure; by the rules alone one may have chosen otherwise."""
    return row.withdrawn_at is not None or row.counts is True


def _check(starts_at: datetime, ends_at: datetime | None, *, at: datetime) -> None:
    if starts_at > at:
        raise DowntimeWrong({"starts_on": [_("A downtime is recorded when it has begun.")]})
    if ends_at is not None and not starts_at < ends_at <= at:
        raise DowntimeWrong(
            {"ends_on": [_("It ends after it begins, and not in the future; leave it open until then.")]}
        )


def _tell(row: SystemDowntime, *, did_count: bool, by: int | None, at: datetime) -> None:
    outbox.publish(
        DowntimeRecorded(
            downtime_id=row.pk,
            whose=row.whose,
            starts_at=row.during.lower,
            ends_at=row.during.upper,
            counts=_counts_everywhere(row),
            did_count=did_count,
            by=by,
        ),
        at=at,
    )


@transaction.atomic
def enter_desk_turn(
    *,
    agency_id: int,
    kind: str,
    starts: time,
    ends: time,
    since: date,
    until: date | None,
    weekday: int | None,
    person_id: int | None,
    note: str = "",
    by: int | None,
    at: datetime,
) -> int:
    """Enter a turn at a desk outside office hours; return its id. It opens the desk and never counts for deadlines.

    Args:
        until: the day after the last; None without end.
        weekday: 1 Monday to 7 Sunday; None: every day from `since` to `until`.

    Raises:
        TurnWrong: it ends before it starts, or the person already sits somewhere at that time.
    """
    if not starts < ends:
        raise TurnWrong({"ends": [_("A turn must end after it starts.")]})
    if until is not None and until <= since:
        raise TurnWrong({"until": [_("The last day must not lie before the first.")]})
    span = DateRange(since, until)
    if person_id is not None:
        others = DeskTurn.objects.filter(
            person_id=person_id, valid__overlap=span, starts__lt=ends, ends__gt=starts
        ).order_by("pk")
        if any(None in {row.weekday, weekday} or row.weekday == weekday for row in others):
            raise TurnWrong({"person": [_("This person already has a turn at that time.")]})
    row = DeskTurn.objects.create(
        agency_id=agency_id,
        kind=TurnKind(kind),
        weekday=weekday,
        starts=starts,
        ends=ends,
        person_id=person_id,
        note=note,
        entered_by=by,
        entered_at=at,
        valid=span,
    )
    _forget()
    return row.pk


@transaction.atomic
def remove_desk_turn(*, turn_id: int, agency_id: int, on: date) -> None:
    """End a turn before day `on`; one that has not begun by then is taken out.

    Raises:
        SpecialDaysNotFound: the agency has no such turn.
    """
    row = DeskTurn.objects.select_for_update().filter(pk=turn_id, agency_id=agency_id).first()
    if row is None:
        raise SpecialDaysNotFound
    if row.valid.lower >= on:
        row.delete()
    elif row.valid.upper is None or row.valid.upper > on:
        row.valid = DateRange(row.valid.lower, on)
        row.save(update_fields=["valid"])
    _forget()


def _forget() -> None:
    loading.forget_calendars()
    transaction.on_commit(loading.forget_calendars)
