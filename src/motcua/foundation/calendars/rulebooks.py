"""The rules of counting in the database, kept in process; before any is loaded the packaged ones hold."""

import threading
import time
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from motcua.foundation.calendars import rules as packaged
from motcua.foundation.calendars.models import DeadlineRule
from motcua.foundation.calendars.types import DeadlineRules, RuleBook, RuleCard, RuleRow
from motcua.foundation.calendars.types.rules import bilingual

RECHECK_SECONDS = 10.0
_lock = threading.Lock()
_kept: tuple[float, RuleBook] | None = None


def forget_rules() -> None:
    """Drop what is kept: called after a change, and by tests between databases."""
    global _kept
    _kept = None


def rulebook() -> RuleBook:
    """Return the rules of the province; asked anew after ten seconds, the same object while nothing changed."""
    global _kept
    kept = _kept
    if kept is not None and time.monotonic() - kept[0] < RECHECK_SECONDS:
        return kept[1]
    with _lock:
        rows = tuple(row_of(row) for row in DeadlineRule.objects.order_by("pk"))
        if not rows:
            book = packaged.packaged_rulebook()
        elif kept is not None and kept[1].rows == rows:
            book = kept[1]
        else:
            book = RuleBook(rows)
        _kept = (time.monotonic(), book)
    return book


def row_of(row: DeadlineRule) -> RuleRow:
    """Return the value of a row."""
    return RuleRow(
        code=row.code,
        setting=row.setting,
        value=packaged.value_of(row.setting, row.value),
        name=row.name,
        name_en=row.name_en,
        explanation=row.explanation,
        explanation_en=row.explanation_en,
        law=row.law,
        law_en=row.law_en,
        is_default=row.is_default,
        is_verified=row.is_verified,
        since=row.valid.lower,
        until=row.valid.upper,
    )


def rules_for(*, codes: Sequence[str], on: date) -> DeadlineRules:
    """See `selectors.rules_for`."""
    return rulebook().on(on.toordinal(), tuple(codes))


def known_rules(*, on: date) -> list[RuleCard]:
    """See `selectors.known_rules`."""
    return [_card(row, on) for row in rulebook().rows]


def _card(row: RuleRow, on: date) -> RuleCard:
    return RuleCard(
        code=row.code,
        setting=row.setting,
        name=bilingual(row.name, row.name_en),
        explanation=bilingual(row.explanation, row.explanation_en),
        law=bilingual(row.law, row.law_en),
        value_text=value_text(row.value),
        value=row.value,
        is_default=row.is_default,
        is_verified=row.is_verified,
        since=row.since,
        until_on=date.fromordinal(row.until.toordinal() - 1) if row.until else None,
        is_in_force=row.is_in_force(on.toordinal()),
    )


def value_text(value: Any) -> str:
    """Return the value of a rule in words."""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if hasattr(value, "label"):
        return str(value.label)
    return f"{value:%H:%M}" if hasattr(value, "hour") else str(value)
