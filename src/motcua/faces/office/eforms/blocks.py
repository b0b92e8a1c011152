"""Shared blocks: the library, a section made one, a section brought to a block's present revision."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from motcua.casework.procedures import selectors as procedures
from motcua.casework.procedures import services
from motcua.casework.procedures.types import SchemaRefused
from motcua.faces.office.eforms.wording import places_in_words
from motcua.faces.office.forming import ActingForm
from motcua.faces.office.shell import page
from motcua.foundation.accounts.registry import act
from motcua.foundation.core import clock
from motcua.foundation.core.types import NotFound, Refusal

HERE = "office:eforms"


@act("eforms.see")
@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """List the blocks with what they ask."""
    blocks = [
        (block, [part["title"] for part in (block.content["properties"][name] for name in block.content["fields"])])
        for block in procedures.form_blocks()
    ]
    return page(request, "office/eforms/blocks.html", {"blocks": blocks}, here=HERE)


class BlockForm(ActingForm):
    """Under which name a section becomes a block."""

    name = forms.CharField(
        label=gettext_lazy("Name of the block"),
        max_length=200,
        help_text=gettext_lazy("A name that exists already gives that block a new revision"),
        error_messages={"required": gettext_lazy("Enter the name of the block")},
    )


@act("eforms.edit")
@require_http_methods(["GET", "POST"])
def from_section(request: HttpRequest, code: str, section: str) -> HttpResponse:
    """Make a block of a section."""
    draft = procedures.form_version(code)
    known = next((each for each in draft.schema["x-sections"] if each["code"] == section), None)
    if known is None:
        raise NotFound
    form = BlockForm(request.POST if request.method == "POST" else None, initial={"name": known["title"]})
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            name = form.cleaned_data["name"]
            same = {block.name: block.code for block in procedures.form_blocks()}
            block = same.get(name) or procedures.form_editing.name_for(name, same.values()).replace("_", "-")
            try:
                services.block_of_section(
                    code=code, section=section, block=block, name=name,
                    actor=request.actor, at=clock.now(),  # type: ignore[attr-defined]
                )  # fmt: skip
                messages.success(request, _("The block “%(name)s” is kept.") % {"name": name})
                return redirect("office:eform-blocks")
            except SchemaRefused as refusal:
                for words in places_in_words(refusal, draft.schema):
                    form.add_error("name", words)
            except Refusal as refusal:
                status = form.refuse(refusal)
    context = {"draft": draft, "form": form, "title": known["title"]}
    return page(request, "office/eforms/to_block.html", context, here=HERE, status=status)


@act("eforms.edit")
@require_http_methods(["GET", "POST"])
def update(request: HttpRequest, code: str, section: str) -> HttpResponse:
    """Show what the block's present revision changes in a section; take it over when confirmed."""
    draft = procedures.form_version(code)
    known = next((each for each in draft.schema["x-sections"] if each["code"] == section and "x-block" in each), None)
    if known is None:
        raise NotFound
    block = procedures.form_block(known["x-block"]["code"])
    refused: list[str] = []
    if request.method == "POST":
        schema = procedures.form_copying.updated(draft.schema, section, block.revision, block.content)
        words = _("section “%(title)s” brought to the block") % {"title": known["title"]}
        try:
            services.save_form_draft(
                code=code, schema=schema, words=words, revision=draft.revision,
                actor=request.actor, at=clock.now(),  # type: ignore[attr-defined]
            )  # fmt: skip
            messages.success(request, _("Done: %(words)s") % {"words": words})
            return redirect(f"{reverse('office:eform-design', args=[code])}#s-{section}")
        except SchemaRefused as refusal:
            refused = list(places_in_words(refusal, draft.schema))
        except Refusal as refusal:
            refused = [str(refusal)]
    context = {
        "draft": draft, "block": block, "title": known["title"], "refused": refused,
        "changes": procedures.form_copying.update_difference(draft.schema, section, block.revision, block.content),
    }  # fmt: skip
    return page(request, "office/eforms/update.html", context, here=HERE, status=422 if refused else 200)
