"""The public list of decisions, one decision with its file, and the list as CSV."""

import csv
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from motcua.casework.documents import selectors as documents
from motcua.casework.procedures import selectors as procedures
from motcua.casework.procedures import services
from motcua.casework.procedures.types import (
    DecisionAct,
    DecisionLine,
    DecisionState,
    ItemCard,
    ProcedureLevel,
    RecordRefused,
)
from motcua.faces.design import formatting
from motcua.faces.portal.procedure.views import shown
from motcua.foundation.accounts.registry import act
from motcua.foundation.core import clock
from motcua.foundation.core.types import NotFound

ROWS = 20
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def _wish(request: HttpRequest) -> dict[str, Any]:
    year, level = request.GET.get("nam", ""), request.GET.get("cap", "")
    return {
        "state": DecisionState.PUBLISHED,
        "text": request.GET.get("q", "").strip()[:100],
        "year": int(year) if year.isdecimal() and len(year) == 4 else None,
        "field": request.GET.get("linh-vuc", "")[:300],
        "level": level if level in ProcedureLevel.values else "",
    }


@require_safe
@act("portal.read", public=True)
def listing(request: HttpRequest) -> HttpResponse:
    """Show published decisions, the latest first."""
    wish = _wish(request)
    start = request.GET.get("tu", "")
    offset = min(int(start), 100_000) if start.isdecimal() and len(start) < 7 else 0
    lines = procedures.decisions(**wish, offset=offset, rows=ROWS + 1)
    context = {
        "rows": [_row(line) for line in lines[:ROWS]],
        "wish": wish,
        "filtered": any(wish[name] for name in ("text", "year", "field", "level")),
        "years": procedures.decision_years(),
        "fields": procedures.decision_fields(),
        "levels": ProcedureLevel.choices,
        "older": offset + ROWS if len(lines) > ROWS else 0,
        "newer": offset > 0,
        "newer_from": max(offset - ROWS, 0) or None,
    }
    return render(request, "portal/decisions/list.html", context)


def _row(line: DecisionLine) -> dict[str, Any]:
    return {"line": line, "counts": _counts(line)}


def _counts(line: DecisionLine) -> list[tuple[str, int]]:
    return [(str(DecisionAct(one).label), line.counts[one]) for one in DecisionAct.values if line.counts.get(one)]


@require_safe
@act("portal.read", public=True)
def decision(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Show a published decision with what it does to which procedures."""
    card = procedures.decision(public_id, published=True)
    groups = []
    for one in DecisionAct:
        rows = [_item(item) for item in card.items if item.act == one]
        if rows:
            groups.append({"label": one.label, "rows": rows})
    context = {"card": card, "groups": groups, "counts": _counts(card.line)}
    return render(request, "portal/decisions/decision.html", context)


def _item(item: ItemCard) -> dict[str, Any]:
    return {
        "card": item,
        "levels": ", ".join(str(ProcedureLevel(one).label) for one in item.levels if one in ProcedureLevel.values),
        "url": reverse("portal:procedure", args=[item.code]),
    }


@require_safe
@act("portal.read", public=True)
def file(request: HttpRequest, public_id: UUID) -> HttpResponseBase:
    """Send the signed decision."""
    card = procedures.decision(public_id, published=True)
    if card.head.file_id is None:
        raise NotFound
    return documents.file_response(documents.open_file(card.head.file_id), download=True)


@require_safe
@act("portal.read", public=True)
def as_csv(request: HttpRequest) -> StreamingHttpResponse:
    """Give the list as CSV, one row for each procedure of a decision."""

    class Echo:
        def write(self, value: str) -> str:
            return value

    writer = csv.writer(Echo())
    head = (
        _("Number"), _("Day of the decision"), _("Issued by"), _("What happens"), _("Procedure code"), _("Procedure"),
        _("Field"), _("Level"), _("Takes effect on"),
    )  # fmt: skip
    lines = procedures.decisions(**_wish(request), rows=5000)
    issuers = {line.public_id: line.issuer for line in lines}

    def rows() -> Iterator[str]:
        yield "\ufeff"
        yield writer.writerow(head)
        for row in procedures.item_rows(list(issuers)):
            yield writer.writerow(
                [
                    _plain(value)
                    for value in (
                        row["number"], formatting.day(row["issued_on"], "plain"), issuers[row["decision"]],
                        str(DecisionAct(row["act"]).label), row["code"], row["name"], row["field"],
                        ", ".join(str(ProcedureLevel(one).label) for one in row["levels"]),
                        formatting.day(row["since"], "plain"),
                    )
                ]
            )  # fmt: skip

    response = StreamingHttpResponse(rows(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = content_disposition_header(True, "quyet-dinh-cong-bo.csv") or "attachment"
    return response


def _plain(value: Any) -> Any:
    """A cell that begins like a formula would act in a spreadsheet."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


@require_safe
@act("decisions.see")
def preview(request: HttpRequest, item_id: UUID) -> HttpResponse:
    """Show the citizen's page of a drafted record to the office; nothing of it is in force."""
    now = clock.now()
    _card, item = procedures.decision_item(item_id)
    back = reverse("office:decision-item", args=[item_id])
    try:
        page = services.preview_page(item_id=item_id, on=now.date(), at=now, lang=formatting.language())
    except RecordRefused as refusal:
        context = {
            "item": item,
            "back_url": back,
            "problems": [f"{one.place}: {one.message}" for one in refusal.problems],
        }
        return render(request, "portal/decisions/no_preview.html", context, status=422)
    context = shown(page, now=now) | {"chosen": None, "asked_agency": None, "preview_of": item, "back_url": back}
    return render(request, "portal/decisions/preview.html", context)
