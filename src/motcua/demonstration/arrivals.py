"""Plans who comes when with what, and how their story goes: pure, seeded, the same at every run.

The plan only says what people do; what it leads to is found out by running the services. A dossier's number is in the
microseconds of its arrival, so that an interrupted play finds again what it has played.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from motcua.demonstration import packaged, pairing, province
from motcua.demonstration.names import NameMaker
from motcua.foundation.core.clock import VIETNAM

CITIZEN_SEED = 7


@dataclass(frozen=True, slots=True)
class Somebody:
    """An invented citizen. Identity numbers begin with 099 and phones with 0190: neither is ever given out."""

    name: str
    identity: str
    phone: str
    address: str
    born_on: date
    email: str = ""
    username: str = ""


@dataclass(frozen=True, slots=True)
class Arrival:
    """One dossier to be played.

    Attributes:
        place: official code of the commune where the applicant lives and, for commune procedures, that decides.
        taken_at: agency code where it is taken in, '' for where the offer says.
        story: usual, supplement, refused, withdrawn, not_supplemented, not_paid, not_certifiable, not_needed,
            supplement_before, refused_before; returned (as not eligible, and complete later), extended, suspended.
        pace: share of the step's hours that the people take; is_late makes one step take far too long.
        lingers: the act at which it still waits at the end of the histories, 'look_at' for an online filing that
            nobody has looked at yet; '' for none.
    """

    number: int
    at: datetime
    process: str
    procedure: str
    place: str
    taken_at: str
    channel: str
    story: str
    pace: float
    is_late: bool
    applicant: Somebody
    delivery: str
    lingers: str = ""


def plan(count: int, days: Sequence[date], *, until: datetime | None = None) -> list[Arrival]:
    """Return `count` arrivals over the working `days`, and the extra ones, which come before `until`."""
    table = packaged.table("arrivals.toml")
    chance = random.Random(table["seed"])  # noqa: S311 - invented lives, not a secret
    names = NameMaker(CITIZEN_SEED)
    drawn = sorted(_day(chance, table, days) for _number in range(count))
    moulds = _moulds(chance, table, count)
    planned = [
        _arrival(chance, table, names, number, day, mould, days_left=len(days) - 1 - days.index(day))
        for number, (day, mould) in enumerate(zip(drawn, moulds, strict=True), 1)
    ]
    return planned + _extra(chance, table, names, days, count, until)


def _extra(
    chance: random.Random,
    table: dict[str, Any],
    names: NameMaker,
    days: Sequence[date],
    count: int,
    until: datetime | None,
) -> list[Arrival]:
    """Return the few arrivals that make sure that the shown accounts have something to do."""
    rows = {row["ward_code"]: row for row, _code in province.communes()}
    wanted = [item for item in table["extra"] if item["place"] in rows for _time in range(item.get("count", 1))]
    found = []
    for number, item in enumerate(wanted, count + 1):
        day = days[-1 - item["days_ago"]]
        mould = {"process": item["process"], "online": 0, "post": 0, "stories": {"usual": 1}, "late": 0}
        made = _arrival(chance, table, names, number, day, mould, days_left=99, row=rows[item["place"]])
        changes = {key: item[key] for key in ("channel", "story", "lingers") if key in item}
        if item.get("channel") == "online":
            changes["taken_at"] = ""
        if until is not None and made.at >= until:  # later today: it came on the working day before
            changes["at"] = datetime.combine(days[-2], made.at.timetz())
        found.append(replace(made, **changes, applicant=replace(made.applicant, username=item.get("citizen", ""))))
    return found


def _day(chance: random.Random, table: dict[str, Any], days: Sequence[date]) -> date:
    weights = [table["weekdays"][min(day.weekday(), 4)] for day in days]
    for place in range(len(days))[-table["busy_days"] :]:
        weights[place] *= table["busy"]
    return chance.choices(days, weights)[0]


def _moulds(chance: random.Random, table: dict[str, Any], count: int) -> list[dict[str, Any]]:
    mix = table["mix"]
    return chance.choices(mix, [item["share"] for item in mix], k=count)


def _pick(chance: random.Random, shares: dict[str, float]) -> str:
    return chance.choices(list(shares), list(shares.values()))[0]


def _arrival(
    chance: random.Random,
    table: dict[str, Any],
    names: NameMaker,
    number: int,
    day: date,
    mould: dict[str, Any],
    *,
    days_left: int,
    row: dict[str, str] | None = None,
) -> Arrival:
    row = row or _commune(chance, table["load"])
    channel = _channel(chance, mould)
    story = _story(chance, mould, channel)
    known = next(item for item in pairing.pairings() if item.code == mould["process"])
    return Arrival(
        number=number,
        at=_moment(chance, table, day, channel, number),
        process=known.code,
        procedure=chance.choices(known.procedures, [3, 1][: len(known.procedures)])[0],
        place=row["ward_code"],
        taken_at=_taken_at(chance, table, known, row, channel),
        channel=channel,
        story=story,
        pace=min(0.98, max(0.12, chance.lognormvariate(-0.75, 0.35))),
        is_late=chance.random() < mould["late"],
        applicant=_somebody(chance, names, row),
        delivery=_delivery(chance, channel),
        lingers=_lingers(chance, table["waiting"], row, channel, known, days_left),
    )


def _commune(chance: random.Random, load: dict[str, int]) -> dict[str, str]:
    rows = [row for row, _code in province.communes()]
    return chance.choices(rows, [load[row["load"]] for row in rows])[0]


def _channel(chance: random.Random, mould: dict[str, Any]) -> str:
    drawn = chance.random()
    if drawn < mould["online"]:
        return "online"
    return "post" if drawn < mould["online"] + mould["post"] else "counter"


def _story(chance: random.Random, mould: dict[str, Any], channel: str) -> str:
    story = _pick(chance, mould["stories"])
    # Only what is filed online waits for acceptance; at a desk the receptionist says it at once.
    return "usual" if story.endswith("_before") and channel != "online" else story


def _lingers(
    chance: random.Random,
    waiting: dict[str, Any],
    row: dict[str, str],
    channel: str,
    known: pairing.Pairing,
    days_left: int,
) -> str:
    """Choose where a late arrival still waits at the end: more often at busy places, hardly ever when due at once."""
    in_time = days_left < max(1, known.legal_hours // 8)
    if days_left >= waiting["days"] or (not in_time and chance.random() >= waiting["overdue"]):
        return ""
    share = waiting["same_day"] if known.legal_hours == 8 and days_left else waiting[row["load"]]
    if chance.random() >= share:
        return ""
    drawn = {task["act"] for task in packaged.table(f"processes/{known.code}.toml")["tasks"].values()}
    acts = {
        act: weight for act, weight in waiting["acts"].items() if act in drawn and (act != "assign" or not days_left)
    }
    if channel == "online" and days_left < 2:
        acts["look_at"] = waiting["look_at"]
    return _pick(chance, acts)


def _moment(chance: random.Random, table: dict[str, Any], day: date, channel: str, number: int) -> datetime:
    hours = table["online_hours" if channel == "online" else "desk_hours"]
    hour = int(_pick(chance, hours))
    late_half = hour == 13 and channel != "online"  # the desks open again at half past one
    minute = chance.randint(32, 59) if late_half else chance.randint(2, 58)
    clock = time(hour, minute, chance.randint(0, 59), number, tzinfo=VIETNAM)
    return datetime.combine(day, clock)


def _taken_at(
    chance: random.Random, table: dict[str, Any], known: pairing.Pairing, row: dict[str, str], channel: str
) -> str:
    if channel != "counter":
        return ""
    own = province.commune_codes()[row["ward_code"]]
    if known.taken_by == "land_branches":
        return own if chance.random() < 0.55 else ""
    if known.taken_by == "communes" and known.code != "certified_copy" and chance.random() < table["other_place"]:
        return chance.choice(("H01.18", province.commune_codes()["30742"]))
    return ""


def _somebody(chance: random.Random, names: NameMaker, row: dict[str, str]) -> Somebody:
    sex = chance.choice(("male", "female"))
    born = date(1950, 1, 1) + timedelta(days=chance.randint(0, 55 * 365))
    century = (0 if born.year < 2000 else 2) + (sex == "female")
    return Somebody(
        name=names.next(sex),
        identity=f"099{century}{born:%y}{chance.randint(0, 999_999):06}",
        phone=f"0190{chance.randint(0, 999_999):06}",
        address=f"Tổ {chance.randint(1, 28)}, {row['name']}, tỉnh An Giang",
        born_on=born,
    )


def _delivery(chance: random.Random, channel: str) -> str:
    if channel == "online":
        return _pick(chance, {"online": 55, "desk": 30, "post": 15})
    return _pick(chance, {"desk": 90, "post": 10})
