"""A change laid over the rows of the rules of counting: what holds afterwards, and why it may be refused."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from django.utils.translation import gettext as _

from motcua.foundation.calendars.plain import rule_plain
from motcua.foundation.calendars.rules import value_of
from motcua.foundation.calendars.types import DeadlineRules, RuleChange, RuleRow, RuleWrong
from motcua.foundation.calendars.types.rules import SETTINGS

_USUAL = DeadlineRules()


def changed_rows(rows: Sequence[RuleRow], change: RuleChange, *, on: date) -> list[RuleRow]:
    """Return the rows of the rules after a change made on a day.

    Raises:
        RuleWrong: the setting or the value is unknown, the source is missing, the day is not after `on`, a later row
            stands in the way, or nothing would hold after the end.
    """
    if change.since <= on:
        raise RuleWrong(why=_("a rule begins tomorrow or later; what was received before keeps its rules"))
    return _entered(rows, change.enter, change.since) if change.enter else _ended(rows, change)


def _entered(rows: Sequence[RuleRow], rule: RuleRow, since: date) -> list[RuleRow]:
    _check(rule)
    kept = []
    for row in rows:
        if not _meets(row, rule):
            kept.append(row)
        elif row.since is not None and row.since > since:
            raise RuleWrong(why=_("its value is not known, or another row holds from a later day"))
        elif row.until is not None and row.until <= since:
            kept.append(row)
        elif row.since != since:
            kept.append(replace(row, until=since))
    return [*kept, replace(rule, since=since, until=None)]


def _check(rule: RuleRow) -> None:
    if rule.setting not in SETTINGS:
        raise RuleWrong(why=_("there is no such setting"))
    if not rule.law.strip():
        raise RuleWrong(why=_("name the law or decision it rests on"))
    wrong = RuleWrong(why=_("its value is not known, or another row holds from a later day"))
    try:
        value = value_of(rule.setting, rule_plain(rule)["value"])
    except (TypeError, ValueError) as error:
        raise wrong from error
    if type(value) is not type(getattr(_USUAL, rule.setting)):
        raise wrong


def _meets(row: RuleRow, rule: RuleRow) -> bool:
    return row.code == rule.code or (row.setting == rule.setting and row.is_default and rule.is_default)


def _ended(rows: Sequence[RuleRow], change: RuleChange) -> list[RuleRow]:
    mine = [row for row in rows if row.code == change.code and (row.until is None or row.until > change.since)]
    if not mine:
        raise RuleWrong(why=_("no value of it holds on that day"))
    last = max(mine, key=lambda row: row.since or date.min)
    others = [row for row in rows if row is not last]
    if last.since is not None and last.since >= change.since:  # it has not begun: what held before goes on
        return [replace(row, until=last.until) if _meets(row, last) and row.until == last.since else row
                for row in others]  # fmt: skip
    if last.is_default:
        raise RuleWrong(why=_("it holds for every procedure; enter the value that holds instead"))
    return [*others, replace(last, until=change.since)]
