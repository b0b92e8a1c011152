"""The list of forms, one form with its versions and where it is used, new ones, files."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from motcua.casework.procedures import selectors as procedures
from motcua.casework.procedures import services
from motcua.casework.procedures.types import SchemaRefused
from motcua.faces.office.eforms.wording import places_in_words
from motcua.faces.office.exporting import answer as exported
from motcua.faces.office.fields import UploadField
from motcua.faces.office.forming import ActingForm
from motcua.faces.office.shell import page
from motcua.foundation.accounts.registry import act, may
from motcua.foundation.core import clock
from motcua.foundation.core.clock import civil_day
from motcua.foundation.core.types import Refusal
from motcua.foundation.organisations import selectors as organisations

HERE = "office:eforms"
ROWS = 50
SORTS = ("name", "fields", "used")


@act("eforms.see")
@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """List the forms, filtered by words and state, sorted, a page at a time; or give the list as a file."""
    at = clock.now()
    on = civil_day(at)
    text, state, sort = (request.GET.get(name, "") for name in ("q", "state", "sort"))
    everything = procedures.form_rows(on=on)
    rows = procedures.form_rows(on=on, text=text, state=state) if text or state else list(everything)
    if sort == "fields":
        rows.sort(key=lambda row: -row.fields)
    elif sort == "used":
        rows.sort(key=lambda row: -row.used_by)
    if request.GET.get("file") in {"csv", "xlsx"}:
        return _file(request.GET["file"], rows)
    start = int(request.GET["from"]) if request.GET.get("from", "").isdecimal() else 0
    context = {
        "rows": rows[start : start + ROWS],
        "counts": _counts(everything, state),
        "text": text,
        "state": state,
        "sort": sort if sort in SORTS else "name",
        "total": len(rows),
        "start": start,
        "newer": _from(request, max(0, start - ROWS)) if start else "",
        "older": _from(request, start + ROWS) if start + ROWS < len(rows) else "",
        "may_edit": may(request.actor, "eforms.edit"),  # type: ignore[attr-defined]
    }
    return page(request, "office/eforms/list.html", context, here=HERE, at=at)


def _from(request: HttpRequest, start: int) -> str:
    query = request.GET.copy()
    query["from"] = str(start)
    return f"?{query.urlencode()}"


def _counts(rows: list[Any], state: str) -> list[dict[str, Any]]:
    url = reverse(HERE)
    return [
        {"count": len(rows), "label": _("forms"), "url": url, "current": not state},
        {
            "count": sum(row.draft is not None for row in rows), "label": _("with a draft"),
            "url": f"{url}?state=draft", "current": state == "draft",
        },
        {
            "count": sum(row.in_force is None for row in rows), "label": _("never published or over"),
            "url": f"{url}?state=none", "current": state == "none",
        },
        {
            "count": sum(not row.used_by for row in rows), "label": _("used nowhere"), "url": f"{url}?state=unused",
            "current": state == "unused",
        },
    ]  # fmt: skip


def _file(kind: str, rows: list[Any]) -> HttpResponse:
    heads = [_("Code"), _("Form"), _("Version in force"), _("Since"), _("Draft"), _("Fields"), _("Used by")]
    lines = [
        [row.code, row.name, row.in_force or "", row.since or "", row.draft or "", row.fields, row.used_by]
        for row in rows
    ]
    return exported(kind, name="bieu-mau", head=heads, rows=lines)


class NewForm(ActingForm):
    """A form to begin: by name, or from a file."""

    name = forms.CharField(
        label=gettext_lazy("Name of the form"),
        max_length=250,
        required=False,
        help_text=gettext_lazy("As on the official paper, for example “Giấy đề nghị đăng ký hộ kinh doanh”"),
    )
    file = UploadField(
        label=gettext_lazy("Or a file exported from a form designer"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".json"}),
    )

    def clean(self) -> dict[str, Any]:
        """Ask for one of the two."""
        entered = super().clean() or {}
        if not entered.get("name") and not entered.get("file"):
            self.add_error("name", _("Enter the name of the form, or choose a file"))
        elif entered.get("file") and entered["file"].size > 2_000_000:
            self.add_error("file", _("A form's file is smaller than 2 MB"))
        return entered


@act("eforms.edit")
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Begin a form, empty or from a file."""
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    form = NewForm(request.POST or None, request.FILES or None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            name = form.cleaned_data["name"] or ""
            try:
                if form.cleaned_data["file"]:
                    content = form.cleaned_data["file"].read()
                    code = _free_code(name) if name else ""
                    draft = services.import_form(content=content, code=code, actor=actor, at=at)
                else:
                    draft = services.create_form(code=_free_code(name), name=name, actor=actor, at=at)
                return redirect("office:eform-design", code=draft.eform.code)
            except SchemaRefused as refusal:
                for words in places_in_words(refusal, {}):
                    form.add_error("file", words)
            except Refusal as refusal:
                status = form.refuse(refusal)
    return page(request, "office/eforms/new.html", {"form": form}, here=HERE, status=status, at=at)


def _free_code(name: str) -> str:
    taken = {row.code.replace("-", "_") for row in procedures.form_rows(on=civil_day(clock.now()))}
    return procedures.form_editing.name_for(name, taken).replace("_", "-")


@act("eforms.see")
@require_GET
def form_(request: HttpRequest, code: str) -> HttpResponse:
    """Show a form: versions with their days, where it is used, what can be done."""
    at = clock.now()
    on = civil_day(at)
    sheet = procedures.form_sheet(code, on=on)
    agencies = organisations.directory(on=on).agencies
    numbers = [card.number for card in sheet.versions]
    context = {
        "sheet": sheet,
        "today": on,
        "versions": [(card, card.number - 1 if card.number - 1 in numbers else None) for card in sheet.versions],
        "uses": [
            (use, agencies[use.agency_id].short_name if use.agency_id in agencies else _("All communes"))
            for use in sheet.uses
        ],
        "may_edit": may(request.actor, "eforms.edit"),  # type: ignore[attr-defined]
    }
    return page(request, "office/eforms/form.html", context, here=HERE, at=at)


@act("eforms.edit")
@require_POST
def start(request: HttpRequest, code: str) -> HttpResponse:
    """Begin a draft from the latest version, or from the one named."""
    number = request.POST.get("number", "")
    try:
        services.start_form_draft(
            code=code,
            number=int(number) if number.isdecimal() else None,
            actor=request.actor,  # type: ignore[attr-defined]
            at=clock.now(),
        )
    except Refusal as refusal:
        messages.info(request, str(refusal))
    return redirect("office:eform-design", code=code)


@act("eforms.see")
@require_GET
def export(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Give a version as a file that the designer reads."""
    content = procedures.form_file(code, number)
    answer = JsonResponse(content, json_dumps_params={"ensure_ascii": False, "indent": 1})
    answer["Content-Disposition"] = f'attachment; filename="{code}-v{number}.json"'
    return answer
