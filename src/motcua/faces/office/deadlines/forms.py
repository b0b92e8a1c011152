"""What is entered about time: an instant to look at, a new date, a suspension, a limit of a procedure."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from motcua.casework.dossiers.types import Fault, ReopeningDates, StopEffect
from motcua.casework.procedures.types import Channel, LimitLine, LimitSheet, PlaceKind
from motcua.faces.design.formatting import instant
from motcua.faces.office.fields import DayField, TimeField
from motcua.faces.office.forming import ActingForm
from motcua.foundation.calendars.types import LimitUnit, RuleCard, StopHolder


class InstantForm(forms.Form):
    """As of when the ledger is asked for."""

    on = DayField(label=_("As of day"))
    hour = TimeField(required=False, label=_("Time"))


class NewDateForm(ActingForm):
    """A new date with an apology: asked for by an officer, appointed by a leader."""

    reason = forms.CharField(
        label=_("Why the date cannot be kept"),
        help_text=_("Printed on the apology (form 04), in words that the applicant understands."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say why the date cannot be kept; the applicant reads it on the apology.")},
    )
    new_due_on = DayField(
        label=_("New date"),
        help_text=_("A working day; the result is due when office hours end."),
        error_messages={"required": _("Enter the new date")},
    )

    def __init__(self, *args: Any, asks_override: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if asks_override:
            self.fields["override_reason"] = _override()


def _override() -> forms.CharField:
    return forms.CharField(
        label=_("Why it is appointed so late"),
        help_text=_("The law wants it one working day before the deadline; the reason stays in the journal."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Say why the new date is appointed later than the law wants")},
    )


class DecisionForm(ActingForm):
    """A leader's answer to a request for a new date."""

    answer = forms.CharField(
        required=False,
        label=_("A word to the officer"),
        help_text=_("Needed when you decline."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, asks_override: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if asks_override:
            self.fields["override_reason"] = _override()
            self.fields["override_reason"].required = False


class SuspensionForm(ActingForm):
    """Whom a dossier waits for, why, and by which law its clock stands."""

    holder = forms.ChoiceField(
        label=_("Whom the dossier waits for"),
        choices=StopHolder.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose whom the dossier waits for")},
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say why, so that the next person, and the applicant, know.")},
    )
    ground = forms.CharField(
        label=_("Article of law"),
        help_text=_("The article that lets the clock stand."),
        max_length=300,
        error_messages={"required": _("Name the article of law that lets the clock stand")},
    )


class LimitForm(ActingForm):
    """One limit: to which case, way of filing and kind of place it belongs, by the law and as the province promised."""

    case = forms.ChoiceField(required=False, label=_("Case"))
    channel = forms.ChoiceField(label=_("Way of filing"), choices=Channel.choices)
    place_kind = forms.ChoiceField(label=_("Kind of place"), choices=PlaceKind.choices)
    holds = forms.ChoiceField(
        label=_("How it holds"),
        choices=[("whole", _("The whole limit")), ("addition", _("Added to the limit of all places"))],
        widget=forms.RadioSelect,
        initial="whole",
        required=False,
    )
    statutory_value = forms.IntegerField(required=False, min_value=0, max_value=1000, label=_("By the law"))
    statutory_unit = forms.ChoiceField(label=_("Unit"), choices=LimitUnit.choices)
    reduced_value = forms.IntegerField(
        required=False, min_value=0, max_value=1000, label=_("Reduced by the province"),
        help_text=_("Empty: the province promised nothing shorter."),
    )  # fmt: skip
    reduced_unit = forms.ChoiceField(required=False, label=_("Unit"))
    reduced_by = forms.CharField(
        required=False, max_length=200, label=_("Decision"), help_text=_("Number and date of the province's decision.")
    )
    note = forms.CharField(
        required=False, max_length=2000, label=_("Note as published"), widget=forms.Textarea(attrs={"rows": 2})
    )
    reason = forms.CharField(
        required=False, max_length=300, label=_("Why it is set so"), help_text=_("Kept in the journal of limits.")
    )

    def __init__(self, *args: Any, sheet: LimitSheet, **options: Any) -> None:
        super().__init__(*args, **options)
        cases = [(str(pk), name or _("The usual case")) for pk, name in sheet.cases]
        self.fields["case"].choices = [("", _("All cases")), *cases]  # type: ignore[attr-defined]
        self.fields["reduced_unit"].choices = [("", "-"), *LimitUnit.choices]  # type: ignore[attr-defined]

    def given(self) -> dict[str, Any]:
        """Return what the service takes."""
        entered = self.cleaned_data
        reduced = entered["reduced_value"] is not None or entered["reduced_unit"] == LimitUnit.SAME_DAY
        return {
            "case_id": int(entered["case"]) if entered["case"] else None,
            "channel": entered["channel"],
            "place_kind": entered["place_kind"],
            "is_addition": entered["holds"] == "addition",
            "statutory": (entered["statutory_value"] or 0, entered["statutory_unit"]),
            "reduced": (entered["reduced_value"] or 0, entered["reduced_unit"]) if reduced else None,
            "reduced_by": entered["reduced_by"],
            "note": entered["note"],
            "reason": entered["reason"],
        }


def limit_values(line: LimitLine) -> dict[str, Any]:
    """Return the form's first values of a limit."""
    is_reduced = (line.value, line.unit) != (line.statutory_value, line.statutory_unit)
    return {
        "case": str(line.case_id or ""),
        "channel": line.channel,
        "place_kind": line.place_kind,
        "holds": "addition" if line.is_addition else "whole",
        "statutory_value": line.statutory_value or None,
        "statutory_unit": line.statutory_unit,
        "reduced_value": line.value if is_reduced else None,
        "reduced_unit": line.unit if is_reduced else "",
        "reduced_by": line.reduced_by,
        "note": line.note,
    }


class RulesForm(forms.Form):
    """The rules of counting that the law of a procedure asks for beside those of all."""

    rules = forms.MultipleChoiceField(
        required=False, label=_("Rules chosen for this procedure"), widget=forms.CheckboxSelectMultiple
    )
    why = forms.CharField(required=False, max_length=300, label=_("Why they are chosen"))

    def __init__(self, *args: Any, known: Iterable[RuleCard], **options: Any) -> None:
        super().__init__(*args, **options)
        choices = [(card.code, f"{card.name} ({card.law})") for card in known if not card.is_default]
        self.fields["rules"].choices = list(dict(choices).items())  # type: ignore[attr-defined]


class SecondSupplementForm(ActingForm):
    """Why the applicant has to be asked once more."""

    reason = forms.CharField(
        label=_("What is missing, and why it was not asked for the first time"),
        help_text=_("The leader decides by it; it stays in the journal."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say what is missing and why it was not asked for the first time.")},
    )


class AnswerForm(ActingForm):
    """A leader's reason for approving or declining."""

    answer = forms.CharField(
        label=_("Reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Say why you approve or decline; it stays in the journal.")},
    )


class ReopeningForm(ActingForm):
    """What is wrong, whose fault, at which step it goes on, and how the time counts."""

    kind = forms.ChoiceField(
        label=_("What is to be done"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what is to be done")},
    )
    reason = forms.CharField(
        label=_("What is wrong"),
        help_text=_("The applicant reads it, with an apology where the agency was at fault."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say why it is opened again; the applicant reads it.")},
    )
    ground = forms.CharField(
        label=_("Ground"),
        help_text=_("A decision on a complaint, an inspection, an article of law."),
        max_length=300,
        error_messages={"required": _("Name the ground: a decision on a complaint, an inspection, an article of law.")},
    )
    fault = forms.ChoiceField(
        required=False,
        label=_("Whose fault it is"),
        help_text=_("For a correction. The agency's own fault costs the applicant nothing."),
        choices=Fault.choices,
        widget=forms.RadioSelect,
    )
    fee_vnd = forms.IntegerField(
        required=False,
        min_value=0,
        label=_("Fee for the correction, in đồng"),
        help_text=_("Only where the applicant was at fault; empty: free of charge."),
    )
    step = forms.ChoiceField(
        label=_("Step at which it goes on"), error_messages={"required": _("Choose the step at which it goes on")}
    )
    effect = forms.ChoiceField(
        label=_("How the time goes on"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how the time goes on")},
    )
    sure = forms.BooleanField(
        label=_(
            "I have checked it: an issued result is marked replaced, and its number is struck through in the book."
        ),
        error_messages={"required": _("Confirm that you have checked it")},
    )

    def __init__(
        self,
        *args: Any,
        kinds: list[tuple[str, str]],
        steps: Iterable[tuple[str, str]],
        dates: ReopeningDates,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]
        self.fields["kind"].initial = kinds[0][0] if kinds else None
        self.fields["step"].choices = list(steps)  # type: ignore[attr-defined]
        self.fields["effect"].choices = [  # type: ignore[attr-defined]
            (StopEffect.RESUME, _effect_words(StopEffect.RESUME, dates.rest)),
            (StopEffect.RESTART, _effect_words(StopEffect.RESTART, dates.anew)),
        ]

    def given(self) -> dict[str, Any]:
        """Return what both services take."""
        return {name: self.cleaned_data[name] for name in ("step", "effect", "reason", "ground")}

    def fault_given(self) -> dict[str, Any]:
        """Return what a correction takes besides."""
        return {"fault": self.cleaned_data["fault"], "fee_vnd": self.cleaned_data["fee_vnd"] or 0}


def _effect_words(effect: StopEffect, due_at: datetime | None) -> str:
    words = str(effect.label)
    return gettext("%(rule)s: due %(when)s") % {"rule": words, "when": instant(due_at)} if due_at else words
