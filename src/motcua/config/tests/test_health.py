"""Probes and figures."""

from datetime import UTC, datetime

import pytest

from motcua.foundation.core.models import OutboxEvent

pytestmark = pytest.mark.django_db


def test_ready_tells_of_a_late_relay_and_still_serves(client):
    OutboxEvent.objects.create(topic="x", subject="1", payload={}, occurred_at=datetime(2026, 1, 1, tzinfo=UTC))

    response = client.get("/readyz")

    assert response.status_code == 200
    assert response.json()["migrations"] == "ok"
    assert response.json()["relay"] == "late"
    assert response.json()["relay_waiting"] == 1


def test_not_ready_without_a_database(client, monkeypatch):
    from django.db import DatabaseError

    def gone() -> bool:
        raise DatabaseError("connection refused")

    monkeypatch.setattr("motcua.config.health._is_migrated", gone)

    assert client.get("/readyz").status_code == 503
    assert client.get("/healthz").status_code == 200


@pytest.mark.parametrize(
    ("case", "headers", "address", "status"),
    [
        ("this machine", {}, "127.0.0.1", 200),
        ("through a proxy on this machine", {"X-Forwarded-For": "203.0.113.9"}, "127.0.0.1", 404),
        ("elsewhere", {}, "203.0.113.9", 404),
        ("elsewhere with token", {"Authorization": "Bearer secret"}, "203.0.113.9", 200),
        ("elsewhere with wrong token", {"Authorization": "Bearer wrong"}, "203.0.113.9", 404),
    ],
)
def test_figures_are_for_this_machine_or_a_token(client, settings, case, headers, address, status):
    settings.MOTCUA_METRICS_TOKEN = "secret"

    response = client.get("/metrics", headers=headers, REMOTE_ADDR=address)

    assert response.status_code == status
    assert (b"motcua_relay_lag_seconds" in response.content) == (status == 200)


def test_without_a_token_set_an_empty_one_opens_nothing(client):
    response = client.get("/metrics", headers={"Authorization": "Bearer "}, REMOTE_ADDR="203.0.113.9")

    assert response.status_code == 404
