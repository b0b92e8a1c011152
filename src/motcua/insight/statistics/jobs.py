"""Nightly cleaning of roll-up rows that count nothing any more."""

from procrastinate.contrib.django import app

from motcua.foundation.core import clock
from motcua.insight.statistics.services import sweep_empty_rows


@app.periodic(cron="50 19 * * *")
@app.task(queueing_lock="statistics.sweep", pass_context=False)
def sweep_statistics(timestamp: int) -> None:
    """Delete stock rows of past due days that reached zero."""
    sweep_empty_rows(before=clock.civil_day(clock.now()))
