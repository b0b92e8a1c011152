"""Background work: daily sweep of contents without a row, the hourly second scan."""

from procrastinate.contrib.django import app

from motcua.casework.documents import keeping
from motcua.foundation.core import clock


@app.periodic(cron="40 19 * * *")
@app.task(name="documents.sweep_orphans", queueing_lock="documents.sweep_orphans")
def sweep_orphans(timestamp: int = 0) -> int:
    """Delete contents left by failed stores and rolled-back transactions."""
    return keeping.sweep_orphans(at=clock.now())


@app.periodic(cron="20 * * * *")
@app.task(name="documents.scan_waiting", queueing_lock="documents.scan_waiting")
def scan_waiting(timestamp: int = 0) -> int:
    """Scan what was stored while the virus scanner was down."""
    return keeping.scan_waiting()
