"""Copying shared blocks into forms, and what a later revision of a block would change there. Pure.

A block's content is a section: title, properties, required, fields in order. A section that came of one carries
`x-block`: the block's code, the revision copied, and under which names the form keeps its fields.
"""

import copy
from typing import Any

from motcua.casework.procedures.eforms import expressions
from motcua.casework.procedures.eforms.conditions import Schema, section_of
from motcua.casework.procedures.eforms.differences import form_difference
from motcua.casework.procedures.eforms.editing import name_for, with_section
from motcua.casework.procedures.types.forms import FormChange

Content = dict[str, Any]


def content_of(schema: Schema, code: str) -> Content:
    """Return a section of a form as the content of a block.

    Raises:
        KeyError: no such section.
    """
    section = section_of(schema, code)
    if section is None:
        raise KeyError(code)
    properties = {name: copy.deepcopy(schema["properties"][name]) for name in section["fields"]}
    needed = [name for name in section["fields"] if name in schema.get("required", ())]
    return {"title": section["title"], "fields": list(section["fields"]), "properties": properties, "required": needed}


def with_block(schema: Schema, code: str, revision: int, content: Content) -> Schema:
    """Return the form with a copy of a block as its last section; names that are taken get a number."""
    changed, section_code = with_section(schema, content["title"])
    names: dict[str, str] = {}
    for name in content["fields"]:
        taken = {*changed["properties"], *names.values()}
        names[name] = name if name not in taken else name_for(content["properties"][name]["title"], taken)
    _put(changed, section_code, content, names)
    section = section_of(changed, section_code)
    section["x-block"] = {"code": code, "revision": revision, "names": names}  # type: ignore[index]
    return changed


def _put(schema: Schema, section_code: str, content: Content, names: dict[str, str]) -> None:
    section = section_of(schema, section_code)
    for name in content["fields"]:
        schema["properties"][names[name]] = _renamed(content["properties"][name], names)
    section["fields"] = [names[name] for name in content["fields"]]  # type: ignore[index]
    schema["required"] = [*schema.get("required", ()), *(names[name] for name in content["required"])]


def _renamed(prop: dict[str, Any], names: dict[str, str]) -> dict[str, Any]:
    """Return a copy of a property whose conditions and expressions use the form's names."""
    changed = copy.deepcopy(prop)
    for old, new in names.items():
        if old == new:
            continue
        if isinstance(changed.get("x-show-if"), str):
            changed["x-show-if"] = expressions.renamed(changed["x-show-if"], old, new)
        elif isinstance(changed.get("x-show-if"), dict) and changed["x-show-if"].get("field") == old:
            changed["x-show-if"]["field"] = new
        if "x-computed" in changed:
            changed["x-computed"] = expressions.renamed(changed["x-computed"], old, new)
        for check in changed.get("x-checks", ()):
            check["rule"] = expressions.renamed(check["rule"], old, new)
    return changed


def updated(schema: Schema, section_code: str, revision: int, content: Content) -> Schema:
    """Return the form with a section brought to the block's present revision; own fields put into it stay, at its end.

    Raises:
        KeyError: the section did not come of a block.
    """
    changed = copy.deepcopy(schema)
    section = section_of(changed, section_code)
    if section is None or "x-block" not in section:
        raise KeyError(section_code)
    names = dict(section["x-block"]["names"])
    own = [name for name in section["fields"] if name not in names.values()]
    for name in section["fields"]:
        if name not in own:
            del changed["properties"][name]
    changed["required"] = [name for name in changed.get("required", ()) if name in changed["properties"]]
    kept = {name: names[name] for name in content["fields"] if name in names}
    for name in content["fields"]:
        if name not in kept:
            taken = {*changed["properties"], *kept.values()}
            kept[name] = name if name not in taken else name_for(content["properties"][name]["title"], taken)
    _put(changed, section_code, content, kept)
    section["fields"] += own
    section["title"] = content["title"]
    section["x-block"] = section["x-block"] | {"revision": revision, "names": kept}
    order = [name for each in changed["x-sections"] for name in each["fields"]]
    changed["properties"] = {name: changed["properties"][name] for name in order}
    return changed


def update_difference(schema: Schema, section_code: str, revision: int, content: Content) -> list[FormChange]:
    """Return in words what bringing a section to the block's present revision would change."""
    return form_difference(schema, updated(schema, section_code, revision, content))
