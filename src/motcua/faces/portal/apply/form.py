"""One section of the electronic form a page, drawn and checked by the server's one rule engine."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from motcua.casework.dossiers.types import PartyRole
from motcua.casework.procedures import selectors as procedures
from motcua.casework.procedures import services as procedure_services
from motcua.faces.portal.apply.drafts import Held, draft_page
from motcua.faces.portal.apply.steps import onward, sections, show

# What a form may ask again -> what the page about people already knows.
_KNOWN = {"full_name": "full_name", "identity_no": "identity", "phone": "phone", "address": "address", "email": "email"}
_WIDTHS = {"short": "mc-w16", "medium": "mc-w24"}


@draft_page
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def section(request: HttpRequest, held: Held, section: str) -> HttpResponse:
    """Show a section with what is known filled in, or keep its answers."""
    known = next((view for view in sections(held.view) if view.code == section), None)
    if known is None:
        raise Http404
    schema, stored = held.view.choice.schema, held.view.answers
    taken = {} if f"form:{section}" in held.view.done else _prefilled(held, known.fields)
    if request.method != "POST":
        form = procedure_services.eform_form(schema, None, section, stored=taken | stored)
        return _show(request, held, form, taken=sorted(taken.keys() - stored.keys()))
    form = procedure_services.eform_form(schema, request.POST, section, stored=stored)
    is_valid = form.is_valid()
    if _only_new_questions(request, form) or "refresh" in request.POST:
        return _ask_more(request, held, section, form)
    if is_valid or "later" in request.POST:
        whole = procedures.merge_answers(schema, stored, form)
        code = f"form:{section}"
        held.save(whole_answers=whole, **({"done": code} if is_valid else {"undone": code}))
        return onward(request, held, code)
    return _show(request, held, form, status=422)


def _prefilled(held: Held, names: tuple[str, ...]) -> dict[str, Any]:
    """Return what the first applicant already said, for the fields that ask it again."""
    person = next((party for party in held.view.parties if party.get("role") == PartyRole.APPLICANT), {})
    properties = held.view.choice.schema["properties"]
    found = {name: person.get(_KNOWN.get(properties[name].get("x-prefill", ""), ""), "") for name in names}
    return {name: value for name, value in found.items() if value and properties[name].get("type") == "string"}


def _only_new_questions(request: HttpRequest, form: Any) -> bool:
    """Tell whether all that is wrong are questions that the page did not show yet: an answer has opened them."""
    shown = set(request.POST.get("shown", "").split(","))
    return bool(form.errors) and "shown" in request.POST and not (form.errors.keys() & shown)


def _ask_more(request: HttpRequest, held: Held, section: str, form: Any) -> HttpResponse:
    """Keep what is right, and show the page again with the questions that follow from it."""
    schema = held.view.choice.schema
    whole = procedures.merge_answers(schema, held.view.answers, form)
    held.save(whole_answers=whole, undone=f"form:{section}")
    asked = procedure_services.eform_form(schema, None, section, stored=whole)
    fresh = next((name for name in asked.fields if name in form.errors), "")
    return _show(request, held, asked, opened=asked[fresh] if fresh else None)


def _show(
    request: HttpRequest,
    held: Held,
    form: Any,
    *,
    taken: list[str] | None = None,
    opened: Any = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "form": form,
        "fields": [(bound, _WIDTHS.get(bound.field.width, ""), _hint(bound)) for bound in form],
        "controls": _controls(held.view.choice.schema, form.section.fields),
        "shown": ",".join(form.fields),
        "taken": taken or [],
        "opened": opened,
    }
    return show(request, held, f"form:{form.section.code}", "portal/apply/form.html", context, status=status)


def _hint(bound: Any) -> str:
    """Return how a day is to be written, where the form itself gives no hint."""
    return _("Day, month, year, for example 09/11/1987") if bound.field.kind == "date" and not bound.help_text else ""


def _controls(schema: dict[str, Any], names: tuple[str, ...]) -> str:
    """Return the fields of this page on whose answers other questions of the page depend."""
    own = next((set(item["fields"]) for item in schema["x-sections"] if names and names[0] in item["fields"]), set())
    conditions = [schema["properties"][name].get("x-show-if") for name in own]
    looked_at = {name for condition in conditions for name in _fields_of(condition)}
    return ",".join(sorted(looked_at & own))


def _fields_of(condition: Any) -> list[str]:
    if isinstance(condition, dict):
        own = [condition["field"]] if "field" in condition else []
        return own + [name for part in condition.values() for name in _fields_of(part)]
    return [name for part in condition for name in _fields_of(part)] if isinstance(condition, list) else []
