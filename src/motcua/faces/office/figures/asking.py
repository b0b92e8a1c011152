"""What the figures' address asks for: period, agencies, grouping. The address is the whole state of the page."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils.translation import gettext as _

from motcua.casework.dossiers.types import Basis
from motcua.faces.design import formatting
from motcua.foundation.accounts.registry import seen
from motcua.foundation.accounts.types import Actor
from motcua.foundation.core.clock import civil_day
from motcua.foundation.organisations import selectors as organisations
from motcua.foundation.organisations.types import AgencyCard, AgencyKind
from motcua.insight.statistics.types import GroupBy

PERIODS = ("today", "month", "quarter", "year", "own")
DECIDING = {
    AgencyKind.DEPARTMENT, AgencyKind.COMMUNE, AgencyKind.BRANCH, AgencyKind.VERTICAL, AgencyKind.PROVINCE,
    AgencyKind.UTILITY, AgencyKind.DISTRICT,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Wish:
    """One question to the figures.

    Attributes:
        period: one of PERIODS; since and until are the days it means, both inside.
        kind: '' all, 'department' or 'commune'; agency_id: one agency only.
        basis: which limit judges: that of the receipt, or the statutory one.
        structure: the day by whose structure agencies are lines, None for today's.
    """

    period: str
    since: date
    until: date
    by: str
    kind: str
    agency_id: int | None
    page: int
    structure: date | None = None
    basis: str = Basis.PROMISED

    def query(self, **changes: object) -> str:
        """Return the address of a changed question."""
        return "?" + self.pairs(**changes)

    def pairs(self, **changes: object) -> str:
        """Return the same without the question mark."""
        asked = replace(self, **changes)  # type: ignore[arg-type]
        values: list[tuple[str, object]] = [("period", asked.period)]
        if asked.period == "own":
            values += [("since", asked.since.isoformat()), ("until", asked.until.isoformat())]
        if asked.structure is not None:
            values.append(("structure", asked.structure.isoformat()))
        values += [("by", asked.by), ("kind", asked.kind), ("agency", asked.agency_id), ("page", asked.page)]
        values += [("basis", asked.basis if asked.basis != Basis.PROMISED else "")]
        return urlencode([(name, value) for name, value in values if value not in {"", None, 0}])

    def period_words(self) -> str:
        """Return the period in words."""
        if self.period == "today":
            return _("Today, %(day)s") % {"day": formatting.day(self.until)}
        if self.period == "month":
            return _("Month %(month)s/%(year)s") % {"month": f"{self.until:%m}", "year": self.until.year}
        if self.period == "quarter":
            return _("Quarter %(quarter)s/%(year)s") % {"quarter": (self.until.month + 2) // 3, "year": self.until.year}
        if self.period == "year":
            return _("Year %(year)s") % {"year": self.until.year}
        days = {"since": formatting.day(self.since), "until": formatting.day(self.until)}
        return _("%(since)s to %(until)s") % days


def wish_of(request: HttpRequest, actor: Actor, *, at: datetime) -> Wish:
    """Read the question; words that are not known count as not said."""
    query = request.GET
    today = civil_day(at)
    period = query.get("period", "month")
    period = period if period in PERIODS else "month"
    since, until = _days(period, query.get("since", ""), query.get("until", ""), today)
    agency, kind, page = query.get("agency", ""), query.get("kind", ""), query.get("page", "")
    wish = Wish(
        period=period,
        since=since,
        until=until,
        by=query.get("by", ""),
        kind=kind if kind in {"department", "commune"} else "",
        agency_id=int(agency) if agency.isdecimal() else None,
        page=int(page) if page.isdecimal() else 0,
        structure=_structure(query.get("structure", ""), today),
        basis=query["basis"] if query.get("basis") in Basis.values else Basis.PROMISED,
    )
    if wish.by not in GroupBy.values:
        wish = replace(wish, by=GroupBy.AGENCY if len(agencies_for(actor, wish, on=today)) > 1 else GroupBy.FIELD)
    return wish


def _structure(said: str, today: date) -> date | None:
    """Return the day of another structure than today's; a day to come is today."""
    day = _date(said)
    return day if day and date(1900, 1, 1) < day < today else None


def _days(period: str, since: str, until: str, today: date) -> tuple[date, date]:
    if period == "today":
        return today, today
    if period == "quarter":
        return date(today.year, (today.month - 1) // 3 * 3 + 1, 1), today
    if period == "year":
        return date(today.year, 1, 1), today
    if period == "own":
        first, last = _date(since), _date(until)
        if first and last and first <= last:
            return first, min(last, today) if first <= today else last
    return today.replace(day=1), today


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def agencies_for(actor: Actor, wish: Wish, *, on: date) -> list[AgencyCard]:
    """Return the deciding agencies of the question that the actor may see, in the directory's order."""
    return [
        card
        for card in seen("figures", actor, organisations.directory(on=wish.structure or on).agencies.values())
        if card.kind in DECIDING
        and (wish.agency_id is None or card.id == wish.agency_id)
        and (not wish.kind or card.kind == wish.kind or (wish.kind == "department" and card.kind != AgencyKind.COMMUNE))
    ]


def counting_under(actor: Actor, wish: Wish, ids: Iterable[int], *, on: date) -> dict[int, int]:
    """Return which other agencies count in the lines of these: ended ones today, or all by the structure of a day."""
    if wish.structure is not None:
        found = organisations.counting_under(ids, on=wish.structure)
        return {other: found[other] for other in seen("figures", actor, found)}
    heritage = organisations.directory(on=on).heritage
    return {ended: line for line in ids for ended in heritage.get(line, ())}


def structures(wish: Wish, *, on: date) -> list[tuple[str, str, bool]]:
    """Return (value, label, chosen) of the structures to choose from; nothing where agencies never changed."""
    days = [day - timedelta(days=1) for day in organisations.directory(on=on).changed_on[:5]]
    if wish.structure is not None and wish.structure not in days:
        days.append(wish.structure)
    if not days:
        return []
    found = [("", _("by the structure of today"), wish.structure is None)]
    found += [
        (
            day.isoformat(),
            _("by the structure of %(day)s") % {"day": formatting.day(day, "plain")},
            wish.structure == day,
        )
        for day in days
    ]
    return found


def month_before(day: date) -> tuple[date, date]:
    """Return first and last day of the month before."""
    last = day.replace(day=1) - timedelta(days=1)
    return last.replace(day=1), last
