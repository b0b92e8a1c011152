"""One section of the electronic form a page, drawn and checked by the server's one rule engine."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from motcua.casework.procedures import selectors as procedures
from motcua.casework.procedures import services as procedure_services
from motcua.faces.design import eforms
from motcua.faces.portal.apply.drafts import Held, draft_page
from motcua.faces.portal.apply.filling import answered_files, prefilled
from motcua.faces.portal.apply.steps import onward, sections, show
from motcua.foundation.core.clock import civil_day


@draft_page
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def section(request: HttpRequest, held: Held, section: str) -> HttpResponse:
    """Show a section with what is known filled in, or keep its answers."""
    known = next((view for view in sections(held.view) if view.code == section), None)
    if known is None:
        raise Http404
    schema, stored, on = held.view.choice.schema, held.view.answers, civil_day(held.at)
    taken = {} if f"form:{section}" in held.view.done else prefilled(held, known.fields)
    if request.method != "POST":
        form = procedure_services.eform_form(schema, None, section, stored=taken | stored, on=on)
        return _show(request, held, form, taken=sorted(taken.keys() - stored.keys()))
    files = answered_files(request, held, known.fields)
    stored = stored | files.answers
    data = procedures.with_rows(schema, request.POST)
    if data is not None or "refresh" in request.POST or files.changed:
        form = procedure_services.eform_form(schema, data or request.POST, section, stored=stored, on=on, quiet=True)
        whole = stored | procedures.entered_answers(schema, form)
        held.save(whole_answers=whole, undone=f"form:{section}")
        return _show(request, held, form, refused=files.refused, status=422 if files.refused else 200)
    form = procedure_services.eform_form(schema, request.POST, section, stored=stored, on=on)
    is_valid = form.is_valid()
    if _only_new_questions(request, form):
        return _ask_more(request, held, section, form)
    if is_valid or "later" in request.POST:
        whole = procedures.merge_answers(schema, stored, form)
        code = f"form:{section}"
        held.save(whole_answers=whole, **({"done": code} if is_valid else {"undone": code}))
        return onward(request, held, code)
    return _show(request, held, form, status=422)


def _only_new_questions(request: HttpRequest, form: Any) -> bool:
    """Tell whether all that is wrong are questions that the page did not show yet: an answer has opened them."""
    shown = set(request.POST.get("shown", "").split(","))
    return bool(form.errors) and "shown" in request.POST and not (form.errors.keys() & shown)


def _ask_more(request: HttpRequest, held: Held, section: str, form: Any) -> HttpResponse:
    """Keep what is right, and show the page again with the questions that follow from it."""
    schema = held.view.choice.schema
    whole = procedures.merge_answers(schema, held.view.answers, form)
    held.save(whole_answers=whole, undone=f"form:{section}")
    asked = procedure_services.eform_form(schema, None, section, stored=whole, on=form.on)
    fresh = next((name for name in asked.fields if name in form.errors), "")
    return _show(request, held, asked, opened=asked[fresh] if fresh else None)


def _show(
    request: HttpRequest,
    held: Held,
    form: Any,
    *,
    taken: list[str] | None = None,
    opened: Any = None,
    refused: dict[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    for name, why in (refused or {}).items():
        form.add_error(name, why)
    context = {
        "form": form,
        "controls": _controls(held.view.choice.schema, form.section.fields),
        "shown": ",".join(form.fields),
        "taken": taken or [],
        "opened": opened,
    }
    return show(request, held, f"form:{form.section.code}", "portal/apply/form.html", context, status=status)


def _controls(schema: dict[str, Any], names: tuple[str, ...]) -> str:
    """Return the inputs of this page on whose answers other questions or choices of the page depend."""
    own = next((set(item["fields"]) for item in schema["x-sections"] if names and names[0] in item["fields"]), set())
    conditions = [schema["properties"][name].get("x-show-if") for name in own]
    looked_at = {name for condition in conditions for name in procedures.fields_of(condition)}
    return ",".join(sorted((looked_at & own) | set(eforms.controls(schema, names))))
