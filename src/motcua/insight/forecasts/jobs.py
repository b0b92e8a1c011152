"""Nightly making of the forecasts."""

from procrastinate.contrib.django import app

from motcua.foundation.core import clock
from motcua.insight.forecasts.services import rebuild_forecasts


@app.periodic(cron="20 20 * * *")
@app.task(queueing_lock="forecasts.rebuild", pass_context=False)
def make_forecasts(timestamp: int) -> None:
    """Make all forecasts anew, in the hours when nobody files."""
    rebuild_forecasts(at=clock.now())
