"""What is entered about processes besides their drawing."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from motcua.casework.workflow.types import Approval
from motcua.faces.office.fields import DayField, UploadField
from motcua.faces.office.forming import ActingForm

BPMN_TYPES = ".bpmn,.xml"


class SeenForm(ActingForm):
    """An act on a draft as the person saw it."""

    seen = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)


class UploadForm(SeenForm):
    """A BPMN file drawn in another program."""

    file = forms.FileField(
        label=_("BPMN file"),
        help_text=_("BPMN 2.0 of any program, at most 1 MB. It replaces the drawing of this draft."),
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": BPMN_TYPES}),
        error_messages={"required": _("Choose a BPMN file.")},
    )


class BeginForm(ActingForm):
    """A new process: its code, its name, and what its drawing begins from."""

    name = forms.CharField(
        label=_("Name"),
        max_length=250,
        help_text=_("As people call the work, often the name of the procedure."),
        error_messages={"required": _("Enter what people call the process.")},
    )
    name_en = forms.CharField(label=_("Name in English"), max_length=250, required=False)
    code = forms.CharField(
        label=_("Code"),
        max_length=60,
        help_text=_("Small letters without marks, digits and -; it never changes, such as xac-nhan-cu-tru."),
        error_messages={"required": _("Enter a code.")},
    )
    base = forms.ChoiceField(label=_("Begin from"), required=False)
    file = forms.FileField(
        label=_("Or from a BPMN file"),
        required=False,
        allow_empty_file=True,
        help_text=_("BPMN 2.0 of any program, at most 1 MB. What does not run here is named, with what to do."),
        widget=forms.FileInput(attrs={"accept": BPMN_TYPES}),
    )

    def __init__(self, *args: Any, bases: list[tuple[str, Any]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["base"].choices = bases  # type: ignore[attr-defined]


class PublishForm(SeenForm):
    """The Chairman's decision that approves the internal process."""

    decision_number = forms.CharField(
        label=_("Number of the decision"),
        max_length=60,
        widget=forms.TextInput(attrs={"placeholder": "1234/QĐ-UBND", "autocomplete": "off"}),
        error_messages={"required": _("Enter the number of the decision.")},
    )
    decision_on = DayField(
        label=_("Day of the decision"), error_messages={"required": _("Enter the day of the decision.")}
    )
    signer = forms.CharField(
        label=_("Signed by"), max_length=200, error_messages={"required": _("Enter who signed the decision.")}
    )
    file = UploadField(
        label=_("The decision as a file"),
        required=False,
        help_text=_("PDF or picture; everybody of the office may read it."),
    )
    valid_from = DayField(
        label=_("In force from"),
        help_text=_("Dossiers received from this day run on the new version; running ones stay on theirs."),
        error_messages={"required": _("Enter the day from which the process is in force.")},
    )

    def approval(self, file: Any) -> Approval:
        """Return the decision as entered with the stored file's public id."""
        entered = self.cleaned_data
        return Approval(entered["decision_number"], entered["decision_on"], entered["signer"], file)
