"""Forms about people: what the desk must know of an applicant and of whoever hands in for them."""

import re
import unicodedata
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from motcua.casework.dossiers.types import PartyKind
from motcua.foundation.core import personal_data

_CITIZEN = re.compile(r"\d{12}")
_PASSPORT = re.compile(r"[A-Z]{1,2}\d{6,8}")
_ENTERPRISE = re.compile(r"\d{10}(\d{3})?")
_PHONE = re.compile(r"0\d{8,10}")
_NAME = re.compile(r"[^\W_]")
NUM = {"class": "mc-num mc-w16"}


class PersonForm(forms.Form):
    """Name, identity, phone and e-mail of one person; keeps what was typed in canonical form."""

    use_required_attribute = False
    full_name = forms.CharField(
        label=_("Full name"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Enter the full name as on the identity card")},
    )
    identity = forms.CharField(
        label=_("Identity number"),
        max_length=30,
        help_text=_("12 digits, on the front of the card. Foreigners give the passport number."),
        widget=forms.TextInput(attrs=NUM | {"inputmode": "text", "autocomplete": "off"}),
        error_messages={"required": _("Enter the identity number, 12 digits")},
    )
    phone = forms.CharField(
        label=_("Phone number"),
        max_length=30,
        help_text=_("To tell you when the dossier changes."),
        widget=forms.TextInput(attrs=NUM | {"type": "tel", "inputmode": "tel", "autocomplete": "tel"}),
        error_messages={
            "required": _("Enter a phone number, so that the officer can tell you when the dossier changes")
        },
    )
    email = forms.EmailField(
        label=_("E-mail"),
        required=False,
        max_length=120,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"invalid": _("Enter the e-mail address in full, for example duyen@example.vn")},
    )

    def clean_full_name(self) -> str:
        """Return the name in one line of composed letters."""
        name = " ".join(unicodedata.normalize("NFC", self.cleaned_data["full_name"]).split())
        if len(_NAME.findall(name)) < 2:
            raise forms.ValidationError(_("Enter the full name as on the identity card"))
        return name

    def clean_phone(self) -> str:
        """Return the phone number as digits in national form."""
        entered = self.cleaned_data["phone"]
        phone = personal_data.normal_phone(entered)
        if entered and not _PHONE.fullmatch(phone):
            raise forms.ValidationError(_("A phone number has 10 digits, for example 0913 000 128"))
        return phone

    def clean_identity(self) -> str:
        """Return the identity number without separators."""
        number = personal_data.normal_identity(self.cleaned_data["identity"])
        kind = self.data.get(self.add_prefix("kind"), PartyKind.CITIZEN) or PartyKind.CITIZEN
        if kind == PartyKind.CITIZEN:
            if not (_CITIZEN.fullmatch(number) or _PASSPORT.fullmatch(number)):
                raise forms.ValidationError(
                    _("An identity number has 12 digits, for example 089187004127. Check it against the card")
                )
        elif not _ENTERPRISE.fullmatch(number):
            raise forms.ValidationError(_("An enterprise or tax number has 10 or 13 digits"))
        return number


class ApplicantForm(PersonForm):
    """One applicant; the first must be reached by phone, unless whoever hands in gives theirs."""

    kind = forms.ChoiceField(
        label=_("The applicant is"),
        required=False,
        initial=PartyKind.CITIZEN,
        choices=[
            (PartyKind.CITIZEN, _("A person")),
            (PartyKind.ENTERPRISE, _("An enterprise, cooperative or household business")),
            (PartyKind.ORGANISATION, _("Another organisation")),
        ],
    )
    address = forms.CharField(
        label=_("Address"),
        max_length=300,
        help_text=_("House number, street, quarter or hamlet, commune or ward, province."),
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
        error_messages={"required": _("Enter the address, so that papers reach the right place")},
    )
    field_order = ("kind", "full_name", "identity", "phone", "email", "address")

    def __init__(
        self, data: Any = None, *, is_first: bool = True, phone_elsewhere: bool = False, **options: Any
    ) -> None:
        super().__init__(data, **options)
        self.fields["phone"].required = is_first and not phone_elsewhere
        self.fields["kind"].required = True


class SubmitterForm(PersonForm):
    """Whoever hands in for the applicant."""


class WhoForm(forms.Form):
    """Whether the applicant hands in themselves."""

    use_required_attribute = False
    hand_in = forms.ChoiceField(
        label=_("Who hands in this dossier?"),
        widget=forms.RadioSelect,
        initial="self",
        choices=[("self", _("The applicant themselves")), ("other", _("Somebody else for the applicant"))],
        error_messages={"required": _("Choose who hands in this dossier")},
    )

    @property
    def by_other(self) -> bool:
        """Say whether somebody else hands in."""
        value = self.data.get("hand_in") if self.is_bound else self.initial.get("hand_in")
        return value == "other"
