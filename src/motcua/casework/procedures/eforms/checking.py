"""The check of a form's schema when it is saved: JSON Schema 2020-12, the conventions of our drawing, expressions."""

import re
from collections import Counter
from collections.abc import Callable
from typing import Any

import jsonschema
from django.utils.translation import gettext as _

from motcua.casework.procedures.eforms import expressions
from motcua.casework.procedures.eforms.conditions import Schema, fields_of, types_of, values_of
from motcua.casework.procedures.eforms.kinds import (
    BUNDLES,
    INSIDE,
    MOST_FILES,
    MOST_ROWS,
    WIDGETS,
    choices_of,
    inner_of,
    sample_value,
    widget_of,
)
from motcua.casework.procedures.eforms.sources import prefills
from motcua.casework.procedures.types import SchemaRefused

Note = Callable[[str, str], None]
_CONDITION_KEYS = ({"field", "equals"}, {"field", "in"}, {"all"}, {"any"}, {"not"})
_COMPUTABLE = {"text", "textarea", "number", "money", "date", "checkbox"}
_PLAIN = re.compile(r"[A-Za-z_]\w*\Z", re.ASCII)
MOST_FIELDS = 400


def check_schema(schema: Any) -> None:
    """Check that `schema` is sound and can be drawn.

    Raises:
        SchemaRefused: with every place that is wrong.
    """
    wrong: dict[str, list[str]] = {}

    def note(place: str, message: str) -> None:
        if message not in wrong.setdefault(place, []):
            wrong[place].append(message)

    try:
        jsonschema.Draft202012Validator.check_schema(schema)
    except jsonschema.SchemaError as error:
        place = "/".join(str(part) for part in error.absolute_path) or "schema"
        raise SchemaRefused({place: [error.message]}) from error
    if not isinstance(schema, dict) or schema.get("type") != "object" or not schema.get("properties"):
        raise SchemaRefused({"schema": [_("The schema must be an object with properties.")]})
    if len(schema["properties"]) > MOST_FIELDS:
        raise SchemaRefused({"schema": [_("A form has at most %(most)s fields.") % {"most": MOST_FIELDS}]})
    for name in schema.get("required", ()):
        if name not in schema["properties"]:
            note(f"required/{name}", _("There is no such property."))
    for name, prop in schema["properties"].items():
        _check_property(name, prop, f"properties/{name}", note)
    _check_sections(schema, note)
    if not wrong:
        _check_expressions(schema, note)
    if wrong:
        raise SchemaRefused(wrong)


def _check_property(name: str, prop: Any, place: str, note: Note, *, inside: bool = False) -> None:
    if not name.isidentifier():
        note(place, _("A property's name has only letters, digits and underscores."))
    if not isinstance(prop, dict) or not prop.get("title"):
        note(place, _("The property has no title."))
        return
    widget = widget_of(prop)
    if prop.get("type") not in WIDGETS.get(widget, set()):
        note(f"{place}/x-widget", _("This widget does not fit the type."))
    if inside and widget not in INSIDE:
        note(f"{place}/x-widget", _("This kind of field cannot stand inside another."))
    if inside and "x-show-if" in prop:
        note(f"{place}/x-show-if", _("A field inside another has no condition of its own."))
    if prop.get("x-prefill") and prop["x-prefill"] not in prefills():
        note(f"{place}/x-prefill", _("We know nothing of this kind to fill in."))
    if "x-computed" in prop and widget not in _COMPUTABLE:
        note(f"{place}/x-computed", _("A field of this kind cannot be computed."))
    _check_choices(prop, place, note)
    _check_inside(prop, place, note)
    for number, check in enumerate(prop.get("x-checks", ())):
        if not isinstance(check, dict) or not check.get("rule") or not check.get("message"):
            note(f"{place}/x-checks/{number}", _("A check needs a rule and a message."))


def _check_choices(prop: dict[str, Any], place: str, note: Note) -> None:
    if widget_of(prop) not in {"select", "radio", "checkboxes"}:
        return
    choices = choices_of(prop)
    if not choices:
        note(place, _("There is nothing to choose from."))
    labels = prop.get("x-labels", {})
    for value in choices:
        if value not in labels:
            note(f"{place}/x-labels", _("The choice %(value)s has no label.") % {"value": value})


def _check_inside(prop: dict[str, Any], place: str, note: Note) -> None:
    kind = widget_of(prop)
    if kind == "file" and int(prop.get("maxItems", MOST_FILES)) > MOST_FILES:
        note(f"{place}/maxItems", _("At most %(most)s files.") % {"most": MOST_FILES})
    if kind != "group" and kind not in BUNDLES:
        return
    inner = inner_of(prop)
    if not inner:
        note(place, _("There is nothing asked inside."))
    for name, part in inner.items():
        _check_property(name, part, f"{place}/{name}", note, inside=True)
    holder = prop.get("items", {}) if kind == "group" else prop
    for name in holder.get("required", ()):
        if name not in inner:
            note(f"{place}/required/{name}", _("There is no such property."))
    if kind == "group":
        least, most = int(prop.get("minItems", 0)), int(prop.get("maxItems", MOST_ROWS))
        if not 0 <= least <= most <= MOST_ROWS or most < 1:
            note(f"{place}/maxItems", _("Rows: at least 0, at most %(most)s.") % {"most": MOST_ROWS})


def _check_sections(schema: Schema, note: Note) -> None:
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
        _check_condition(section.get("x-show-if"), known, schema, f"{place}/x-show-if", note)
        for name in section.get("fields", ()):
            if name not in schema["properties"]:
                note(f"{place}/fields", _("There is no property %(name)s.") % {"name": name})
                continue
            if name in known:
                note(f"{place}/fields", _("The property %(name)s is asked twice.") % {"name": name})
            prop = schema["properties"][name]
            condition = prop.get("x-show-if") if isinstance(prop, dict) else None
            _check_condition(condition, known, schema, f"properties/{name}/x-show-if", note)
            known.add(name)
    for name in schema["properties"].keys() - known:
        note(f"properties/{name}", _("The property is in no section."))


def _check_condition(condition: Any, known: set[str], schema: Schema, place: str, note: Note) -> None:
    if condition is None or isinstance(condition, str):  # expressions are looked at once all fields are sound
        _check_known(condition, known, schema, place, note)
        return
    if not _is_condition(condition):
        note(place, _("This is no condition."))
        return
    for name in fields_of(condition):
        if name not in known:
            note(place, _("The condition looks at %(name)s, which is not asked before.") % {"name": name})


def _check_known(source: Any, known: set[str], schema: Schema, place: str, note: Note) -> None:
    if not isinstance(source, str):
        return
    for name in sorted(expressions.names_of(source) & schema["properties"].keys() - known):
        note(place, _("The condition looks at %(name)s, which is not asked before.") % {"name": name})
    if "today" in expressions.names_of(source):
        note(place, _("A condition cannot look at the day: the form must read the same later."))


def _is_condition(condition: Any) -> bool:
    if not isinstance(condition, dict) or set(condition) not in _CONDITION_KEYS:
        return False
    if "not" in condition:
        return _is_condition(condition["not"])
    parts = condition.get("all", condition.get("any"))
    if parts is not None:
        return isinstance(parts, list) and all(_is_condition(part) for part in parts)
    return "in" not in condition or isinstance(condition["in"], list)


def _check_expressions(schema: Schema, note: Note) -> None:
    """Check every expression: its types, what it looks at, and by a trial over answers of the right shape."""
    look = _Looking(schema, note)
    known: set[str] = set()
    for number, section in enumerate(schema["x-sections"]):
        here = known | set(section["fields"])
        look.at(section.get("x-show-if"), f"x-sections/{number}/x-show-if", gives="boolean")
        for name in section["fields"]:
            look.at_property(schema["properties"][name], f"properties/{name}", before=known, here=here)
            known.add(name)


class _Looking:
    """The check of one schema's expressions, with what they may look at."""

    def __init__(self, schema: Schema, note: Note) -> None:
        self.schema, self.note = schema, note
        self.sample = {name: sample_value(prop) for name, prop in schema["properties"].items()}
        self.types, self.row_types = types_of(schema), types_of(schema, in_row=True)

    def at(self, source: Any, place: str, *, gives: str, row: Any = None) -> None:
        """Note what is wrong with one expression."""
        if not isinstance(source, str):
            return
        types = self.types if row is None else self.row_types
        wrong = expressions.mistake(source, types, gives=gives)
        values = values_of(self.schema, self.sample, row=row) | {"today": "2020-01-01"}
        wrong = wrong or expressions.mistake_of_trial(source, types, values)
        if wrong:
            self.note(place, str(wrong))

    def at_property(self, prop: dict[str, Any], place: str, *, before: set[str], here: set[str]) -> None:
        """Note what is wrong with the expressions of a field and of the questions inside it."""
        self.at(prop.get("x-show-if"), f"{place}/x-show-if", gives="boolean")
        self._at_own(prop, place, before=before, here=here, row=None)
        if widget_of(prop) == "group":
            row = values_of({"properties": {"t": prop}}, {"t": sample_value(prop)})["t"][0]
            for name, inner in inner_of(prop).items():
                self._at_own(inner, f"{place}/{name}", before=before, here=here, row=row)

    def _at_own(self, prop: dict[str, Any], place: str, *, before: set[str], here: set[str], row: Any) -> None:
        if "x-computed" in prop:
            kind = widget_of(prop)
            gives = {"number": "number", "money": "number", "checkbox": "boolean"}.get(kind, "text")
            self.at(prop["x-computed"], f"{place}/x-computed", gives=gives, row=row)
            self._only(prop["x-computed"], before, f"{place}/x-computed")
        for number, check in enumerate(prop.get("x-checks", ())):
            self.at(check["rule"], f"{place}/x-checks/{number}", gives="boolean", row=row)
            self._only(check["rule"], here, f"{place}/x-checks/{number}")

    def _only(self, source: Any, known: set[str], place: str) -> None:
        for name in sorted(expressions.names_of(str(source)) & self.schema["properties"].keys() - known):
            self.note(place, _("This looks at %(name)s, which is asked later.") % {"name": name})


def usable_name(name: str) -> bool:
    """Say whether a new field may be called so: expressions must be able to name it."""
    return bool(_PLAIN.match(name)) and name not in expressions.RESERVED and len(name) <= 60
