"""What is written down when paper is handed over."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from motcua.casework.custody.types import Courier
from motcua.faces.office.forming import ActingForm


class ScanForm(ActingForm):
    """Codes from a scanner or typed, one a line."""

    codes = forms.CharField(
        label=_("Scan the QR of each control slip or receipt, or type the dossier codes"),
        help_text=_("One code a line. A keyboard scanner writes here as it is."),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off", "autofocus": True, "spellcheck": "false"}),
        error_messages={"required": _("Scan or type at least one code.")},
    )


class SendForm(ActingForm):
    """The sealed bag and who carries it."""

    seal = forms.CharField(
        label=_("Number of the seal"), max_length=60,
        error_messages={"required": _("Write the number of the seal on the bag.")},
    )  # fmt: skip
    courier = forms.ChoiceField(
        label=_("Who carries the bag"), choices=Courier.choices, widget=forms.RadioSelect, initial=Courier.OWN,
        error_messages={"required": _("Say who carries the bag.")},
    )  # fmt: skip
    courier_name = forms.CharField(label=_("Name of the courier"), max_length=150, required=False)
    waybill = forms.CharField(
        label=_("Number of the waybill"), max_length=60, required=False, help_text=_("Only for the public post.")
    )

    def given(self) -> dict[str, str]:
        """Return what was entered."""
        return {name: self.cleaned_data[name] for name in ("seal", "courier", "courier_name", "waybill")}


class SettleForm(ActingForm):
    """How one difference was settled; the ways depend on the difference."""

    how = forms.ChoiceField(label=_("How it was settled"), error_messages={"required": _("Choose how.")})
    reason = forms.CharField(
        label=_("What was found"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Say how it was settled; the record of the lot keeps it.")},
    )  # fmt: skip

    def __init__(self, *args: Any, ways: Any = (), **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["how"].choices = [(way.value, way.label) for way in ways]  # type: ignore[attr-defined]


class GiveBackForm(ActingForm):
    """Originals that go back to the citizen."""

    items = forms.MultipleChoiceField(
        label=_("Papers"), widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Tick the papers that are given back.")},
    )  # fmt: skip
    to = forms.CharField(
        label=_("Taken back by"), max_length=200,
        error_messages={"required": _("Write the name of the person who takes the papers back.")},
    )  # fmt: skip

    def __init__(self, *args: Any, papers: Any = (), **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["items"].choices = [  # type: ignore[attr-defined]
            (str(item.id), f"{item.name} ({item.form_label}: {item.count})")
            for item in papers
            if item.returned_at is None and item.form != "plain"
        ]
