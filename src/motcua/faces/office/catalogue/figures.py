"""Counts as provinces report them: decisions of a period and what they did, procedures by level and service level."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from motcua.casework.procedures import selectors as procedures
from motcua.casework.procedures.types import CatalogueFigures, DecisionAct, ProcedureLevel, ServiceLevel
from motcua.faces.design import formatting
from motcua.faces.office import exporting
from motcua.faces.office.catalogue import telling
from motcua.faces.office.shell import page
from motcua.foundation.accounts.registry import act
from motcua.foundation.core import clock
from motcua.foundation.core.clock import civil_day

HERE = "office:decision-figures"
ROWS = 50


def _day(request: HttpRequest, name: str, otherwise: date) -> date:
    try:
        return date.fromisoformat(request.GET.get(name, ""))
    except ValueError:
        return otherwise


def _period(request: HttpRequest, today: date) -> tuple[date, date]:
    """Return the period asked for, the present year until today otherwise; turned round when it stands backwards."""
    since, until = _day(request, "since", date(today.year, 1, 1)), _day(request, "until", today)
    return min(since, until), max(since, until)


@act("decisions.see")
@require_GET
def figures(request: HttpRequest) -> HttpResponse:
    """Show both; each figure opens its list."""
    at = clock.now()
    since, until = _period(request, civil_day(at))
    done, now = procedures.decision_figures(since=since, until=until), procedures.catalogue_figures(on=until)
    base = reverse("office:decisions")
    period = {"since": f"{since:%d/%m/%Y}", "until": f"{until:%d/%m/%Y}", "state": "published"}
    context = {
        "since": since,
        "until": until,
        "tiles": [
            (_("Decisions"), done.decisions, f"{base}?{urlencode(period)}", "gavel"),
            *(
                (str(DecisionAct(kind).label), number, f"{base}?{urlencode(period | {'act': kind})}",
                 telling.ACT_ICONS[DecisionAct(kind)])
                for kind, number in done.by_act.items()
            ),
        ],
        "total": (now.total, _behind(until)),
        "levels": _level_rows(now, until),
        "services": [str(label) for _code, label in _services()],
        "service_total": [(now.by_service.get(code, 0), _behind(until, service=code)) for code, _label in _services()],
        "old_levels": [
            (_("Level %(n)s") % {"n": n}, now.by_old_level.get(n, 0), _behind(until, old=n)) for n in range(1, 5)
        ],
        "query": request.GET.urlencode(),
    }  # fmt: skip
    return page(request, "office/catalogue/figures.html", context, here=HERE, at=at)


def _services() -> list[tuple[str, Any]]:
    return [*ServiceLevel.choices, ("", _("Not said"))]


def _behind(on: date, *, level: str = "", service: str | None = None, old: int | None = None) -> str:
    wish: dict[str, Any] = {"on": on.isoformat()}
    if level:
        wish["level"] = level
    if service is not None:
        wish["service"] = service or "none"
    if old is not None:
        wish["old"] = old
    return f"{reverse('office:decision-figures-behind')}?{urlencode(wish)}"


def _level_rows(now: CatalogueFigures, on: date) -> list[dict[str, Any]]:
    return [
        {
            "label": label,
            "cells": [
                (now.cells.get((level, code), 0), _behind(on, level=level, service=code))
                for code, _label in _services()
            ],
            "total": (now.by_level.get(level, 0), _behind(on, level=level)),
        }
        for level, label in ProcedureLevel.choices
    ]


@act("decisions.see")
@require_GET
def behind(request: HttpRequest) -> HttpResponse:
    """Show the procedures behind a figure."""
    at = clock.now()
    wish, words = _wish(request, civil_day(at))
    start = request.GET.get("from", "")
    offset = min(int(start), 100_000) if start.isdecimal() and len(start) < 7 else 0
    rows = procedures.procedures_behind(**wish, offset=offset, rows=ROWS + 1)
    context = {
        "words": words,
        "on": wish["on"],
        "rows": [_row(row) for row in rows[:ROWS]],
        "older": offset + ROWS if len(rows) > ROWS else 0,
        "newer": offset > 0,
        "newer_from": max(offset - ROWS, 0) or None,
        "figures_url": f"{reverse('office:decision-figures')}?until={wish['on'].isoformat()}",
    }
    return page(request, "office/catalogue/behind.html", context, here=HERE, at=at)


def _row(row: tuple[str, str, str, tuple[str, ...], str]) -> dict[str, Any]:
    code, name, field, levels, service = row
    return {
        "code": code, "name": name, "field": field, "levels": telling.levels(levels),
        "service": str(ServiceLevel(service).label) if service else "",
    }  # fmt: skip


def _wish(request: HttpRequest, today: date) -> tuple[dict[str, Any], list[str]]:
    """Return what is asked for and how it is called."""
    asked = request.GET
    level = asked.get("level", "") if asked.get("level") in ProcedureLevel.values else ""
    service, old = asked.get("service"), asked.get("old", "")
    wish: dict[str, Any] = {"on": _day(request, "on", today), "level": level}
    words = [str(ProcedureLevel(level).label)] if level else []
    if service in ServiceLevel.values or service == "none":
        wish["service_level"] = "" if service == "none" else service
        words.append(_("Online level not said") if service == "none" else str(ServiceLevel(service).label))
    if old in {"1", "2", "3", "4"}:
        wish["old_level"] = int(old)
        words.append(_("Level %(n)s") % {"n": old})
    return wish, words


@act("decisions.see")
@require_GET
def export(request: HttpRequest, kind: str) -> HttpResponseBase:
    """Give what decisions did in the period as a file, one row for each procedure."""
    since, until = _period(request, civil_day(clock.now()))
    head = [
        _("Number"), _("Day of the decision"), _("What happens"), _("Code"), _("Procedure"), _("Field"), _("Level"),
        _("Takes effect on"), _("Its place is taken by"),
    ]  # fmt: skip
    rows = (
        [
            row["number"], formatting.day(row["issued_on"], "plain"), str(DecisionAct(row["act"]).label), row["code"],
            row["name"], row["field"], telling.levels(row["levels"]), formatting.day(row["since"], "plain"),
            ", ".join(row["successors"]),
        ]
        for row in procedures.item_rows(since=since, until=until)
    )  # fmt: skip
    return exporting.answer(kind, name="thu-tuc-theo-quyet-dinh", head=head, rows=rows)
