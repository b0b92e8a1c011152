"""What the check says of a drawing, for a page and for the designer's script alike."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from motcua.casework.procedures import selectors as procedures
from motcua.casework.procedures.types import Channel
from motcua.casework.workflow import selectors as workflow
from motcua.casework.workflow.types import Problem, Verdict
from motcua.foundation.calendars.types import LimitUnit


@dataclass(frozen=True, slots=True)
class LimitRow:
    """A limit against the longest way: `is_over` when the steps alone take longer than the law or a promise allows."""

    procedure: str
    code: str
    words: str
    hours: int
    is_rough: bool
    is_over: bool


@dataclass(frozen=True, slots=True)
class Judgement:
    """Everything that a page says about a drawing."""

    verdict: Verdict
    limits: tuple[LimitRow, ...]

    @property
    def over(self) -> tuple[LimitRow, ...]:
        """The limits that the longest way does not keep."""
        return tuple(row for row in self.limits if row.is_over)


def judged(code: str, xml: bytes, *, on: date) -> Judgement:
    """Check a drawing and hold its longest way against the limits of the procedures that use the process."""
    verdict = workflow.verdict(xml)
    return Judgement(verdict, tuple(_limit(items, verdict.hours) for items in _limits(code, on)))


def _limits(code: str, on: date) -> list[list[Any]]:
    """Return each limit once: channels with the same limit share a row."""
    seen: dict[tuple[str, str, int, str], list[Any]] = {}
    for item in procedures.limits_of_process(code, on=on):
        if item.hours is not None:
            seen.setdefault((item.code, item.limit.case, item.limit.value, item.limit.unit), []).append(item)
    return list(seen.values())


def _limit(items: list[Any], hours: Decimal | None) -> LimitRow:
    item, limit = items[0], items[0].limit
    parts = [f"{limit.value} {LimitUnit(limit.unit).label}" if limit.unit != LimitUnit.SAME_DAY else ""]
    parts = [part or str(LimitUnit.SAME_DAY.label) for part in parts]
    parts += [limit.case] if limit.case else []
    channels = dict.fromkeys(row.limit.channel for row in items)
    parts += [", ".join(str(Channel(code).label) for code in channels if code in Channel.values)]
    return LimitRow(
        procedure=item.name,
        code=item.code,
        words=" · ".join(part for part in parts if part),
        hours=item.hours,
        is_rough=item.is_rough,
        is_over=hours is not None and hours > item.hours,
    )


def problem_rows(problems: tuple[Problem, ...]) -> list[dict[str, str]]:
    """Return problems in the language of the page: which element, what is wrong, how to mend it."""
    return [
        {
            "code": item.code,
            "element": item.element_id,
            "name": item.element_name,
            "message": str(item.message),
            "mend": str(item.mend),
        }
        for item in problems
    ]


def answer_of(judgement: Judgement) -> dict[str, Any]:
    """Return the JSON that the designer's script reads after each change."""
    verdict = judgement.verdict
    hours = None if verdict.hours is None else f"{verdict.hours.normalize():f}"
    return {
        "green": verdict.is_green,
        "problems": problem_rows(verdict.problems),
        "hours": _shown(hours),
        "longest": list(verdict.longest),
        "limits": [
            {
                "words": _("%(procedure)s: %(limit)s, that is %(hours)s working hours")
                % {"procedure": row.procedure, "limit": row.words, "hours": row.hours},
                "over": row.is_over,
                "rough": row.is_rough,
            }
            for row in judgement.limits
        ],
    }


def _shown(hours: str | None) -> str:
    if hours is None:
        return ""
    return hours.replace(".", ",") if get_language() == "vi" else hours
