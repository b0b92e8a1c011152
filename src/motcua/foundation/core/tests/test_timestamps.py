"""Instants read fast are the same as those that Django reads."""

from datetime import UTC, datetime

import pytest
from django.db import connection

from motcua.foundation.core.timestamps import InstantLoader

pytestmark = pytest.mark.django_db


def read(expression):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {expression}")
        return cursor.fetchone()[0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-04-23 09:10:00+07", datetime(2026, 4, 23, 2, 10, tzinfo=UTC)),
        ("2026-04-23 02:10:00.123456+00", datetime(2026, 4, 23, 2, 10, 0, 123456, tzinfo=UTC)),
        ("2026-04-23 02:10:00.5+00", datetime(2026, 4, 23, 2, 10, 0, 500000, tzinfo=UTC)),
        ("1900-01-01 00:00:00+00", datetime(1900, 1, 1, tzinfo=UTC)),
        ("9000-01-01 00:00:00+00", datetime(9000, 1, 1, tzinfo=UTC)),
    ],
)
def test_instant_is_read_exactly(text, expected):
    found = read(f"'{text}'::timestamptz")

    assert found == expected
    assert found.tzinfo is UTC


def test_other_time_zone_of_the_session_changes_nothing():
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL TimeZone = 'Asia/Ho_Chi_Minh'")

    found = read("'2026-04-23 02:10:00+00'::timestamptz")

    assert (found, found.tzinfo) == (datetime(2026, 4, 23, 2, 10, tzinfo=UTC), UTC)


def test_nothing_stays_nothing():
    assert read("NULL::timestamptz") is None


def test_loader_is_in_use():
    loader = connection.connection.adapters.get_loader(1184, 0)

    assert loader is InstantLoader
