"""Answers to an electronic form as JSON, through the same form engine that people's entries go through."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from motcua.casework.procedures import selectors as procedures

Wrong = dict[str, list[str]]


def read_answers(schema: dict[str, Any], given: dict[str, Any], *, on: date) -> tuple[dict[str, Any], Wrong]:
    """Return the canonical answers of the fields that are asked, and what is wrong by place: `hang.0.don_gia`.

    What a form computes is computed here; an answer sent for it is not looked at. A file question takes the names of
    files that travel as papers: ["so-do.pdf"].
    """
    properties = schema.get("properties", {})
    wrong: Wrong = {name: [_("The form has no such field.")] for name in given if name not in properties}
    for name, value in given.items():
        if name in properties and not _is_readable(properties[name], value):
            wrong[name] = [_("This cannot be accepted here.")]
    entered = {name: _with_names(properties[name], value) for name, value in given.items() if name not in wrong}
    if not schema:
        return {}, wrong
    answers, found = procedures.answer_form(schema, entered, on=on)
    for name, messages in found.items():
        place = name.replace("-", ".")
        if place.split(".")[0] not in wrong:
            wrong[place] = messages
    return answers, wrong


def _with_names(prop: dict[str, Any], value: Any) -> Any:
    if procedures.widget_of(prop) != "file" or not isinstance(value, list):
        return value
    return [{"name": item} for item in value]


def _is_readable(prop: dict[str, Any], value: Any) -> bool:
    """Say whether the JSON kind fits the property at all; what it says is judged by the form."""
    kind = procedures.widget_of(prop)
    if value is None or "x-computed" in prop:
        return True
    inner = procedures.inner_of(prop)
    if kind == "group":
        return isinstance(value, list) and all(_parts_readable(inner, row) for row in value)
    if inner:
        return _parts_readable(inner, value)
    if kind == "address":
        return isinstance(value, dict) and all(isinstance(part, str) for part in value.values())
    if prop.get("type") == "array":
        return isinstance(value, list) and all(isinstance(item, str) for item in value)
    if prop.get("type") == "boolean":
        return isinstance(value, bool)
    return isinstance(value, str | int | float) and not isinstance(value, bool)


def _parts_readable(inner: dict[str, Any], value: Any) -> bool:
    return isinstance(value, dict) and all(
        name in inner and _is_readable(inner[name], part) for name, part in value.items()
    )
