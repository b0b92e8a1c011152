"""Background work: sending, the minute's round for what was put off or left behind."""

from procrastinate.contrib.django import app

from motcua.engagement.notifications import services
from motcua.foundation.core import clock


@app.task(name="notifications.send")
def send(ids: list[int]) -> int:
    """Send the messages of one chunk."""
    return services.send_messages(ids=ids, now=clock.now)


@app.task(name="notifications.send_code")
def send_code(id: int) -> bool:
    """Send a one-time code."""
    return services.send_code(message_id=id, at=clock.now())


@app.periodic(cron="* * * * *")
@app.task(name="notifications.send_due", queueing_lock="notifications.send_due", lock="notifications.send_due")
def send_due(timestamp: int = 0) -> int:
    """Send again what could not leave before, and what a worker that died was holding."""
    for message_id in services.due_codes(at=clock.now()):
        services.send_code(message_id=message_id, at=clock.now())
    return services.send_messages(ids=services.due_messages(at=clock.now()), now=clock.now)
