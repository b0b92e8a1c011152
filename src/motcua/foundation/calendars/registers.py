"""Reads of calendars as entered, their history, downtimes and desk turns."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db.backends.postgresql.psycopg_any import DateRange, DateTimeTZRange
from django.db.models import Count, Q

from motcua.foundation.calendars import loading, rulebooks
from motcua.foundation.calendars.layout import in_force
from motcua.foundation.calendars.models import Calendar, CalendarEdit, DayException, DeskTurn, RuleEdit, SystemDowntime
from motcua.foundation.calendars.types import (
    CalendarCard,
    DayEntry,
    DeadlineRules,
    Downtime,
    EditCard,
    RuleEditCard,
    TurnCard,
    WeekHours,
)
from motcua.foundation.core.clock import civil_day

_EDIT_FIELDS = tuple(EditCard.__dataclass_fields__)


def downtimes(a: datetime, b: datetime, *, rules: DeadlineRules | None = None) -> list[Downtime]:
    """See `selectors.downtimes`."""
    standing = SystemDowntime.objects.filter(withdrawn_at__isnull=True)
    rows = standing.filter(during__overlap=DateTimeTZRange(a, b, "[]")).order_by("during", "pk")
    return [downtime_of(row, rules=rules) for row in rows]


def downtime_of(row: SystemDowntime, *, rules: DeadlineRules | None = None) -> Downtime:
    """Return the value of a row; whether it counts by its decision, else by the rule."""
    rules = rules or rulebooks.rules_for(codes=(), on=civil_day(row.during.lower))
    return Downtime(
        id=row.pk,
        whose=row.whose,
        starts_at=row.during.lower,
        ends_at=row.during.upper,
        counts=rules.downtime_counts(row.whose) if row.counts is None else row.counts,
        note=row.note,
        decision=row.decision,
        withdrawn=row.withdrawn_because,
    )


def recorded_downtimes(*, limit: int, before: datetime | None = None) -> list[Downtime]:
    """See `selectors.recorded_downtimes`."""
    rows = SystemDowntime.objects.order_by("-during", "-pk")
    if before is not None:
        rows = rows.filter(during__startswith__lt=before)
    return [downtime_of(row) for row in rows[:limit]]


def desk_turns(agency_ids: Sequence[int], *, since: date, until: date) -> list[TurnCard]:
    """See `selectors.desk_turns`."""
    rows = DeskTurn.objects.filter(agency_id__in=agency_ids, valid__overlap=DateRange(since, until))
    return [_turn(row) for row in rows.order_by("valid", "starts", "pk")]


def _turn(row: DeskTurn) -> TurnCard:
    return TurnCard(
        id=row.pk,
        agency_id=row.agency_id,
        kind=row.kind,
        weekday=row.weekday,
        starts=row.starts,
        ends=row.ends,
        since=row.valid.lower,
        until_on=row.valid.upper - timedelta(days=1) if row.valid.upper else None,
        person_id=row.person_id,
        note=row.note,
    )


def own_calendars(*, on: date) -> dict[int | None, CalendarCard]:
    """See `selectors.own_calendars`."""
    rows = Calendar.objects.filter(valid__contains=on).annotate(
        hours_now=Count("hours", filter=Q(hours__valid__contains=on), distinct=True),
        days_now=Count("special_days", distinct=True),
    )
    return {
        row.agency_id: CalendarCard(
            id=row.pk,
            code=row.code,
            agency_id=row.agency_id,
            name=row.name,
            name_en=row.name_en,
            revision=row.revision,
            changed_at=row.changed_at,
            has_own_hours=row.hours_now > 0,
            own_days=row.days_now,
        )
        for row in rows.order_by("pk")
    }


def day_entries(agency_id: int | None, *, since: date, until: date, on: date) -> list[DayEntry]:
    """See `selectors.day_entries`."""
    province, own = loading.entries_for(agency_id, on=on)
    layers = loading.layers_of(province, own)
    ids = [pk for layer in layers.days for pk, _days in layer]
    packaged = set(DayException.objects.filter(pk__in=ids, is_packaged=True).values_list("pk", flat=True))
    found = [
        DayEntry(pk, days, is_inherited=agency_id is not None and layer == 0, is_packaged=pk == 0 or pk in packaged)
        for layer, rows in enumerate(layers.days)
        for pk, days in rows
        if days.since < until and since < days.until
    ]
    return sorted(found, key=lambda entry: (entry.days.since, entry.id))


def week_in_force(agency_id: int | None, *, on: date) -> list[WeekHours]:
    """See `selectors.week_in_force`."""
    weeks = loading.layers_of(*loading.entries_for(agency_id, on=on)).weeks
    rows = next((found for layer in reversed(weeks) if (found := in_force(layer, on))), [])
    return sorted(rows, key=lambda row: (row.weekday, row.starts))


def edits(*, agency_id: int | None, limit: int, before_id: int | None = None) -> list[EditCard]:
    """See `selectors.edits`."""
    rows = CalendarEdit.objects.filter(calendar__agency_id=agency_id).select_related("calendar").order_by("-pk")
    rows = rows.defer("state_before")
    if before_id is not None:
        rows = rows.filter(pk__lt=before_id)
    return [_edit(row) for row in rows[:limit]]


def edit(edit_id: int) -> EditCard | None:
    """See `selectors.edit`."""
    row = CalendarEdit.objects.filter(pk=edit_id).select_related("calendar").first()
    return _edit(row) if row else None


def _edit(row: CalendarEdit) -> EditCard:
    plain = {name: getattr(row, name) for name in _EDIT_FIELDS if name not in {"id", "agency_id"}}
    return EditCard(id=row.pk, agency_id=row.calendar.agency_id, **plain)


def rule_edits(*, limit: int, before_id: int | None = None) -> list[RuleEditCard]:
    """See `selectors.rule_edits`."""
    rows = RuleEdit.objects.order_by("-pk")
    if before_id is not None:
        rows = rows.filter(pk__lt=before_id)
    return [
        RuleEditCard(
            row.pk, row.code, row.kind, row.reason, row.before, row.after, row.person_id, row.changed_at
        )
        for row in rows[:limit]
    ]  # fmt: skip
