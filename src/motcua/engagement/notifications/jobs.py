"""Background work: sending, the minute's round for what was put off or left behind, the daily sweep."""

from procrastinate.contrib.django import app

from motcua.engagement.notifications import services
from motcua.foundation.core import clock


@app.task(name="notifications.send")
def send(ids: list[int]) -> int:
    """Send the messages of one chunk."""
    return services.send_messages(ids=ids, now=clock.now)


@app.periodic(cron="* * * * *")
@app.task(name="notifications.send_due", queueing_lock="notifications.send_due", lock="notifications.send_due")
def send_due(timestamp: int = 0) -> int:
    """Send again what could not leave before, and what a worker that died was holding."""
    return services.send_messages(ids=services.due_messages(at=clock.now()), now=clock.now)


@app.periodic(cron="35 20 * * *")
@app.task(name="notifications.sweep", queueing_lock="notifications.sweep")
def sweep(timestamp: int = 0) -> int:
    """Delete the traces of messages of a year ago."""
    return services.sweep_messages(at=clock.now())
