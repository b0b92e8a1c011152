"""The check that a page asks the database as often for twelve rows as for two."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext


def _count(call: Callable[[], object]) -> list[str]:
    call()  # what a process remembers is learnt once
    with CaptureQueriesContext(connection) as captured:
        call()
    return [query["sql"] for query in captured.captured_queries]


@pytest.fixture
def assert_flat_queries() -> Callable[..., None]:
    """Return a check: `grow(n)` adds n rows, `call()` reads the page; both sizes must ask equally often.

    With `at_most`, neither may ask more often than that.
    """

    def check(
        call: Callable[[], object],
        *,
        grow: Callable[[int], object],
        rows: tuple[int, int] = (2, 12),
        at_most: int | None = None,
    ) -> None:
        few, many = rows
        grow(few)
        first = _count(call)
        grow(many - few)
        second = _count(call)
        assert len(first) == len(second), f"{few} rows: {len(first)} queries, {many} rows: {len(second)}\n" + "\n".join(
            second
        )
        if at_most is not None:
            assert len(second) <= at_most, f"{len(second)} queries, {at_most} allowed:\n" + "\n".join(second)

    return check
