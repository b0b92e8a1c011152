"""Random lives: legal and illegal acts by anybody, in any order; what must always hold is checked after each act."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.db.models import Sum
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from tests.world import BUSINESS, CERTIFICATION, World

from motcua.casework.documents import services as documents
from motcua.casework.documents.tests import samples
from motcua.casework.dossiers import journal, picture, selectors, services
from motcua.casework.dossiers.models import BookLine, CodeSequence, Dossier, Pause, RegisterBook, SupplementRequest
from motcua.casework.dossiers.services import clock
from motcua.casework.dossiers.types import Filed, State, StepInput, SupplementAnswer, SupplementItem, Waiting
from motcua.casework.workflow import selectors as workflow
from motcua.casework.workflow.models import Run
from motcua.casework.workflow.types import Task
from motcua.foundation.calendars import selectors as calendars
from motcua.foundation.calendars import services as calendar_services
from motcua.foundation.calendars.types import DayKind, SpecialDays
from motcua.foundation.core import relay
from motcua.foundation.core.clock import civil_day
from motcua.foundation.core.models import OutboxFailure
from motcua.foundation.core.types import Refusal
from motcua.insight.statistics import services as statistics
from motcua.insight.statistics.models import AgencyDay, AgencyFieldDay, DossierFact, OpenByDueDay

PEOPLE = (
    "tiepnhan", "canbo", "truongphong", "lanhdao", "vanthu", "kiemnhiem", "xa.tiepnhan", "kiemsoat", "congdan",
    "congdan2",
)  # fmt: skip
# whose work the step of an act is
DOERS = {
    "examine": "canbo", "wait_supplement": "canbo", "check": "truongphong", "sign": "lanhdao",
    "sign_refusal": "lanhdao", "issue": "vanthu", "to_desk": "vanthu", "return_result": "tiepnhan",
}  # fmt: skip
CLOSED = {State.NOT_ACCEPTED, State.RETURNED, State.WITHDRAWN, State.STOPPED}
# one chance in three that somebody else tries
anybody = st.one_of(st.just(""), st.just(""), st.sampled_from(PEOPLE))
which = st.integers(min_value=0, max_value=3)


class Life(RuleBasedStateMachine):
    """A handful of dossiers of two procedures, moved at random; each run is undone at its end."""

    world: World
    file_id: int

    @initialize()
    def begin(self) -> None:
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.at = self.world.now
        self.filed: list[Filed] = []
        self.seen: list[Task] = []

    def teardown(self) -> None:
        try:
            self._figures_follow()
        finally:
            transaction.set_rollback(True)
            self.undo.__exit__(None, None, None)
            calendars.forget_calendars()

    def _try(self, act: Callable[..., Any], **given: Any) -> Any:
        """Do an act; a refused one leaves no trace."""
        before = self._marks()
        try:
            with transaction.atomic():
                return act(at=self.at, **given)
        except Refusal:
            assert self._marks() == before
            return None

    def _marks(self) -> list[tuple[Any, ...]]:
        return list(Dossier.objects.order_by("pk").values_list("pk", "journal_seq", "state", "lock_version"))

    def _row(self, place: int) -> Dossier:
        return Dossier.objects.get(pk=self.filed[place % len(self.filed)].dossier_id)

    def _keep(self, filed: Filed | None) -> None:
        if filed is not None:
            self.filed.append(filed)

    @rule(hours=st.sampled_from([0, 1, 7, 24, 80]))
    def time_passes(self, hours: int) -> None:
        self.at += timedelta(hours=hours)

    @precondition(lambda self: len(self.filed) < 4)
    @rule(who=anybody, code=st.sampled_from([BUSINESS, CERTIFICATION]))
    def take_in(self, who: str, code: str) -> None:
        filing = self.world.filing(code=code, citizen_person_id=self.world.people["congdan"])
        self._keep(self._try(services.take_in_at_counter, filing=filing, actor=self.world.actor(who or "tiepnhan")))

    @precondition(lambda self: len(self.filed) < 4)
    @rule()
    def file_online(self) -> None:
        filing = self.world.filing(channel="online", citizen_person_id=self.world.people["congdan"])
        self._keep(self._try(services.file_online, filing=filing, actor=self.world.actor("congdan")))

    @precondition(lambda self: self.filed)
    @rule(place=which, who=anybody)
    def accept(self, place: int, who: str) -> None:
        actor = self.world.actor(who or "tiepnhan")
        self._try(services.accept_filing, dossier_id=self._row(place).pk, actor=actor)

    @precondition(lambda self: self.filed)
    @rule(place=which, who=anybody, reason=st.sampled_from(["Thiếu chữ ký", ""]))
    def ask_before_acceptance(self, place: int, who: str, reason: str) -> None:
        given = StepInput(supplement=(SupplementItem(reason=reason),))
        actor = self.world.actor(who or "tiepnhan")
        self._try(services.ask_before_acceptance, dossier_id=self._row(place).pk, given=given, actor=actor)

    @precondition(lambda self: self.filed)
    @rule(place=which, who=anybody, has_files=st.booleans())
    def answer(self, place: int, who: str, has_files: bool) -> None:
        answers = (SupplementAnswer(paper_id=None, file_ids=(self.file_id,) if has_files else ()),)
        actor = self.world.actor(who or "congdan")
        self._try(services.answer_supplement, dossier_id=self._row(place).pk, answers=answers, actor=actor)

    @precondition(lambda self: self.filed)
    @rule(place=which, who=anybody)
    def refuse(self, place: int, who: str) -> None:
        actor = self.world.actor(who or "tiepnhan")
        self._try(
            services.refuse_filing, dossier_id=self._row(place).pk, reason="Sai nơi", legal_basis="Điều 17", actor=actor
        )

    @precondition(lambda self: self.filed)
    @rule(place=which, who=anybody)
    def withdraw(self, place: int, who: str) -> None:
        actor = self.world.actor(who or "congdan")
        self._try(services.withdraw, dossier_id=self._row(place).pk, reason="đổi ý", actor=actor)

    @precondition(lambda self: self.filed)
    @rule(
        place=which, who=anybody, chosen=st.integers(min_value=0, max_value=3), says_why=st.booleans(),
        is_return=st.booleans(),
    )  # fmt: skip
    def step(self, place: int, who: str, chosen: int, says_why: bool, is_return: bool) -> None:
        tasks = self._tasks(self._row(place))
        if tasks:
            self._do(self._row(place), tasks[0], who, chosen, says_why=says_why, is_return=is_return)

    @precondition(lambda self: self.filed)
    @rule(place=which, steps=st.integers(min_value=2, max_value=6))
    def straight_on(self, place: int, steps: int) -> None:
        for _ in range(steps):
            tasks = self._tasks(self._row(place))
            if tasks:
                self._do(self._row(place), tasks[0], "", 0, says_why=False)

    @precondition(lambda self: self.seen)
    @rule(place=which)
    def do_again_what_was_done(self, place: int) -> None:
        task = self.seen[place % len(self.seen)]
        dossier = Dossier.objects.get(run_id=task.run_id)
        assert self._do(dossier, task, "", 0, says_why=True) is None

    @precondition(lambda self: self.filed)
    @rule(place=which, who=anybody, to=st.sampled_from(["canbo", "canbo2", "congdan", None]))
    def assign(self, place: int, who: str, to: str | None) -> None:
        tasks = self._tasks(self._row(place))
        if tasks:
            self._try(
                services.assign, dossier_id=self._row(place).pk, task_id=tasks[0].public_id,
                person_id=self.world.people[to] if to else None, actor=self.world.actor(who or "truongphong"),
            )  # fmt: skip

    @precondition(lambda self: self.filed)
    @rule(place=which, who=anybody, days=st.integers(min_value=-1, max_value=20), late=st.booleans())
    def put_off(self, place: int, who: str, days: int, late: bool) -> None:
        dossier = self._row(place)
        day = civil_day(dossier.due_at or self.at) + timedelta(days=days)
        self._try(
            services.appoint_new_date, dossier_id=dossier.pk, reason="Chờ ý kiến", new_due_on=day,
            override_reason="Bão" if late else "", actor=self.world.actor(who or "lanhdao"),
        )  # fmt: skip

    @precondition(lambda self: self.filed)
    @rule(place=which, who=anybody, granted=st.booleans())
    def ask_and_decide(self, place: int, who: str, granted: bool) -> None:
        dossier = self._row(place)
        day = civil_day(dossier.due_at or self.at) + timedelta(days=7)
        asked = self._try(
            services.propose_extension, dossier_id=dossier.pk, reason="Chờ", new_due_on=day,
            actor=self.world.actor(who or "canbo"),
        )  # fmt: skip
        if asked is not None:
            self._try(
                services.decide_extension, extension_id=asked.pk, is_granted=granted, answer="Không",
                actor=self.world.actor("lanhdao"),
            )  # fmt: skip

    @precondition(lambda self: self.filed)
    @rule(place=which, who=anybody, holder=st.sampled_from(["court", "posting", "citizen", "nobody"]))
    def suspend(self, place: int, who: str, holder: str) -> None:
        self._try(
            services.suspend, dossier_id=self._row(place).pk, holder=holder, reason="Chờ", ground="Điều 1",
            actor=self.world.actor(who or "truongphong"),
        )  # fmt: skip

    @precondition(lambda self: self.filed)
    @rule(place=which, who=anybody)
    def end_suspension(self, place: int, who: str) -> None:
        actor = self.world.actor(who or "lanhdao")
        self._try(services.end_suspension, dossier_id=self._row(place).pk, actor=actor)

    @precondition(lambda self: self.filed)
    @rule(place=which, who=anybody, granted=st.booleans())
    def ask_to_ask_again(self, place: int, who: str, granted: bool) -> None:
        asked = self._try(
            services.ask_for_second_supplement, dossier_id=self._row(place).pk, reason="Thêm bản vẽ",
            actor=self.world.actor(who or "canbo"),
        )  # fmt: skip
        if asked is not None and asked.decided_at is None:
            self._try(
                services.decide_second_supplement, approval_id=asked.pk, is_granted=granted, answer="Không",
                actor=self.world.actor("lanhdao"),
            )  # fmt: skip

    @precondition(lambda self: self.filed)
    @rule(place=which, who=anybody, chosen=st.integers(min_value=0, max_value=5))
    def go_back(self, place: int, who: str, chosen: int) -> None:
        for task in self._tasks(self._row(place))[:1]:
            doer = self.world.actor(who or DOERS[task.act])
            steps = selectors.steps_back(actor=self.world.actor(DOERS[task.act]), task_id=task.public_id, at=self.at)
            step = steps[chosen % len(steps)][0] if steps else "T2"
            self._try(
                services.return_to_step, dossier_id=self._row(place).pk, task_id=task.public_id, step=step,
                reason="Chưa rõ", actor=doer,
            )  # fmt: skip

    @precondition(lambda self: self.filed)
    @rule(
        place=which, who=anybody, chosen=st.integers(min_value=0, max_value=5), is_correction=st.booleans(),
        effect=st.sampled_from(["resume", "restart", "never"]), reason=st.sampled_from(["Sai tên", ""]),
    )  # fmt: skip
    def open_again(self, place: int, who: str, chosen: int, is_correction: bool, effect: str, reason: str) -> None:
        dossier = self._row(place)
        steps = selectors.reopening_steps(dossier_id=dossier.pk, is_correction=is_correction)
        given = {
            "dossier_id": dossier.pk, "step": steps[chosen % len(steps)][0] if steps else "T2", "effect": effect,
            "reason": reason, "ground": "Điều 21", "actor": self.world.actor(who or "lanhdao"),
        }  # fmt: skip
        if is_correction:
            self._try(services.correct_result, fault="agency", **given)
        else:
            self._try(services.reopen, **given)

    @precondition(lambda self: self.filed)
    @rule(place=which, who=anybody, step=st.sampled_from(["T2", "T4", "T5"]), anew=st.booleans(), wrong=st.booleans())
    def reopen(self, place: int, who: str, step: str, anew: bool, wrong: bool) -> None:
        given = {"dossier_id": self._row(place).pk, "step": step, "reason": "Sai", "ground": "Điều 21"}
        given |= {"effect": "restart" if anew else "resume", "actor": self.world.actor(who or "lanhdao")}
        more = {"fault": "agency"} if wrong else {}
        self._try(services.correct_result if wrong else services.reopen, **given, **more)

    @rule(days=st.integers(min_value=0, max_value=6))
    def office_closes(self, days: int) -> None:
        """A day off is declared, and all open dossiers are counted anew; the second time nothing moves."""
        since = civil_day(self.at) + timedelta(days=days)
        special = SpecialDays(kind=DayKind.CLOSURE, since=since, until=since + timedelta(days=1), name="Bão")
        try:
            with transaction.atomic():
                calendar_services.record_special_days(calendar_code="province", days=special, at=self.at)
        except (IntegrityError, Refusal):
            return  # the day is off already
        finally:
            calendars.forget_calendars()
        given = {"agency_ids": None, "reason": "Bão", "actor_id": None, "at": self.at}
        services.recompute_due_dates(**given)
        again = services.recompute_due_dates(**given)
        assert (again.moved, again.tasks) == (0, 0)

    def _tasks(self, dossier: Dossier) -> tuple[Task, ...]:
        return tuple(workflow.open_tasks(dossier.run_id)) if dossier.run_id else ()

    def _do(
        self, dossier: Dossier, task: Task, who: str, chosen: int, *, says_why: bool, is_return: bool = False
    ) -> Any:
        offered = [outcome.code for outcome in task.outcomes] + ["never-offered"]
        outcome = offered[chosen % len(offered)]
        given = StepInput(
            note="vì sao" if says_why else "",
            supplement=(SupplementItem(reason="Mờ"),) if outcome == "lacking" and says_why else (),
            is_return=is_return and outcome == "lacking",
        )
        done = self._try(
            services.complete_step, dossier_id=dossier.pk, task_id=task.public_id, outcome=outcome,
            actor=self.world.actor(who or DOERS[task.act]), given=given,
        )  # fmt: skip
        if done is not None:
            self.seen.append(task)
        return done

    @invariant()
    def journals_tell_the_rows(self) -> None:
        for dossier in self._all():
            assert journal.broken_link(dossier.pk) is None
            assert picture.replay(dossier.pk) == picture.picture_of(dossier)

    @invariant()
    def ledgers_add_up(self) -> None:
        for dossier in self._all():
            if dossier.accepted_at is None or dossier.run_id is None or dossier.limit_unit == "none":
                continue
            found = selectors.dossier_ledger(dossier_id=dossier.pk, at=self.at)
            assert found.total_seconds == sum(line.seconds for line in found.lines)
            assert sum(item.counted_seconds for item in found.holders) <= found.total_seconds
            if dossier.state == State.IN_PROCESS and not found.is_stopped:
                assert found.due_at == dossier.due_at

    @invariant()
    def numbers_have_no_gap_and_no_double(self) -> None:
        if not hasattr(self, "filed"):
            return
        codes = [dossier.code for dossier in self._all() if dossier.code]
        assert len(set(codes)) == len(codes) == (CodeSequence.objects.aggregate(sum=Sum("last"))["sum"] or 0)
        for book in RegisterBook.objects.all():
            numbers = sorted(BookLine.objects.filter(book=book).values_list("number", flat=True))
            assert numbers == list(range(1, book.last + 1))

    @invariant()
    def clock_and_waiting_follow_the_tasks(self) -> None:
        for dossier in self._all():
            tasks = self._tasks(dossier)
            pauses = Pause.objects.filter(dossier=dossier, ended_at__isnull=True).count()
            assert pauses == (1 if dossier.is_suspended or any(task.pauses for task in tasks) else 0)
            if dossier.state == State.FILED:
                assert (dossier.acceptance_due_at is None) == (dossier.waiting_for == Waiting.CITIZEN)
                assert not tasks
            if dossier.state == State.IN_PROCESS:
                assert tasks
                if not dossier.is_suspended:
                    assert dossier.waiting_for == clock.waiting_for(list(tasks))
                due = (None, None) if pauses else clock.legal_due_instants(dossier)
                assert (dossier.due_at, dossier.statutory_due_at) == due
            if dossier.state in CLOSED:
                assert not tasks
                assert dossier.waiting_for == Waiting.NOBODY
                assert not SupplementRequest.objects.filter(dossier=dossier, answered_at__isnull=True).exists()
                assert not Run.objects.filter(pk=dossier.run_id, state="running").exists()

    def _all(self) -> list[Dossier]:
        return list(Dossier.objects.order_by("pk")) if hasattr(self, "filed") else []

    def _figures_follow(self) -> None:
        while relay.relay_batch(at=self.at, size=7):
            pass
        assert not OutboxFailure.objects.exists()
        counted = _figures()
        statistics.rebuild_statistics()
        assert _figures() == counted


def _figures() -> list[Any]:
    facts = [field.name for field in DossierFact._meta.fields if field.name != "last_event_id"]
    found: list[Any] = [sorted(DossierFact.objects.values_list(*facts), key=str)]
    for model in (AgencyDay, AgencyFieldDay, OpenByDueDay):
        counts = [field.name for field in model._meta.fields if field.name != "id"]
        rows = [dict(zip(counts, row, strict=True)) for row in model.objects.values_list(*counts)]
        found.append(sorted(str(row) for row in rows if _is_counted(row)))
    return found


def _is_counted(row: dict[str, Any]) -> bool:
    keys = {"agency_id", "agency", "field_id", "day", "due_on", "is_paused"}
    return any(value for name, value in row.items() if name not in keys)


def test_random_lives(world: World) -> None:
    stored = documents.store_upload(
        file=ContentFile(samples.pdf(), name="a.pdf"), name="a.pdf", purpose="supplement", at=world.now, owner_key="t"
    )
    machine = type("LifeHere", (Life,), {"world": world, "file_id": stored.id})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=9, stateful_step_count=22, deadline=None, derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )  # fmt: skip
