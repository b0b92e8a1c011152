"""Places of a schema in words: which section or field a refusal speaks of, and which input of a page it belongs to."""

import json
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from motcua.casework.procedures import selectors as procedures
from motcua.casework.procedures.types import SchemaRefused

_PARTS = {"x-show-if": "condition", "x-computed": "computed", "x-prefill": "prefill", "x-labels": "choices"}


def places_in_words(refusal: SchemaRefused, schema: dict[str, Any]) -> Iterator[str]:
    """Yield a sentence for everything that is wrong, beginning with the place."""
    for place, sentences in refusal.fields.items():
        for sentence in sentences:
            yield f"{_place(place.split('/'), schema)}: {sentence}"


def _place(parts: list[str], schema: dict[str, Any]) -> str:
    if parts[0] == "properties" and len(parts) > 1:
        prop = schema.get("properties", {}).get(parts[1], {})
        words = _("field “%(title)s”") % {"title": prop.get("title", parts[1])}
        inner = procedures.inner_of(prop)
        if len(parts) > 2 and parts[2] in inner:
            words += f" › {inner[parts[2]]['title']}"
        return words + _detail(parts)
    if parts[0] == "x-sections" and len(parts) > 1 and parts[1].isdecimal():
        sections = schema.get("x-sections", [])
        title = sections[int(parts[1])]["title"] if int(parts[1]) < len(sections) else parts[1]
        return _("section “%(title)s”") % {"title": title} + _detail(parts)
    return "/".join(parts)


def _detail(parts: list[str]) -> str:
    if "x-show-if" in parts:
        return _(", condition")
    if "x-computed" in parts:
        return _(", calculation")
    if "x-checks" in parts:
        return _(", check %(number)s") % {"number": int(parts[-1]) + 1}
    return ""


def input_of(place: str) -> str:
    """Return the input of the field page that a place of the schema belongs to, '' for the page as a whole."""
    parts = place.split("/")
    if "x-checks" in parts:
        return f"rule_{parts[-1]}"
    return next((name for key, name in _PARTS.items() if key in parts), "")


def as_expression(condition: Any, schema: dict[str, Any]) -> str:
    """Return a condition of the older kind as an expression, so that it can be edited as one."""
    if not condition:
        return ""
    if isinstance(condition, str):
        return condition
    if "not" in condition:
        return f"!({as_expression(condition['not'], schema)})"
    for key, joint in (("all", " && "), ("any", " || ")):
        if key in condition:
            return joint.join(f"({as_expression(part, schema)})" for part in condition[key])
    name = condition["field"]
    wanted = condition["in"] if "in" in condition else [condition["equals"]]
    is_list = schema["properties"].get(name, {}).get("type") == "array"
    return " || ".join(_equals(name, value, is_list=is_list) for value in wanted)


def _equals(name: str, value: Any, *, is_list: bool) -> str:
    if value is None:
        return f"!answered.{name}"
    if isinstance(value, bool):
        return name if value else f"!{name}"
    written = json.dumps(value, ensure_ascii=False)
    return f"{written} in {name}" if is_list else f"{name} == {written}"


def choices_before(schema: dict[str, Any], path: str) -> list[tuple[str, str]]:
    """Return (`field=value`, words) of every choice asked before a field, or before a section given as `#code`."""
    found: list[tuple[str, str]] = []
    for section in schema["x-sections"]:
        if path == f"#{section['code']}":
            break
        for name in section["fields"]:
            if name == path:
                return found
            prop = schema["properties"][name]
            told = {"title": prop["title"]}
            if prop.get("type") == "boolean":
                found.append((f"{name}=", _("“%(title)s” is ticked") % told))
            labels = prop.get("x-labels", {})
            for value, label in labels.items():
                found.append((f"{name}={value}", _("“%(title)s” is “%(label)s”") % (told | {"label": label})))
    return found


def condition_of(ticked: list[str]) -> dict[str, Any] | None:
    """Return the condition that one of the ticked choices was made."""
    by_field: dict[str, list[Any]] = {}
    for item in ticked:
        name, _sign, value = item.partition("=")
        by_field.setdefault(name, []).append(value or True)
    parts = [
        {"field": name, "equals": values[0]} if len(values) == 1 else {"field": name, "in": values}
        for name, values in by_field.items()
    ]
    return None if not parts else parts[0] if len(parts) == 1 else {"any": parts}


def ticked_of(condition: Any, known: list[tuple[str, str]]) -> list[str] | None:
    """Return the choices that a condition names, None when it is more than that."""
    if not condition:
        return []
    parts = condition.get("any", [condition]) if isinstance(condition, dict) else [condition]
    found = []
    for part in parts:
        if not isinstance(part, dict) or "field" not in part:
            return None
        wanted = part["in"] if "in" in part else [part["equals"]]
        found += [f"{part['field']}={'' if value is True else value}" for value in wanted]
    return found if set(found) <= {value for value, _words in known} else None
