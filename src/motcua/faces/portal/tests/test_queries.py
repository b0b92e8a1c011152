"""Reading pages ask the database as often for many rows as for few."""

import json
from datetime import date

import pytest
from tests.world import NOW, make_world
from tests.world_data import RECORDS

from motcua.casework.procedures import selectors as procedures
from motcua.casework.procedures import services
from motcua.foundation.accounts.types import SYSTEM

made = iter(range(100_000, 999_999))


def grow(count: int) -> None:
    """Import `count` more procedures."""
    lines = [json.dumps(RECORDS[0] | {"code": f"3.{next(made)}"}, ensure_ascii=False) for _ in range(count)]
    services.import_records(lines, valid_from=date(2025, 7, 1), actor=SYSTEM, at=NOW)
    procedures.forget_choices()


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/thu-tuc/?q=ho+kinh+doanh", "/thu-tuc/", "/thu-tuc/a-z/", "/"])
def test_the_number_of_queries_does_not_grow(client, assert_flat_queries, path):
    make_world()

    assert_flat_queries(lambda: client.get(path), grow=grow, at_most=14)
