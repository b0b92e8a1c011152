"""The worker: hands events of the outbox to their subscribers, runs jobs and periodic sweeps."""

import threading
import time
from collections.abc import Sequence

import django
import structlog
from django.db import Error as DatabaseError
from django.db import connection

IDLE_SECONDS = 0.5
RETRY_SECONDS = 5.0
log = structlog.get_logger(__name__)


def run(arguments: Sequence[str]) -> None:
    """Work until told to stop; a job under way is finished first."""
    django.setup()
    from procrastinate.contrib.django import app

    stopped = threading.Event()
    relay = threading.Thread(target=relay_until, args=[stopped], name="relay", daemon=True)
    relay.start()
    try:
        # An app of its own for fetching jobs: the tasks keep Django's connection, so that what the relay defers
        # is committed, or not, with the batch that deferred it.
        working = app.with_connector(app.connector.get_worker_connector())  # type: ignore[attr-defined]
        working.run_worker(concurrency=2, shutdown_graceful_timeout=20, install_signal_handlers=True)
    finally:
        stopped.set()
        relay.join(timeout=20)


def relay_until(stopped: threading.Event) -> None:
    """Relay batches until `stopped`; a database that goes away is waited for."""
    from motcua.foundation.core import clock, relay

    retry_from = 0.0
    while not stopped.is_set():
        try:
            taken = relay.relay_batch(at=clock.now())
            if time.monotonic() >= retry_from:
                relay.retry_failures(at=clock.now())
                retry_from = time.monotonic() + RETRY_SECONDS
        except DatabaseError as error:
            log.warning("relay_waits_for_database", error=type(error).__name__)
            connection.close()
            stopped.wait(2)
            continue
        except Exception:
            log.exception("relay_failed")  # a defect of ours; the events wait, and the next round may do without it
            stopped.wait(RETRY_SECONDS)
            continue
        if not taken:
            stopped.wait(IDLE_SECONDS)
    connection.close()
