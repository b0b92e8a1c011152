"""Answers to an electronic form as JSON, through the same form engine that people's entries go through."""

from typing import Any

from django.utils.translation import gettext as _

from motcua.casework.procedures import selectors as procedures
from motcua.casework.procedures import services as forms

Wrong = dict[str, list[str]]


def read_answers(schema: dict[str, Any], given: dict[str, Any]) -> tuple[dict[str, Any], Wrong]:
    """Return the canonical answers of the fields that are asked, and what is wrong by property name."""
    properties = schema.get("properties", {})
    wrong: Wrong = {name: [_("The form has no such field.")] for name in given if name not in properties}
    for name, value in given.items():
        if name in properties and not _is_readable(properties[name], value):
            wrong[name] = [_("This cannot be accepted here.")]
    entered = {name: _as_typed(value) for name, value in given.items() if name not in wrong and value is not None}
    answers: dict[str, Any] = {}
    for section in schema.get("x-sections", ()):
        drawn = forms.eform_form(schema, entered, section["code"], stored=answers)
        if not drawn.section.fields:
            continue
        if not drawn.is_valid():
            for name, said in drawn.errors.items():
                wrong.setdefault(name, [str(message) for message in said])
        answers |= drawn.answers
    for name, messages in procedures.check_answers(schema, answers).items() if schema else ():
        wrong.setdefault(name, messages)
    return answers, wrong


def _as_typed(value: Any) -> Any:
    """Return a JSON number as it would be typed, since the form takes an empty entry and nought for the same."""
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else value


def _is_readable(prop: dict[str, Any], value: Any) -> bool:
    """Say whether the JSON kind fits the property at all; what it says is judged by the form."""
    if value is None:
        return True
    kind = prop.get("type")
    if kind == "array":
        return isinstance(value, list) and all(isinstance(item, str) for item in value)
    if kind == "boolean":
        return isinstance(value, bool)
    return isinstance(value, str | int | float) and not isinstance(value, bool)
