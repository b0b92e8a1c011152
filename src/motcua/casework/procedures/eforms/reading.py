"""Answers the way people read them: for the check page, for print, for officers."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from motcua.casework.procedures.eforms.conditions import Answers, Schema
from motcua.casework.procedures.eforms.drawing import SectionView, eform_sections
from motcua.casework.procedures.eforms.entries import show_entry
from motcua.casework.procedures.eforms.kinds import BUNDLES, inner_of, widget_of
from motcua.casework.procedures.eforms.messages import choice_label, label_of


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """One line of the check page; `value` is '' when an optional field was left empty.

    A table gives a line per row, a person or organisation a line per part; `name` is the field in the schema.
    """

    name: str
    label: str
    value: str
    is_personal: bool


def eform_lines(schema: Schema, answers: Answers) -> list[tuple[SectionView, tuple[AnswerLine, ...]]]:
    """Return every asked section with its answers the way people read them, for checking, printing and reading."""
    properties = schema["properties"]
    return [
        (view, tuple(line for name in view.fields for line in _lines(name, properties[name], answers.get(name))))
        for view in eform_sections(schema, answers)
    ]


def _lines(name: str, prop: dict[str, Any], value: Any) -> Iterator[AnswerLine]:
    kind, label = widget_of(prop), label_of(prop)
    personal = bool(prop.get("x-personal"))
    if kind == "note":
        return
    if kind in BUNDLES and isinstance(value, dict):
        for part, inner in inner_of(prop).items():
            shown = in_words(inner, value.get(part))
            if shown:
                yield AnswerLine(name, f"{label}: {label_of(inner)}", shown, personal or bool(inner.get("x-personal")))
        return
    if kind == "group" and isinstance(value, list) and value:
        for number, row in enumerate(value, start=1):
            yield AnswerLine(name, f"{label} {number}", _row_in_words(prop, row), personal)
        return
    yield AnswerLine(name, label, in_words(prop, value), personal)


def _row_in_words(prop: dict[str, Any], row: Any) -> str:
    known = row if isinstance(row, dict) else {}
    parts = ((label_of(inner), in_words(inner, known.get(part))) for part, inner in inner_of(prop).items())
    return "; ".join(f"{label}: {shown}" for label, shown in parts if shown)


def in_words(prop: dict[str, Any], value: Any) -> str:
    """Return one answer in words, '' for none."""
    kind = widget_of(prop)
    if value is None or value in ("", [], {}):
        return ""
    if kind in {"select", "radio"}:
        return choice_label(prop, value)
    if kind == "checkboxes":
        return ", ".join(choice_label(prop, item) for item in value)
    if kind in {"checkbox", "declaration"}:
        return _("Yes") if value else _("No")
    if kind == "money":
        return f"{show_entry(kind, value)} đ"
    if kind == "address":
        return str(value.get("text", "")) if isinstance(value, dict) else str(value)
    if kind == "file":
        return ", ".join(str(item.get("name", "")) if isinstance(item, dict) else str(item) for item in value)
    if kind in BUNDLES:
        return _row_in_words(prop, value)
    if kind == "group":
        return " · ".join(_row_in_words(prop, row) for row in value)
    return str(show_entry(kind, value))
