"""Form fields that read what people type into canonical answers: dates, money, identity and telephone numbers."""

import re
import unicodedata
from datetime import date
from typing import Any

from django import forms

from motcua.casework.procedures.eforms.kinds import choices_of, widget_of
from motcua.casework.procedures.eforms.messages import choice_label, hint_of, label_of, when_empty, when_misread

_MOST_DIGITS = 15  # more is no amount, and a number of thousands of digits is an attack
_MONEY_NOISE = re.compile(r"\s|đồng|đ$|vnđ|vnd", re.I)
_MONEY = re.compile(r"^\d{1,3}(?:[.,]\d{3})+$|^\d+$")
_DAY = re.compile(r"^(\d{1,2})\s*[/.\- ]\s*(\d{1,2})\s*[/.\- ]\s*(\d{4})$")
_ISO_DAY = re.compile(r"^(\d{4})-(\d{2})-(\d{2})$")


class Entry(forms.Field):
    """A field of one property; `to_python` returns the canonical answer, None when nothing was entered."""

    def __init__(self, prop: dict[str, Any], *, required: bool, widget: forms.Widget) -> None:
        self.prop = prop
        self.kind = widget_of(prop)
        self.is_personal = bool(prop.get("x-personal"))
        self.width = str(prop.get("x-width", "short" if self.kind in {"money", "date", "identity", "phone"} else ""))
        super().__init__(
            required=required,
            widget=widget,
            label=label_of(prop),
            help_text=hint_of(prop),
            error_messages={"required": when_empty(prop)},
        )

    def to_python(self, value: Any) -> Any:
        """Read `value`, raising the field's own sentence when it cannot be read."""
        if isinstance(value, bool):
            return value
        text = unicodedata.normalize("NFC", str(value or "")).strip()
        if not text:
            return None
        answer = read_entry(self.kind, text)
        if answer is None:
            raise forms.ValidationError(when_misread(self.prop), code="misread")
        return answer

    def prepare_value(self, value: Any) -> Any:
        """Show a canonical answer the way people write it."""
        return show_entry(self.kind, value)


class Ticks(forms.MultipleChoiceField):
    """Several choices; the answer is the list of values in the schema's order."""

    def __init__(self, prop: dict[str, Any], *, required: bool) -> None:
        self.prop, self.kind, self.width = prop, "checkboxes", ""
        self.is_personal = bool(prop.get("x-personal"))
        super().__init__(
            choices=[(value, choice_label(prop, value)) for value in choices_of(prop)],
            required=required,
            widget=forms.CheckboxSelectMultiple,
            label=label_of(prop),
            help_text=hint_of(prop),
            error_messages={"required": when_empty(prop), "invalid_choice": when_misread(prop)},
        )

    def clean(self, value: Any) -> list[str] | None:
        """Return the ticked values in the schema's order, None when nothing was ticked."""
        ticked = set(super().clean(value))
        return [item for item in choices_of(self.prop) if item in ticked] or None


class Tick(Entry):
    """One box; required means that it must be ticked."""

    def to_python(self, value: Any) -> bool | None:
        """Return True when ticked, else None so that a required box says so."""
        return True if value in {True, "on", "true", "True", "1"} else None

    def clean(self, value: Any) -> bool:
        """Return whether the box is ticked."""
        return bool(super().clean(value))


def read_entry(kind: str, text: str) -> Any:
    """Return the canonical answer of what was typed, None when it cannot be read."""
    readers = {"money": _money, "number": _number, "date": _date, "identity": _identity, "phone": _phone}
    if kind in readers:
        return readers[kind](text)
    if kind == "email":
        return text if re.match(r"^[^@\s]+@[^@\s]+\.[^@\s.]{2,}$", text) else None
    return text


def show_entry(kind: str, value: Any) -> Any:
    """Return how a canonical answer is written for people; what is not canonical comes back as it is."""
    if kind == "date" and isinstance(value, str) and (found := _ISO_DAY.match(value)):
        return f"{found[3]}/{found[2]}/{found[1]}"
    if kind == "money" and isinstance(value, int) and not isinstance(value, bool):
        return f"{value:,}".replace(",", ".")
    if kind == "number" and isinstance(value, float):
        return f"{value:g}".replace(".", ",")
    return value


def _money(text: str) -> int | None:
    bare = _MONEY_NOISE.sub("", text)
    digits = re.sub(r"[.,]", "", bare)
    return int(digits) if _MONEY.match(bare) and len(digits) <= _MOST_DIGITS else None


def _number(text: str) -> int | float | None:
    bare = text.replace(" ", "").replace(",", ".")
    if len(bare) > _MOST_DIGITS + 2 or not re.match(r"^-?\d+(\.\d+)?$", bare):
        return None
    value = float(bare)
    return int(value) if value == int(value) else value


def _date(text: str) -> str | None:
    found = _DAY.match(text)
    iso = _ISO_DAY.match(text)
    if not found and not iso:
        return None
    year, month, day = (iso[1], iso[2], iso[3]) if iso else (found[3], found[2], found[1])  # type: ignore[index]
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None


def _identity(text: str) -> str | None:
    digits = re.sub(r"[\s.]", "", text)
    return digits if re.match(r"^[0-9]{12}$", digits) else None


def _phone(text: str) -> str | None:
    digits = re.sub(r"^\+?84", "0", re.sub(r"[\s.\-()]", "", text))
    return digits if re.match(r"^0[0-9]{9,10}$", digits) else None
