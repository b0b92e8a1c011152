"""Nightly cleaning: drafts past their time, keys of forms that nobody sends twice any more."""

from datetime import timedelta

from procrastinate.contrib.django import app

from motcua.casework.dossiers import services
from motcua.foundation.core import clock

KEYS_KEPT = timedelta(days=30)


# Crons count in UTC: 19:10 is ten past two at night in Vietnam.
@app.periodic(cron="10 19 * * *")
@app.task(name="dossiers.sweep", queueing_lock="dossiers.sweep")
def sweep(timestamp: int = 0) -> None:
    """Delete expired drafts with what was entered, submitted ones after 30 days, and old idempotency keys."""
    at = clock.now()
    services.sweep_drafts(at=at)
    services.sweep_keys(before=at - KEYS_KEPT)
