"""Plays the planned histories by running the services in the order of a controlled clock.

Nothing is written as rows: every instant comes from the plan and is handed to a service as `at`. The play goes on
where it stopped, because arrivals are found again by their instant and what comes next is read from the dossiers.
"""

import heapq
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from motcua.casework.dossiers import selectors as dossiers_read
from motcua.casework.dossiers import services as dossiers
from motcua.casework.dossiers.types import Proof, State, StepInput, SupplementAnswer, SupplementItem
from motcua.casework.workflow import selectors as workflow_read
from motcua.casework.workflow.types import Act, Task
from motcua.demonstration import filings, steps_given, stories, turns
from motcua.demonstration.arrivals import Arrival
from motcua.demonstration.casting import Cast
from motcua.demonstration.stories import chance_of
from motcua.engagement.surveys import services as surveys
from motcua.foundation.accounts.types import PUBLIC, SYSTEM, Actor, ActorKind
from motcua.foundation.calendars import selectors as calendars
from motcua.foundation.core.clock import civil_day
from motcua.foundation.core.types import Refusal
from motcua.foundation.organisations import selectors as organisations

HOUR = 3600
BEFORE_NUMBERING = frozenset(
    {"look_at", "assign", "examine", "field_check", "draft", "check", "consult", "sign", "wait_supplement"}
)


@dataclass(order=True, slots=True)
class Due:
    """Something that happens at an instant; what and to which dossier does not order it."""

    at: datetime
    order: int
    act: str = field(compare=False)
    arrival: Arrival = field(compare=False)
    dossier_id: int = field(compare=False, default=0)
    task: Task | None = field(compare=False, default=None)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a play is."""

    arrived: int
    planned: int
    acts: int
    at: datetime
    is_last: bool = False


def played_count(*, at: datetime) -> int:
    """Return how many dossiers there are at all, up to 1,001."""
    return dossiers_read.register(actor=_reader(at), at=at, limit=1).total or 0


def _reader(at: datetime) -> Actor:
    everywhere = frozenset(organisations.directory(on=civil_day(at)).agencies)
    return Actor(kind=ActorKind.SYSTEM, scope_ids=everywhere)


class Player:
    """Runs the acts of many dossiers in the order of their instants, up to `until`."""

    def __init__(self, plan: Sequence[Arrival], *, until: datetime, citizens: dict[str, int]) -> None:
        self._plan, self._until = plan, until
        self._cast = Cast(civil_day(until))
        self._citizens = citizens
        self._heap: list[Due] = []
        self._order = 0
        self._visits: dict[tuple[int, str], int] = defaultdict(int)
        self._arrived = self._acts = 0
        self._withdrawn: set[int] = set()
        self._awaited: set[int] = set()
        self._chosen: dict[int, set[str]] = defaultdict(set)
        self._offers: filings.Offers = {}
        self.refused: Counter[str] = Counter()

    def play(self, files: filings.SampleFiles) -> Iterator[Progress]:
        """Play everything due until the end; yield now and then how far it is."""
        self._files = files
        with dossiers.timers_held():  # by the real clock they are all overdue
            yield from self._play_all()
        yield self._progress(self._until, is_last=True)

    def _play_all(self) -> Iterator[Progress]:
        played = dict(self._played())
        # What still waits before a number is given comes first, so that the work lists fill at once; it takes no
        # number from a book, and so leaves the books in the order of time.
        for early in (True, False):
            self._resume([item for item in self._plan if (item.lingers in BEFORE_NUMBERING) == early], played)
            yield from self._run()

    def _run(self) -> Iterator[Progress]:
        while self._heap and self._heap[0].at <= self._until:
            due = heapq.heappop(self._heap)
            if due.dossier_id not in self._withdrawn:
                self._do(due)
            self._acts += 1
            if self._acts % 200 == 0:
                yield self._progress(due.at)
        self._heap.clear()

    def _progress(self, at: datetime, *, is_last: bool = False) -> Progress:
        return Progress(self._arrived, len(self._plan), self._acts, at, is_last)

    def _push(self, at: datetime, act: str, arrival: Arrival, dossier_id: int = 0, task: Task | None = None) -> None:
        self._order += 1
        heapq.heappush(self._heap, Due(at, self._order, act, arrival, dossier_id, task))

    def _do(self, due: Due) -> None:
        """Do one act; a refusal ends this dossier's play and is counted, never the play of all."""
        try:
            getattr(self, f"_{due.act}")(due)
        except Refusal as refusal:
            self.refused[f"{due.act}:{due.task.act if due.task else ''}:{refusal.code}"] += 1

    # -- what is done -------------------------------------------------------------------------------------------

    def _arrive(self, due: Due) -> None:
        arrival, at = due.arrival, due.at
        on = civil_day(at)
        citizen = self._citizens.get(arrival.applicant.username)
        filing = filings.filing(arrival, self._files, citizen, self._offers, on=on)
        self._arrived += 1
        if arrival.channel == "online":
            filed = dossiers.file_online(filing=filing, actor=self._applicant(arrival), at=at)
            if arrival.lingers != "look_at":
                self._push(self._looked_at(arrival, at, 0), "look_at", arrival, filed.dossier_id)
            return
        receiving = filing.receiving_agency_id or self._receiving(filing.competent_agency_id or 0, arrival, at)
        actor, post = self._cast.receptionist(receiving, chance_of(arrival, "desk"))
        filed = dossiers.take_in_at_counter(filing=filing, actor=actor, at=at, post_id=post.post_id)
        self._accepted(arrival, filed.dossier_id, at)

    def _look_at(self, due: Due) -> None:
        """The desk looks at an online filing: asks for more, refuses, or accepts it."""
        arrival, at = due.arrival, due.at
        competent = filings.competent_agency(arrival, on=civil_day(at))
        receiving = self._receiving(competent, arrival, at)
        actor, post = self._cast.receptionist(receiving, chance_of(arrival, "desk"))
        first = self._visits[arrival.number, "look_at"] == 0
        self._visits[arrival.number, "look_at"] += 1
        if arrival.story == "supplement_before" and first:
            given = StepInput(supplement=self._lacking(arrival, due.dossier_id, at))
            dossiers.ask_before_acceptance(
                dossier_id=due.dossier_id, given=given, actor=actor, at=at, post_id=post.post_id
            )
            later = at + timedelta(days=chance_of(arrival, "answer").uniform(0.3, 6))
            self._push(later, "answer", arrival, due.dossier_id)
        elif arrival.story == "refused_before":
            dossiers.refuse_filing(
                dossier_id=due.dossier_id, reason=stories.words("refusal", arrival),
                legal_basis=stories.legal_basis(), actor=actor, at=at, post_id=post.post_id,
            )  # fmt: skip
        else:
            dossiers.accept_filing(dossier_id=due.dossier_id, actor=actor, at=at, post_id=post.post_id)
            self._accepted(arrival, due.dossier_id, at)

    def _answer(self, due: Due) -> None:
        """The citizen hands in what was asked for."""
        arrival = due.arrival
        dossier = dossiers.answer_supplement(
            dossier_id=due.dossier_id, answers=self._answers(due), actor=self._applicant(arrival), at=due.at,
            proof=Proof(due.dossier_id),
        )  # fmt: skip
        if dossier.state == State.FILED:
            self._push(self._looked_at(arrival, due.at, 1), "look_at", arrival, due.dossier_id)
        else:
            self._follow(arrival, due.dossier_id, dossiers_read.open_tasks_of(dossier_id=due.dossier_id))

    def _step(self, due: Due) -> None:
        task, arrival = due.task, due.arrival
        assert task is not None  # noqa: S101 - narrows the type
        visit = self._visits[arrival.number, stories.place_of(task)]
        outcome = stories.outcome_of(arrival, task, visit)
        if task.act == Act.WAIT_SUPPLEMENT and outcome == "supplemented":
            self._done(arrival, task, outcome)
            self._answer(due)
            return
        if stories.comes_by_message(arrival, task, outcome, visit) and self._deliver(due, outcome, visit):
            self._done(arrival, task, outcome)
            self._follow(arrival, due.dossier_id, dossiers_read.open_tasks_of(dossier_id=due.dossier_id))
            return
        self._by_hand(due, task, outcome)
        if task.act == Act.RETURN_RESULT and stories.rating_of(arrival)[0]:
            later = due.at + timedelta(minutes=chance_of(arrival, "rates").uniform(1, 900))
            self._push(later, "rate", arrival, due.dossier_id)

    def _deliver(self, due: Due, outcome: str, visit: int) -> bool:
        """Let another body's program send the message that the step waits for."""
        task = due.task
        assert task is not None  # noqa: S101 - narrows the type
        key = f"demonstration {due.arrival.number} {task.node} {visit}"
        return dossiers.deliver_message(
            dossier_id=due.dossier_id, name=task.spec.message, key=key, actor=SYSTEM, at=due.at, outcome=outcome
        )

    def _by_hand(self, due: Due, task: Task, outcome: str) -> None:
        arrival = due.arrival
        person = task.person_id or chance_of(arrival, f"who {task.unit_id} {task.role}").choice(
            self._cast.people(task.unit_id, task.role)
        )
        actor, post = self._cast.as_post(person, task.unit_id, task.role)
        lacking = self._lacking(arrival, due.dossier_id, due.at) if outcome == "lacking" else ()
        asked = steps_given.asked_by(arrival, outcome, self._chosen[arrival.number], on=civil_day(due.at))
        given = steps_given.given(
            arrival, task, outcome, actor=actor, post=post, lacking=lacking, files=self._files, asked=asked
        )
        step = dossiers.complete_step(
            dossier_id=due.dossier_id, task_id=task.public_id, outcome=outcome, actor=actor, at=due.at, given=given,
            post_id=post.post_id,
        )  # fmt: skip
        self._done(arrival, task, outcome)
        self._follow(arrival, due.dossier_id, step.opened)

    def _done(self, arrival: Arrival, task: Task, outcome: str) -> None:
        self._visits[arrival.number, stories.place_of(task)] += 1
        self._chosen[arrival.number].add(outcome)

    def _wake(self, due: Due) -> None:
        """Let the timers of this instant go off, and follow what that opened."""
        dossiers.sweep_timers(at=due.at)
        self._follow(due.arrival, due.dossier_id, dossiers_read.open_tasks_of(dossier_id=due.dossier_id))

    def _rate(self, due: Due) -> None:
        level, reasons = stories.rating_of(due.arrival)
        surveys.rate_dossier(
            dossier_id=due.dossier_id, level=level, reasons=reasons, actor=self._applicant(due.arrival), at=due.at,
            proof=Proof(due.dossier_id),
        )  # fmt: skip

    def _withdraw(self, due: Due) -> None:
        dossiers.withdraw(
            dossier_id=due.dossier_id, reason=stories.words("withdrawal", due.arrival),
            actor=self._applicant(due.arrival), at=due.at, proof=Proof(due.dossier_id),
        )  # fmt: skip
        self._withdrawn.add(due.dossier_id)

    def _turn(self, due: Due) -> None:
        turns.take(due.arrival, due.dossier_id, cast=self._cast, at=due.at)

    # -- what comes next ----------------------------------------------------------------------------------------

    def _accepted(self, arrival: Arrival, dossier_id: int, at: datetime) -> None:
        self._follow(arrival, dossier_id, dossiers_read.open_tasks_of(dossier_id=dossier_id))
        if arrival.story == "withdrawn":
            later = at + timedelta(hours=chance_of(arrival, "withdraw").uniform(3, 30))
            self._push(later, "withdraw", arrival, dossier_id)
        self._expect_turn(arrival, dossier_id)

    def _expect_turn(self, arrival: Arrival, dossier_id: int) -> None:
        at = turns.turn_at(arrival)
        if at is not None:
            self._push(at, "turn", arrival, dossier_id)

    def _follow(self, arrival: Arrival, dossier_id: int, tasks: Sequence[Task]) -> None:
        ends = self._wait_for_timers(arrival, dossier_id, tasks)
        for task in tasks:
            if task.token_id in self._awaited:
                continue
            self._awaited.add(task.token_id)
            if task.token_id in ends and stories.is_left_to_timer(arrival, task):
                continue
            if stories.lingers_at(arrival, task) or (task.act == Act.ISSUE and arrival.lingers in BEFORE_NUMBERING):
                continue
            visit = self._visits[arrival.number, stories.place_of(task)]
            agency = organisations.agency_of_unit(task.unit_id, on=civil_day(self._until))
            calendar = calendars.calendar_for(agency, on=civil_day(task.opened_at))
            natural = stories.done_at(arrival, task, visit, calendar)
            at = stories.just_before(arrival, task, self._until, calendar, natural)
            at = max(at, task.opened_at + timedelta(seconds=40))
            if at < ends.get(task.token_id, at + timedelta(seconds=1)):  # else the timer is first
                self._push(at, "step", arrival, dossier_id, task)

    def _wait_for_timers(self, arrival: Arrival, dossier_id: int, tasks: Sequence[Task]) -> dict[int, datetime]:
        """Wake up when the timers of tasks are due; return when they end their task, by token."""
        timed = {task.token_id: task for task in tasks if task.spec.boundaries and task.token_id not in self._awaited}
        if not timed:
            return {}
        first = next(iter(timed.values()))
        nodes = workflow_read.graph(first.version_id).nodes
        ends: dict[int, datetime] = {}
        for timer in workflow_read.open_timers([first.run_id]):
            if timer.token_id in timed:
                self._push(timer.due_at, "wake", arrival, dossier_id)
                if nodes[timer.node].interrupts:
                    ends[timer.token_id] = timer.due_at
        return ends

    def _looked_at(self, arrival: Arrival, at: datetime, visit: int) -> datetime:
        """Return when the desk looks at a filing: mostly within its eight hours."""
        chance = chance_of(arrival, "look at", visit)
        hours = chance.uniform(8.5, 22) if chance.random() < 0.07 else chance.uniform(0.1, 6)
        return calendars.add_working_seconds(calendars.calendar_for(None, on=civil_day(at)), at, int(hours * HOUR))

    def _receiving(self, competent: int, arrival: Arrival, at: datetime) -> int:
        listing = organisations.directory(on=civil_day(at))
        return competent if listing.agencies[competent].level == "commune" else listing.by_code["H01.18"]

    def _applicant(self, arrival: Arrival) -> Actor:
        person = self._citizens.get(arrival.applicant.username)
        if person is None:
            return PUBLIC
        return Actor(kind=ActorKind.CITIZEN, person_id=person, name=arrival.applicant.name)

    def _papers(self, dossier_id: int, at: datetime) -> list[Any]:
        row = dossiers_read.dossier_view(
            actor=SYSTEM, public_id=dossiers_read.public_id_of(proof=Proof(dossier_id)), at=at
        )
        return [paper for paper in row.papers if paper.kind == "submit"] or list(row.papers)

    def _lacking(self, arrival: Arrival, dossier_id: int, at: datetime) -> tuple[SupplementItem, ...]:
        papers = self._papers(dossier_id, at)
        paper = chance_of(arrival, "lacking").choice(papers).id if papers else None
        return (SupplementItem(reason=stories.words("supplement", arrival), paper_id=paper),)

    def _answers(self, due: Due) -> tuple[SupplementAnswer, ...]:
        wanted = [paper.id for paper in self._papers(due.dossier_id, due.at) if paper.wanted]
        return tuple(SupplementAnswer(paper_id=key, file_ids=(self._files.paper,)) for key in wanted or [None])

    # -- going on after an interruption -------------------------------------------------------------------------

    def _resume(self, plan: Sequence[Arrival], played: dict[datetime, tuple[int, str]]) -> None:
        for arrival in plan:
            if arrival.at not in played:
                self._push(arrival.at, "arrive", arrival)
            else:
                self._arrived += 1
                self._go_on(arrival, *played[arrival.at])

    def _played(self) -> Iterator[tuple[datetime, tuple[int, str]]]:
        """Yield (filing instant, (dossier id, status)) of all dossiers there are."""
        reader = _reader(self._until)
        key: str | None = None
        while True:
            page = dossiers_read.register(actor=reader, at=self._until, after_key=key, limit=500)
            yield from ((row.filed_at, (row.key, row.status)) for row in page.rows)
            key = page.next_key
            if key is None:
                return

    def _go_on(self, arrival: Arrival, dossier_id: int, status: str) -> None:
        tasks = dossiers_read.open_tasks_of(dossier_id=dossier_id)
        if tasks:
            for closed in dossiers_read.closed_tasks_of(dossier_id=dossier_id):
                self._done(arrival, closed, closed.outcome)
            self._follow(arrival, dossier_id, tasks)
            self._expect_turn(arrival, dossier_id)
        elif status == "awaiting_acceptance" and arrival.lingers != "look_at":
            self._push(self._looked_at(arrival, arrival.at, 0), "look_at", arrival, dossier_id)
        elif status == "awaiting_supplement":
            self._push(arrival.at + timedelta(days=3), "answer", arrival, dossier_id)
