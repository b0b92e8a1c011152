"""Attempts are counted exactly, however many come at once."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from motcua.foundation.core.models import Attempt
from motcua.foundation.core.throttling import count_attempt
from motcua.foundation.core.types import TooMany

AT = datetime(2026, 11, 2, 3, 7, tzinfo=UTC)
HOUR = timedelta(hours=1)


def _count(key: str = "079-1", at: datetime = AT, limit: int = 3) -> int:
    return count_attempt(scope="tracking", key=key, limit=limit, window=HOUR, at=at)


@pytest.mark.django_db
def test_one_more_than_the_limit_is_refused_until_the_window_ends():
    assert [_count() for _ in range(3)] == [1, 2, 3]

    with pytest.raises(TooMany) as refused:
        _count()

    assert refused.value.params == {"minutes": 53}
    assert _count(at=AT + timedelta(minutes=53)) == 1


@pytest.mark.django_db
def test_keys_and_scopes_are_counted_apart_and_never_stored_in_clear():
    assert _count("079-1") == 1
    assert _count("079-2") == 1
    assert count_attempt(scope="login", key="079-1", limit=3, window=HOUR, at=AT) == 1
    assert all(b"079" not in bytes(bucket) for bucket in Attempt.objects.values_list("bucket", flat=True))


@pytest.mark.race
def test_of_many_at_once_exactly_the_limit_pass(transactional_db):
    passed, refused = [], []
    together = threading.Barrier(12)

    def attempt() -> None:
        together.wait()
        try:
            passed.append(_count(limit=5))
        except TooMany:
            refused.append(1)
        finally:
            connection.close()

    threads = [threading.Thread(target=attempt) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(passed) == [1, 2, 3, 4, 5]
    assert len(refused) == 7
