"""The relay's thread outlives what goes wrong in a round."""

import threading

import pytest

from motcua.config import worker
from motcua.foundation.core import relay


@pytest.mark.django_db(transaction=True)
def test_a_defect_in_one_round_does_not_end_the_relay(transactional_db, monkeypatch):
    stopped, rounds = threading.Event(), []

    def one_round(**_given: object) -> int:
        rounds.append(1)
        if len(rounds) == 1:
            raise ValueError("a defect")
        stopped.set()
        return 0

    monkeypatch.setattr(relay, "relay_batch", one_round)
    monkeypatch.setattr(worker, "RETRY_SECONDS", 0.01)

    worker.relay_until(stopped)

    assert len(rounds) == 2
