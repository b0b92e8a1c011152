"""The page of figures, the dossiers behind each, and the table as a file."""

from datetime import datetime, timedelta
from html import escape
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from motcua.casework.dossiers import selectors as dossiers
from motcua.casework.dossiers.types import Basis
from motcua.casework.procedures import selectors as procedures
from motcua.faces.design.formatting import number
from motcua.faces.office import exporting
from motcua.faces.office.figures import asking, drawing
from motcua.faces.office.shell import page
from motcua.foundation.accounts.registry import act
from motcua.foundation.accounts.types import Actor
from motcua.foundation.core import clock
from motcua.foundation.core.clock import civil_day
from motcua.foundation.organisations import selectors as organisations
from motcua.insight.statistics import selectors as statistics
from motcua.insight.statistics.types import Figures, GroupBy, Line, Measure, MonthLine

PAGE_LINES = 20
PAGE_ROWS = 25


def _read(actor: Actor, wish: asking.Wish, *, at: datetime) -> tuple[Figures, dict[int, str], list[int]]:
    """Return the figures with the names of their lines and the agencies that they are about."""
    cards = asking.agencies_for(actor, wish, on=civil_day(at))
    ids = [card.id for card in cards]
    keys = ids if wish.by == GroupBy.AGENCY else []
    under = asking.counting_under(actor, wish, ids, on=civil_day(at))
    shown = statistics.figures(
        agencies=ids, since=wish.since, until=wish.until, at=at, by=wish.by, keys=keys, under=under,
        basis=wish.basis,
    )  # fmt: skip
    everyone = [*ids, *under]
    if wish.by == GroupBy.AGENCY:
        return shown, {card.id: card.short_name for card in cards}, everyone
    return shown, procedures.field_names({line.key for line in shown.lines}), everyone


@act("statistics.see")
@require_GET
def figures(request: HttpRequest) -> HttpResponse:
    """Show what came in, what was settled and how, what is open: for a period, by agency or field."""
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    wish = asking.wish_of(request, actor, at=at)
    shown, names, ids = _read(actor, wish, at=at)
    first = wish.page * PAGE_LINES
    lines = sorted(shown.lines, key=_is_silent)[first : first + PAGE_LINES]
    behind = f"{reverse('office:figures-behind')}?{escape(wish.pairs(page=0))}"
    key_name = "agency" if wish.by == GroupBy.AGENCY else "field"
    trend = _trend(ids, at=at)
    months = drawing.months_of(trend, last=civil_day(at))
    context = {
        "wish": wish,
        "figures": shown,
        "rows": drawing.table_rows(lines, names, behind, key_name=key_name),
        "total_row": drawing.total_row(shown.total, behind),
        "share": drawing.share_text(shown.total),
        "before": _before(trend, wish),
        "tiles": _tiles(shown, behind),
        "chart": drawing.chart(months, _("Dossiers settled by month: early, on the day, late. The table follows.")),
        "months": months,
        "periods": _periods(wish),
        "bases": _bases(wish),
        "groups": _groups(wish, many=len(asking.agencies_for(actor, wish, on=civil_day(at))) > 1),
        "kinds": _kinds(actor, wish, at=at),
        "agencies": _choices(actor, wish, at=at),
        "structures": asking.structures(wish, on=civil_day(at)),
        "lines_shown": f"{first + 1}–{first + len(lines)}" if lines else "",
        "lines_total": len(shown.lines),
        "next_url": wish.query(page=wish.page + 1) if first + PAGE_LINES < len(shown.lines) else "",
        "previous_url": wish.query(page=wish.page - 1) if wish.page else "",
        "export_url": f"{reverse('office:figures-export', args=['xlsx'])}{wish.query(page=0)}",
        "csv_url": f"{reverse('office:figures-export', args=['csv'])}{wish.query(page=0)}",
    }
    return page(request, "office/figures/figures.html", context, here="office:figures", at=at)


def _is_silent(line: Line) -> bool:
    """Lines without any dossier come last; the others keep the directory's order."""
    return not (line.received or line.settled or line.open or line.carried or line.withdrawn)


def _trend(ids: list[int], *, at: datetime) -> list[MonthLine]:
    """Return the present month and the five or so before it."""
    today = civil_day(at)
    since = (today.replace(day=1) - timedelta(days=150)).replace(day=1)
    return statistics.trend(agencies=ids, since=since, until=today)


def _before(trend: list[MonthLine], wish: asking.Wish) -> str:
    """Return how the share of the month moved against the month before, '' when there is nothing to compare."""
    if wish.period != "month":
        return ""
    since, _until = asking.month_before(wish.until)
    found = next((line for line in trend if line.month == since), None)
    if found is None:
        return ""
    line = Line(key=0, early=found.early, on_time=found.on_time, late=found.late)
    return _("%(share)s the month before") % {"share": drawing.share_text(line)} if line.settled else ""


def _tiles(shown: Figures, behind: str) -> dict[str, str]:
    total = shown.total
    return {
        "received": number(total.received),
        "received_note": _("online %(online)s, counter %(counter)s, post %(post)s")
        % {"online": number(total.online), "counter": number(total.counter), "post": number(total.post)},
        "settled": number(total.settled),
        "settled_note": _("%(carried)s were carried over") % {"carried": number(total.carried)},
        "overdue": number(total.overdue),
        "overdue_url": f"{behind}&measure=overdue".replace("&amp;", "&"),
        "open_note": _("of %(open)s open, %(paused)s of them paused")
        % {"open": number(total.open), "paused": number(total.paused)},
        "awaiting": number(shown.awaiting),
        "awaiting_note": _("%(late)s past eight working hours") % {"late": number(shown.awaiting_overdue)},
    }


def _periods(wish: asking.Wish) -> list[dict[str, Any]]:
    labels = {"today": _("Today"), "month": _("This month"), "quarter": _("This quarter"), "year": _("This year")}
    return [
        {"label": label, "url": wish.query(period=code, page=0), "current": wish.period == code}
        for code, label in labels.items()
    ]


def _bases(wish: asking.Wish) -> list[dict[str, Any]]:
    """Offer both limits: that of the receipt, and the statutory one."""
    return [
        {"label": basis.label, "url": wish.query(basis=basis.value, page=0), "current": wish.basis == basis.value}
        for basis in Basis
    ]


def _groups(wish: asking.Wish, *, many: bool) -> list[dict[str, Any]]:
    if not many and wish.by == GroupBy.FIELD:
        return []
    return [
        {"label": group.label, "url": wish.query(by=group.value, page=0), "current": wish.by == group.value}
        for group in GroupBy
    ]


def _kinds(actor: Actor, wish: asking.Wish, *, at: datetime) -> list[dict[str, Any]]:
    every = asking.Wish(wish.period, wish.since, wish.until, wish.by, "", None, 0, wish.structure)
    kinds = {card.kind == "commune" for card in asking.agencies_for(actor, every, on=civil_day(at))}
    if len(kinds) < 2:
        return []
    labels = {"": _("All agencies"), "department": _("Departments, vertical agencies"), "commune": _("Communes")}
    return [
        {
            "label": label,
            "url": wish.query(kind=code, agency_id=None, page=0),
            "current": wish.kind == code and wish.agency_id is None,
        }
        for code, label in labels.items()
    ]


def _choices(actor: Actor, wish: asking.Wish, *, at: datetime) -> SafeString:
    """Return the agencies to choose from as finished options: there may be a hundred and fifty."""
    every = asking.Wish(wish.period, wish.since, wish.until, wish.by, wish.kind, None, 0, wish.structure)
    cards = asking.agencies_for(actor, every, on=civil_day(at))
    return drawing.options([(card.id, card.short_name) for card in cards] if len(cards) > 1 else [], wish.agency_id)


@act("statistics.see")
@require_GET
def behind(request: HttpRequest) -> HttpResponse:
    """List the dossiers behind one figure, newest first."""
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    wish = asking.wish_of(request, actor, at=at)
    measure = request.GET.get("measure", "")
    if measure not in Measure.values:
        raise Http404
    field, after = request.GET.get("field", ""), request.GET.get("after", "")
    asked = [card.id for card in asking.agencies_for(actor, wish, on=civil_day(at))]
    ids = statistics.behind(
        measure=measure,
        agencies=[*asked, *asking.counting_under(actor, wish, asked, on=civil_day(at))],
        since=wish.since,
        until=wish.until,
        at=at,
        field_id=int(field) if field.isdecimal() else None,
        after=int(after) if after.isdecimal() else None,
        limit=PAGE_ROWS + 1,
        basis=wish.basis,
    )
    context = {
        "wish": wish,
        "measure": Measure(measure).label,
        "rows": dossiers.rows_for(ids=ids[:PAGE_ROWS], actor=actor, at=at),
        "next_key": ids[PAGE_ROWS - 1] if len(ids) > PAGE_ROWS else None,
        "agency_name": _agency_name(wish, at=at),
        "field_name": procedures.field_names({int(field)}).get(int(field), "") if field.isdecimal() else "",
        "back_url": f"{reverse('office:figures')}{wish.query(agency_id=None)}",
    }
    return page(request, "office/figures/behind.html", context, here="office:figures", at=at)


def _agency_name(wish: asking.Wish, *, at: datetime) -> str:
    card = organisations.directory(on=civil_day(at)).find(wish.agency_id)
    return card.short_name if card else ""


@act("statistics.see")
@require_GET
def export(request: HttpRequest, kind: str) -> HttpResponse:
    """Return the whole table as Excel or CSV, with the sum as its last row."""
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    wish = asking.wish_of(request, actor, at=at)
    shown, names, _ids = _read(actor, wish, at=at)
    head = [str(GroupBy(wish.by).label), *(str(measure.label) for measure in drawing.COLUMNS), _("Not late")]
    lines = [(names.get(line.key, ""), line) for line in shown.lines] + [(_("Total"), shown.total)]
    rows = (
        [name, *(getattr(line, measure.value) for measure in drawing.COLUMNS), drawing.share_text(line)]
        for name, line in lines
    )
    return exporting.answer(kind, name=f"so-lieu-{wish.since}-{wish.until}", head=head, rows=rows)
