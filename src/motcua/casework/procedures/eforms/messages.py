"""What is said at a field that cannot be accepted: which rule failed, in the words of a good clerk."""

from typing import Any

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from motcua.casework.procedures.eforms.kinds import widget_of

EXAMPLES = {"money": "50.000.000", "number": "3", "date": "27/03/1986", "phone": "0913 555 128"}


def label_of(prop: dict[str, Any]) -> str:
    """Return the label in the present language; Vietnamese where no translation was entered."""
    return _text(prop, "title")


def hint_of(prop: dict[str, Any]) -> str:
    """Return the hint in the present language, '' when there is none."""
    return _text(prop, "description")


def choice_label(prop: dict[str, Any], value: str) -> str:
    """Return the label of a choice in the present language."""
    own = prop.get("x-labels-en", {}) if get_language() == "en" else {}
    return str(own.get(value) or prop.get("x-labels", {}).get(value, value))


def _text(prop: dict[str, Any], key: str) -> str:
    translated = prop.get(f"x-{key}-en") if get_language() == "en" else None
    return str(translated or prop.get(key, ""))


def when_empty(prop: dict[str, Any]) -> str:
    """Return what is said when a required field is left empty."""
    if prop.get("x-required-message") and get_language() != "en":
        return str(prop["x-required-message"])
    label = _lower_first(label_of(prop))
    if widget_of(prop) in {"select", "radio", "checkboxes"}:
        return _("Choose %(label)s") % {"label": label}
    if widget_of(prop) in {"checkbox", "declaration"}:
        return _("Tick the box to go on: %(label)s") % {"label": label}
    return _("Enter %(label)s") % {"label": label}


def when_misread(prop: dict[str, Any]) -> str:
    """Return what is said when an entry cannot be read as what the field asks for."""
    widget = widget_of(prop)
    told = {"label": label_of(prop), "example": prop.get("x-example") or EXAMPLES.get(widget, "")}
    if widget == "money":
        return _("%(label)s must be an amount of money, for example %(example)s") % told
    if widget == "number":
        return _("%(label)s must be a number, for example %(example)s") % told
    if widget == "date":
        return _("%(label)s must be a day, for example %(example)s") % told
    if widget == "identity":
        return _("%(label)s must have exactly 12 digits, as on the identity card") % told
    if widget == "phone":
        return _("%(label)s must be a telephone number, for example %(example)s") % told
    if widget == "email":
        return _("%(label)s must look like ten@example.vn") % told
    return _("%(label)s: choose one of the answers shown") % told


def when_broken(prop: dict[str, Any], rule: str, limit: Any) -> str:
    """Return what is said when a rule of the schema fails; `x-message` of the property first."""
    if prop.get("x-message") and get_language() != "en":
        return str(prop["x-message"])
    told = {"label": label_of(prop), "limit": _number(limit)}
    if rule == "minLength":
        return (
            ngettext(
                "%(label)s needs at least %(limit)s letter", "%(label)s needs at least %(limit)s letters", int(limit)
            )
            % told
        )
    if rule == "maxLength":
        return (
            ngettext(
                "%(label)s may have at most %(limit)s letter",
                "%(label)s may have at most %(limit)s letters",
                int(limit),
            )
            % told
        )
    if rule in {"minimum", "exclusiveMinimum"}:
        return _("%(label)s must be %(limit)s or more") % told
    if rule in {"maximum", "exclusiveMaximum"}:
        return _("%(label)s must be %(limit)s or less") % told
    if rule == "minItems":
        return _("Choose %(label)s") % {"label": _lower_first(label_of(prop))}
    if prop.get("x-example"):
        return _("%(label)s is not written as asked, for example %(example)s") % (told | {"example": prop["x-example"]})
    return when_misread(prop) if rule in {"enum", "type", "format"} else _("%(label)s is not written as asked") % told


def _number(value: Any) -> str:
    return f"{value:,}".replace(",", ".") if isinstance(value, int) else str(value)


def _lower_first(text: str) -> str:
    return text[:1].lower() + text[1:] if text[1:2].islower() or text[1:2] == " " else text
