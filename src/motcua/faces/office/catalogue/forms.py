"""What is entered about a decision: head, items, the day of entry, reasons, a decision of the past."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from motcua.casework.procedures.types import WITH_RECORD, DecisionAct, DecisionHead, DecisionState, IssuerKind
from motcua.faces.office.fields import DayField, UploadField
from motcua.faces.office.forming import ActingForm

SIGNING = ("number", "issued_on", "signer", "effective_on", "file")


class HeadForm(ActingForm):
    """Title, who decides, and what comes with the signature."""

    title = forms.CharField(
        label=_("What the decision is about"),
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Enter the title.")},
    )
    issuer = forms.CharField(label=_("Issued by"), max_length=200, error_messages={"required": _("Say who decides.")})
    issuer_kind = forms.ChoiceField(
        label=_("Whose decision it is"), choices=IssuerKind.choices, widget=forms.RadioSelect,
        initial=IssuerKind.CHAIRMAN,
        help_text=_("The days for entry in the national database hang on it."),
    )  # fmt: skip
    is_shortened = forms.BooleanField(label=_("A text made by the shortened procedure"), required=False)
    number = forms.CharField(label=_("Number of the decision"), max_length=120, required=False)
    issued_on = DayField(label=_("Day of the decision"), required=False)
    signer = forms.CharField(label=_("Signed by"), max_length=150, required=False)
    effective_on = DayField(
        label=_("Takes effect on"), required=False, help_text=_("The day of the decision when nothing is entered.")
    )
    file = UploadField(label=_("The signed decision as a file"), required=False)
    note = forms.CharField(label=_("Note"), required=False, widget=forms.Textarea(attrs={"rows": 2}))

    @classmethod
    def of(cls, head: DecisionHead, state: str, lock: int, data: Any = None, files: Any = None) -> "HeadForm":
        """Return the form filled with what is kept; once checked only what comes with the signature."""
        names = (*cls.base_fields,)
        initial = {name: getattr(head, name) for name in names if hasattr(head, name)} | {"lock": lock}
        form = cls(data, files, initial=initial)
        if state == DecisionState.CHECKED:
            for name in [name for name in form.fields if name not in (*SIGNING, "lock")]:
                del form.fields[name]
        return form

    def head(self, kept: DecisionHead | None = None, file_id: Any = None) -> DecisionHead:
        """Return the head as entered, with `kept` for what is not asked."""
        values = {name: getattr(kept, name) for name in DecisionHead.__slots__} if kept else {}
        values |= {name: value for name, value in self.cleaned_data.items() if name not in {"file", "lock"}}
        return DecisionHead(**(values | {"file_id": file_id}))


class ItemForm(ActingForm):
    """What happens to which procedure."""

    code = forms.CharField(
        label=_("Code of the procedure"), max_length=40, error_messages={"required": _("Enter the code.")},
        widget=forms.TextInput(attrs={"list": "procedures", "autocomplete": "off", "class": "mc-num"}),
    )  # fmt: skip
    name = forms.CharField(label=_("Name of the procedure"), required=False, widget=forms.Textarea(attrs={"rows": 2}))
    successors = forms.CharField(
        label=_("Its place is taken by"), required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Codes of the procedures that take its place, one a line."),
    )  # fmt: skip
    effective_on = DayField(
        label=_("Takes effect on"), required=False, help_text=_("The day of the decision when nothing is entered.")
    )

    def __init__(self, act: str, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if act != DecisionAct.NEW:
            del self.fields["name"]
            self.fields["code"].help_text = _("Code or a part of the name; choose from the list.")
        if act in WITH_RECORD:
            del self.fields["successors"]

    def clean_code(self) -> str:
        """A line of the list begins with the code."""
        return str(self.cleaned_data["code"]).strip().split(" ")[0]

    @property
    def codes(self) -> list[str]:
        """Codes of the successors."""
        return [line.strip().split(" ")[0] for line in (self.cleaned_data.get("successors") or "").splitlines()]


class ReasonForm(ActingForm):
    """Why a decision goes back."""

    reason = forms.CharField(
        label=_("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say why.")},
    )  # fmt: skip


class EnteredForm(ActingForm):
    """When it was entered in the national database."""

    entered_on = DayField(
        label=_("Entered in the national database on"), error_messages={"required": _("Enter the day of entry.")}
    )


class PastForm(HeadForm):
    """A decision of the past with what it says of itself."""

    field_order = ("title", "number", "issued_on", "issuer", "issuer_kind", "signer")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in ("file", "is_shortened", "effective_on"):
            del self.fields[name]
        for name, words in (("number", _("Enter the number.")), ("issued_on", _("Enter the day of the decision."))):
            self.fields[name].required = True
            self.fields[name].error_messages["required"] = words
        for act, label in DecisionAct.choices:
            self.fields[f"stated_{act}"] = forms.IntegerField(
                label=label, required=False, min_value=0, max_value=9999,
                widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "mc-num", "autocomplete": "off"}),
            )  # fmt: skip
        self.fields["entered_on"] = DayField(label=_("Entered in the national database on"), required=False)

    @property
    def stated(self) -> dict[str, int]:
        """Act -> number of procedures."""
        return {act: self.cleaned_data.get(f"stated_{act}") or 0 for act in DecisionAct.values}

    def head(self, kept: DecisionHead | None = None, file_id: Any = None) -> DecisionHead:
        """Return the head without the numbers."""
        names = ("title", "number", "issued_on", "issuer", "issuer_kind", "signer", "note")
        return DecisionHead(**{name: self.cleaned_data[name] for name in names})
