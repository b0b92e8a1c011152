"""Background work: what was kept for a time is forgotten after it."""

from procrastinate.contrib.django import app

from motcua.foundation.accounts import services
from motcua.foundation.core import clock


@app.periodic(cron="25 20 * * *")
@app.task(name="accounts.sweep_api_requests", queueing_lock="accounts.sweep_api_requests")
def sweep_api_requests(timestamp: int = 0) -> int:
    """Delete what was remembered of API requests thirty days ago."""
    return services.sweep_api_requests(at=clock.now())


@app.periodic(cron="40 20 * * *")
@app.task(name="accounts.sweep_sign_ins", queueing_lock="accounts.sweep_sign_ins")
def sweep_sign_ins(timestamp: int = 0) -> int:
    """Forget codes, runs of failures and sessions whose time is over."""
    at = clock.now()
    return services.sweep_codes(at=at) + services.sweep_failures(at=at) + services.sweep_sessions(at=at)
