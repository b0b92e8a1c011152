"""The check of a form's schema when it is saved: JSON Schema 2020-12 and the conventions of our drawing."""

from collections import Counter
from typing import Any

import jsonschema
from django.utils.translation import gettext as _

from motcua.casework.procedures.eforms.conditions import Schema, fields_of
from motcua.casework.procedures.types import SchemaRefused

WIDGETS = {
    "text": {"string"},
    "textarea": {"string"},
    "date": {"string"},
    "select": {"string"},
    "radio": {"string"},
    "identity": {"string"},
    "phone": {"string"},
    "email": {"string"},
    "number": {"integer", "number"},
    "money": {"integer"},
    "checkbox": {"boolean"},
    "checkboxes": {"array"},
}
PREFILLS = {"full_name", "birth_date", "identity_no", "phone", "address", "email", "gender"}
_CONDITION_KEYS = ({"field", "equals"}, {"field", "in"}, {"all"}, {"any"}, {"not"})


def widget_of(prop: dict[str, Any]) -> str:
    """Return the widget of a property: the one named, else the one that its type, format or choices ask for."""
    if "x-widget" in prop:
        return str(prop["x-widget"])
    kind = prop.get("type")
    if kind == "boolean":
        return "checkbox"
    if kind == "array":
        return "checkboxes"
    if kind in {"integer", "number"}:
        return "number"
    if "enum" in prop:
        return "radio" if len(prop["enum"]) <= 5 else "select"
    return {"date": "date", "email": "email"}.get(prop.get("format", ""), "text")


def check_schema(schema: Any) -> None:
    """Check that `schema` is sound and can be drawn.

    Raises:
        SchemaRefused: with every place that is wrong.
    """
    wrong: dict[str, list[str]] = {}

    def note(place: str, message: str) -> None:
        wrong.setdefault(place, []).append(message)

    try:
        jsonschema.Draft202012Validator.check_schema(schema)
    except jsonschema.SchemaError as error:
        place = "/".join(str(part) for part in error.absolute_path) or "schema"
        raise SchemaRefused({place: [error.message]}) from error
    if not isinstance(schema, dict) or schema.get("type") != "object" or not schema.get("properties"):
        raise SchemaRefused({"schema": [_("The schema must be an object with properties.")]})
    for name in schema.get("required", ()):
        if name not in schema["properties"]:
            note(f"required/{name}", _("There is no such property."))
    for name, prop in schema["properties"].items():
        _check_property(name, prop, note)
    _check_sections(schema, note)
    if wrong:
        raise SchemaRefused(wrong)


def _check_property(name: str, prop: Any, note: Any) -> None:
    place = f"properties/{name}"
    if not name.isidentifier():
        note(place, _("A property's name has only letters, digits and underscores."))
    if not isinstance(prop, dict) or not prop.get("title"):
        note(place, _("The property has no title."))
        return
    widget = widget_of(prop)
    if prop.get("type") not in WIDGETS.get(widget, set()):
        note(f"{place}/x-widget", _("This widget does not fit the type."))
    if prop.get("x-prefill") and prop["x-prefill"] not in PREFILLS:
        note(f"{place}/x-prefill", _("We know nothing of this kind to fill in."))
    choices = choices_of(prop)
    if widget in {"select", "radio", "checkboxes"} and not choices:
        note(place, _("There is nothing to choose from."))
    labels = prop.get("x-labels", {})
    for value in choices:
        if value not in labels:
            note(f"{place}/x-labels", _("The choice %(value)s has no label.") % {"value": value})


def choices_of(prop: dict[str, Any]) -> list[str]:
    """Return the values to choose from: `enum` of the property, or of its items."""
    return list(prop.get("enum") or prop.get("items", {}).get("enum") or ())


def _check_sections(schema: Schema, note: Any) -> None:
    sections = schema.get("x-sections")
    if not isinstance(sections, list) or not sections:
        note("x-sections", _("The form has no sections."))
        return
    codes = Counter(section.get("code") for section in sections)
    known: set[str] = set()
    for number, section in enumerate(sections):
        place = f"x-sections/{number}"
        if not section.get("code") or not section.get("title") or codes[section["code"]] > 1:
            note(place, _("A section needs a title and a code of its own."))
        _check_condition(section.get("x-show-if"), known, f"{place}/x-show-if", note)
        for name in section.get("fields", ()):
            if name not in schema["properties"]:
                note(f"{place}/fields", _("There is no property %(name)s.") % {"name": name})
                continue
            if name in known:
                note(f"{place}/fields", _("The property %(name)s is asked twice.") % {"name": name})
            prop = schema["properties"][name]
            condition = prop.get("x-show-if") if isinstance(prop, dict) else None
            _check_condition(condition, known, f"properties/{name}/x-show-if", note)
            known.add(name)
    for name in schema["properties"].keys() - known:
        note(f"properties/{name}", _("The property is in no section."))


def _check_condition(condition: Any, known: set[str], place: str, note: Any) -> None:
    if condition is None:
        return
    if not _is_condition(condition):
        note(place, _("This is no condition."))
        return
    for name in fields_of(condition):
        if name not in known:
            note(place, _("The condition looks at %(name)s, which is not asked before.") % {"name": name})


def _is_condition(condition: Any) -> bool:
    if not isinstance(condition, dict) or set(condition) not in _CONDITION_KEYS:
        return False
    if "not" in condition:
        return _is_condition(condition["not"])
    parts = condition.get("all", condition.get("any"))
    if parts is not None:
        return isinstance(parts, list) and all(_is_condition(part) for part in parts)
    return "in" not in condition or isinstance(condition["in"], list)
