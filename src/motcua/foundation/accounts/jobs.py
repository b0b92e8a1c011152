"""Background work: idempotency keys of the API are forgotten after their time."""

from procrastinate.contrib.django import app

from motcua.foundation.accounts import services
from motcua.foundation.core import clock


@app.periodic(cron="25 20 * * *")
@app.task(name="accounts.sweep_api_requests", queueing_lock="accounts.sweep_api_requests")
def sweep_api_requests(timestamp: int = 0) -> int:
    """Delete what was remembered of API requests thirty days ago."""
    return services.sweep_api_requests(at=clock.now())
