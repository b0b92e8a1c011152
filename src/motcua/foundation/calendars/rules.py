"""The packaged rules of counting: data with source and dates, used as they are until a province's rows are loaded."""

import tomllib
from collections.abc import Callable, Mapping
from datetime import date, time
from functools import lru_cache
from pathlib import Path
from typing import Any

from motcua.foundation.calendars.types import DayCount, DeadlineRules, PauseRule, RuleBook, RuleRow

_FILE = Path(__file__).parent / "data" / "deadline_rules.toml"
_READERS: Mapping[str, Callable[[Any], Any]] = {
    "late_after": time.fromisoformat,
    "day_count": DayCount,
    "pause": PauseRule,
}


def value_of(setting: str, plain: Any) -> Any:
    """Return the value of a setting from how it is stored: a time as "15:00", a choice as its code."""
    return _READERS.get(setting, lambda value: value)(plain)


@lru_cache(maxsize=1)
def packaged_rows() -> tuple[RuleRow, ...]:
    """Return the packaged rules, in the order of the file."""
    with _FILE.open("rb") as file:
        return tuple(_row(entry) for entry in tomllib.load(file)["rule"])


def _row(entry: dict[str, Any]) -> RuleRow:
    return RuleRow(
        code=entry["code"],
        setting=entry["setting"],
        value=value_of(entry["setting"], entry["value"]),
        name=entry["name"],
        name_en=entry["name_en"],
        explanation=entry["explanation"],
        explanation_en=entry["explanation_en"],
        law=entry["law"],
        law_en=entry["law_en"],
        is_default=entry.get("is_default", True),
        is_verified=entry.get("verified", False),
        since=entry.get("since"),
        until=entry.get("until"),
    )


@lru_cache(maxsize=1)
def packaged_rulebook() -> RuleBook:
    """Return the packaged rules without asking the database."""
    return RuleBook(packaged_rows())


def rules_on(day: date, codes: tuple[str, ...] = ()) -> DeadlineRules:
    """Return the packaged rules in force on `day`, with those chosen."""
    return packaged_rulebook().on(day.toordinal(), codes)
