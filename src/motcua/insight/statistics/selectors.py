"""Figures of a period and of now: a handful of indexed sums, whatever the number of dossiers."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from motcua.casework.dossiers.types import Basis
from motcua.foundation.core import statements
from motcua.foundation.core.clock import civil_day
from motcua.foundation.core.relay import waiting_events
from motcua.insight.statistics.counting import FLOWS, LAW_FLOWS
from motcua.insight.statistics.types import Figures, GroupBy, Line, Measure, MonthLine, PublicScore

_TABLES = {GroupBy.AGENCY: ("agency_id", "agency_day"), GroupBy.FIELD: ("field_id", "agency_field_day")}


def _flow_statement(by: GroupBy, basis: Basis) -> str:
    names = LAW_FLOWS if basis == Basis.STATUTORY else {}
    sums = ", ".join(f"sum({names.get(name, name)})" for name in FLOWS)
    key, table = _TABLES[by]
    return (
        f"SELECT {key}, {sums} FROM statistics_{table} "  # noqa: S608 - our own names
        f"WHERE agency_id = ANY(%s::bigint[]) AND day BETWEEN %s AND %s GROUP BY {key}"
    )


_FLOWS = {(by, basis): _flow_statement(by, basis) for by in GroupBy for basis in Basis}
# What of the stock by the promise stands otherwise by the law: few facts have two dates.
_STOCK_BY_LAW = """
SELECT {fact_key}, count(*) FILTER (WHERE due_at < %(now)s AND statutory_due_at >= %(now)s),
  count(*) FILTER (WHERE due_at >= %(now)s AND statutory_due_at < %(now)s)
FROM statistics_dossier_fact
WHERE state = 'open' AND statutory_due_at IS NOT NULL AND competent_id = ANY(%(agencies)s::bigint[])
GROUP BY {fact_key}
"""
# Overdue so far: due days before today by the roll-up; today's by the few facts due today and past their hour.
# What waits for acceptance stands in a line without a key; all of it in one statement, so of one instant.
_STOCK = """
SELECT {roll_key}, sum(count) FILTER (WHERE NOT is_paused AND due_on < %(today)s),
  sum(count) FILTER (WHERE NOT is_paused AND due_on >= %(today)s), sum(count) FILTER (WHERE is_paused), 0
FROM statistics_open_by_due_day WHERE agency_id = ANY(%(agencies)s::bigint[]) AND count <> 0 GROUP BY {roll_key}
UNION ALL
SELECT {fact_key}, 0, 0, 0, count(*) FROM statistics_dossier_fact
WHERE state = 'open' AND competent_id = ANY(%(agencies)s::bigint[]) AND due_at >= %(midnight)s AND due_at < %(now)s
GROUP BY {fact_key}
UNION ALL
SELECT NULL, count(*), count(*) FILTER (WHERE acceptance_due_at < %(now)s), 0, 0 FROM statistics_dossier_fact
WHERE state = 'filed' AND receiving_id = ANY(%(agencies)s::bigint[])
"""
_MONTHS = """
SELECT date_trunc('month', day)::date AS month, sum(online + counter + post), sum(early), sum(on_time), sum(late)
FROM statistics_agency_day WHERE agency_id = ANY(%s::bigint[]) AND day BETWEEN %s AND %s GROUP BY month ORDER BY month
"""
_KEYS = {GroupBy.AGENCY: ("agency_id", "competent_id"), GroupBy.FIELD: ("field_id", "field_id")}


def _rows(statement: str, values: Any) -> list[tuple[Any, ...]]:
    with statements.prepared() as cursor:
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
    under: Mapping[int, int] = MappingProxyType({}),
    basis: str = Basis.PROMISED,
) -> Figures:
    """Return the figures of some agencies for a period, both days inside, and their stock at `at`.

    Args:
        keys: agencies or fields that get a line even without dossiers, in this order; others follow by key.
        under: agencies that count in the line of another one, for figures by the structure of some date.
        basis: which limit judges early, on time, late and overdue: that of the receipt, or the statutory one.
    """
    ids = sorted({*agencies, *under})
    by, basis = GroupBy(by), Basis(basis)
    counts: dict[int, dict[str, int]] = {}
    for key, *sums in _rows(_FLOWS[by, basis], [ids, since, until]):
        counts.setdefault(key, {}).update(zip(FLOWS, sums, strict=True))
    awaiting, awaiting_overdue = _add_stock(counts, ids, by, at=at)
    if basis == Basis.STATUTORY:
        _judge_by_law(counts, ids, by, at=at)
    under = under if by == GroupBy.AGENCY else {}
    counts = _regrouped(counts, under)
    order = list(dict.fromkeys([*keys, *sorted(counts)]))
    lines = tuple(_line(key, counts.get(key, {})) for key in order)
    today = civil_day(at)
    if until < today:
        lines = _with_carried(lines, ids, by, since=since, until=until, today=today, under=under)
    else:
        lines = tuple(_carried(line, {}) for line in lines)
    return Figures(
        lines=lines,
        total=_sum(lines),
        since=since,
        until=until,
        computed_at=at,
        awaiting=awaiting,
        awaiting_overdue=awaiting_overdue,
        uncounted_events=waiting_events(),
    )


def _regrouped(counts: dict[int, dict[str, int]], under: Mapping[int, int]) -> dict[int, dict[str, int]]:
    """Add the counts of agencies that belong to another line to that line."""
    if not under:
        return counts
    found: dict[int, dict[str, int]] = {}
    for key, values in counts.items():
        line = found.setdefault(under.get(key, key), {})
        for name, value in values.items():
            line[name] = line.get(name, 0) + (value or 0)
    return found


def _add_stock(counts: dict[int, dict[str, int]], ids: list[int], by: GroupBy, *, at: datetime) -> tuple[int, int]:
    """Add what is open to the counts; return (filings that wait for acceptance, those of them that wait too long)."""
    roll_key, fact_key = _KEYS[by]
    midnight = at.replace(hour=0, minute=0, second=0, microsecond=0)
    values = {"agencies": ids, "today": civil_day(at), "midnight": midnight, "now": at}
    awaiting = (0, 0)
    for key, overdue, in_time, paused, late in _rows(_STOCK.format(roll_key=roll_key, fact_key=fact_key), values):
        if key is None:
            awaiting = (overdue, in_time)
            continue
        line = counts.setdefault(key, {})
        line["overdue"] = line.get("overdue", 0) + int(overdue or 0) + late
        line["in_time"] = line.get("in_time", 0) + int(in_time or 0) - late
        line["paused"] = line.get("paused", 0) + int(paused or 0)
    return int(awaiting[0]), int(awaiting[1])


def _judge_by_law(counts: dict[int, dict[str, int]], ids: list[int], by: GroupBy, *, at: datetime) -> None:
    """Move open dossiers between in time and overdue where the statutory limit says otherwise than the promise."""
    for key, spared, caught in _rows(_STOCK_BY_LAW.format(fact_key=_KEYS[by][1]), {"agencies": ids, "now": at}):
        line = counts.setdefault(key, {})
        line["overdue"] = line.get("overdue", 0) - spared + caught
        line["in_time"] = line.get("in_time", 0) + spared - caught


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
    lines: tuple[Line, ...],
    ids: list[int],
    by: GroupBy,
    *,
    since: date,
    until: date,
    today: date,
    under: Mapping[int, int],
) -> tuple[Line, ...]:
    after: dict[int, dict[str, int]] = {}
    flow = _FLOWS[by, Basis.PROMISED]
    for key, *sums in _rows(flow.replace("BETWEEN %s AND %s", "> %s AND day <= %s"), [ids, until, today]):
        flows = dict(zip(FLOWS, sums, strict=True))
        after[key] = {
            "come": flows["online"] + flows["counter"] + flows["post"],
            "gone": flows["early"] + flows["on_time"] + flows["late"] + flows["withdrawn"],
        }
    after = _regrouped(after, under)
    return tuple(_carried(line, after.get(line.key, {})) for line in lines)


def _sum(lines: tuple[Line, ...]) -> Line:
    names = [name for name in Line.__dataclass_fields__ if name != "key"]
    return Line(key=0, **{name: sum(getattr(line, name) for line in lines) for name in names})


_RECEIVED = frozenset({Measure.ONLINE, Measure.COUNTER, Measure.POST})
_RECEIVED_BY = (
    "(competent_id = ANY(%(agencies)s) AND received_under_id IS NULL OR received_under_id = ANY(%(agencies)s))"
)
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


_BY_LAW = {
    Measure.EARLY: "state = 'settled' AND settled_law = 'early' AND ended_on BETWEEN %(since)s AND %(until)s",
    Measure.ON_TIME: "state = 'settled' AND settled_law = 'on_time' AND ended_on BETWEEN %(since)s AND %(until)s",
    Measure.LATE: "state = 'settled' AND settled_law = 'late' AND ended_on BETWEEN %(since)s AND %(until)s",
    Measure.IN_TIME: "state = 'open' AND (due_at IS NULL OR coalesce(statutory_due_at, due_at) >= %(now)s)",
    Measure.OVERDUE: "state = 'open' AND coalesce(statutory_due_at, due_at) < %(now)s",
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
    basis: str = Basis.PROMISED,
) -> list[int]:
    """Return the ids of the dossiers behind one figure, newest first, below `after`; `basis` as for the figures."""
    conditions = _BEHIND | _BY_LAW if basis == Basis.STATUTORY else _BEHIND
    field = "AND field_id = %(field)s" if field_id is not None else ""
    key = "AND dossier_id < %(after)s" if after is not None else ""
    whose = _RECEIVED_BY if measure in _RECEIVED else "competent_id = ANY(%(agencies)s)"
    statement = (
        f"SELECT dossier_id FROM statistics_dossier_fact WHERE {whose} {field} {key} "  # noqa: S608
        f"AND {conditions[Measure(measure)]} ORDER BY dossier_id DESC LIMIT %(limit)s"
    )
    values = {
        "agencies": sorted(set(agencies)), "since": since, "until": until, "now": at, "field": field_id,
        "after": after, "limit": limit,
    }  # fmt: skip
    return [row[0] for row in _rows(statement, values)]


def trend(*, agencies: Iterable[int], since: date, until: date) -> list[MonthLine]:
    """Return received and settled per month of a period, months without anything left out."""
    return [MonthLine(*row) for row in _rows(_MONTHS, [sorted(set(agencies)), since, until])]


def public_score(*, since: date, until: date) -> PublicScore:
    """Return how many dossiers of all agencies were settled in a period and how many of them not late."""
    row = _rows(
        "SELECT coalesce(sum(early + on_time), 0), coalesce(sum(late), 0) FROM statistics_agency_day "
        "WHERE day BETWEEN %s AND %s",
        [since, until],
    )[0]
    return PublicScore(month=since, settled=row[0] + row[1], not_late=row[0], late=row[1])
