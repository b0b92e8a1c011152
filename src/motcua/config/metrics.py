"""Figures for operators: requests, and how far relay and jobs are behind."""

import os
from collections.abc import Iterator
from datetime import datetime

from django.db import connection
from prometheus_client import CollectorRegistry, Histogram, generate_latest, multiprocess
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from motcua.engagement.notifications import selectors as notifications
from motcua.foundation.core import relay

REQUESTS = CollectorRegistry()
SECONDS = Histogram(
    "motcua_request_seconds",
    "Time to answer a request",
    ["method", "view", "status"],
    registry=REQUESTS,
    buckets=(0.01, 0.05, 0.2, 1, 5),
)
JOBS_WAITING = """
SELECT count(*), min(e.at) FROM procrastinate_jobs j
LEFT JOIN procrastinate_events e ON e.job_id = j.id AND e.type = 'deferred'
WHERE j.status = 'todo' AND (j.scheduled_at IS NULL OR j.scheduled_at <= %s)
"""


def count_request(method: str, view: str, status: int, seconds: float) -> None:
    """Count one answered request."""
    SECONDS.labels(method, view, f"{status // 100}xx").observe(seconds)


def job_lag(*, at: datetime) -> tuple[int, float]:
    """Return (jobs that could run now, age of the oldest in seconds)."""
    with connection.cursor() as cursor:
        cursor.execute(JOBS_WAITING, [at])
        waiting, oldest = cursor.fetchone()
    return waiting, max(0.0, (at - oldest).total_seconds()) if oldest else 0.0


class _Lags(Collector):
    def __init__(self, at: datetime) -> None:
        self.at = at

    def collect(self) -> Iterator[Metric]:
        events, events_age, set_aside = relay.lag_seconds(at=self.at)
        jobs, jobs_age = job_lag(at=self.at)
        yield GaugeMetricFamily("motcua_relay_waiting_events", "Events not yet handed over", value=events)
        yield GaugeMetricFamily("motcua_relay_lag_seconds", "Age of the oldest of them", value=events_age)
        yield GaugeMetricFamily("motcua_relay_set_aside_events", "Events that a subscriber refused", value=set_aside)
        yield GaugeMetricFamily("motcua_jobs_waiting", "Jobs that could run now", value=jobs)
        yield GaugeMetricFamily("motcua_jobs_lag_seconds", "Age of the oldest of them", value=jobs_age)
        mail = notifications.waiting(at=self.at)
        yield GaugeMetricFamily("motcua_messages_waiting", "E-mails not yet sent", value=mail.count)
        yield GaugeMetricFamily("motcua_messages_lag_seconds", "Age of the oldest of them", value=mail.oldest_seconds)
        yield GaugeMetricFamily("motcua_messages_failed", "E-mails that were given up", value=mail.failed)


def exposition(*, at: datetime) -> bytes:
    """Return all figures in Prometheus' text format; with PROMETHEUS_MULTIPROC_DIR, of all server processes."""
    requests = REQUESTS
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        requests = CollectorRegistry()
        multiprocess.MultiProcessCollector(requests)
    lags = CollectorRegistry(auto_describe=False)
    lags.register(_Lags(at))
    return generate_latest(requests) + generate_latest(lags)
