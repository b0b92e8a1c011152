"""How form fields are drawn: which wrapper a widget needs, and what its input must carry for people and readers."""

from typing import Any

from django import forms
from django.forms import BoundField
from django.forms.utils import flatatt
from django.utils.safestring import SafeString

_GROUPS = (forms.RadioSelect, forms.CheckboxSelectMultiple)


def describe(bound: BoundField, *, label: str = "", hint: str = "", css: str = "") -> dict[str, Any]:
    """Return what the field's template shows."""
    widget = bound.field.widget
    kind = "group" if isinstance(widget, _GROUPS) else "check" if isinstance(widget, forms.CheckboxInput) else "plain"
    help_text = hint or bound.help_text
    return {
        "bound": bound,
        "kind": kind,
        "id": bound.id_for_label or bound.auto_id,
        "name": bound.html_name,
        "label": label or bound.label,
        "hint": help_text,
        "errors": bound.errors,
        "optional": not bound.field.required and kind != "check",
        "input": _input(bound, css=css, hint=bool(help_text)),
        "choices": list(bound) if kind == "group" else [],
        "attrs": _spoken(bound, hint=bool(help_text)),
    }


def _spoken(bound: BoundField, *, hint: bool) -> SafeString:
    return flatatt(_description(bound, hint=hint))


def _description(bound: BoundField, *, hint: bool) -> dict[str, Any]:
    parts = [f"{bound.auto_id}-h"] if hint else []
    parts += [f"{bound.auto_id}-e"] if bound.errors else []
    return {"aria-describedby": " ".join(parts)} if parts else {}


def _input(bound: BoundField, *, css: str, hint: bool) -> SafeString:
    widget = bound.field.widget
    if isinstance(widget, _GROUPS) or bound.is_hidden:
        return bound.as_widget()
    base = "form-select" if isinstance(widget, forms.Select) else "form-control"
    if isinstance(widget, forms.CheckboxInput):
        base = "form-check-input"
    wrong = " is-invalid" if bound.errors else ""
    kept = widget.attrs.get("class", "")
    attrs: dict[str, Any] = {
        "class": " ".join(f"{base} {kept} {css}".split()) + wrong,
        **_description(bound, hint=hint),
    }
    if bound.errors:
        attrs["aria-invalid"] = "true"
    return bound.as_widget(attrs=attrs)


def summary(form: Any) -> list[dict[str, str]]:
    """Return each error of one form or several: the words at the field, and the field to go to."""
    forms_given = form if isinstance(form, list | tuple) else [form]
    found: list[dict[str, str]] = []
    for each in forms_given:
        if each is None or not each.is_bound:
            continue
        found += [{"text": str(text), "target": ""} for text in each.non_field_errors()]
        for bound in each:
            target = bound.id_for_label or bound.auto_id
            if isinstance(bound.field.widget, _GROUPS) and len(list(bound)):
                target = next(iter(bound)).id_for_label
            found += [{"text": str(text), "target": target} for text in bound.errors]
    return found
