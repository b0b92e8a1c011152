"""How each kind of field begins: what the designer puts in, to be changed from there. Pure."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

Prop = dict[str, Any]

# Kind of field -> its name for people, in the order in which they are offered.
KINDS: dict[str, str | Promise] = {
    "text": gettext_lazy("Short text"),
    "textarea": gettext_lazy("Long text"),
    "number": gettext_lazy("Number"),
    "money": gettext_lazy("Amount of money"),
    "date": gettext_lazy("Day"),
    "radio": gettext_lazy("One choice (buttons)"),
    "select": gettext_lazy("One choice (list)"),
    "checkboxes": gettext_lazy("Several choices"),
    "checkbox": gettext_lazy("Yes or no"),
    "identity": gettext_lazy("Identity number"),
    "phone": gettext_lazy("Phone number"),
    "email": gettext_lazy("E-mail"),
    "address": gettext_lazy("Address (today's units)"),
    "person": gettext_lazy("Person"),
    "organisation": gettext_lazy("Organisation"),
    "group": gettext_lazy("Table with rows"),
    "file": gettext_lazy("File"),
    "declaration": gettext_lazy("Declaration to affirm"),
    "note": gettext_lazy("Heading, explanation"),
}


def part(kind: str, label: str) -> Prop:
    """Return a new field of a kind.

    Raises:
        KeyError: no such kind.
    """
    return {"title": label, "x-widget": kind} | _of_kind(kind)


def _of_kind(kind: str) -> Prop:
    simple: dict[str, Prop] = {
        "text": {"type": "string", "maxLength": 200},
        "textarea": {"type": "string", "maxLength": 2000},
        "number": {"type": "number"},
        "money": {"type": "integer", "minimum": 0},
        "date": {"type": "string", "format": "date"},
        "checkbox": {"type": "boolean"},
        "declaration": {"type": "boolean"},
        "identity": {"type": "string", "pattern": "^[0-9]{12}$", "x-personal": True},
        "phone": {"type": "string", "pattern": "^0[0-9]{9,10}$", "x-personal": True},
        "email": {"type": "string", "format": "email", "x-personal": True},
        "address": {"type": "object", "x-personal": True},
        "file": {"type": "array", "maxItems": 1},
        "note": {"type": "null"},
    }
    if kind in simple:
        return simple[kind]
    if kind in {"radio", "select"}:
        return {"type": "string", "enum": ["1", "2"], "x-labels": {"1": _("First choice"), "2": _("Second choice")}}
    if kind == "checkboxes":
        choices = {"1": _("First choice"), "2": _("Second choice")}
        return {"type": "array", "items": {"type": "string", "enum": ["1", "2"]}, "x-labels": choices}
    if kind == "person":
        return {"type": "object", "x-personal": True, "properties": person_parts(), "required": ["ho_ten"]}
    if kind == "organisation":
        return {"type": "object", "properties": organisation_parts(), "required": ["ten"]}
    if kind == "group":
        first = {"muc": part("text", _("Item"))}
        inner = {"type": "object", "properties": first, "required": ["muc"]}
        return {"type": "array", "items": inner, "minItems": 0, "maxItems": 20}
    raise KeyError(kind)


def person_parts() -> dict[str, Prop]:
    """Return what is asked of a person; the designer takes out what a form does not need."""
    sex = {"nam": _("Male"), "nu": _("Female")}
    return {
        "ho_ten": part("text", _("Full name")) | {"x-personal": True},
        "ngay_sinh": part("date", _("Date of birth")) | {"x-personal": True},
        "gioi_tinh": {
            "type": "string", "title": _("Sex"), "x-widget": "radio", "enum": list(sex), "x-labels": sex,
            "x-personal": True,
        },
        "so_dinh_danh": part("identity", _("Identity number")),
        "dien_thoai": part("phone", _("Phone number")),
        "noi_cu_tru": part("address", _("Residence")),
    }  # fmt: skip


def organisation_parts() -> dict[str, Prop]:
    """Return what is asked of an organisation."""
    code = {"pattern": "^[0-9]{10}(-[0-9]{3})?$", "x-example": "0312345678", "maxLength": 14}
    return {
        "ten": part("text", _("Name of the organisation")),
        "ma_so": part("text", _("Tax or business code")) | code,
        "nguoi_dai_dien": part("text", _("Legal representative")) | {"x-personal": True},
        "dien_thoai": part("phone", _("Phone number")),
        "thu_dien_tu": part("email", _("E-mail")),
        "tru_so": part("address", _("Head office")),
    }


def usual_parts(kind: str) -> dict[str, Prop]:
    """Return what may be asked inside a person or an organisation."""
    return person_parts() if kind == "person" else organisation_parts() if kind == "organisation" else {}
