"""The designer: sections and fields put in, moved and taken out by buttons; every change can be taken back."""

from collections.abc import Callable
from datetime import datetime
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
from motcua.faces.office.eforms.wording import places_in_words
from motcua.faces.office.shell import page
from motcua.foundation.accounts.registry import act
from motcua.foundation.core import clock
from motcua.foundation.core.types import NotFound, Refusal

HERE = "office:eforms"
Change = tuple[dict[str, Any], str, str]


@act("eforms.edit")
@require_http_methods(["GET", "POST"])
def designer(request: HttpRequest, code: str) -> HttpResponse:
    """Show the draft, or carry out one change of it."""
    at = clock.now()
    draft = procedures.form_version(code)
    refused: list[str] = []
    typed: dict[str, str] = {}
    if request.method == "POST":
        try:
            return _changed(request, draft, at=at)
        except SchemaRefused as refusal:
            refused = list(places_in_words(refusal, draft.schema))
        except KeyError:
            refused = [_("Somebody took this out in the meantime.")]
        except Refusal as refusal:
            refused = [str(refusal)]
        typed = {name: request.POST.get(name, "") for name in ("label", "kind", "title", "section")}
        draft = procedures.form_version(code)
    context = _context(draft) | {"refused": refused, "typed": typed}
    return page(request, "office/eforms/design.html", context, here=HERE, status=422 if refused else 200, at=at)


def _context(draft: FormDraft) -> dict[str, Any]:
    schema = draft.schema
    blocks = procedures.form_blocks()
    revisions = {block.code: block for block in blocks}
    return {
        "draft": draft,
        "sections": [_section(schema, section, revisions) for section in schema["x-sections"]],
        "kinds": list(procedures.FORM_KINDS.items()),
        "blocks": blocks,
        "count": len(schema["properties"]),
        "is_long": len(schema["x-sections"]) > 3,
    }


def _section(schema: dict[str, Any], section: dict[str, Any], blocks: dict[str, Any]) -> dict[str, Any]:
    origin = section.get("x-block")
    block = blocks.get(origin["code"]) if origin else None
    copied = origin["revision"] if origin else 0
    return {
        "code": section["code"],
        "title": section["title"],
        "condition": procedures.condition_words(section["x-show-if"], schema) if section.get("x-show-if") else "",
        "block": block,
        "is_behind": bool(block and block.revision > copied),
        "fields": [_field(schema, name, name) for name in section["fields"]],
        "has_tables": any(procedures.widget_of(schema["properties"][name]) == "group" for name in section["fields"]),
    }


def _field(schema: dict[str, Any], name: str, path: str) -> dict[str, Any]:
    prop, required = procedures.form_editing.field_of(schema, path)
    kind = procedures.widget_of(prop)
    inner = procedures.inner_of(prop) if kind == "group" else {}
    return {
        "path": path,
        "title": prop["title"],
        "kind": procedures.FORM_KINDS.get(kind, kind),
        "is_required": required,
        "condition": procedures.condition_words(prop["x-show-if"], schema) if prop.get("x-show-if") else "",
        "computed": prop.get("x-computed", ""),
        "checks": len(prop.get("x-checks", ())),
        "is_table": kind == "group",
        "inner": [_field(schema, part, f"{path}.{part}") for part in inner],
    }


def _changed(request: HttpRequest, draft: FormDraft, *, at: datetime) -> HttpResponse:
    """Carry out what the button asks for.

    Raises:
        KeyError, Refusal: it cannot be done.
    """
    actor = request.actor  # type: ignore[attr-defined]
    revision = int(request.POST["revision"]) if request.POST.get("revision", "").isdecimal() else draft.revision
    if "undo" in request.POST:
        words = services.undo_form_change(code=draft.code, revision=revision, actor=actor, at=at)
        messages.success(request, _("Taken back: %(words)s") % {"words": words})
        return redirect("office:eform-design", code=draft.code)
    schema, words, anchor = _wish(request)(request, draft)
    services.save_form_draft(code=draft.code, schema=schema, words=words, revision=revision, actor=actor, at=at)
    if "place" in request.POST:
        return HttpResponse(status=204)
    messages.success(request, _("Done: %(words)s") % {"words": words})
    if anchor.startswith("="):
        return redirect("office:eform-field", code=draft.code, field=anchor[1:])
    return redirect(f"{reverse('office:eform-design', args=[draft.code])}#{anchor}")


def _wish(request: HttpRequest) -> Callable[[HttpRequest, FormDraft], Change]:
    for name, carry in _WISHES.items():
        if name in request.POST:
            return carry
    raise NotFound


def _add_section(request: HttpRequest, draft: FormDraft) -> Change:
    title = request.POST.get("title", "").strip()
    if not title:
        raise Refusal(_("Enter the title of the section"))
    schema, code = procedures.form_editing.with_section(draft.schema, title)
    return schema, _("section “%(title)s” put in") % {"title": title}, f"s-{code}"


def _add_field(request: HttpRequest, draft: FormDraft) -> Change:
    label, kind = request.POST.get("label", "").strip(), request.POST.get("kind", "")
    inside, _dot, _rest = request.POST.get("inside", "").partition(".")
    if not label:
        raise Refusal(_("Enter the label that people read"))
    schema, path = procedures.form_editing.with_field(
        draft.schema, request.POST.get("section", ""), kind, label, required="required" in request.POST, inside=inside
    )
    return (
        schema,
        _("field “%(title)s” put in") % {"title": label},
        f"={path}" if request.POST["add_field"] == "2" else f"f-{path}",
    )


def _move(request: HttpRequest, draft: FormDraft) -> Change:
    way, _colon, what = request.POST["move"].partition(":")
    schema = procedures.form_editing.moved(draft.schema, what, -1 if way == "up" else 1)
    title = _title(draft.schema, what)
    words = _("“%(title)s” moved up") if way == "up" else _("“%(title)s” moved down")
    return schema, words % {"title": title}, f"s-{what[1:]}" if what.startswith("#") else f"f-{what}"


def _place(request: HttpRequest, draft: FormDraft) -> Change:
    name, section, place = (request.POST.get(key, "") for key in ("place", "section", "at"))
    schema = procedures.form_editing.placed(draft.schema, name, section, int(place) if place.isdecimal() else 0)
    return schema, _("“%(title)s” moved") % {"title": _title(draft.schema, name)}, f"f-{name}"


def _remove(request: HttpRequest, draft: FormDraft) -> Change:
    what = request.POST["remove"]
    title = _title(draft.schema, what)
    if what.startswith("#"):
        schema = procedures.form_editing.without_section(draft.schema, what[1:])
        return schema, _("section “%(title)s” taken out") % {"title": title}, "content"
    lookers = procedures.form_editing.lookers(draft.schema, what) if "." not in what else []
    if lookers:
        told = {"title": title, "others": ", ".join(lookers)}
        raise Refusal(_("“%(title)s” cannot be taken out: these look at it: %(others)s") % told)
    return (
        procedures.form_editing.without_field(draft.schema, what),
        _("“%(title)s” taken out") % {"title": title},
        "content",
    )


def _insert(request: HttpRequest, draft: FormDraft) -> Change:
    block = procedures.form_block(request.POST.get("block", ""))
    schema = procedures.form_copying.with_block(draft.schema, block.code, block.revision, block.content)
    return schema, _("block “%(name)s” copied in") % {"name": block.name}, f"s-{schema['x-sections'][-1]['code']}"


def _title(schema: dict[str, Any], what: str) -> str:
    if what.startswith("#"):
        return next(section["title"] for section in schema["x-sections"] if section["code"] == what[1:])
    return str(procedures.form_editing.field_of(schema, what)[0]["title"])


_WISHES: dict[str, Callable[[HttpRequest, FormDraft], Change]] = {
    "add_section": _add_section,
    "add_field": _add_field,
    "move": _move,
    "place": _place,
    "remove": _remove,
    "insert_block": _insert,
}
