"""The difference of two versions of a form, in words."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from motcua.casework.procedures.eforms.conditions import Schema
from motcua.casework.procedures.eforms.kinds import BUNDLES, choices_of, inner_of, widget_of
from motcua.casework.procedures.eforms.starting import KINDS
from motcua.casework.procedures.types.forms import FormChange

Prop = dict[str, Any]


def form_difference(before: Schema, after: Schema) -> list[FormChange]:
    """Return what changed from one version to another, sections first, then fields in the order of the later one."""
    return [*_title(before, after), *_sections(before, after), *_fields(before, after)]


def _title(before: Schema, after: Schema) -> Iterator[FormChange]:
    if before.get("title") != after.get("title"):
        yield FormChange(_("The form"), _("Title"), str(before.get("title", "")), str(after.get("title", "")))


def _sections(before: Schema, after: Schema) -> Iterator[FormChange]:
    old = {section["code"]: section for section in before["x-sections"]}
    new = {section["code"]: section for section in after["x-sections"]}
    for code, section in new.items():
        place = _("Section “%(title)s”") % {"title": section["title"]}
        if code not in old:
            yield FormChange(place, _("New section"), "", section["title"])
            continue
        if old[code]["title"] != section["title"]:
            yield FormChange(place, _("Title"), old[code]["title"], section["title"])
        if old[code].get("x-show-if") != section.get("x-show-if"):
            was = condition_words(old[code].get("x-show-if"), before)
            yield FormChange(place, _("Asked when"), was, condition_words(section.get("x-show-if"), after))
    for code, section in old.items():
        if code not in new:
            place = _("Section “%(title)s”") % {"title": section["title"]}
            yield FormChange(place, _("Taken out"), section["title"], "")
    was_order, is_order = [code for code in old if code in new], [code for code in new if code in old]
    if was_order != is_order:
        words = (" → ".join(new[code]["title"] for code in order) for order in (was_order, is_order))
        yield FormChange(_("The form"), _("Order of sections"), *words)


def _fields(before: Schema, after: Schema) -> Iterator[FormChange]:
    homes_before, homes_after = _homes(before), _homes(after)
    for name in [name for section in after["x-sections"] for name in section["fields"]]:
        prop = after["properties"][name]
        place = _("Field “%(title)s”") % {"title": prop["title"]}
        if name not in before["properties"]:
            yield FormChange(place, _("New field"), "", _kind(prop))
            continue
        if homes_before[name][0] != homes_after[name][0]:
            yield FormChange(place, _("Section"), homes_before[name][1], homes_after[name][1])
        yield from _property(place, before["properties"][name], prop, before, after)
        yield from _required(place, name in before.get("required", ()), name in after.get("required", ()))
    for name, prop in before["properties"].items():
        if name not in after["properties"]:
            yield FormChange(_("Field “%(title)s”") % {"title": prop["title"]}, _("Taken out"), _kind(prop), "")
    yield from _orders(before, after)


def _orders(before: Schema, after: Schema) -> Iterator[FormChange]:
    old = {section["code"]: section["fields"] for section in before["x-sections"]}
    for section in after["x-sections"]:
        was = [name for name in old.get(section["code"], ()) if name in section["fields"]]
        now = [name for name in section["fields"] if name in was]
        if was != now:
            titles = [", ".join(after["properties"][name]["title"] for name in order) for order in (was, now)]
            yield FormChange(_("Section “%(title)s”") % {"title": section["title"]}, _("Order of fields"), *titles)


def _homes(schema: Schema) -> dict[str, tuple[str, str]]:
    return {name: (section["code"], section["title"]) for section in schema["x-sections"] for name in section["fields"]}


def _kind(prop: Prop) -> str:
    return str(KINDS.get(widget_of(prop), widget_of(prop)))


def _required(place: str, was: bool, is_: bool) -> Iterator[FormChange]:
    if was != is_:
        words = {True: _("must be answered"), False: _("may be left empty")}
        yield FormChange(place, _("Answer"), words[was], words[is_])


def _property(place: str, old: Prop, new: Prop, before: Schema, after: Schema) -> Iterator[FormChange]:
    if _kind(old) != _kind(new):
        yield FormChange(place, _("Kind"), _kind(old), _kind(new))
    for key, what in _plain().items():
        if old.get(key) != new.get(key):
            yield FormChange(place, what, _said(old.get(key)), _said(new.get(key)))
    if old.get("x-show-if") != new.get("x-show-if"):
        was, is_ = condition_words(old.get("x-show-if"), before), condition_words(new.get("x-show-if"), after)
        yield FormChange(place, _("Asked when"), was, is_)
    if _choices(old) != _choices(new):
        yield FormChange(place, _("Choices"), _choices(old), _choices(new))
    if old.get("x-checks", []) != new.get("x-checks", []):
        yield FormChange(place, _("Checks"), _checks(old), _checks(new))
    if widget_of(new) == "group" or widget_of(new) in BUNDLES:
        yield from _inside(place, old, new)


def _plain() -> dict[str, str]:
    return {
        "title": _("Label"),
        "description": _("Hint"),
        "x-computed": _("Calculation"),
        "minimum": _("Least value"),
        "maximum": _("Greatest value"),
        "minLength": _("Fewest letters"),
        "maxLength": _("Most letters"),
        "minItems": _("Fewest rows"),
        "maxItems": _("Most rows"),
        "pattern": _("Written as"),
        "x-message": _("Message"),
        "x-required-message": _("Message when empty"),
        "x-example": _("Example"),
        "x-prefill": _("Filled in from"),
        "x-personal": _("Personal data"),
        "x-title-en": _("Label in English"),
    }


def _inside(place: str, old: Prop, new: Prop) -> Iterator[FormChange]:
    was, is_ = inner_of(old), inner_of(new)
    for name, prop in is_.items():
        here = f"{place} › {prop['title']}"
        if name not in was:
            yield FormChange(here, _("New field"), "", _kind(prop))
        else:
            yield from _property(here, was[name], prop, {}, {})
    for name, prop in was.items():
        if name not in is_:
            yield FormChange(f"{place} › {prop['title']}", _("Taken out"), _kind(prop), "")
    needed = [set((each.get("items") or each).get("required", ())) for each in (old, new)]
    for name in was.keys() & is_.keys():
        yield from _required(f"{place} › {is_[name]['title']}", name in needed[0], name in needed[1])


def _choices(prop: Prop) -> str:
    labels = prop.get("x-labels", {})
    return ", ".join(str(labels.get(value, value)) for value in choices_of(prop))


def _checks(prop: Prop) -> str:
    return "; ".join(f"{check['rule']} ({check['message']})" for check in prop.get("x-checks", ()))


def _said(value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return "" if value is None else str(value)


def condition_words(condition: Any, schema: Schema) -> str:
    """Return a condition in words: labels instead of names, choices by their labels; an expression as it is written."""
    if not condition:
        return _("always")
    if isinstance(condition, str):
        return condition
    if "not" in condition:
        return _("not (%(condition)s)") % {"condition": condition_words(condition["not"], schema)}
    for key, joint in (("all", _("and")), ("any", _("or"))):
        if key in condition:
            return f" {joint} ".join(condition_words(each, schema) for each in condition[key])
    prop = schema.get("properties", {}).get(condition["field"], {})
    labels = prop.get("x-labels", {})
    wanted = condition["in"] if "in" in condition else [condition["equals"]]
    words = ", ".join(str(labels.get(value, _said(value))) for value in wanted)
    return _("“%(field)s” is %(value)s") % {"field": prop.get("title", condition["field"]), "value": words}
