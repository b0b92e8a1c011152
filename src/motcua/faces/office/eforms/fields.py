"""The properties of one field and of one section."""

import copy
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from motcua.casework.procedures import selectors as procedures
from motcua.casework.procedures import services
from motcua.casework.procedures.types import FormDraft, SchemaRefused
from motcua.faces.office.eforms.forms import FieldForm, SectionForm
from motcua.faces.office.shell import page
from motcua.foundation.accounts.registry import act
from motcua.foundation.core import clock
from motcua.foundation.core.types import NotFound, Refusal

HERE = "office:eforms"


@act("eforms.edit")
@require_http_methods(["GET", "POST"])
def field(request: HttpRequest, code: str, field: str) -> HttpResponse:
    """Show the properties of a field, or keep them."""
    at = clock.now()
    draft = procedures.form_version(code)
    try:
        prop, required = procedures.form_editing.field_of(draft.schema, field)
    except KeyError:
        raise NotFound from None
    form = FieldForm(
        request.POST if request.method == "POST" else None, schema=draft.schema, path=field, prop=prop,
        required=required, initial={"lock": draft.revision},
    )  # fmt: skip
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            changed = procedures.form_editing.with_changed(
                draft.schema, field, form.prop_entered(), required=bool(form.cleaned_data.get("required"))
            )
            words = _("properties of “%(title)s”") % {"title": form.cleaned_data["title"]}
            if _kept(request, draft, changed, words, form):
                return redirect(f"{reverse('office:eform-design', args=[code])}#f-{field}")
    context = {
        "draft": draft, "form": form, "title": prop["title"], "kind": procedures.FORM_KINDS.get(form.kind, form.kind),
        "path": field, "functions": list(procedures.expression_functions()), "names": _names(draft.schema, field),
        "checks": [(form[rule], form[said]) for rule, said in form.check_rows],
        "plain": [form[name] for name in form.fields if not name.startswith(("rule_", "message_")) and name != "lock"],
    }  # fmt: skip
    return page(request, "office/eforms/field.html", context, here=HERE, status=status, at=at)


def _names(schema: dict[str, Any], path: str) -> list[tuple[str, str]]:
    """Return (name, label) of what expressions of a field may look at."""
    own = path.partition(".")[0]
    found: list[tuple[str, str]] = []
    for section in schema["x-sections"]:
        found += [(name, schema["properties"][name]["title"]) for name in section["fields"]]
        if own in section["fields"]:
            break
    prop = schema["properties"][own]
    inner = procedures.inner_of(prop)
    joint = "row" if "." in path else own
    return found + [
        (f"{joint}.{name}", part["title"]) for name, part in inner.items() if "." in path or prop["type"] == "object"
    ]


def _kept(request: HttpRequest, draft: FormDraft, schema: dict[str, Any], words: str, form: Any) -> bool:
    """Keep a changed draft; False when it was refused, which the form then says."""
    lock = form.cleaned_data.get("lock")
    try:
        services.save_form_draft(
            code=draft.code, schema=schema, words=words, revision=draft.revision if lock is None else lock,
            actor=request.actor, at=clock.now(),  # type: ignore[attr-defined]
        )  # fmt: skip
    except SchemaRefused as refusal:
        form.refuse_schema(refusal)
        return False
    except Refusal as refusal:
        form.refuse(refusal)
        form.read_again(draft.revision)
        return False
    messages.success(request, _("Done: %(words)s") % {"words": words})
    return True


@act("eforms.edit")
@require_http_methods(["GET", "POST"])
def section(request: HttpRequest, code: str, section: str) -> HttpResponse:
    """Show title and condition of a section, or keep them."""
    at = clock.now()
    draft = procedures.form_version(code)
    schema = copy.deepcopy(draft.schema)
    known = next((each for each in schema["x-sections"] if each["code"] == section), None)
    if known is None:
        raise NotFound
    initial = {"title": known["title"], "title_en": known.get("title-en", ""), "lock": draft.revision}
    form = SectionForm(request.POST if request.method == "POST" else None, initial=initial)
    form.offer_condition(draft.schema, f"#{section}", known.get("x-show-if"))
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            pairs = {
                "title": form.cleaned_data["title"], "title-en": form.cleaned_data["title_en"],
                "x-show-if": form.condition_entered(),
            }  # fmt: skip
            for key, value in pairs.items():
                known.pop(key, None)
                if value:
                    known[key] = value
            words = _("section “%(title)s”") % {"title": known["title"]}
            if _kept(request, draft, schema, words, form):
                return redirect(f"{reverse('office:eform-design', args=[code])}#s-{section}")
    context = {"draft": draft, "form": form, "title": initial["title"], "section": section}
    return page(request, "office/eforms/section.html", context, here=HERE, status=status, at=at)
