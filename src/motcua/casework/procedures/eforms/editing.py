"""What a designer does to a schema: sections and fields put in, changed, moved, taken out. Pure: gives new schemas.

Names follow the labels: “Vốn kinh doanh” becomes `von_kinh_doanh`, with a number where that is taken.
"""

import copy
import re
from typing import Any

from django.utils.translation import gettext as _

from motcua.casework.procedures.eforms import expressions
from motcua.casework.procedures.eforms.checking import usable_name
from motcua.casework.procedures.eforms.conditions import Schema, fields_of, section_of
from motcua.casework.procedures.eforms.kinds import BUNDLES, inner_of, widget_of
from motcua.casework.procedures.eforms.starting import part
from motcua.foundation.core.folding import fold

Prop = dict[str, Any]


def empty_form(title: str) -> Schema:
    """Return a new form with one section and one question, since a form without any cannot be."""
    schema: Schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
        "title": title,
        "properties": {},
        "required": [],
        "x-sections": [],
    }
    schema["x-sections"] = [{"code": "chung", "title": _("General information"), "fields": []}]
    return with_field(schema, "chung", "text", _("Full name"), required=True)[0]


def name_for(label: str, taken: Any) -> str:
    """Return a free name after a label."""
    plain = re.sub(r"[^a-z0-9]+", "_", fold(label)).strip("_")[:40].strip("_") or "o"
    plain = f"o_{plain}" if plain[0].isdigit() else plain
    name, number = plain, 2
    while name in taken or not usable_name(name):
        name, number = f"{plain}_{number}", number + 1
    return name


def with_section(schema: Schema, title: str) -> tuple[Schema, str]:
    """Return the form with one more section at the end, and the section's code."""
    changed = copy.deepcopy(schema)
    code = name_for(title, {section["code"] for section in changed["x-sections"]}).replace("_", "-")
    codes = {section["code"] for section in changed["x-sections"]}
    while code in codes:
        code += "-2"
    changed["x-sections"].append({"code": code, "title": title, "fields": []})
    return changed, code


def with_field(
    schema: Schema, section: str, kind: str, label: str, *, required: bool = False, inside: str = ""
) -> tuple[Schema, str]:
    """Return the form with one more field at the end of a section, or inside a table, and the field's name.

    Raises:
        KeyError: no such section or table.
    """
    changed = copy.deepcopy(schema)
    prop = part(kind, label)
    if inside:
        holder = _holder(changed["properties"][inside])
        name = name_for(label, holder["properties"])
        holder["properties"][name] = prop
        if required:
            holder.setdefault("required", []).append(name)
        return changed, f"{inside}.{name}"
    name = name_for(label, changed["properties"])
    changed["properties"][name] = prop
    _section(changed, section)["fields"].append(name)
    if required or kind == "declaration":
        changed.setdefault("required", []).append(name)
    return changed, name


def _section(schema: Schema, code: str) -> dict[str, Any]:
    found = section_of(schema, code)
    if found is None:
        raise KeyError(code)
    return found


def _holder(prop: Prop) -> dict[str, Any]:
    """Return what holds the questions inside a table, person or organisation."""
    if widget_of(prop) == "group":
        return prop["items"]
    if widget_of(prop) in BUNDLES:
        return prop
    raise KeyError("inside")


def field_of(schema: Schema, path: str) -> tuple[Prop, bool]:
    """Return a field by `name` or `table.name`, and whether it must be answered.

    Raises:
        KeyError: no such field.
    """
    name, _dot, inner = path.partition(".")
    prop = schema["properties"][name]
    if not inner:
        return prop, name in schema.get("required", ())
    return inner_of(prop)[inner], inner in _holder(prop).get("required", ())


def with_changed(schema: Schema, path: str, prop: Prop, *, required: bool) -> Schema:
    """Return the form with a field's properties replaced."""
    changed = copy.deepcopy(schema)
    name, _dot, inner = path.partition(".")
    holder = _holder(changed["properties"][name]) if inner else changed
    name = inner or name
    holder["properties"][name] = prop
    needed = [each for each in holder.get("required", ()) if each != name]
    holder["required"] = [*needed, name] if required else needed
    return changed


def without_field(schema: Schema, path: str) -> Schema:
    """Return the form without a field; an empty form or table is found by the check of the schema."""
    changed = copy.deepcopy(schema)
    name, _dot, inner = path.partition(".")
    holder = _holder(changed["properties"][name]) if inner else changed
    if inner:
        name = inner
    else:
        for section in changed["x-sections"]:
            section["fields"] = [each for each in section["fields"] if each != name]
    del holder["properties"][name]
    holder["required"] = [each for each in holder.get("required", ()) if each != name]
    return changed


def without_section(schema: Schema, code: str) -> Schema:
    """Return the form without a section and all that it asks."""
    changed = copy.deepcopy(schema)
    gone = _section(changed, code)
    changed["x-sections"] = [section for section in changed["x-sections"] if section is not gone]
    for name in gone["fields"]:
        del changed["properties"][name]
    changed["required"] = [name for name in changed.get("required", ()) if name in changed["properties"]]
    return changed


def moved(schema: Schema, what: str, step: int) -> Schema:
    """Return the form with a section (`#code`), field or inner field a place up (-1) or down (1).

    A field at the edge of its section goes on into the neighbouring one.
    """
    changed = copy.deepcopy(schema)
    if what.startswith("#"):
        sections = changed["x-sections"]
        _shift(sections, next(n for n, each in enumerate(sections) if each["code"] == what[1:]), step)
        return changed
    name, _dot, inner = what.partition(".")
    if inner:
        holder = _holder(changed["properties"][name])
        names = list(holder["properties"])
        _shift(names, names.index(inner), step)
        holder["properties"] = {each: holder["properties"][each] for each in names}
        return changed
    _move_field(changed["x-sections"], name, step)
    return changed


def _shift(items: list[Any], place: int, step: int) -> None:
    target = place + step
    if 0 <= target < len(items):
        items[place], items[target] = items[target], items[place]


def _move_field(sections: list[dict[str, Any]], name: str, step: int) -> None:
    number = next(n for n, section in enumerate(sections) if name in section["fields"])
    fields = sections[number]["fields"]
    place = fields.index(name)
    if 0 <= place + step < len(fields):
        _shift(fields, place, step)
    elif 0 <= number + step < len(sections):
        fields.remove(name)
        neighbour = sections[number + step]["fields"]
        neighbour.insert(0 if step > 0 else len(neighbour), name)


def placed(schema: Schema, name: str, section: str, place: int) -> Schema:
    """Return the form with a field at a place of a section: what dragging does."""
    changed = copy.deepcopy(schema)
    target = _section(changed, section)
    if name not in changed["properties"]:
        raise KeyError(name)
    for each in changed["x-sections"]:
        each["fields"] = [other for other in each["fields"] if other != name]
    target["fields"].insert(max(0, place), name)
    return changed


def lookers(schema: Schema, name: str) -> list[str]:
    """Return the labels of what looks at a field, so that taking it out can be refused with a reason."""
    found = [prop["title"] for other, prop in schema["properties"].items() if other != name and name in _words_of(prop)]
    return found + [
        section["title"] for section in schema["x-sections"] if name in set(fields_of(section.get("x-show-if")))
    ]


def _words_of(prop: Prop) -> set[str]:
    words = set(fields_of(prop.get("x-show-if")))
    for each in (prop, *inner_of(prop).values()):
        words |= expressions.names_of(each.get("x-computed", ""))
        for check in each.get("x-checks", ()):
            words |= expressions.names_of(check["rule"])
    return words
