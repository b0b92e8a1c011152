"""Forms of books: a correction, a signature, closing, the time of a register."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from motcua.casework.dossiers.types import BookField, BookSignedHow
from motcua.faces.office.fields import DayField
from motcua.faces.office.forming import ActingForm

_OFF = {"autocomplete": "off"}


class CorrectionForm(ActingForm):
    """One field of a line, corrected."""

    field = forms.ChoiceField(label=_("What is corrected"), choices=BookField.choices, widget=forms.RadioSelect)
    after = forms.CharField(
        max_length=300,
        label=_("Correct text"),
        widget=forms.TextInput(attrs=_OFF),
        error_messages={"required": _("Enter the correct text, at most 300 characters.")},
    )
    reason = forms.CharField(
        max_length=300,
        label=_("Why it is corrected"),
        widget=forms.TextInput(attrs=_OFF),
        error_messages={"required": _("Say why it is corrected")},
    )


class SignatureForm(ActingForm):
    """The citizen signed the line."""

    name = forms.CharField(
        max_length=200,
        label=_("Who signed"),
        widget=forms.TextInput(attrs=_OFF),
        error_messages={"required": _("Enter who signed")},
    )
    how = forms.ChoiceField(
        label=_("How it was signed"), choices=BookSignedHow.choices, widget=forms.RadioSelect, initial="paper"
    )


class ClosingForm(ActingForm):
    """A book is closed for good."""

    note = forms.CharField(
        required=False, max_length=500, label=_("Note for the closing page"), widget=forms.Textarea(attrs={"rows": 2})
    )
    is_sure = forms.BooleanField(
        label=_("I have compared the book; it may be closed for good"),
        error_messages={"required": _("Confirm that the book may be closed")},
    )


class RegisterForm(forms.Form):
    """Which time, whose register."""

    use_required_attribute = False
    since = DayField(label=_("From"), error_messages={"required": _("Enter the first day")})
    until = DayField(label=_("To and with"), error_messages={"required": _("Enter the last day")})
    agency = forms.TypedChoiceField(label=_("Agency"), coerce=int, widget=forms.Select)

    def __init__(self, *args: Any, agencies: list[tuple[int, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["agency"].choices = agencies  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Refuse a time that ends before it begins."""
        told = super().clean() or {}
        if told.get("since") and told.get("until") and told["until"] < told["since"]:
            self.add_error("until", _("The last day lies before the first one"))
        return told
