"""Limits as people write them."""

import pytest

from motcua.foundation.calendars import selectors
from motcua.foundation.calendars.types import Limit, LimitNotUnderstood, LimitUnit

HOUR, DAY, C_DAY, MONTH, SAME, NONE = (
    LimitUnit.WORKING_HOUR,
    LimitUnit.WORKING_DAY,
    LimitUnit.DAY,
    LimitUnit.MONTH,
    LimitUnit.SAME_DAY,
    LimitUnit.NONE,
)


@pytest.mark.parametrize(
    ("text", "limit"),
    [
        ("5 working days", Limit(5, DAY)),
        ("1 Working Day", Limit(1, DAY)),
        ("5 ngày làm việc", Limit(5, DAY)),
        ("5ngay lam viec", Limit(5, DAY)),
        ("8 giờ làm việc", Limit(8, HOUR)),
        ("8 working_hours", Limit(8, HOUR)),
        ("10 ngày", Limit(10, C_DAY)),
        ("2 tháng", Limit(2, MONTH)),
        ("same day", Limit(0, SAME)),
        ("trong ngày", Limit(0, SAME)),
        ("none", Limit(0, NONE)),
    ],
)
def test_limits_are_read_as_people_write_them(text: str, limit: Limit) -> None:
    assert selectors.parse_limit(text) == limit


@pytest.mark.parametrize(
    "text", ["", "soon", "5", "working days", "0 working days", "-1 days", "5 weeks", "999999 days"]
)
def test_other_words_are_refused(text: str) -> None:
    with pytest.raises(LimitNotUnderstood):
        selectors.parse_limit(text)
