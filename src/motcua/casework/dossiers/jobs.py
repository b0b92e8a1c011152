"""Sealing and watching the log of readings; counting due dates anew after working time changed."""

from procrastinate.contrib.django import app

from motcua.casework.dossiers import services
from motcua.casework.dossiers.services import stuck
from motcua.casework.dossiers.types import Recomputed
from motcua.foundation.calendars import selectors as calendar_reads
from motcua.foundation.calendars import services as calendars
from motcua.foundation.core import clock

# As many timers as one round takes.
SWEEP = 200

MOST_LISTED = 5000  # as many as a list taken away as a file has


# 17:40 in UTC is twenty to one at night: every request of the day before has ended.
@app.periodic(cron="40 17 * * *")
@app.task(name="dossiers.seal_access_log", queueing_lock="dossiers.seal_access_log")
def seal_access_log(timestamp: int = 0) -> int:
    """Seal the readings of the days that are over."""
    return services.seal_access_log(at=clock.now())


@app.periodic(cron="5 * * * *")
@app.task(name="dossiers.find_unusual_readings", queueing_lock="dossiers.find_unusual_readings")
def find_unusual_readings(timestamp: int = 0) -> int:
    """Tell the data protection officer about unusual readings of the last two days."""
    return services.find_unusual_readings(at=clock.now())


# 17:10 in UTC is ten past midnight: the mandates of yesterday are over.
@app.periodic(cron="10 17 * * *")
@app.task(name="dossiers.hand_back_ended", queueing_lock="dossiers.hand_back_ended")
def hand_back_ended(timestamp: int = 0) -> int:
    """Give dossiers back to those who gave a mandate that has ended by its date."""
    return services.hand_back_ended(at=clock.now())


# Soon after midnight, and every hour for the one that a worker which stood still left behind.
@app.periodic(cron="12 * * * *")
@app.task(name="dossiers.carry_out_handovers", queueing_lock="dossiers.carry_out_handovers")
def carry_out_handovers(timestamp: int = 0) -> int:
    """Hand over the work of those whose last day in a post is over."""
    return services.carry_out_handovers(at=clock.now())


@app.periodic(cron="*/15 * * * *")
@app.task(name="dossiers.watch_stuck", queueing_lock="dossiers.watch_stuck")
def watch_stuck(timestamp: int = 0) -> int:
    """Find dossiers that nobody can act on or that have long been silent; return how many are new."""
    calendar_reads.forget_calendars()
    return stuck.watch_stuck(at=clock.now())[0]


@app.task(name="dossiers.recompute")
def recompute(*, change_id: int | None, agency_id: int | None, reason: str, by: int | None, reason_code: str) -> None:
    """Count the due dates of the agency's open dossiers anew (None: all), and report to the history of a change."""
    at = clock.now()
    calendar_reads.forget_calendars()  # this process may keep the calendar of ten seconds ago

    def report(done: Recomputed, *, finished: bool = False) -> None:
        if change_id is not None:
            calendars.record_recomputation(
                change_id=change_id,
                looked_at=done.looked_at,
                moved=done.moved,
                acceptances=done.acceptances,
                finished=finished,
                at=clock.now(),
            )

    done = services.recompute_due_dates(
        agency_ids=None if agency_id is None else {agency_id}, reason=reason, actor_id=by, at=at,
        reason_code=reason_code, progress=report,
    )  # fmt: skip
    report(done, finished=True)


@app.task(name="dossiers.preview")
def preview(*, preview_id: int) -> None:
    """Compute what a change of working time would do, for the person who waits for it."""
    calendar_reads.forget_calendars()
    services.run_preview(preview_id=preview_id, rows=MOST_LISTED, at=clock.now())


@app.periodic(cron="* * * * *")
@app.task(name="dossiers.sweep_timers", queueing_lock="dossiers.sweep_timers")
def sweep_timers(timestamp: int = 0) -> int:
    """Let the timers that processes draw go off, until none is due; return how many did."""
    fired = 0
    while True:
        swept = services.sweep_timers(at=clock.now())
        fired += swept.fired
        if not swept.fired or swept.due < SWEEP:
            return fired


@app.task(name="dossiers.open_child")
def open_child(*, run_id: int, token_id: int, node: str, calls: str) -> int | None:
    """File the child dossier of a call."""
    return services.open_child(run_id=run_id, token_id=token_id, node=node, calls=calls, at=clock.now())


@app.task(name="dossiers.answer_parent")
def answer_parent(*, child_id: int) -> bool:
    """Give a parent its child's result."""
    return services.answer_parent(child_id=child_id, at=clock.now())


@app.task(name="dossiers.withdraw_child")
def withdraw_child(*, token_id: int) -> bool:
    """Take a child back for which its parent no longer waits."""
    return services.withdraw_child(token_id=token_id, at=clock.now())


@app.task(name="dossiers.pass_papers_on")
def pass_papers_on(*, parent_id: int) -> int:
    """Give the papers of a supplement to the parent's open children."""
    return services.pass_papers_on(parent_id=parent_id, at=clock.now())


@app.task(name="dossiers.settle_limits")
def settle_limits(*, version_id: int, by: int | None) -> None:
    """Give dossiers taken in while their limit was in doubt the one that a person settled, with its due date."""
    calendar_reads.forget_calendars()
    services.settle_limits(version_id=version_id, actor_id=by, at=clock.now())
