"""Letting the time for answers in internal cases run out."""

from procrastinate.contrib.django import app

from motcua.casework.internal import services
from motcua.foundation.core import clock


@app.periodic(cron="*/10 * * * *")
@app.task(name="internal.sweep_timers", queueing_lock="internal.sweep_timers")
def sweep_timers(timestamp: int = 0) -> int:
    """Let due timers of internal cases go off."""
    return services.sweep_timers(at=clock.now())
