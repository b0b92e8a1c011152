"""Drawing one section of a form as a Django form, and validating whole sets of answers by the schema."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import jsonschema
from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from motcua.casework.procedures.eforms import layout
from motcua.casework.procedures.eforms.conditions import (
    Answers,
    Schema,
    broken_checks,
    section_of,
    sections_of,
    visible_answers,
)
from motcua.casework.procedures.eforms.kinds import BUNDLES, inner_of, is_given, required_inside, widget_of
from motcua.casework.procedures.eforms.messages import when_broken, when_empty


@dataclass(frozen=True, slots=True)
class SectionView:
    """A section that is asked, with the names of the fields asked in it."""

    code: str
    title: str
    fields: tuple[str, ...]


class EFormSection(forms.Form):
    """One section drawn; after `is_valid()`, `answers` holds the canonical answers of this section's asked fields.

    Attributes:
        nodes: what is on the page, in order; inputs are found by `form[node.name]`.
        quiet: what was sent is shown again and not judged: a row was added, a province chosen.
    """

    use_required_attribute = False

    def __init__(
        self,
        schema: Schema,
        section: SectionView,
        stored: Answers,
        data: Any = None,
        *,
        on: date | None = None,
        quiet: bool = False,
    ) -> None:
        self.schema, self.section, self.stored, self.on, self.quiet = schema, section, stored, on, quiet
        self.answers: Answers = {}
        required = set(schema.get("required", ()))
        self.nodes = [
            layout.node_of(
                name, schema["properties"][name], required=name in required, data=data, stored=stored.get(name)
            )
            for name in section.fields
        ]
        initial: dict[str, Any] = {}
        for node in self.nodes:
            initial |= layout.initial_of(node, stored.get(node.name))
        super().__init__(data=data, initial=initial)
        for node in self.nodes:
            for leaf in node.leaves():
                kept = stored.get(leaf.name) if leaf is node else _address_kept(initial, leaf)
                self.fields |= layout.draw(leaf, on=on, data=data, stored=kept)

    def full_clean(self) -> None:
        """Judge what was sent, unless it is only shown again."""
        if self.quiet:
            self._errors = forms.utils.ErrorDict()
            self.cleaned_data: dict[str, Any] = {}
            return
        super().full_clean()

    def clean(self) -> dict[str, Any]:
        """Check the answers by the schema's own rules and say at the field what is wrong."""
        own: Answers = {}
        for node in self.nodes:
            value = layout.answer_of(node, self.cleaned_data, self.stored.get(node.name), on=self.on)
            if node.kind == "group":
                value = self._rows(node, value or [])
            if node.required and node.kind in {"group", "file"} and not value:
                self.add_error(node.name, layout.message_when_empty(node))
            if value is not None:
                own[node.name] = value
        whole = {name: value for name, value in self.stored.items() if name not in self.section.fields} | own
        _names, seen = visible_answers(self.schema, whole, today=self.on)
        self.answers = {name: seen[name] for name in self.section.fields if name in seen}
        wrong = list(broken_rules(self.schema, self.answers).items())
        if not self.errors:
            checks = broken_checks(self.schema, list(self.section.fields), seen, today=self.on)
            wrong += [(name, said_by(check)) for name, check in checks]
        for name, message in wrong:
            place = name if name in self.fields else self._near(name)
            if place not in self.errors:
                self.add_error(place, message)
        return self.cleaned_data

    def _rows(self, node: layout.Node, rows: list[dict[str, Any]]) -> list[dict[str, Any]] | None:
        """Return the rows without empty ones, which only the least number of rows keeps."""
        least = int(node.prop.get("minItems", 0))
        if any(not row for row in rows) and not self.errors:
            rows = [row for row in rows if row]
        if len(rows) < least:
            words = _("%(label)s: at least %(least)s rows are needed")
            self.add_error(node.name, words % {"label": node.prop["title"], "least": least})
        return rows or None

    def _near(self, name: str) -> str | None:
        """Return the input next to a field that has none of its own, such as a computed one."""
        for node in self.nodes:
            if node.name == name.split("-")[0]:
                inside = [leaf.name for leaf in node.leaves() if leaf.name in self.fields]
                return next((each for each in inside if each.startswith(name)), inside[0] if inside else None)
        return None


def _address_kept(initial: Mapping[str, Any], leaf: layout.Node) -> dict[str, Any]:
    return {part: initial[f"{leaf.name}-{part}"] for part in ("province",) if f"{leaf.name}-{part}" in initial}


def said_by(check: dict[str, Any]) -> str:
    """Return the message of a check in the present language."""
    return str((check.get("message-en") if get_language() == "en" else None) or check["message"])


def eform_form(
    schema: Schema,
    data: Mapping[str, Any] | None,
    section: str,
    *,
    stored: Answers | None = None,
    on: date | None = None,
    quiet: bool = False,
) -> EFormSection:
    """Return the form of one section, unbound when `data` is None.

    Conditions look at `stored` answers and, inside the section, at what was just entered: a field whose condition
    fails is not in the form. Labels follow the active language.

    Args:
        on: the day of filling in, for units, calculations and checks; None leaves calculations as they were kept.
        quiet: show what was sent without judging it.

    Raises:
        KeyError: no such section.
    """
    known = section_of(schema, section)
    if known is None:
        raise KeyError(section)
    own = set(known["fields"])
    before = {name: value for name, value in (stored or {}).items() if data is None or name not in own}
    entered = _read_leniently(schema, own, data, stored or {}, on=on) if data is not None else {}
    names, seen = visible_answers(schema, before | entered, today=on)
    view = SectionView(section, section_title(known), tuple(name for name in known["fields"] if name in names))
    kept = dict(stored or {}) | {name: seen[name] for name in own & seen.keys() if _is_computed(schema, name)}
    return EFormSection(schema, view, kept, data, on=on, quiet=quiet)


def _is_computed(schema: Schema, name: str) -> bool:
    prop = schema["properties"][name]
    return "x-computed" in prop or any("x-computed" in inner for inner in inner_of(prop).values())


def eform_sections(schema: Schema, answers: Answers) -> list[SectionView]:
    """Return the sections that are asked with these answers, in order; those without a visible field are left out."""
    names, _seen = visible_answers(schema, answers)
    asked = set(names)
    views = [
        SectionView(section["code"], section_title(section), tuple(n for n in section["fields"] if n in asked))
        for section in sections_of(schema)
    ]
    return [view for view in views if view.fields]


def merge_answers(schema: Schema, stored: Answers, section: EFormSection) -> Answers:
    """Return `stored` with the section's answers put in and the answers of now hidden fields taken out.

    Calculations of later sections are made anew where the section knows its day.
    """
    own = set(section_of(schema, section.section.code)["fields"])  # type: ignore[index]
    kept = {name: value for name, value in stored.items() if name not in own}
    return visible_answers(schema, kept | section.answers, today=section.on)[1]


def entered_answers(schema: Schema, section: EFormSection) -> Answers:
    """Return what can be read of a section that was sent but not judged, to be kept until it is."""
    own = set(section.section.fields)
    return _read_leniently(schema, own, section.data, section.stored, on=section.on)


def check_answers(schema: Schema, answers: Answers, *, on: date | None = None) -> dict[str, list[str]]:
    """Return field -> messages for a whole set of canonical answers: missing, unknown, or against the schema. Pure.

    Args:
        on: the day for checks that look at today; without it those are not judged.
    """
    names, seen = visible_answers(schema, answers)
    wrong: dict[str, list[str]] = {}
    for name in schema.get("required", ()):
        prop = schema["properties"][name]
        if name in names and not is_given(seen.get(name)) and "x-computed" not in prop and widget_of(prop) != "note":
            wrong[name] = [when_empty(prop)]
    for name, prop, message in _missing_inside(schema, seen):
        wrong.setdefault(name, [message or when_empty(prop)])
    for name, message in broken_rules(schema, seen).items():
        wrong.setdefault(name.split("-")[0], [message])
    if not wrong:
        for name, check in broken_checks(schema, names, seen, today=on):
            wrong.setdefault(name.split("-")[0], [said_by(check)])
    for name in answers.keys() - schema["properties"].keys():
        wrong[name] = [_("There is no such property.")]
    return wrong


def _missing_inside(schema: Schema, seen: Answers) -> Iterable[tuple[str, dict[str, Any], str]]:
    for name, value in seen.items():
        prop = schema["properties"].get(name, {})
        kind = widget_of(prop)
        rows = value if kind == "group" and isinstance(value, list) else [value] if kind in BUNDLES else []
        inner, needed = inner_of(prop), required_inside(prop)
        for row in rows:
            for part in needed:
                given = row.get(part) if isinstance(row, dict) else None
                if part in inner and not is_given(given) and "x-computed" not in inner[part]:
                    yield name, inner[part], ""
        if kind == "address" and isinstance(value, dict) and not value.get("commune"):
            yield name, prop, _("%(title)s: choose the ward or commune") % {"title": prop["title"]}


def broken_rules(schema: Schema, answers: Answers) -> dict[str, str]:
    """Return flat field name -> message for the answers that break a rule of the schema; not for what is missing."""
    subschema = {
        "type": "object",
        "properties": {name: _bare(schema["properties"][name]) for name in answers if name in schema["properties"]},
    }
    checker = jsonschema.Draft202012Validator(subschema, format_checker=jsonschema.FormatChecker(["date", "email"]))
    wrong: dict[str, str] = {}
    for error in sorted(checker.iter_errors(answers), key=lambda item: list(map(str, item.absolute_path))):
        path = [str(part) for part in error.absolute_path]
        prop = schema["properties"][path[0]]
        for part in path[1:]:
            prop = inner_of(prop).get(part, prop)
        wrong.setdefault("-".join(path), when_broken(prop, str(error.validator), error.validator_value))
    return wrong


def _bare(prop: dict[str, Any]) -> dict[str, Any]:
    """Return the rules of a property without layout, and without what must be answered inside it."""
    found = {key: value for key, value in prop.items() if not key.startswith("x-") and key != "required"}
    if widget_of(prop) == "checkboxes":
        return found
    if "properties" in found:
        found["properties"] = {name: _bare(inner) for name, inner in found["properties"].items()}
    if isinstance(found.get("items"), dict):
        found["items"] = _bare(found["items"])
    return found


def _read_leniently(
    schema: Schema, names: set[str], data: Mapping[str, Any], stored: Answers, *, on: date | None
) -> Answers:
    """Read what can be read of an entry, to decide which fields are asked; errors are said later."""
    entered: Answers = {}
    for name in names:
        node = layout.node_of(name, schema["properties"][name], required=False, data=data, stored=stored.get(name))
        cleaned: dict[str, Any] = {}
        for leaf in node.leaves():
            for key, field in layout.draw(leaf, on=on, data=data, stored=None).items():
                field.required = False
                try:
                    cleaned[key] = field.clean(field.widget.value_from_datadict(data, {}, key))
                except forms.ValidationError:
                    continue
        value = layout.answer_of(node, cleaned, stored.get(name), on=on)
        if value is not None:
            entered[name] = value
    return entered


def section_title(section: dict[str, Any]) -> str:
    """Return the title of a section in the present language."""
    return str((section.get("title-en") if get_language() == "en" else None) or section["title"])
