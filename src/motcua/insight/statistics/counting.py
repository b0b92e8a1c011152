"""From events to facts and roll-ups: pure transitions, then three upserts a batch."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db import connection

from motcua.foundation.core.clock import civil_day
from motcua.foundation.core.outbox import Delivered
from motcua.insight.statistics.models import DossierFact
from motcua.insight.statistics.types import FactState, Settled

# Due day of dossiers without a running clock: no limit, or paused.
NO_DUE_DAY = date(9999, 12, 31)
FLOWS = ("online", "counter", "post", "early", "on_time", "late", "withdrawn")
# The same by the statutory limit, for those that it judges.
LAW_FLOWS = {"early": "early_law", "on_time": "on_time_law", "late": "late_law"}
COUNTED = (*FLOWS, *LAW_FLOWS.values())
_CHANNEL = {"online": "online", "post": "post"}


@dataclass(frozen=True, slots=True)
class Fact:
    """The fact row as a value; equal facts count equally."""

    dossier_id: int
    receiving_id: int
    competent_id: int
    field_id: int
    channel: str
    state: str = FactState.FILED
    settled: str = Settled.NO
    acceptance_due_at: datetime | None = None
    received_on: date | None = None
    due_at: datetime | None = None
    ended_on: date | None = None
    last_event_id: int = 0
    received_under_id: int | None = None
    statutory_due_at: datetime | None = None
    settled_law: str = Settled.NO

    @property
    def due_on(self) -> date:
        """Civil day of the due instant, NO_DUE_DAY without one."""
        return civil_day(self.due_at) if self.due_at else NO_DUE_DAY


def settled_class(ended_on: date, due_at: datetime | None) -> Settled:
    """Compare by day, not by hour; without a due date nothing is late (practice of Circular 01/2020 reports)."""
    if due_at is None or ended_on == civil_day(due_at):
        return Settled.ON_TIME
    return Settled.EARLY if ended_on < civil_day(due_at) else Settled.LATE


def _instant(value: str | None) -> datetime | None:
    return datetime.fromisoformat(value) if value else None


def moved(fact: Fact, event: Delivered) -> Fact:
    """Return the fact after one event; an event already counted changes nothing."""
    if event.id <= fact.last_event_id:
        return fact
    payload = event.payload
    day = civil_day(datetime.fromisoformat(payload["at"]))
    changes: dict[str, Any] = {"last_event_id": event.id}
    name = event.topic.removeprefix("dossiers.")
    if name == "filed":
        changes |= {"state": FactState.FILED, "acceptance_due_at": _instant(payload["acceptance_due_at"])}
    elif name == "accepted":
        changes |= {
            "state": FactState.OPEN, "received_on": day, "due_at": _instant(payload["due_at"]),
            "acceptance_due_at": None, "statutory_due_at": _instant(payload.get("statutory_due_at")),
        }  # fmt: skip
    elif name == "acceptance_due_changed" and fact.state == FactState.FILED:
        changes |= {"acceptance_due_at": _instant(payload["acceptance_due_at"])}
    elif name == "supplement_asked" and payload["is_before_acceptance"]:
        changes |= {"state": FactState.FILED_WAITING, "acceptance_due_at": None}
    elif name == "supplement_answered" and payload["is_before_acceptance"]:
        changes |= {"state": FactState.FILED, "acceptance_due_at": _instant(payload["acceptance_due_at"])}
    elif name == "due_date_changed" and fact.state in {FactState.OPEN, FactState.PAUSED}:
        due_at = _instant(payload["new_due_at"])
        # without a limit no instant stands or moves: the clock's changes are a pause and its end in turn
        is_paused = due_at is None and fact.state == FactState.OPEN
        changes |= {"due_at": due_at, "state": FactState.PAUSED if is_paused else FactState.OPEN}
        changes["statutory_due_at"] = _instant(payload.get("new_statutory_due_at"))
    elif name == "processing_finished":
        due_at, law = _instant(payload["due_at"]), _instant(payload.get("statutory_due_at"))
        changes |= {
            "state": FactState.SETTLED, "ended_on": day, "due_at": due_at, "settled": settled_class(day, due_at),
            "statutory_due_at": law, "settled_law": settled_class(day, law or due_at),
        }  # fmt: skip
    elif name == "reopened":
        # open again, and no longer counted as settled: the day of the new end counts
        changes |= {
            "state": FactState.OPEN, "ended_on": None, "settled": Settled.NO, "settled_law": Settled.NO,
            "due_at": _instant(payload["due_at"]), "statutory_due_at": _instant(payload["statutory_due_at"]),
        }  # fmt: skip
    elif name == "not_accepted":
        changes |= {"state": FactState.NOT_COUNTED, "ended_on": day, "acceptance_due_at": None}
    elif name == "inherited":
        # what was received under the former agency stays its own; what is open or comes is the heir's
        was_received = fact.received_on is not None
        changes |= {
            "competent_id": payload["competent_agency_id"],
            "receiving_id": payload["receiving_agency_id"],
            "received_under_id": fact.received_under_id or (fact.competent_id if was_received else None),
        }
    elif name in {"withdrawn", "stopped"}:
        counted = fact.received_on is not None
        state = FactState.WITHDRAWN if counted else FactState.NOT_COUNTED
        changes |= {"state": state, "ended_on": day, "acceptance_due_at": None}
    return replace(fact, **changes)


def flows_of(fact: Fact) -> Iterable[tuple[int, date, str]]:
    """Return (agency id, day, measure) that a fact adds to the roll-ups of days."""
    if fact.received_on is not None:
        yield fact.received_under_id or fact.competent_id, fact.received_on, _CHANNEL.get(fact.channel, "counter")
    if fact.ended_on is not None and fact.state == FactState.SETTLED:
        yield fact.competent_id, fact.ended_on, fact.settled
        yield fact.competent_id, fact.ended_on, LAW_FLOWS[fact.settled_law]
    elif fact.ended_on is not None and fact.state == FactState.WITHDRAWN:
        yield fact.competent_id, fact.ended_on, "withdrawn"


def stock_of(fact: Fact) -> tuple[date, bool] | None:
    """Return (due day, paused) under which an open fact stands, None when it is not open."""
    if fact.state == FactState.PAUSED:
        return NO_DUE_DAY, True
    return (fact.due_on, False) if fact.state == FactState.OPEN else None


def count_events(events: Sequence[Delivered]) -> None:
    """Apply a batch in the relay's transaction."""
    known = load_facts({int(event.subject) for event in events})
    before, after = dict(known), dict(known)
    for event in events:
        dossier_id = int(event.subject)
        fact = after.get(dossier_id) or _new(event)
        after[dossier_id] = moved(fact, event)
    write_changes(before, after)


def _new(event: Delivered) -> Fact:
    payload = event.payload
    return Fact(
        dossier_id=int(event.subject),
        receiving_id=payload["receiving_agency_id"],
        competent_id=payload["competent_agency_id"],
        field_id=payload["field_id"],
        channel=payload["channel"],
    )


_NAMES = tuple(Fact.__dataclass_fields__)


def load_facts(ids: set[int]) -> dict[int, Fact]:
    """Return the facts of some dossiers, locked."""
    rows = DossierFact.objects.filter(pk__in=ids).select_for_update().values_list(*_NAMES)
    return {row[0]: Fact(*row) for row in rows}


def write_changes(before: dict[int, Fact], after: dict[int, Fact]) -> None:
    """Upsert changed facts and add the differences to the roll-ups."""
    changed = {key: fact for key, fact in after.items() if before.get(key) != fact}
    if not changed:
        return
    days: dict[tuple[int, int, date], dict[str, int]] = defaultdict(lambda: dict.fromkeys(COUNTED, 0))
    stock: dict[tuple[int, int, date, bool], int] = defaultdict(int)
    for key, fact in changed.items():
        for sign, side in ((-1, before.get(key)), (1, fact)):
            if side is not None:
                _add(side, sign, days, stock)
    _upsert_facts(list(changed.values()))
    _add_days(days)
    _add_stock(stock)


def _add(fact: Fact, sign: int, days: dict[Any, dict[str, int]], stock: dict[Any, int]) -> None:
    for agency_id, day, measure in flows_of(fact):
        days[agency_id, fact.field_id, day][measure] += sign
    place = stock_of(fact)
    if place is not None:
        stock[(fact.competent_id, fact.field_id, *place)] += sign


def _upsert_facts(facts: list[Fact]) -> None:
    DossierFact.objects.bulk_create(
        [DossierFact(**{name: getattr(fact, name) for name in _NAMES}) for fact in facts],
        update_conflicts=True,
        unique_fields=["dossier_id"],
        update_fields=[name for name in _NAMES if name != "dossier_id"],
        batch_size=1000,
    )


def _add_days(days: dict[tuple[int, int, date], dict[str, int]]) -> None:
    whole: dict[tuple[int, date], dict[str, int]] = defaultdict(lambda: dict.fromkeys(COUNTED, 0))
    for (agency, _field, day), values in days.items():
        for name, value in values.items():
            whole[agency, day][name] += value
    fields = [(*key, *values.values()) for key, values in sorted(days.items()) if any(values.values())]
    sums = [(*key, *values.values()) for key, values in sorted(whole.items()) if any(values.values())]
    _upsert_counts("statistics_agency_field_day", ("agency_id", "field_id", "day"), COUNTED, fields)
    _upsert_counts("statistics_agency_day", ("agency_id", "day"), COUNTED, sums)


def _add_stock(stock: dict[tuple[int, int, date, bool], int]) -> None:
    rows = [(*key, value) for key, value in sorted(stock.items()) if value]
    keys = ("agency_id", "field_id", "due_on", "is_paused")
    _upsert_counts("statistics_open_by_due_day", keys, ("count",), rows)


def _upsert_counts(table: str, keys: tuple[str, ...], names: tuple[str, ...], rows: list[tuple[Any, ...]]) -> None:
    for start in range(0, len(rows), 1000):
        part = rows[start : start + 1000]
        places = ", ".join(["(" + ", ".join(["%s"] * (len(keys) + len(names))) + ")"] * len(part))
        sums = ", ".join(f"{name} = t.{name} + excluded.{name}" for name in names)
        statement = (
            f"INSERT INTO {table} AS t ({', '.join((*keys, *names))}) VALUES {places} "  # noqa: S608 - our own names
            f"ON CONFLICT ({', '.join(keys)}) DO UPDATE SET {sums}"
        )
        with connection.cursor() as cursor:
            cursor.execute(statement, [value for row in part for value in row])
