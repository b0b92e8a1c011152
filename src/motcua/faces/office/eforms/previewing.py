"""A form as the citizen sees it, at a telephone's width, tried without handing anything in; versions side by side."""

import json
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_GET, require_http_methods

from motcua.casework.procedures import selectors as procedures
from motcua.casework.procedures import services
from motcua.casework.procedures.types import FormDraft
from motcua.faces.office.shell import page
from motcua.foundation.accounts.registry import act, may
from motcua.foundation.core import clock
from motcua.foundation.core.clock import civil_day
from motcua.foundation.core.types import Refusal

HERE = "office:eforms"
MOST_KEPT = 100_000


@act("eforms.see")
@require_GET
def preview(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Show a version in a frame as wide as a telephone, beside its sections."""
    seen = procedures.form_version(code, number)
    sections = [(section["code"], section["title"]) for section in seen.schema["x-sections"]]
    chosen = request.GET.get("section", "")
    start = chosen if chosen in {name for name, _title in sections} else sections[0][0]
    context = {
        "seen": seen,
        "sections": sections,
        "start": start,
        "frame_url": f"{reverse('office:eform-frame', args=[code, number])}?section={start}",
        "is_draft": seen.state == "draft",
    }
    return page(request, "office/eforms/preview.html", context, here=HERE)


@act("eforms.see")
@xframe_options_sameorigin
@require_http_methods(["GET", "POST"])
def frame(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Draw one section as the citizen's page does; answers travel in the page and are kept nowhere."""
    seen, on = procedures.form_version(code, number), civil_day(clock.now())
    schema, kept = seen.schema, _kept(request)
    if request.method == "POST" and "keep_example" in request.POST:
        return _keep_example(request, seen, kept)
    asked = [view.code for view in procedures.eform_sections(schema, kept)]
    section = request.POST.get("section") or request.GET.get("section", "")
    if section == "check":
        return _check(request, seen, kept)
    if section not in {each["code"] for each in schema["x-sections"]}:
        section = asked[0]
    if request.method != "POST":
        form = services.eform_form(schema, None, section, stored=kept, on=on)
        return _draw(request, seen, form, kept)
    kept |= _files(request, schema, section)
    data = procedures.with_rows(schema, request.POST)
    if data is not None or "refresh" in request.POST:
        form = services.eform_form(schema, data or request.POST, section, stored=kept, on=on, quiet=True)
        return _draw(request, seen, form, kept | procedures.entered_answers(schema, form))
    form = services.eform_form(schema, request.POST, section, stored=kept, on=on)
    if not form.is_valid():
        return _draw(request, seen, form, kept | procedures.entered_answers(schema, form), status=422)
    whole = procedures.merge_answers(schema, kept, form)
    following = [view.code for view in procedures.eform_sections(schema, whole)]
    place = following.index(section) + 1 if section in following else len(following)
    if place >= len(following):
        return _check(request, seen, whole)
    return _draw(request, seen, services.eform_form(schema, None, following[place], stored=whole, on=on), whole)


def _kept(request: HttpRequest) -> dict[str, Any]:
    text = request.POST.get("kept", "")
    if not text:
        return {}
    try:
        found = json.loads(text) if len(text) < MOST_KEPT else {}
    except ValueError:
        found = {}
    return found if isinstance(found, dict) else {}


def _files(request: HttpRequest, schema: dict[str, Any], section: str) -> dict[str, Any]:
    """Return the names of chosen files as answers; the files themselves are let go."""
    names = next(each["fields"] for each in schema["x-sections"] if each["code"] == section)
    return {name: [{"name": request.FILES[name].name}] for name in names if name in request.FILES}  # type: ignore[union-attr]


def _draw(request: HttpRequest, seen: FormDraft, form: Any, kept: dict[str, Any], *, status: int = 200) -> HttpResponse:
    context = {
        "seen": seen,
        "form": form,
        "kept": json.dumps(kept, ensure_ascii=False),
        "said": json.dumps({name: str(said[0]) for name, said in form.errors.items()}, ensure_ascii=False),
        "may_keep": status == 422 and _may_keep(request, seen),
    }
    return render(request, "office/eforms/frame.html", context, status=status)


def _check(request: HttpRequest, seen: FormDraft, answers: dict[str, Any]) -> HttpResponse:
    wrong = procedures.check_answers(seen.schema, answers, on=civil_day(clock.now()))
    context = {
        "seen": seen,
        "groups": [
            (view, [{"term": line.label, "answer": line.value} for line in lines])
            for view, lines in procedures.eform_lines(seen.schema, answers)
        ],
        "kept": json.dumps(answers, ensure_ascii=False),
        "said": json.dumps({name: said[0] for name, said in wrong.items()}, ensure_ascii=False),
        "wrong": [
            (seen.schema["properties"].get(name, {}).get("title", name), said[0]) for name, said in wrong.items()
        ],
        "may_keep": _may_keep(request, seen),
    }
    return render(request, "office/eforms/frame_check.html", context)


def _title(seen: FormDraft, name: str) -> str:
    return str(seen.schema["properties"].get(name, {}).get("title", name))


def _may_keep(request: HttpRequest, seen: FormDraft) -> bool:
    return seen.state == "draft" and may(request.actor, "eforms.edit")  # type: ignore[attr-defined]


def _keep_example(request: HttpRequest, seen: FormDraft, kept: dict[str, Any]) -> HttpResponse:
    """Keep what was just tried as an example of the draft, with the messages that came."""
    try:
        said = json.loads(request.POST.get("said", "{}"))
    except ValueError:
        said = {}
    on = civil_day(clock.now())
    _answers, wrong = procedures.answer_form(seen.schema, kept, on=on)
    expected = {name: messages_[0] for name, messages_ in wrong.items()} | (said if isinstance(said, dict) else {})
    expected = {name: words for name, words in expected.items() if name in wrong}
    number = len(seen.examples) + 1
    name = request.POST.get("name", "").strip()[:120] or _("Example %(number)s") % {"number": number}
    example = {"name": name, "answers": kept, "messages": expected, "on": on.isoformat()}
    try:
        services.save_form_examples(
            code=seen.code, examples=[*seen.examples, example], revision=seen.revision,
            actor=request.actor, at=clock.now(),  # type: ignore[attr-defined]
        )  # fmt: skip
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("office:eform-examples", code=seen.code)


@act("eforms.see")
@require_GET
def difference(request: HttpRequest, code: str) -> HttpResponse:
    """Say in words what changed between two versions; the two latest where none are named."""
    sheet = procedures.form_sheet(code, on=civil_day(clock.now()))
    numbers = [card.number for card in sheet.versions]
    if len(numbers) < 2:
        raise Http404
    a, b = (
        int(request.GET[name]) if request.GET.get(name, "").isdecimal() and int(request.GET[name]) in numbers else usual
        for name, usual in (("a", numbers[1]), ("b", numbers[0]))
    )
    changes = procedures.form_difference(
        procedures.form_version(code, a).schema, procedures.form_version(code, b).schema
    )
    context = {"sheet": sheet, "numbers": numbers, "a": a, "b": b, "changes": changes}
    return page(request, "office/eforms/difference.html", context, here=HERE)
