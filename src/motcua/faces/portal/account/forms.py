"""Forms of the citizen's account."""

import re
import unicodedata
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from motcua.foundation.accounts.types import RepresentationInput, RepresentationKind, RepresentedAct

NUM = {"class": "mc-num mc-w16", "autocomplete": "off"}


class NewAccountForm(forms.Form):
    """What a new account needs: a name. Everything else is asked where it is used."""

    use_required_attribute = False
    full_name = forms.CharField(
        label=_("Full name"),
        max_length=120,
        help_text=_("As on the identity card, with all marks."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Enter the full name as on the identity card")},
    )
    agreed = forms.BooleanField(
        label=_("I have read how my personal data are used and protected."),
        error_messages={"required": _("Read how your data are used and tick this, then go on")},
    )

    def clean_full_name(self) -> str:
        """Return the name in one line of composed letters."""
        name = " ".join(unicodedata.normalize("NFC", self.cleaned_data["full_name"]).split())
        if len(re.findall(r"[^\W_]", name)) < 2:
            raise forms.ValidationError(_("Enter the full name as on the identity card"))
        return name


class PasswordSignInForm(forms.Form):
    """A contact or user name, and the password."""

    use_required_attribute = False
    username = forms.CharField(
        label=_("Phone number, e-mail or user name"),
        max_length=150,
        error_messages={"required": _("Enter a phone number, an e-mail address or your user name")},
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
    )
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        error_messages={"required": _("Enter your password")},
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


class DayField(forms.DateField):
    """A day as people write it here: 22/12/2026."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("input_formats", ["%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d"])
        options.setdefault("error_messages", {}).setdefault(
            "invalid", _("Enter the day as day, month, year, for example 22/12/2026")
        )
        options.setdefault("widget", forms.DateInput(format="%d/%m/%Y", attrs=NUM | {"inputmode": "numeric"}))
        super().__init__(**options)


class _PrincipalForm(forms.Form):
    use_required_attribute = False
    kind = ""
    full_name = forms.CharField(
        label=_("Full name"), max_length=150, error_messages={"required": _("Enter the full name")}
    )
    identity = forms.CharField(
        label=_("Identity number"),
        max_length=30,
        widget=forms.TextInput(attrs=NUM),
        error_messages={"required": _("Enter the identity number, 12 digits")},
    )
    address = forms.CharField(
        label=_("Address"),
        max_length=300,
        required=False,
        help_text=_("House number, street, quarter or hamlet, commune or ward, province."),
    )
    paper = forms.CharField(
        label=_("Paper that shows it"),
        max_length=300,
        error_messages={"required": _("Enter number, date and issuer of the paper")},
    )
    document = forms.FileField(
        label=_("The paper as a file"),
        widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
        error_messages={"required": _("Add the paper as a file")},
    )

    def __init__(self, data: Any = None, files: Any = None, *, limit: int = 20, **options: Any) -> None:
        super().__init__(data, files, **options)
        self.fields["document"].help_text = _("PDF, JPG or PNG, up to %(limit)s MB.") % {"limit": limit}

    def given(self, *, document_id: Any = None) -> RepresentationInput:
        """Return what was typed; the service judges it and names the fields."""
        data = self.cleaned_data
        known = {
            name: data[name]
            for name in (
                "full_name", "identity", "address", "paper", "born_on", "position", "valid_until", "deputy_contact",
            )
            if data.get(name)
        }  # fmt: skip
        acts = tuple(data["acts"]) if "acts" in self.fields else tuple(RepresentedAct.values)
        codes = tuple(filter(None, re.split(r"[\s,;]+", data.get("procedure_codes", ""))))
        return RepresentationInput(kind=self.kind, acts=acts, procedure_codes=codes, document_id=document_id, **known)


class ChildForm(_PrincipalForm):
    """A child of one's own."""

    kind = RepresentationKind.CHILD
    born_on = DayField(label=_("Day of birth"), error_messages={"required": _("Enter the day of birth")})
    field_order = ("full_name", "identity", "born_on", "address", "paper", "document")

    def __init__(self, *given: Any, **options: Any) -> None:
        super().__init__(*given, **options)
        self.fields["document"].required = False
        self.fields["paper"].help_text = _("Birth certificate: number, date and issuer.")
        self.fields["identity"].help_text = _("12 digits, on the birth certificate or the identity card.")


class OrganisationForm(_PrincipalForm):
    """An enterprise or organisation that one represents."""

    kind = RepresentationKind.ORGANISATION
    position = forms.CharField(
        label=_("What you are there"),
        max_length=120,
        error_messages={"required": _("Enter what you are there, for example director")},
    )
    valid_until = DayField(
        label=_("Last day, if it ends"), required=False, help_text=_("Leave empty while the paper names no end.")
    )
    field_order = ("full_name", "identity", "position", "address", "paper", "document", "valid_until")

    def __init__(self, *given: Any, **options: Any) -> None:
        super().__init__(*given, **options)
        self.fields["identity"].error_messages["required"] = _("An enterprise or tax number has 10 or 13 digits")
        self.fields["full_name"].label = _("Name of the organisation")
        self.fields["full_name"].error_messages["required"] = _("Enter the name of the organisation")
        self.fields["identity"].label = _("Enterprise or tax number")
        self.fields["identity"].help_text = _("10 or 13 digits.")
        self.fields["paper"].help_text = _("Registration certificate or decision: number, date and issuer.")


class MandateForm(_PrincipalForm):
    """A mandate that one gives."""

    kind = RepresentationKind.MANDATE
    deputy_contact = forms.CharField(
        label=_("Phone number or e-mail of whoever shall act for you"),
        max_length=150,
        error_messages={"required": _("Enter a phone number or an e-mail address")},
        help_text=_("They sign in with it, read the mandate and accept or decline it."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "email"}),
    )
    acts = forms.MultipleChoiceField(
        label=_("What they may do"),
        error_messages={"required": _("Choose what may be done")},
        choices=RepresentedAct.choices,
        initial=[RepresentedAct.FILE],
        widget=forms.CheckboxSelectMultiple,
    )
    procedure_codes = forms.CharField(
        label=_("Only these procedures"),
        max_length=300,
        required=False,
        help_text=_("Codes of procedures with a blank between, for example 1.001612. Empty: every procedure."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    valid_until = DayField(label=_("Last day of the mandate"), error_messages={"required": _("Enter the last day")})
    field_order = (
        "deputy_contact", "full_name", "identity", "address", "acts", "procedure_codes", "valid_until", "paper",
        "document",
    )  # fmt: skip

    def __init__(self, *given: Any, **options: Any) -> None:
        super().__init__(*given, **options)
        self.fields["full_name"].label = _("Your full name")
        self.fields["identity"].label = _("Your identity number")
        self.fields["address"].label = _("Your address")
        self.fields["paper"].help_text = _("Mandate or contract: number, date, and who certified it.")


FORMS: dict[str, type[_PrincipalForm]] = {"con": ChildForm, "to-chuc": OrganisationForm, "uy-quyen": MandateForm}


class CorrectionForm(forms.Form):
    """The right value, and how one knows."""

    use_required_attribute = False
    document_errors: tuple[str, ...] = ()
    value = forms.CharField(
        label=_("The right value"), max_length=150, error_messages={"required": _("Enter the right value")}
    )
    reason = forms.CharField(
        label=_("Why it is wrong"),
        help_text=_("Name the paper that shows the right value, for example the identity card."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        error_messages={"required": _("Say why it is wrong, and from which paper the right value comes")},
    )
