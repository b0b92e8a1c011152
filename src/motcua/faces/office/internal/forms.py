"""What is entered to start a case, to do a step, to withdraw one."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from motcua.casework.internal.types import StepView
from motcua.faces.office.fields import DayField
from motcua.faces.office.forming import ActingForm

_AREA = forms.Textarea(attrs={"rows": 4})


class FilesInput(forms.FileInput):
    """Several files at once."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Files to attach; what was chosen is read from the request, so that each may be refused by itself."""

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Return the uploads as a list."""
        return [item for item in (data if isinstance(data, list | tuple) else [data]) if item]


def files_field() -> FilesField:
    """Return the field for files of a case."""
    return FilesField(
        label=_("Files"), required=False, help_text=_("PDF, Word, Excel or pictures; several at once."),
        widget=FilesInput(attrs={"accept": ".pdf,.docx,.xlsx,.jpg,.jpeg,.png"}),
    )  # fmt: skip


class StartForm(ActingForm):
    """Title, agency and day of a new case; what its own form asks comes beside."""

    title = forms.CharField(
        label=_("What the document is about"), max_length=250,
        help_text=_("As it will stand in its title."),
        error_messages={"required": _("Enter what the document is about.")},
    )  # fmt: skip
    lead = forms.TypedChoiceField(
        label=_("Agency that drafts"), coerce=int, error_messages={"required": _("Choose the agency that drafts.")}
    )
    due_on = DayField(label=_("Day planned for the signature"), required=False)
    attachments = files_field()

    def __init__(self, *args: Any, leads: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["lead"].choices = leads  # type: ignore[attr-defined]


class StepForm(ActingForm):
    """What a step may need; which of it is asked follows from the drawing."""

    note = forms.CharField(label=_("Note or opinion"), max_length=5000, required=False, widget=_AREA)
    attachments = files_field()

    def __init__(self, *args: Any, seen: StepView, agencies: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.seen = seen
        if seen.asking:
            self.fields["asked"] = forms.TypedMultipleChoiceField(
                coerce=int, required=False, label=_("Agencies asked"), choices=agencies,
                widget=forms.CheckboxSelectMultiple,
                help_text=_("Each gets a step of its own; who does not answer in time no longer holds the case up."),
            )  # fmt: skip
        people = dict(person for found in seen.next_people.values() for person in found)
        if len(people) > 1:
            self.fields["next_person"] = forms.TypedChoiceField(
                required=False, coerce=int, empty_value=None, label=_("Who goes on"),
                choices=[("", _("Everybody of the post")), *((str(key), name) for key, name in people.items())],
            )  # fmt: skip
        if seen.numbers:
            self.fields["number"] = forms.CharField(
                label=_("Number of the document"), max_length=60, required=False,
                help_text=_("Such as 15/2026/QĐ-UBND."),
            )  # fmt: skip
            self.fields["issued_on"] = DayField(label=_("Day of issue"), required=False)

    def buttons(self) -> list[dict[str, str]]:
        """Return the outcomes as buttons."""
        css = {"primary": "btn-primary", "secondary": "btn-outline-primary", "danger": "btn-outline-danger"}
        english = get_language() == "en"
        return [
            {"code": item.code, "label": item.label_en if english and item.label_en else item.label}
            | {"css": css.get(item.style, "btn-outline-primary"), "needs_reason": "1" if item.needs_reason else ""}
            for item in self.seen.outcomes
        ]


class WithdrawForm(ActingForm):
    """Why a case ends before its end."""

    reason = forms.CharField(
        label=_("Why the case is withdrawn"), max_length=2000, widget=_AREA,
        error_messages={"required": _("Say why the case is withdrawn.")},
    )  # fmt: skip
