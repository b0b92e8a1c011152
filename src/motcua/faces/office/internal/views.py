"""Internal cases: the list, one case with its history, its files."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from motcua.casework.documents import selectors as documents
from motcua.casework.internal import selectors
from motcua.casework.internal.types import CaseRow, CaseState, EntryAct, EntryCard
from motcua.casework.workflow import selectors as workflow
from motcua.faces.office import exporting
from motcua.faces.office.shell import page
from motcua.foundation.accounts.registry import act, may
from motcua.foundation.core import clock
from motcua.foundation.core.clock import civil_day

HERE = "office:internal"
ON_A_PAGE = 50
TONES = {
    CaseState.RUNNING: ("mc-info", "loader"),
    CaseState.DONE: ("mc-ok", "circle-check"),
    CaseState.STOPPED: ("", "octagon-x"),
    CaseState.WITHDRAWN: ("", "undo-2"),
}
_ICONS = {
    EntryAct.STARTED: "send", EntryAct.STEP: "check", EntryAct.ELAPSED: "hourglass", EntryAct.WITHDRAWN: "undo-2",
}  # fmt: skip


def _asked(request: HttpRequest) -> dict[str, Any]:
    """Return what a list is asked for; what cannot be is left out."""
    year, state, given = request.GET.get("year", ""), request.GET.get("state", ""), request.GET
    return {
        "mine": given.get("view", "mine" if not given else "all") == "mine",
        "year": int(year) if year.isascii() and year.isdigit() and len(year) == 4 else None,
        "state": state if state in CaseState.values else "",
        "procedure": given.get("procedure", "")[:60],
        "text": given.get("q", "").strip()[:100].replace("\0", ""),
        "sort": given.get("sort", "newest"),
    }


@act("internal.see")
@require_safe
def listing(request: HttpRequest) -> HttpResponseBase:
    """Show the cases that wait for me, or all of my agencies."""
    at, actor = clock.now(), request.actor  # type: ignore[attr-defined]
    asked = _asked(request)
    number = request.GET.get("page", "1")
    wanted = min(int(number), 1000) if number.isascii() and number.isdigit() and int(number) else 1
    rows, count = selectors.cases(actor=actor, at=at, **asked, first=(wanted - 1) * ON_A_PAGE, most=ON_A_PAGE)
    context = asked | {
        "rows": [shown(row) for row in rows],
        "count": count,
        "states": CaseState.choices,
        "years": selectors.years(actor=actor),
        "procedures": selectors.procedures(),
        "sorts": [("newest", _("Newest first")), ("due", _("Planned day")), ("title", _("Title"))],
        "newer": wanted - 1 if wanted > 1 else None,
        "older": wanted + 1 if wanted * ON_A_PAGE < count else None,
        "may_start": may(actor, "internal.start"),
        "is_filtered": any(asked[name] for name in ("year", "state", "procedure", "text")),
    }
    return page(request, "office/internal/list.html", context, here=HERE, at=at)


def shown(row: CaseRow) -> dict[str, Any]:
    """Return a row with the words and colours of its state."""
    tone, picture = TONES[CaseState(row.state)]
    english = get_language() == "en"
    steps = [{"step": item, "name": item.name_en if english and item.name_en else item.name} for item in row.steps]
    return {"row": row, "state": CaseState(row.state).label, "tone": tone, "icon": picture, "steps": steps}


@act("internal.see")
@require_safe
def export(request: HttpRequest, kind: str) -> HttpResponseBase:
    """Return the same list as a file."""
    at, actor = clock.now(), request.actor  # type: ignore[attr-defined]
    rows, _count = selectors.cases(actor=actor, at=at, **_asked(request), most=exporting.MOST_ROWS)
    head = [
        _("Code"), _("Title"), _("Procedure"), _("Leading agency"), _("State"), _("Step"), _("Started"),
        _("Planned day"), _("Number of the document"), _("Ended"),
    ]  # fmt: skip
    lines = (
        [
            row.code, row.title, row.procedure_name, row.lead_name, CaseState(row.state).label,
            "; ".join(f"{step.name} ({step.unit_name})" for step in row.steps), row.started_at,
            f"{row.due_on:%d/%m/%Y}" if row.due_on else "", row.document_number, row.ended_at or "",
        ]
        for row in rows
    )  # fmt: skip
    answer: HttpResponseBase = exporting.answer(
        kind, name=f"xay-dung-van-ban-{civil_day(at):%Y-%m-%d}", head=head, rows=lines
    )
    return answer


@act("internal.see")
@require_safe
def case(request: HttpRequest, public_id: UUID) -> HttpResponseBase:
    """Show a case: where it stands, what was asked for, its history with opinions and files."""
    at, actor = clock.now(), request.actor  # type: ignore[attr-defined]
    sheet = selectors.case_sheet(actor=actor, public_id=public_id, at=at)
    context = {
        "sheet": sheet,
        "shown": shown(sheet.row),
        "entries": [_entry(item) for item in reversed(sheet.entries)],
        "picture": mark_safe(workflow.picture(sheet.version_id, highlight=sheet.nodes)),
        "withdraw_url": reverse("office:internal-withdraw", args=[public_id]) if sheet.may_withdraw else "",
    }
    return page(request, "office/internal/case.html", context, here=HERE, at=at)


def _entry(item: EntryCard) -> dict[str, Any]:
    english = get_language() == "en"
    return {
        "entry": item,
        "act": EntryAct(item.act).label,
        "icon": _ICONS[EntryAct(item.act)],
        "step": item.step_name_en if english and item.step_name_en else item.step_name,
        "outcome": item.outcome_label_en if english and item.outcome_label_en else item.outcome_label,
    }


@act("internal.see")
@require_safe
def file(request: HttpRequest, public_id: UUID, file_id: UUID) -> HttpResponseBase:
    """Return a file of a case."""
    actor = request.actor  # type: ignore[attr-defined]
    found = selectors.case_file(actor=actor, public_id=public_id, file_id=file_id)
    download = "download" in request.GET
    return documents.file_response(documents.open_file(found, preview=not download), download=download)
