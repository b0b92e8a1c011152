"""Certified copies: what is brought and how often it is copied; and the signature of a whole batch."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from motcua.casework.dossiers.types import Capacity, CertifiedItem, SignatureInput, SignedHow
from motcua.faces.office.fields import DayField, TimeField, UploadField, instant_of
from motcua.faces.office.forming import ActingForm

MOST_ROWS = 30
FIRST_ROWS = 3
_NUMBER = {"inputmode": "numeric", "autocomplete": "off", "class": "mc-num", "maxlength": 3}
NAMES = (
    "Căn cước", "Bằng tốt nghiệp đại học", "Bằng tốt nghiệp THPT", "Giấy khai sinh", "Giấy đăng ký kết hôn",
    "Giấy chứng nhận quyền sử dụng đất", "Học bạ", "Bảng điểm", "Hộ chiếu", "Giấy phép lái xe", "Sơ yếu lý lịch",
)  # fmt: skip


class QuickForm(ActingForm):
    """Whose copies they are."""

    key = forms.CharField(widget=forms.HiddenInput, max_length=64)
    full_name = forms.CharField(
        max_length=200,
        label=_("Who asks for the copies"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autofocus": True}),
        error_messages={"required": _("Enter who asks for the copies")},
    )
    identity = forms.CharField(
        required=False, max_length=200, label=_("Identity number"),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "mc-num"}),
    )  # fmt: skip
    phone = forms.CharField(
        required=False, max_length=20, label=_("Phone"),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "mc-num"}),
    )  # fmt: skip
    is_counted = forms.BooleanField(
        required=False, initial=True, label=_("Originals seen, pages counted, fee taken: go on to the signature")
    )


class OriginalForm(forms.Form):
    """One original: its name, pages and copies. An empty row counts as not there."""

    use_required_attribute = False
    description = forms.CharField(
        required=False, max_length=250, widget=forms.TextInput(attrs={"autocomplete": "off", "list": "originals"})
    )
    pages = forms.IntegerField(
        required=False, min_value=1, max_value=500, widget=forms.TextInput(attrs=_NUMBER),
        error_messages={"min_value": _("At least 1 page")},
    )  # fmt: skip
    copies = forms.IntegerField(
        required=False, min_value=1, max_value=500, widget=forms.TextInput(attrs=_NUMBER),
        error_messages={"min_value": _("At least 1 copy")},
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """A row that was begun must be whole."""
        entered = self.cleaned_data
        if any(entered.get(name) for name in ("description", "pages", "copies")) and not self.errors:
            for name, words in (
                ("description", _("Name the original")),
                ("pages", _("Enter how many pages the original has")),
                ("copies", _("Enter how many copies are wanted")),
            ):
                if not entered.get(name):
                    self.add_error(name, words)
        return entered

    def item(self) -> CertifiedItem | None:
        """Return the original, None for an empty or unfinished row."""
        entered = getattr(self, "cleaned_data", {})
        if not all(entered.get(name) for name in ("description", "pages", "copies")):
            return None
        return CertifiedItem(entered["description"].strip(), entered["pages"], entered["copies"])


class BatchForm(ActingForm):
    """How the batch was signed: in ink as the clerk records it, or digitally by the leader now."""

    how = forms.ChoiceField(
        label=_("How it is signed"), choices=SignedHow.choices, widget=forms.RadioSelect, initial=SignedHow.PAPER,
        required=False,
    )  # fmt: skip
    signer_name = forms.CharField(required=False, max_length=150, label=_("Who signed in ink"))
    capacity = forms.ChoiceField(required=False, label=_("Capacity"), choices=Capacity.choices)
    signed_on = DayField(required=False, label=_("Day of the signature"))
    signed_time = TimeField(required=False, label=_("Time"))
    scan = UploadField(required=False, label=_("Scan of the signed sheet"), help_text=_("One scan for the whole batch"))

    def ask_for_ink(self) -> None:
        """Ask for everything that the clerk records of a signature in ink."""
        for name, words in (
            ("signer_name", _("Enter who signed on paper.")),
            ("signed_on", _("Enter the day of the signature")),
            ("signed_time", _("Enter the time of the signature")),
            ("scan", _("Attach the scan of the signed paper.")),
        ):
            self.fields[name].required = True
            self.fields[name].error_messages["required"] = words

    def signature(self, scan_id: int | None) -> SignatureInput:
        """Return the signature as the service takes it."""
        entered = self.cleaned_data
        return SignatureInput(
            how=entered.get("how") or SignedHow.PAPER,
            signer_name=entered["signer_name"],
            capacity=entered["capacity"],
            signed_at=instant_of(entered["signed_on"], entered["signed_time"]),
            scan_file_id=scan_id,
        )
