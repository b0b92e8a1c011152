"""What a form may ask: the kinds of field, what each keeps as an answer, and how expressions see it. Pure."""

from collections.abc import Iterator
from typing import Any

Prop = dict[str, Any]

# Kind of field -> JSON types of its answer.
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
    "declaration": {"boolean"},
    "checkboxes": {"array"},
    "address": {"object"},
    "person": {"object"},
    "organisation": {"object"},
    "group": {"array"},
    "file": {"array"},
    "note": {"null"},
}
# Kinds with questions of their own inside.
BUNDLES = frozenset({"person", "organisation"})
INSIDE = frozenset(WIDGETS) - {"person", "organisation", "group", "file", "note", "declaration"}
CHOOSING = frozenset({"select", "radio", "checkboxes"})
ADDRESS_PARTS = ("province", "commune", "detail")
MOST_ROWS = 50
MOST_FILES = 5

_TYPES = {
    "number": "number",
    "money": "number",
    "checkbox": "boolean",
    "declaration": "boolean",
    "checkboxes": "texts",
    "group": "rows",
    "address": "parts",
    "person": "parts",
    "organisation": "parts",
    "file": "texts",
}


def widget_of(prop: Prop) -> str:
    """Return the kind of a property: the one named, else the one that its type, format or choices ask for."""
    if "x-widget" in prop:
        return str(prop["x-widget"])
    kind = prop.get("type")
    if kind == "boolean":
        return "checkbox"
    if kind == "null":
        return "note"
    if kind == "array":
        return "checkboxes"
    if kind in {"integer", "number"}:
        return "number"
    if "enum" in prop:
        return "radio" if len(prop["enum"]) <= 5 else "select"
    return {"date": "date", "email": "email"}.get(prop.get("format", ""), "text")


def choices_of(prop: Prop) -> list[str]:
    """Return the values to choose from: `enum` of the property, or of its items."""
    return list(prop.get("enum") or prop.get("items", {}).get("enum") or ())


def inner_of(prop: Prop) -> dict[str, Prop]:
    """Return the questions inside a person, an organisation or a row of a table."""
    kind = widget_of(prop)
    if kind == "group":
        return dict(prop.get("items", {}).get("properties", {}))
    return dict(prop.get("properties", {})) if kind in BUNDLES else {}


def required_inside(prop: Prop) -> set[str]:
    """Return which of the questions inside must be answered."""
    holder = prop.get("items", {}) if widget_of(prop) == "group" else prop
    return set(holder.get("required", ()))


def type_of(prop: Prop) -> str:
    """Return the type by which expressions see an answer, '' for what they cannot see."""
    kind = widget_of(prop)
    return "" if kind == "note" else _TYPES.get(kind, "text")


def seen_value(prop: Prop, value: Any) -> Any:
    """Return an answer as expressions see it: numbers as doubles, nothing as the empty value of its type."""
    kind = type_of(prop)
    if kind == "rows":
        return [_seen_parts(prop, row) for row in value or ()]
    if kind == "parts":
        return _seen_parts(prop, value or {})
    if kind == "number":
        return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else 0.0
    if kind == "boolean":
        return value is True
    if kind == "texts":
        return [item["name"] if isinstance(item, dict) else str(item) for item in value or ()]
    return str(value or "")


def _seen_parts(prop: Prop, value: dict[str, Any]) -> dict[str, Any]:
    if widget_of(prop) == "address":
        return {name: str(value.get(name, "")) for name in (*ADDRESS_PARTS, "text")}
    return {name: seen_value(inner, value.get(name)) for name, inner in inner_of(prop).items() if type_of(inner)}


def sample_value(prop: Prop) -> Any:
    """Return an answer of the right shape with something in every part, for trying an expression."""
    kind = type_of(prop)
    if kind == "rows":
        return [_sample_parts(prop)]
    if kind == "parts":
        return _sample_parts(prop)
    if kind == "text":
        return "2020-01-01" if widget_of(prop) == "date" else "x"
    return {"number": 1, "boolean": True, "texts": ["x"]}.get(kind)


def _sample_parts(prop: Prop) -> dict[str, Any]:
    if widget_of(prop) == "address":
        return dict.fromkeys((*ADDRESS_PARTS, "text"), "x")
    return {name: sample_value(inner) for name, inner in inner_of(prop).items() if type_of(inner)}


def is_given(value: Any) -> bool:
    """Say whether a canonical answer says anything."""
    return value not in (None, "", [], {}, False)


def every_prop(schema: dict[str, Any]) -> Iterator[tuple[str, Prop]]:
    """Yield (place, property) of all questions, those inside others too."""
    for name, prop in schema.get("properties", {}).items():
        yield name, prop
        for inner, part in inner_of(prop).items():
            yield f"{name}.{inner}", part
