"""Sweeps: what the ground's tables need not keep."""

from datetime import timedelta

from django.conf import settings
from procrastinate import JobContext
from procrastinate.contrib.django import app

from motcua.foundation.core import clock, keeping
from motcua.foundation.core.models import Attempt, OutboxEvent, OutboxFailure

EVENTS_KEPT = timedelta(days=30)
ATTEMPTS_KEPT = timedelta(days=1)
JOBS_KEPT_HOURS = 30 * 24


@app.periodic(cron="17 * * * *")
@app.task(name="core.sweep", queueing_lock="core.sweep")
def sweep(timestamp: int = 0) -> None:
    """Delete counted attempts and events that everybody has taken."""
    at = clock.now()
    Attempt.objects.filter(window_start__lt=at - ATTEMPTS_KEPT).delete()
    set_aside = OutboxFailure.objects.values("event_id")
    OutboxEvent.objects.filter(delivered_at__lt=at - EVENTS_KEPT).exclude(pk__in=set_aside).delete()


# 19:10 in UTC is ten past two at night in Vietnam.
@app.periodic(cron="10 19 * * *")
@app.task(name="core.purge", queueing_lock="core.purge")
def purge(timestamp: int = 0) -> int:
    """Delete what was kept longer than its period, with a record of each kind, unless the operator does it by hand."""
    if not settings.MOTCUA_PURGE_NIGHTLY:
        return 0
    return sum(over.removed or 0 for over in keeping.purge(by="nightly", at=clock.now()))


@app.periodic(cron="43 20 * * *")
@app.task(name="core.sweep_jobs", queueing_lock="core.sweep_jobs", pass_context=True)
async def sweep_jobs(context: JobContext, timestamp: int = 0) -> None:
    """Delete finished jobs of long ago."""
    await context.app.job_manager.delete_old_jobs(nb_hours=JOBS_KEPT_HOURS, include_failed=True)
