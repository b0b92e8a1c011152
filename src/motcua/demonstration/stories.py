"""What the people of a played dossier decide, and how long they take. Pure but for the calendar given to it."""

import random
from datetime import datetime, timedelta
from functools import cache

from motcua.casework.workflow.types import Act, Holder, Task
from motcua.demonstration import packaged, pairing
from motcua.demonstration.arrivals import Arrival
from motcua.foundation.calendars import selectors as calendars
from motcua.foundation.calendars.types import WorkingCalendar
from motcua.foundation.core.clock import civil_day
from motcua.foundation.organisations import selectors as organisations

HOUR = 3600
HOURS_OF_A_DAY = 8
# Outcomes that a story asks for, in the order in which they are looked for.
WANTED = {
    "supplement": ("lacking",),
    "returned": ("lacking",),
    "not_supplemented": ("lacking",),
    "refused": ("not_eligible", "amend", "disapprove"),
    "not_certifiable": ("not_certifiable",),
    "not_needed": ("not_needed",),
    "not_paid": ("enough_tax",),
}
# Second choices that happen now and then without a story, with their share.
NOW_AND_THEN = {
    "return": 0.05,
    "return_examine": 0.02,
    "clarify": 0.05,
    "consult": 0.3,
    "silent": 0.15,
    "verify_wide": 0.2,
    "enough": 0.3,
    "correct": 0.06,
    "agree_with": 0.3,
    "object": 0.02,
    "valid_defence": 0.25,
}
# What a timer ends because nobody answered: the code of the event, with its share.
UNANSWERED = {"silent": 0.15, "late_answer": 0.12, "line_down": 0.06}
# How many messages another body's program sends; the others arrive on paper and are recorded by hand.
BY_MESSAGE = 0.8
# The acts before the one at which a dossier waits at the end of the histories: they are done so late that it has only
# just come there.
BEFORE = {
    "examine": (Act.ASSIGN,),
    "field_check": (Act.EXAMINE,),
    "draft": (Act.EXAMINE, Act.FIELD_CHECK, Act.BOOK),
    "check": (Act.DRAFT,),
    "sign": (Act.CHECK, Act.DRAFT),
    "issue": (Act.SIGN, Act.SIGN_REFUSAL),
    "to_desk": (Act.ISSUE, Act.OTHER),
    "return_result": (Act.TO_DESK,),
    "consult": (Act.OTHER,),
    "wait_agency": (Act.EXAMINE, Act.OTHER, Act.BOOK),
    "wait_supplement": (Act.EXAMINE, Act.ASK_SUPPLEMENT),
}
_WORK = frozenset({Act.EXAMINE, Act.FIELD_CHECK})


def chance_of(arrival: Arrival, what: str, visit: int = 0) -> random.Random:
    """Return the dice of one decision, so that an interrupted play throws the same again."""
    return random.Random(f"{arrival.number} {what} {visit}")  # noqa: S311 - invented lives, not a secret


def outcome_of(arrival: Arrival, task: Task, visit: int) -> str:
    """Return the outcome that the story, or now and then the dice, choose."""
    codes = [outcome.code for outcome in task.outcomes]
    wanted = WANTED.get(arrival.story, ())
    for code in wanted:
        if code in codes and (visit == 0 or code != "lacking"):
            return code
    drawn = chance_of(arrival, f"outcome {place_of(task)}", visit).random()
    if visit == 0:
        for code in codes[1:]:
            share = NOW_AND_THEN.get(code, 0.0)
            if drawn < share:
                return code
            drawn -= share
    return codes[0]


def is_left_to_timer(arrival: Arrival, task: Task) -> bool:
    """Say whether nobody answers at this wait, so that the event on its edge ends it."""
    if task.act == Act.WAIT_SUPPLEMENT:
        return arrival.story == "not_supplemented"
    if task.act == Act.WAIT_PAYMENT:
        return arrival.story == "not_paid"
    share = sum(UNANSWERED.get(lapse.code, 0.0) for lapse in task.spec.lapses)
    return chance_of(arrival, f"unanswered {place_of(task)}").random() < share


def comes_by_message(arrival: Arrival, task: Task, outcome: str, visit: int) -> bool:
    """Say whether another body's program ends the wait; what needs a reason is written by hand."""
    chosen = task.spec.outcome(outcome)
    if not task.spec.message or chosen is None or chosen.needs_reason:
        return False
    return chance_of(arrival, f"message {task.node}", visit).random() < BY_MESSAGE


def place_of(task: Task) -> str:
    """Return what tells the visits of a task: its element, and of several agencies asked the one, in any database."""
    if not task.spec.several:
        return task.node
    return f"{task.node} {organisations.directory(on=civil_day(task.opened_at)).agencies[task.unit_id].code}"


def rating_of(arrival: Arrival) -> tuple[str, tuple[str, ...]]:
    """Return (level, reasons) of what the citizen says at the end, ('', ()) when nothing."""
    table = packaged.table("arrivals.toml")["ratings"]
    chance = chance_of(arrival, "rating")
    if chance.random() >= table["share"]:
        return "", ()
    shares = table["late" if arrival.is_late else "in_time"]
    level = chance.choices(list(shares), list(shares.values()))[0]
    if level != "not_satisfied":
        return level, ()
    return level, ("late",) if arrival.is_late else (chance.choice(("not_explained", "asked_again", "hard_to_use")),)


def words(what: str, arrival: Arrival, salt: str = "") -> str:
    """Return a sentence that somebody writes."""
    table = packaged.table("words.toml")[what]
    return chance_of(arrival, f"words {what} {salt}").choice(table.get(arrival.process, table["any"]))


def legal_basis() -> str:
    """Return the article named by refusals before acceptance."""
    return packaged.table("words.toml")["basis"]["any"]


def lingers_at(arrival: Arrival, task: Task) -> bool:
    """Say whether the dossier still waits at this step when the histories end."""
    return bool(arrival.lingers) and task.act == arrival.lingers


def just_before(
    arrival: Arrival, task: Task, until: datetime, calendar: WorkingCalendar, natural: datetime
) -> datetime:
    """Return when the step before the waiting one was done: lately, so that few of those who wait are overdue."""
    if task.act not in BEFORE.get(arrival.lingers, ()):
        return natural
    chance = chance_of(arrival, f"lately {task.node}")
    share = chance.uniform(1.1, 1.8) if chance.random() < 0.12 else chance.uniform(0.05, 0.85)
    rest = share * _hours_of(arrival.process, arrival.lingers) * HOUR
    start = max(task.opened_at, task.starts_at)
    seconds = calendars.working_seconds(calendar, start, until) - int(rest)
    return calendars.add_working_seconds(calendar, start, seconds) if seconds > HOUR / 6 else natural


@cache
def _hours_of(process: str, act: str) -> float:
    tasks = packaged.table(f"processes/{process}.toml")["tasks"].values()
    return next((float(task.get("hours", 8)) for task in tasks if task["act"] == act), 8.0)


def done_at(arrival: Arrival, task: Task, visit: int, calendar: WorkingCalendar) -> datetime:
    """Return when a step is finished: in working time for staff, any day for citizens."""
    chance = chance_of(arrival, f"time {place_of(task)}", visit)
    start = max(task.opened_at, task.starts_at)
    if task.holder == Holder.CITIZEN:
        return _citizen(arrival, task, start, chance, calendar)
    if task.act == Act.RETURN_RESULT:
        return _collected(arrival, start, chance, calendar)
    if task.holder != Holder.STAFF:
        return _elsewhere(arrival, task, start, chance, calendar)
    hours = float(task.spec.hours or 0.4)
    same_day = _legal_hours(arrival) == HOURS_OF_A_DAY
    seconds = hours * HOUR * arrival.pace * chance.uniform(0.5, 1.25) * (0.3 if same_day else 1.0)
    if arrival.is_late and visit == 0 and (task.act in _WORK or _draws_late(arrival, task)):
        seconds += _legal_hours(arrival) * HOUR * chance.uniform(0.6, 1.4)
    at = calendars.add_working_seconds(calendar, start, max(120, int(seconds)))
    return _batch(at, calendar) if arrival.process == "certified_copy" and task.act == Act.SIGN else at


def _draws_late(arrival: Arrival, task: Task) -> bool:
    return arrival.process == "birth_residence_health" and task.act == Act.DRAFT


def _legal_hours(arrival: Arrival) -> int:
    return next(item.legal_hours for item in pairing.pairings() if item.code == arrival.process)


def _batch(at: datetime, calendar: WorkingCalendar) -> datetime:
    """Leaders sign certified copies in batches at ten and at three, and what is left before they go."""
    for hour, minute in ((10, 0), (15, 0), (16, 20)):
        signed = at.replace(hour=hour, minute=minute + at.minute % 12)
        if signed > at:
            return signed
    tomorrow = calendars.next_working_instant(calendar, at.replace(hour=20))
    return tomorrow.replace(hour=10, minute=at.minute % 12, second=at.second)


def _citizen(
    arrival: Arrival, task: Task, start: datetime, chance: random.Random, calendar: WorkingCalendar
) -> datetime:
    days = min(28.0, chance.lognormvariate(1.1, 0.7))
    at = start + timedelta(days=days)
    if task.act == Act.WAIT_PAYMENT:  # an officer records it
        return calendars.next_working_instant(calendar, at)
    return at.replace(hour=chance.choice((8, 9, 10, 14, 16, 19, 20)), minute=chance.randint(1, 59))


def _elsewhere(
    arrival: Arrival, task: Task, start: datetime, chance: random.Random, calendar: WorkingCalendar
) -> datetime:
    hours = float(task.spec.hours or (20 if task.pauses else 1.5))
    share = chance.uniform(0.35, 0.95) * (1.5 if arrival.is_late else 1.0)
    return calendars.add_working_seconds(calendar, start, max(600, int(hours * HOUR * share)))


def _collected(arrival: Arrival, start: datetime, chance: random.Random, calendar: WorkingCalendar) -> datetime:
    if arrival.delivery == "online":
        return calendars.add_working_seconds(calendar, start, chance.randint(120, HOUR))
    most = 2 if arrival.process == "certified_copy" else 22
    return calendars.add_working_seconds(calendar, start, int(chance.uniform(0.05, most) * HOUR))
