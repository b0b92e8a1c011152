"""Form fields of the office: days and instants as people write them, and uploads."""

import re
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from motcua.foundation.core.clock import VIETNAM

_DAY = re.compile(r"^(\d{1,2})\s*[/.\- ]\s*(\d{1,2})\s*[/.\- ]\s*(\d{4})$")
_DIGITS = re.compile(r"^(\d{2})(\d{2})(\d{4})$")
_ISO = re.compile(r"^(\d{4})-(\d{2})-(\d{2})$")
_TIME = re.compile(r"^(\d{1,2})(?:[:hg.](\d{2})?)?$")


class DayField(forms.Field):
    """A civil day typed as 24/11/2026, 24112026 or 2026-11-24; cleans to a date or None."""

    default_error_messages = {"invalid": _("Write the day as in 24/11/2026")}

    def __init__(self, **options: Any) -> None:
        attrs = {"inputmode": "numeric", "autocomplete": "off", "class": "mc-num"}
        options.setdefault("widget", forms.TextInput(attrs=attrs))
        super().__init__(**options)

    def to_python(self, value: Any) -> date | None:
        """Read a day, raising the field's own sentence when it is none."""
        text = str(value or "").strip()
        if not text:
            return None
        try:
            if match := _ISO.match(text):
                return date(*(int(part) for part in match.groups()))
            if match := _DAY.match(text) or _DIGITS.match(text):
                day, month, year = (int(part) for part in match.groups())
                return date(year, month, day)
        except ValueError:
            pass
        raise forms.ValidationError(self.error_messages["invalid"], code="invalid")

    def prepare_value(self, value: Any) -> Any:
        """Show a day as people write it."""
        return f"{value:%d/%m/%Y}" if isinstance(value, date) else value


class TimeField(forms.Field):
    """A time of the day typed as 14:05, 14h05 or 14; cleans to a time or None."""

    default_error_messages = {"invalid": _("Write the time as in 14:05")}

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", forms.TextInput(attrs={"autocomplete": "off", "class": "mc-num"}))
        super().__init__(**options)

    def to_python(self, value: Any) -> time | None:
        """Read a time, raising the field's own sentence when it is none."""
        text = str(value or "").strip().lower()
        if not text:
            return None
        match = _TIME.match(text)
        try:
            if match:
                return time(int(match.group(1)), int(match.group(2) or 0))
        except ValueError:
            pass
        raise forms.ValidationError(self.error_messages["invalid"], code="invalid")

    def prepare_value(self, value: Any) -> Any:
        """Show a time as people write it."""
        return f"{value:%H:%M}" if isinstance(value, time) else value


def instant_of(day: date | None, hour: time | None) -> datetime | None:
    """Return the instant in Vietnam, None when either part is missing."""
    return datetime.combine(day, hour, tzinfo=VIETNAM) if day is not None and hour is not None else None


class UploadField(forms.FileField):
    """A file as it came; the file store judges what it is, so an empty one is its matter too."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png,.docx"}))
        options.setdefault("allow_empty_file", True)
        super().__init__(**options)

    def to_python(self, data: Any) -> UploadedFile | None:
        """Return the upload untouched."""
        return data or None
