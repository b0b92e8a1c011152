"""The job that carries reorganisations out when their day has begun."""

from procrastinate.contrib.django import app

from motcua.foundation.core import clock
from motcua.foundation.organisations import services


# Every ten minutes: a day begins once, and what was interrupted goes on soon.
@app.periodic(cron="*/10 * * * *")
@app.task(name="organisations.carry_out", queueing_lock="organisations.carry_out")
def carry_out(timestamp: int = 0) -> None:
    """Carry out what is planned for today or earlier, and finish what is under way."""
    services.carry_out_due(at=clock.now())
