"""What procedures lack, how many are covered by processes, and what each reception level takes in."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from motcua.casework.dossiers import selectors as dossiers
from motcua.casework.procedures import selectors as procedures
from motcua.casework.procedures.types import CoverageRow, Gap, GapRow, OneStop, ReceptionLevel, ReceptionRow
from motcua.faces.design import formatting
from motcua.faces.office import exporting
from motcua.faces.office.offers.asking import HERE, day_of, paged, tabs, whole, words
from motcua.faces.office.shell import page
from motcua.foundation.accounts.registry import act, may
from motcua.foundation.core.folding import fold
from motcua.foundation.organisations import selectors as organisations
from motcua.foundation.organisations.types import AgencyKind

YEAR = timedelta(days=365)
PLACES = {
    AgencyKind.PROVINCE_CENTRE: ReceptionLevel.PROVINCE_CENTRE,
    AgencyKind.COMMUNE: ReceptionLevel.COMMUNE_CENTRES,
    AgencyKind.COMMUNE_CENTRE: ReceptionLevel.COMMUNE_CENTRES,
}


def _gaps(request: HttpRequest) -> tuple[dict[str, Any], tuple[GapRow, ...], Counter[str]]:
    on = day_of(request)
    often = max(1, whole(request, "often", settings.MOTCUA_OFTEN_ASKED_DOSSIERS))
    text, gap = words(request, "q"), words(request, "gap")
    received = dossiers.received_by_procedure(since=on - YEAR + timedelta(days=1), until=on)
    rows = procedures.gaps(on=on, dossiers=received, often=often)
    if text:
        wanted = fold(text).split()
        rows = tuple(row for row in rows if all(word in fold(f"{row.code} {row.name} {row.detail}") for word in wanted))
    counts = Counter(row.gap for row in rows)
    if gap in Gap.values:
        rows = tuple(row for row in rows if row.gap == gap)
    return {"day": on, "often": often, "q": text, "gap": gap}, rows, counts


@act("offers.see")
@require_safe
def gaps(request: HttpRequest) -> HttpResponse:
    """Show what procedures lack, most asked for first, each with the page on which it is mended."""
    asked, rows, counts = _gaps(request)
    shown = paged(request, rows)
    may_assign = may(request.actor, "offers.assign")  # type: ignore[attr-defined]
    context = asked | {
        "page": shown,
        "rows": [_gap(row, may_assign) for row in shown.object_list],
        "counts": [(gap.value, gap.label, counts[gap.value]) for gap in Gap],
        "total": sum(counts.values()),
    }
    return page(request, "office/offers/gaps.html", context | tabs("gaps"), here=HERE)


def _gap(row: Any, may_assign: bool) -> dict[str, Any]:
    return {"row": row, "words": Gap(row.gap).label, "mend": _mend(row, may_assign)}


def _mend(row: GapRow, may_assign: bool) -> tuple[str, str]:
    """Return where a gap is mended: (address, words)."""
    if row.gap == Gap.LIMIT:
        return reverse("office:limits-sheet", args=[row.code]), _("Settle the limit")
    if row.gap == Gap.FEE:
        return reverse("office:decisions"), _("Correct the record by a decision")
    if not may_assign:
        return reverse("office:offers") + f"?q={row.code}", _("See who takes it")
    key = f"offer={row.offer_id}" if row.offer_id else f"procedure={row.code}"
    said = _("Assign it") if row.gap == Gap.OFFICE else _("Change the assignment")
    return reverse("office:offers-assign") + f"?{key}", said


@act("offers.see")
@require_safe
def gaps_export(request: HttpRequest, kind: str) -> Any:
    """Return the same gaps as a file."""
    asked, rows, _counts = _gaps(request)
    head = [_("Code"), _("Procedure"), _("Field"), _("What is missing"), _("Agency"), _("Process"),
            _("Electronic form"), _("Dossiers in a year")]  # fmt: skip
    lines = (
        [row.code, row.name, row.field, str(Gap(row.gap).label), row.detail, row.process_code, row.eform_code,
         row.dossiers]
        for row in rows
    )  # fmt: skip
    return exporting.answer(kind, name=f"con-thieu-{asked['day']:%Y-%m-%d}", head=head, rows=lines)


def _coverage(request: HttpRequest) -> tuple[date, list[CoverageRow]]:
    on = day_of(request)
    rows = list(procedures.coverage(on=on))
    if words(request, "sort") == "name":
        return on, sorted(rows, key=lambda row: fold(row.agency_name))
    return on, sorted(rows, key=lambda row: (row.share or 0.0, row.kind == AgencyKind.COMMUNE, fold(row.agency_name)))


@act("offers.see")
@require_safe
def coverage(request: HttpRequest) -> HttpResponse:
    """Show per agency how many procedures have an internal process in force and run electronically; 100 % is wanted."""
    on, rows = _coverage(request)
    offers = [row for row in procedures.offer_rows(on=on) if not row.is_company]
    taken = {row.code for row in offers}
    lacking = {row.code for row in offers if not row.has_process}
    shown = paged(request, tuple(rows))
    context = {
        "day": on,
        "page": shown,
        "rows": shown.object_list,
        "count": len(rows),
        "whole": sum(row.share == 100 for row in rows),
        "kinds": len(taken),
        "running": len(taken - lacking),
        "sort": words(request, "sort"),
    }
    return page(request, "office/offers/coverage.html", context | tabs("coverage"), here=HERE)


@act("offers.see")
@require_safe
def coverage_export(request: HttpRequest, kind: str) -> Any:
    """Return the same figures as a file."""
    on, rows = _coverage(request)
    head = [_("Agency"), _("Procedures"), _("Internal process in force"), _("Electronic process running"), _("Both"),
            _("Share in %")]  # fmt: skip
    lines = (
        [row.agency_name, row.procedures, row.internal, row.electronic, row.both, round(row.share or 0, 1)]
        for row in rows
    )
    return exporting.answer(kind, name=f"phu-quy-trinh-{on:%Y-%m-%d}", head=head, rows=lines)


def _reception(request: HttpRequest) -> tuple[date, date, list[dict[str, Any]]]:
    on = day_of(request)
    since = min(day_of(request, "since"), on)
    if not request.GET.get("since"):
        since = date(on.year, 1, 1)
    counted = _dossiers(since, on)
    return on, since, [_level(row, counted[row.level]) for row in procedures.reception(on=on)]


def _dossiers(since: date, until: date) -> dict[str, Counter[str]]:
    """Return level -> dossiers of procedures, of vertical agencies among them, and of companies apart."""
    listing = organisations.directory(on=until)
    services = procedures.company_service_ids(on=until)
    counted: dict[str, Counter[str]] = {level.value: Counter() for level in ReceptionLevel}
    for (receiving, competent, procedure, at_centre), count in _received(since, until):
        place, settling = listing.find(receiving), listing.find(competent)
        level = PLACES.get(AgencyKind(place.kind)) if place and at_centre else None
        own = counted[(level or ReceptionLevel.IN_HOUSE).value]
        kind = settling.kind if settling else ""
        if procedure in services or kind == AgencyKind.UTILITY:
            own["services"] += count
            continue
        own["procedures"] += count
        own["vertical"] += count if kind == AgencyKind.VERTICAL else 0
    return counted


def _received(since: date, until: date) -> Iterable[tuple[tuple[int, int, int, bool], int]]:
    return dossiers.received_by_place(since=since, until=until).items()


def _level(row: ReceptionRow, counted: Counter[str]) -> dict[str, Any]:
    labels = [
        (OneStop(code).label if code else _("Not said"), count) for code, count in sorted(row.by_one_stop.items())
    ]
    return {"row": row, "label": ReceptionLevel(row.level).label, "dossiers": counted, "one_stop": labels}


@act("offers.see")
@require_safe
def reception(request: HttpRequest) -> HttpResponse:
    """Show per reception level the kinds of procedures and the dossiers, never added up; companies apart."""
    on, since, rows = _reception(request)
    context = {"day": on, "since": since, "rows": rows}
    return page(request, "office/offers/reception.html", context | tabs("reception"), here=HERE)


@act("offers.see")
@require_safe
def reception_export(request: HttpRequest, kind: str) -> Any:
    """Return the same figures as a file."""
    on, since, rows = _reception(request)
    head = [
        _("Where it is handed in"), _("Kinds of procedures"), _("Of them: settled by vertical agencies"),
        _("Of them: without territorial limit"), _("Dossiers of procedures"), _("Of them: of vertical agencies"),
        _("Services of companies"), _("Dossiers of companies' services"), _("Counted from"), _("Counted until"),
    ]  # fmt: skip
    return exporting.answer(
        kind, name=f"tiep-nhan-theo-cap-{on:%Y-%m-%d}", head=head, rows=_lines(rows, since, on)
    )  # fmt: skip


def _lines(rows: Iterable[dict[str, Any]], since: date, until: date) -> Iterable[list[Any]]:
    for item in rows:
        row, counted = item["row"], item["dossiers"]
        yield [
            str(item["label"]), row.kinds, row.vertical, row.unbound, counted["procedures"], counted["vertical"],
            row.services, counted["services"], formatting.day(since), formatting.day(until),
        ]  # fmt: skip
