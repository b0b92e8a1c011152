"""Counting the due dates of open dossiers anew after working time changed: idempotent, by batches, with history."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction

from motcua.casework.dossiers import journal, picture, reckoning, recompute_sql
from motcua.casework.dossiers.deadlines import rules_of
from motcua.casework.dossiers.events import AcceptanceDueChanged, DossierEvent, DueDateChanged
from motcua.casework.dossiers.journal import Line
from motcua.casework.dossiers.models import Dossier
from motcua.casework.dossiers.services.publishing import event_of
from motcua.casework.dossiers.types import Recomputed
from motcua.casework.workflow import selectors as workflow_reads
from motcua.casework.workflow import services as workflow
from motcua.foundation.accounts.types import SYSTEM, Actor
from motcua.foundation.calendars import selectors as calendars
from motcua.foundation.core import outbox
from motcua.foundation.core.clock import civil_day
from motcua.foundation.organisations import selectors as organisations

BATCH = 2000


def recompute_due_dates(
    *,
    agency_ids: set[int] | None,
    reason: str,
    actor_id: int | None,
    at: datetime,
    batch: int = BATCH,
    reason_code: str = "calendar",
    progress: Callable[[Recomputed], None] | None = None,
) -> Recomputed:
    """Bring the due dates of open dossiers and of their open tasks in line with the calendars of now.

    A batch is one transaction: it locks its dossiers, writes what moved with journal, history and news, and leaves the
    rest alone; the same call twice changes nothing the second time. Stopped dossiers get their date when they go on.

    Args:
        agency_ids: agencies whose calendars changed; None: all, as after a change of the province's.
        reason: words for the history; reason_code: 'calendar' or 'downtime'.
        actor_id: person who caused it; progress: told the sums so far after each batch.
    """
    actor = replace(SYSTEM, person_id=actor_id)
    done, last = Recomputed(), 0
    while True:
        with transaction.atomic():
            rows = reckoning.open_dossiers(agency_ids, at=at).select_for_update(of=("self",))
            found = list(rows.filter(pk__gt=last).order_by("pk")[:batch])
            if found:
                done += _Batch(found, reason, reason_code, actor, at).run()
        if not found:
            return done
        last = found[-1].pk
        if progress is not None:
            progress(done)


class _Batch:
    """Locked dossiers of one transaction and what moves of them."""

    def __init__(self, found: list[Dossier], reason: str, reason_code: str, actor: Actor, at: datetime) -> None:
        self.found, self.reason, self.reason_code, self.actor, self.at = found, reason, reason_code, actor, at
        self.on = civil_day(at)
        self.lines: list[tuple[Any, ...]] = []
        self.history: list[tuple[Any, ...]] = []
        self.news: list[tuple[Any, ...]] = []
        self.moved: list[Dossier] = []
        self.due_dates = self.acceptances = 0

    def run(self) -> Recomputed:
        """Compute, write and count."""
        self._count_due()
        self._count_acceptance()
        tasks = self._count_tasks()
        if self.moved:
            recompute_sql.move([
                (row.pk, row.due_at, row.statutory_due_at, row.acceptance_due_at, row.journal_seq, row.journal_hash)
                for row in self.moved
            ])  # fmt: skip
            recompute_sql.add_journal(self.lines)
            recompute_sql.add_history(self.history)
            recompute_sql.add_news(self.news)
        return Recomputed(len(self.found), self.due_dates, self.acceptances, tasks)

    def _count_due(self) -> None:
        for row, promised, statutory in reckoning.due_of(self.found, reckoning.calendars_in_force):
            if (promised, statutory) != (row.due_at, row.statutory_due_at):
                self._move_due(row, promised, statutory)

    def _move_due(self, row: Dossier, promised: datetime | None, statutory: datetime | None) -> None:
        old, row.due_at, row.statutory_due_at = row.due_at, promised, statutory
        if old != promised:
            self.due_dates += 1
            self.history.append(
                (row.pk, old, promised, self.reason_code, self.reason, "", self.at, self.actor.person_id)
            )
        facts = picture.facts_of(row) | {"reason": self.reason_code}
        self._note(row, Line("due_moved", facts=facts, changed=self.reason))
        self._tell(
            event_of(
                DueDateChanged, row, at=self.at, old_due_at=old, new_due_at=promised, reason=self.reason_code,
                new_statutory_due_at=statutory,
            )
        )  # fmt: skip

    def _count_acceptance(self) -> None:
        for row, due in reckoning.acceptance_of(self.found, reckoning.calendars_in_force):
            if due != row.acceptance_due_at:
                row.acceptance_due_at = due
                self.acceptances += 1
                facts = {"acceptance_due_at": due.isoformat(), "reason": self.reason_code}
                self._note(row, Line("acceptance_due_moved", facts=facts, changed=self.reason))
                self._tell(event_of(AcceptanceDueChanged, row, at=self.at, acceptance_due_at=due))

    def _note(self, row: Dossier, line: Line) -> None:
        self.lines += journal.rows_of(row, [line], actor=self.actor, at=self.at)
        self.moved.append(row)

    def _tell(self, event: DossierEvent) -> None:
        self.news.append(outbox.row_of(event, at=self.at))

    def _count_tasks(self) -> int:
        runs = {row.run_id: row for row in self.found if row.run_id is not None}
        changed = []
        for task in workflow_reads.tasks_of_runs(list(runs)) if runs else ():
            if task.due_at is None or not task.spec.seconds:
                continue
            starts, due = self._clock(runs[task.run_id], task.opened_at, task.unit_id, task.spec.seconds)
            if (starts, due) != (task.starts_at, task.due_at):
                changed.append((task.token_id, starts, due))
        workflow.move_clocks(changed)
        timers = [
            (timer.id, due)
            for timer in (workflow_reads.open_timers(list(runs)) if runs else ())
            if timer.seconds is not None
            and (due := self._clock(runs[timer.run_id], timer.opened_at, timer.unit_id, timer.seconds)[1])
            != timer.due_at
        ]
        workflow.move_timers(timers)
        return len(changed)

    def _clock(self, row: Dossier, opened_at: datetime, unit_id: int, seconds: int) -> tuple[datetime, datetime]:
        """Return start and end of a step as `placement.step_clock` gave them, by the calendars of now."""
        day = civil_day(opened_at)
        begins = opened_at
        if row.accepted_at == begins:
            codes = tuple(row.deadline_rules)
            rules = rules_of(codes, since=begins) if codes else None
            handed = calendars.calendar_for(row.competent_agency_id, on=day)
            begins = max(begins, calendars.handover_at(handed, begins, rules))
        agency_id = organisations.agency_of_unit(unit_id, on=self.on)
        calendar = calendars.calendar_for(agency_id, on=day)
        starts = calendars.next_working_instant(calendar, begins)
        return starts, calendars.add_working_seconds(calendar, starts, seconds)
