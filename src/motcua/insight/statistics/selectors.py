"""Figures of a period and of now: a handful of indexed sums, whatever the number of dossiers."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.db import connection

from motcua.foundation.core.clock import civil_day
from motcua.foundation.core.relay import lag_seconds
from motcua.insight.statistics.counting import FLOWS
from motcua.insight.statistics.types import DayLine, Figures, GroupBy, Line, Measure, PublicScore

_FLOW_SUMS = ", ".join(f"sum({name})" for name in FLOWS)
_FLOWS_BY_AGENCY = (
    f"SELECT agency_id, {_FLOW_SUMS} FROM statistics_agency_day "  # noqa: S608 - our own names
    "WHERE agency_id = ANY(%s) AND day BETWEEN %s AND %s GROUP BY agency_id"
)
_FLOWS_BY_FIELD = (
    f"SELECT field_id, {_FLOW_SUMS} FROM statistics_agency_field_day "  # noqa: S608 - our own names
    "WHERE agency_id = ANY(%s) AND day BETWEEN %s AND %s GROUP BY field_id"
)
# Overdue so far: due days before today by the roll-up; today's by the few facts due today and past their hour.
_STOCK = """
SELECT {key}, sum(count) FILTER (WHERE NOT is_paused AND due_on < %(today)s),
  sum(count) FILTER (WHERE NOT is_paused AND due_on >= %(today)s), sum(count) FILTER (WHERE is_paused)
FROM statistics_open_by_due_day WHERE agency_id = ANY(%(agencies)s) AND count <> 0 GROUP BY {key}
"""
_LATE_TODAY = """
SELECT {key}, count(*) FROM statistics_dossier_fact
WHERE state = 'open' AND competent_id = ANY(%(agencies)s) AND due_at >= %(midnight)s AND due_at < %(now)s GROUP BY {key}
"""
_KEYS = {GroupBy.AGENCY: ("agency_id", "competent_id"), GroupBy.FIELD: ("field_id", "field_id")}


def _rows(statement: str, values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()


def figures(
    *,
    agencies: Iterable[int],
    since: date,
    until: date,
    at: datetime,
    by: str = GroupBy.AGENCY,
    keys: Iterable[int] = (),
) -> Figures:
    """Return the figures of some agencies for a period, both days inside, and their stock at `at`.

    Args:
        keys: agencies or fields that get a line even without dossiers, in this order; others follow by key.
    """
    ids = sorted(set(agencies))
    by = GroupBy(by)
    counts: dict[int, dict[str, int]] = {}
    flow = _FLOWS_BY_AGENCY if by == GroupBy.AGENCY else _FLOWS_BY_FIELD
    for key, *sums in _rows(flow, [ids, since, until]):
        counts.setdefault(key, {}).update(zip(FLOWS, sums, strict=True))
    _add_stock(counts, ids, by, at=at)
    order = list(dict.fromkeys([*keys, *sorted(counts)]))
    lines = tuple(_line(key, counts.get(key, {})) for key in order)
    today = civil_day(at)
    if until < today:
        lines = _with_carried(lines, ids, by, since=since, until=until, today=today)
    else:
        lines = tuple(_carried(line, {}) for line in lines)
    awaiting, awaiting_overdue = _awaiting(ids, at=at)
    return Figures(
        lines=lines,
        total=_sum(lines),
        since=since,
        until=until,
        computed_at=at,
        awaiting=awaiting,
        awaiting_overdue=awaiting_overdue,
        uncounted_events=lag_seconds(at=at)[0],
    )


def _add_stock(counts: dict[int, dict[str, int]], ids: list[int], by: GroupBy, *, at: datetime) -> None:
    roll_key, fact_key = _KEYS[by]
    midnight = at.replace(hour=0, minute=0, second=0, microsecond=0)
    values = {"agencies": ids, "today": civil_day(at), "midnight": midnight, "now": at}
    for key, overdue, in_time, paused in _rows(_STOCK.format(key=roll_key), values):
        counts.setdefault(key, {}).update(overdue=overdue or 0, in_time=in_time or 0, paused=paused or 0)
    for key, late in _rows(_LATE_TODAY.format(key=fact_key), values):
        line = counts.setdefault(key, {})
        line["overdue"] = line.get("overdue", 0) + late
        line["in_time"] = line.get("in_time", 0) - late


def _line(key: int, values: dict[str, int]) -> Line:
    return Line(key=key, **{name: int(value or 0) for name, value in values.items()})


def _carried(line: Line, later: dict[str, int]) -> Line:
    """Return the line with what was open at its start: open at its end + gone - come."""
    come_later = later.get("come", 0)
    gone_later = later.get("gone", 0)
    open_at_end = line.open - come_later + gone_later
    carried = open_at_end + line.settled + line.withdrawn - line.received
    return replace(line, carried=carried)


def _with_carried(
    lines: tuple[Line, ...], ids: list[int], by: GroupBy, *, since: date, until: date, today: date
) -> tuple[Line, ...]:
    after: dict[int, dict[str, int]] = {}
    flow = _FLOWS_BY_AGENCY if by == GroupBy.AGENCY else _FLOWS_BY_FIELD
    for key, *sums in _rows(flow.replace("BETWEEN %s AND %s", "> %s AND day <= %s"), [ids, until, today]):
        flows = dict(zip(FLOWS, sums, strict=True))
        after[key] = {
            "come": flows["online"] + flows["counter"] + flows["post"],
            "gone": flows["early"] + flows["on_time"] + flows["late"] + flows["withdrawn"],
        }
    return tuple(_carried(line, after.get(line.key, {})) for line in lines)


def _sum(lines: tuple[Line, ...]) -> Line:
    names = [name for name in Line.__dataclass_fields__ if name != "key"]
    return Line(key=0, **{name: sum(getattr(line, name) for line in lines) for name in names})


def _awaiting(ids: list[int], *, at: datetime) -> tuple[int, int]:
    row = _rows(
        "SELECT count(*), count(*) FILTER (WHERE acceptance_due_at < %s) FROM statistics_dossier_fact "
        "WHERE state = 'filed' AND receiving_id = ANY(%s)",
        [at, ids],
    )[0]
    return row[0], row[1]


_BEHIND = {
    Measure.ONLINE: "received_on BETWEEN %(since)s AND %(until)s AND channel = 'online'",
    Measure.COUNTER: "received_on BETWEEN %(since)s AND %(until)s AND channel NOT IN ('online', 'post')",
    Measure.POST: "received_on BETWEEN %(since)s AND %(until)s AND channel = 'post'",
    Measure.EARLY: "state = 'settled' AND settled = 'early' AND ended_on BETWEEN %(since)s AND %(until)s",
    Measure.ON_TIME: "state = 'settled' AND settled = 'on_time' AND ended_on BETWEEN %(since)s AND %(until)s",
    Measure.LATE: "state = 'settled' AND settled = 'late' AND ended_on BETWEEN %(since)s AND %(until)s",
    Measure.WITHDRAWN: "state = 'withdrawn' AND ended_on BETWEEN %(since)s AND %(until)s",
    Measure.IN_TIME: "state = 'open' AND (due_at IS NULL OR due_at >= %(now)s)",
    Measure.OVERDUE: "state = 'open' AND due_at < %(now)s",
    Measure.PAUSED: "state = 'paused'",
    Measure.CARRIED: "received_on < %(since)s AND (ended_on IS NULL OR ended_on >= %(since)s)",
}


def behind(
    *,
    measure: str,
    agencies: Iterable[int],
    since: date,
    until: date,
    at: datetime,
    field_id: int | None = None,
    after: int | None = None,
    limit: int = 25,
) -> list[int]:
    """Return the ids of the dossiers behind one figure, newest first, below `after`."""
    field = "AND field_id = %(field)s" if field_id is not None else ""
    key = "AND dossier_id < %(after)s" if after is not None else ""
    statement = (
        f"SELECT dossier_id FROM statistics_dossier_fact WHERE competent_id = ANY(%(agencies)s) {field} {key} "  # noqa: S608
        f"AND {_BEHIND[Measure(measure)]} ORDER BY dossier_id DESC LIMIT %(limit)s"
    )
    values = {
        "agencies": sorted(set(agencies)), "since": since, "until": until, "now": at, "field": field_id,
        "after": after, "limit": limit,
    }  # fmt: skip
    return [row[0] for row in _rows(statement, values)]


def trend(*, agencies: Iterable[int], since: date, until: date) -> list[DayLine]:
    """Return received and settled per day of a period, days without anything left out."""
    rows = _rows(
        "SELECT day, sum(online + counter + post), sum(early), sum(on_time), sum(late) FROM statistics_agency_day "
        "WHERE agency_id = ANY(%s) AND day BETWEEN %s AND %s GROUP BY day ORDER BY day",
        [sorted(set(agencies)), since, until],
    )
    return [DayLine(*row) for row in rows]


def public_score(*, since: date, until: date) -> PublicScore:
    """Return how many dossiers of all agencies were settled in a period and how many of them not late."""
    row = _rows(
        "SELECT coalesce(sum(early + on_time), 0), coalesce(sum(late), 0) FROM statistics_agency_day "
        "WHERE day BETWEEN %s AND %s",
        [since, until],
    )[0]
    return PublicScore(month=since, settled=row[0] + row[1], not_late=row[0], late=row[1])
