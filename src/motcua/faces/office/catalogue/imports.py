"""Files of records: handing one in, what differs from the catalogue, accepting or refusing it."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from motcua.casework.documents import selectors as documents
from motcua.casework.procedures import selectors as procedures
from motcua.casework.procedures import services
from motcua.casework.procedures.types import DifferenceKind, DifferenceState, RecordsFileLine, RecordsFileState
from motcua.faces.design import formatting
from motcua.faces.office import exporting
from motcua.faces.office.fields import DayField, UploadField
from motcua.faces.office.forming import ActingForm
from motcua.faces.office.shell import page
from motcua.foundation.accounts.registry import act
from motcua.foundation.core import clock
from motcua.foundation.core.clock import civil_day
from motcua.foundation.core.types import Refusal

HERE = "office:imports"
ROWS = 25
_TONES = {
    DifferenceState.OPEN: ("", "circle-dot"),
    DifferenceState.CHOSEN: ("mc-info", "loader"),
    DifferenceState.ACCEPTED: ("mc-ok", "check"),
    DifferenceState.REFUSED: ("", "x"),
    DifferenceState.FAILED: ("mc-danger", "triangle-alert"),
}


def most_mb() -> int:
    """How large a file may be: as any upload, and never more than a catalogue can be."""
    return min(40, documents.upload_limit_mb())


class FileForm(ActingForm):
    """The file that is handed in."""

    file = UploadField(
        label=gettext_lazy("File of procedures"),
        widget=forms.FileInput(attrs={"accept": ".jsonl,.json,.gz"}),
        help_text=gettext_lazy(
            "One record of the national format a line (.jsonl), plain or gzipped (.gz); answers of LayThuTuc, too."
        ),
        error_messages={"required": gettext_lazy("Choose a file.")},
    )

    def clean_file(self) -> Any:
        """A file that was cut off for its size is told by the size."""
        if self.cleaned_data["file"].size > most_mb() * 1_000_000:
            raise forms.ValidationError(_("The file is larger than %(most)s MB.") % {"most": most_mb()})
        return self.cleaned_data["file"]


class DayForm(ActingForm):
    """From when accepted differences hold."""

    effective_on = DayField(
        label=gettext_lazy("Holds from"),
        help_text=gettext_lazy("Dossiers received before that day stay under the version of today."),
        error_messages={"required": gettext_lazy("Enter the day from which it holds.")},
    )


@act("procedures.import")
@require_http_methods(["GET", "POST"])
def listing(request: HttpRequest) -> HttpResponse:
    """List the files handed in, and take another one."""
    at, status = clock.now(), 200
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        status = 422
        form = FileForm(request.POST, request.FILES)
        if form.is_valid():
            try:
                return redirect("office:import", _hand_in(request, form.cleaned_data["file"], at))
            except Refusal as refusal:
                form.add_error("file", str(refusal))
    offset = _offset(request)
    files = procedures.records_files(offset=offset, rows=ROWS + 1)
    context = {"form": form, "files": files[:ROWS], "most": most_mb(), **_pages(offset, len(files))}
    return page(request, "office/catalogue/imports.html", context, here=HERE, status=status, at=at)


def _hand_in(request: HttpRequest, upload: Any, at: Any) -> UUID:
    return services.hand_in_records(name=upload.name, chunks=upload.chunks(), actor=request.actor, at=at)  # type: ignore[attr-defined]


def _offset(request: HttpRequest) -> int:
    start = request.GET.get("from", "")
    return min(int(start), 100_000) if start.isdecimal() and len(start) < 7 else 0


def _pages(offset: int, found: int) -> dict[str, Any]:
    return {
        "older": offset + ROWS if found > ROWS else 0,
        "newer": offset > 0,
        "newer_from": max(offset - ROWS, 0) or None,
    }


def _wish(asked: Any) -> dict[str, str]:
    """Return what the list of differences is asked for; what is not known asks for nothing."""
    kind, state = asked.get("kind", ""), asked.get("state", "")
    return {
        "kind": kind if kind in DifferenceKind.values else "",
        "state": state if state in DifferenceState.values else "",
        "text": asked.get("q", "").strip()[:100],
    }


@act("procedures.import")
@require_GET
def one(request: HttpRequest, file_id: UUID) -> HttpResponse:
    """Show how a file differs from the catalogue."""
    return _file_page(request, file_id)


def _file_page(request: HttpRequest, file_id: UUID, *, form: DayForm | None = None, status: int = 200) -> HttpResponse:
    at = clock.now()
    file = procedures.records_file(file_id)
    wish, offset = _wish(request.GET), _offset(request)
    rows = procedures.differences(file_id, **wish, offset=offset, rows=ROWS + 1)
    context = {
        "file": file,
        "is_waiting": file.state == RecordsFileState.WAITING,
        "is_failed": file.state == RecordsFileState.FAILED,
        "is_publishing": bool(file.states.get(DifferenceState.CHOSEN)),
        "reason": _reason(file),
        "tabs": _tabs(file, "differences"),
        "rows": [_row(line, file_id) for line in rows[:ROWS]],
        "wish": wish,
        "kinds": DifferenceKind.choices,
        "states": [(value, label, file.states.get(value, 0)) for value, label in DifferenceState.choices],
        "form": form or DayForm(initial={"effective_on": civil_day(at)}),
        "total": len(procedures.difference_ids(file_id, **wish, free_only=True)),
        "can_decide": any(line.state not in {DifferenceState.ACCEPTED, DifferenceState.CHOSEN} for line in rows),
        **_pages(offset, len(rows)),
    }
    return page(request, "office/catalogue/import.html", context, here=HERE, status=status, at=at)


def _reason(file: RecordsFileLine) -> str:
    if file.state != RecordsFileState.FAILED:
        return ""
    too_large = _("This file is too large unpacked; split it into several.")
    no_records = _("This file cannot be read: it is no JSON Lines file of procedures, plain or gzipped.")
    return too_large if file.reason == "records-file-too-large" else no_records


def _tabs(file: RecordsFileLine, here: str) -> list[dict[str, Any]]:
    listed = sum(file.states.values())
    return [
        {
            "label": _("Differences (%(count)s)") % {"count": formatting.number(listed)},
            "url": reverse("office:import", args=[file.public_id]),
            "current": here == "differences",
        },
        {
            "label": _("Problems (%(count)s)") % {"count": formatting.number(file.problems)},
            "url": reverse("office:import-problems", args=[file.public_id]),
            "current": here == "problems",
        },
    ]


def _row(line: Any, file_id: UUID) -> dict[str, Any]:
    tone, icon = _TONES[line.state]
    return {
        "line": line,
        "url": reverse("office:import-difference", args=[file_id, line.id]),
        "state": str(line.state.label),
        "kind": str(line.kind.label),
        "tone": tone,
        "icon": icon,
        "is_free": line.state not in {DifferenceState.ACCEPTED, DifferenceState.CHOSEN},
    }


@act("procedures.import")
@require_GET
def problems(request: HttpRequest, file_id: UUID) -> HttpResponse:
    """Show what could not be taken as it stood, by line and place."""
    file = procedures.records_file(file_id)
    offset, fatal_only = _offset(request), request.GET.get("refused") == "1"
    rows = procedures.file_problems(file_id, fatal_only=fatal_only, offset=offset, rows=ROWS + 1)
    context = {
        "file": file,
        "tabs": _tabs(file, "problems"),
        "rows": [{"problem": row, "place": procedures.place_words(row.place)} for row in rows[:ROWS]],
        "fatal_only": fatal_only,
        **_pages(offset, len(rows)),
    }
    return page(request, "office/catalogue/import_problems.html", context, here=HERE)


@act("procedures.import")
@require_GET
def difference(request: HttpRequest, file_id: UUID, number: int) -> HttpResponse:
    """Show one difference whole."""
    at = clock.now()
    file, line = procedures.records_file(file_id), procedures.difference(file_id, number)
    context = {
        "file": file,
        "row": _row(line, file_id),
        "line": line,
        "form": DayForm(initial={"effective_on": civil_day(at)}),
    }
    return page(request, "office/catalogue/import_difference.html", context, here=HERE, at=at)


@act("procedures.import")
@require_POST
def decide(request: HttpRequest, file_id: UUID) -> HttpResponse:
    """Accept or refuse the ticked differences, or all that fit the filter after a question."""
    at = clock.now()
    is_accepted, wish = request.POST.get("do") != "refuse", _wish(request.POST)
    ids = [int(value) for value in request.POST.getlist("id") if value.isdecimal() and len(value) < 18]
    everything = "all" in request.POST
    if everything:
        ids = procedures.difference_ids(file_id, **wish, free_only=True)
    if not ids:
        messages.warning(request, _("Tick at least one difference."))
        return redirect(_back(file_id, wish))
    form = DayForm(request.POST)
    if is_accepted and not form.is_valid():
        return _file_page(request, file_id, form=form, status=422)
    if everything and request.POST.get("sure") != "1":
        return _ask(request, file_id, form, wish, len(ids), is_accepted)
    try:
        count = services.decide_differences(
            file_id=file_id,
            ids=ids,
            is_accepted=is_accepted,
            effective_on=form.cleaned_data["effective_on"] if is_accepted else None,
            actor=request.actor,  # type: ignore[attr-defined]
            at=at,
        )
    except Refusal as refusal:
        form.refuse(refusal)
        return _file_page(request, file_id, form=form, status=422)
    messages.success(request, _told(count, is_accepted))
    return redirect(_back(file_id, wish))


def _told(count: int, is_accepted: bool) -> str:
    if is_accepted:
        words = ngettext("%(count)s difference accepted.", "%(count)s differences accepted.", count)
    else:
        words = ngettext("%(count)s difference not accepted.", "%(count)s differences not accepted.", count)
    return words % {"count": formatting.number(count)}


def _back(file_id: UUID, wish: dict[str, str]) -> str:
    asked = {"kind": wish["kind"], "state": wish["state"], "q": wish["text"]}
    query = "&".join(f"{name}={value}" for name, value in asked.items() if value and name != "q")
    here = reverse("office:import", args=[file_id])
    return f"{here}?{query}" if query else here


def _ask(
    request: HttpRequest, file_id: UUID, form: DayForm, wish: dict[str, str], count: int, is_accepted: bool
) -> HttpResponse:
    context = {
        "file": procedures.records_file(file_id),
        "form": form,
        "wish": wish,
        "count": count,
        "is_accepted": is_accepted,
        "ends": wish["kind"] in {"", DifferenceKind.MISSING},
        "back_url": _back(file_id, wish),
    }
    return page(request, "office/catalogue/import_sure.html", context, here=HERE)


@act("procedures.import")
@require_GET
def export(request: HttpRequest, file_id: UUID, kind: str) -> HttpResponseBase:
    """Give the differences as a file, one line for each part that changed."""
    procedures.records_file(file_id)
    head = [
        _("Code"), _("Name"), _("Difference"), _("State"), _("Part"), _("Place"), _("Before"), _("In the file"),
        _("Decided by"), _("Holds from"),
    ]  # fmt: skip

    def rows() -> Any:
        for line in procedures.all_differences(file_id, **_wish(request.GET)):
            first = [line.code, line.name, str(line.kind.label), str(line.state.label)]
            last = [line.by, formatting.day(line.effective_on, "plain") if line.effective_on else ""]
            for change in line.changes:
                yield [*first, change.part, change.place, change.before, change.after, *last]
            if not line.changes:
                yield [*first, "", "", "", "", *last]

    return exporting.answer(kind, name="khac-biet-danh-muc", head=head, rows=rows())
