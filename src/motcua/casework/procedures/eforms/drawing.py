"""Drawing one section of a form as a Django form, and validating whole sets of answers by the schema."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import jsonschema
from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from motcua.casework.procedures.eforms.checking import choices_of, widget_of
from motcua.casework.procedures.eforms.conditions import Answers, Schema, section_of, sections_of, visible_answers
from motcua.casework.procedures.eforms.entries import Entry, Tick, Ticks, show_entry
from motcua.casework.procedures.eforms.messages import choice_label, label_of, when_broken, when_empty

_AUTOCOMPLETE = {
    "full_name": "name",
    "birth_date": "bday",
    "phone": "tel",
    "address": "street-address",
    "email": "email",
}


@dataclass(frozen=True, slots=True)
class SectionView:
    """A section that is asked, with the names of the fields asked in it."""

    code: str
    title: str
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """One line of the check page; `value` is '' when an optional field was left empty."""

    name: str
    label: str
    value: str
    is_personal: bool


class EFormSection(forms.Form):
    """One section drawn; after `is_valid()`, `answers` holds the canonical answers of this section's asked fields."""

    use_required_attribute = False

    def __init__(self, schema: Schema, section: SectionView, stored: Answers, data: Any = None) -> None:
        self.schema, self.section, self.stored = schema, section, stored
        self.answers: Answers = {}
        super().__init__(data=data, initial=dict(stored))
        required = set(schema.get("required", ()))
        for name in section.fields:
            self.fields[name] = _draw(schema["properties"][name], required=name in required)

    def clean(self) -> dict[str, Any]:
        """Check the answers by the schema's own rules and say at the field what is wrong."""
        self.answers = {name: value for name, value in self.cleaned_data.items() if value is not None}
        for name, message in broken_rules(self.schema, self.answers).items():
            if name in self.fields and name not in self.errors:
                self.add_error(name, message)
        return self.cleaned_data


def eform_form(
    schema: Schema, data: Mapping[str, Any] | None, section: str, *, stored: Answers | None = None
) -> EFormSection:
    """Return the form of one section, unbound when `data` is None.

    Conditions look at `stored` answers and, inside the section, at what was just entered: a field whose condition
    fails is not in the form. Labels follow the active language.

    Raises:
        KeyError: no such section.
    """
    known = section_of(schema, section)
    if known is None:
        raise KeyError(section)
    own = set(known["fields"])
    before = {name: value for name, value in (stored or {}).items() if data is None or name not in own}
    entered = _read_leniently(schema, own, data) if data is not None else {}
    names, _seen = visible_answers(schema, before | entered)
    view = SectionView(section, _title(known), tuple(name for name in known["fields"] if name in names))
    return EFormSection(schema, view, dict(stored or {}), data)


def eform_sections(schema: Schema, answers: Answers) -> list[SectionView]:
    """Return the sections that are asked with these answers, in order; those without a visible field are left out."""
    names, _seen = visible_answers(schema, answers)
    asked = set(names)
    views = [
        SectionView(section["code"], _title(section), tuple(name for name in section["fields"] if name in asked))
        for section in sections_of(schema)
    ]
    return [view for view in views if view.fields]


def eform_lines(schema: Schema, answers: Answers) -> list[tuple[SectionView, tuple[AnswerLine, ...]]]:
    """Return every asked section with its answers the way people read them, for checking, printing and reading."""
    properties = schema["properties"]
    return [
        (view, tuple(_line(name, properties[name], answers.get(name)) for name in view.fields))
        for view in eform_sections(schema, answers)
    ]


def merge_answers(schema: Schema, stored: Answers, section: EFormSection) -> Answers:
    """Return `stored` with the section's answers put in and the answers of now hidden fields taken out."""
    own = set(section_of(schema, section.section.code)["fields"])  # type: ignore[index]
    kept = {name: value for name, value in stored.items() if name not in own}
    return visible_answers(schema, kept | section.answers)[1]


def check_answers(schema: Schema, answers: Answers) -> dict[str, list[str]]:
    """Return field -> messages for a whole set of canonical answers: missing, unknown, or against the schema."""
    names, seen = visible_answers(schema, answers)
    wrong: dict[str, list[str]] = {}
    for name in schema.get("required", ()):
        if name in names and seen.get(name) in (None, "", [], False):
            wrong[name] = [when_empty(schema["properties"][name])]
    for name, message in broken_rules(schema, seen).items():
        wrong.setdefault(name, [message])
    for name in answers.keys() - schema["properties"].keys():
        wrong[name] = [_("There is no such property.")]
    return wrong


def broken_rules(schema: Schema, answers: Answers) -> dict[str, str]:
    """Return field -> message for the answers that break a rule of the schema; required fields are not its matter."""
    subschema = {
        "type": "object",
        "properties": {name: _bare(schema["properties"][name]) for name in answers if name in schema["properties"]},
    }
    checker = jsonschema.Draft202012Validator(subschema, format_checker=jsonschema.FormatChecker(["date", "email"]))
    wrong: dict[str, str] = {}
    for error in sorted(checker.iter_errors(answers), key=lambda item: list(map(str, item.absolute_path))):
        name = str(error.absolute_path[0])
        wrong.setdefault(name, when_broken(schema["properties"][name], str(error.validator), error.validator_value))
    return wrong


def _bare(prop: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in prop.items() if not key.startswith("x-")}


def _read_leniently(schema: Schema, names: set[str], data: Mapping[str, Any]) -> Answers:
    """Read what can be read of an entry, to decide which fields are asked; errors are said later."""
    entered: Answers = {}
    for name in names:
        field = _draw(schema["properties"][name], required=False)
        try:
            value = field.clean(field.widget.value_from_datadict(data, {}, name))
        except forms.ValidationError:
            continue
        if value is not None:
            entered[name] = value
    return entered


def _draw(prop: dict[str, Any], *, required: bool) -> forms.Field:
    kind = widget_of(prop)
    if kind == "checkboxes":
        return Ticks(prop, required=required)
    if kind == "checkbox":
        return Tick(prop, required=required, widget=forms.CheckboxInput(attrs={"class": "form-check-input"}))
    attrs: dict[str, Any] = {"class": "form-select" if kind == "select" else "form-control"}
    if prop.get("x-prefill") in _AUTOCOMPLETE:
        attrs["autocomplete"] = _AUTOCOMPLETE[prop["x-prefill"]]
    if prop.get("maxLength") and kind in {"text", "textarea"}:
        attrs["maxlength"] = prop["maxLength"]
    return Entry(prop, required=required, widget=_widget(kind, prop, attrs, required=required))


def _widget(kind: str, prop: dict[str, Any], attrs: dict[str, Any], *, required: bool) -> forms.Widget:
    if kind in {"select", "radio"}:
        choices = [(value, choice_label(prop, value)) for value in choices_of(prop)]
        if kind == "radio":
            return forms.RadioSelect(choices=choices)
        return forms.Select(attrs=attrs, choices=choices if required and len(choices) == 1 else [("", ""), *choices])
    if kind == "textarea":
        return forms.Textarea(attrs=attrs | {"rows": 4})
    if kind in {"money", "number", "identity", "date"}:
        mode = "decimal" if kind == "number" and prop.get("type") == "number" else "numeric"
        attrs = attrs | {"class": "form-control mc-num"} | ({} if kind == "date" else {"inputmode": mode})
    if kind == "phone":
        return forms.TextInput(attrs=attrs | {"class": "form-control mc-num", "type": "tel", "inputmode": "tel"})
    if kind == "email":
        return forms.EmailInput(attrs=attrs)
    return forms.TextInput(attrs=attrs)


def _line(name: str, prop: dict[str, Any], value: Any) -> AnswerLine:
    kind = widget_of(prop)
    if value is None or value == "":
        shown = ""
    elif kind in {"select", "radio"}:
        shown = choice_label(prop, value)
    elif kind == "checkboxes":
        shown = ", ".join(choice_label(prop, item) for item in value)
    elif kind == "checkbox":
        shown = _("Yes") if value else _("No")
    elif kind == "money":
        shown = f"{show_entry(kind, value)} đ"
    else:
        shown = str(show_entry(kind, value))
    return AnswerLine(name, label_of(prop), shown, bool(prop.get("x-personal")))


def _title(section: dict[str, Any]) -> str:
    return str((section.get("title-en") if get_language() == "en" else None) or section["title"])
