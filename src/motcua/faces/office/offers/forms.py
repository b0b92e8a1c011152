"""What is entered to assign procedures to agencies, and to end an assignment."""

import re
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from motcua.casework.procedures import selectors as procedures
from motcua.casework.procedures.types import Assignment, Channel, QuickForm
from motcua.casework.workflow import selectors as workflow
from motcua.faces.office.fields import DayField
from motcua.faces.office.forming import ActingForm
from motcua.foundation.core.folding import fold
from motcua.foundation.organisations import selectors as organisations
from motcua.foundation.organisations.types import AgencyKind, Level

SINGLE = (AgencyKind.PROVINCE, AgencyKind.DEPARTMENT, AgencyKind.BRANCH, AgencyKind.VERTICAL, AgencyKind.UTILITY)
MOST_PROCEDURES = 300
_BETWEEN = re.compile(r"[\s,;]+")
_PLACE = (("centre", _("At the public administration centre")), ("house", _("In house, at the agency's own door")))


class EndForm(ActingForm):
    """The day from which an assignment no longer holds."""

    ended_on = DayField(
        label=_("No longer from"), error_messages={"required": _("Enter the day from which it is no longer taken.")}
    )
    reason = forms.CharField(label=_("Why"), max_length=300, required=False)


class AssignForm(ActingForm):
    """Several procedures for several agencies, as they shall be from a day on."""

    procedure_codes = forms.CharField(
        label=_("Codes of procedures"), required=False, widget=forms.Textarea(attrs={"rows": 3, "class": "mc-code"}),
        help_text=_("One or more, on lines of their own or with commas between."),
    )  # fmt: skip
    field = forms.ChoiceField(
        label=_("And all procedures of a field"), required=False,
        help_text=_("Those in force on the day below, beside the codes above."),
    )  # fmt: skip
    all_communes = forms.BooleanField(label=_("All communes, wards and special zones"), required=False)
    agencies = forms.MultipleChoiceField(
        label=_("Agencies of the province"), required=False, widget=forms.CheckboxSelectMultiple
    )
    communes = forms.MultipleChoiceField(
        label=_("Single communes and other agencies of the commune level"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    excepted = forms.MultipleChoiceField(
        label=_("Except these communes"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Only together with all communes: these do not take it."),
    )  # fmt: skip
    process_code = forms.ChoiceField(
        label=_("Process"),
        error_messages={
            "required": _("Choose the process."),
            "invalid_choice": _("There is no process of this code; choose one of the list or draw it first."),
        },
    )
    eform_code = forms.ChoiceField(
        label=_("Electronic form"), required=False,
        error_messages={"invalid_choice": _("There is no form of this code; choose one of the list or make it first.")},
    )  # fmt: skip
    channels = forms.MultipleChoiceField(
        label=_("Ways of handing in"), choices=Channel.choices, widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one way of handing in.")},
    )  # fmt: skip
    place = forms.ChoiceField(
        label=_("Where it is handed in"), choices=_PLACE, widget=forms.RadioSelect,
        error_messages={"required": _("Choose where it is handed in.")},
    )  # fmt: skip
    quick_form = forms.ChoiceField(label=_("Form of the counter"), choices=QuickForm.choices, required=False)
    valid_from = DayField(
        label=_("From"), error_messages={"required": _("Enter the day from which it holds.")},
    )  # fmt: skip
    reason = forms.CharField(
        label=_("Why, or by which decision"), max_length=300, required=False,
        help_text=_("For example: Quyết định số 12/QĐ-UBND. It stays in the history."),
    )  # fmt: skip

    def __init__(self, data: Any = None, *, on: date, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial)
        found = organisations.directory(on=on).agencies.values()
        cards = sorted(found, key=lambda card: fold(card.short_name))
        communes = [card for card in cards if card.kind == AgencyKind.COMMUNE]
        below = [card for card in cards if card.kind in SINGLE and card.level == Level.COMMUNE]
        single = [card for card in cards if card.kind in SINGLE and card.level != Level.COMMUNE]
        self._ids = {card.public_id: card.id for card in (*communes, *below, *single)}
        places = [(card.public_id, card.name) for card in communes]
        none = ("", "–")
        lines = [(line.code, _named(line.name, line.code, line.number)) for line in workflow.processes(on=on)]
        forms_ = [(code, f"{name} ({code})") for code, name in procedures.eform_names().items()]
        fields = [(card.code, f"{card.name} ({card.count})") for card in procedures.fields(on=on)]
        for name, choices in (
            ("agencies", [(card.public_id, card.name) for card in single]),
            ("communes", [*places, *((card.public_id, card.name) for card in below)]),
            ("excepted", places),
            ("process_code", [none, *lines]),
            ("eform_code", [("", gettext("None")), *forms_]),
            ("field", [none, *fields]),
        ):
            self.fields[name].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Look at what only makes sense together."""
        entered = super().clean() or self.cleaned_data
        if not entered.get("procedure_codes", "").strip() and not entered.get("field"):
            self.add_error("procedure_codes", _("Enter at least one code, or choose a field."))
        if not (entered.get("all_communes") or entered.get("agencies") or entered.get("communes")):
            self.add_error("agencies", _("Choose at least one agency, or all communes."))
        if entered.get("excepted") and not entered.get("all_communes"):
            self.add_error("excepted", _("Exceptions are made from all communes: choose all communes too."))
        if entered.get("eform_code") == "" and entered.get("channels") == [Channel.ONLINE]:
            self.add_error("eform_code", _("Handing in online alone needs a form."))
        return entered

    def assignment(self) -> Assignment:
        """Return what was entered; codes once each, in the order of entry."""
        entered = self.cleaned_data
        codes = [code for code in _BETWEEN.split(entered["procedure_codes"].strip()) if code]
        if entered["field"]:
            found = procedures.search("", on=entered["valid_from"], field=entered["field"], limit=MOST_PROCEDURES)
            codes += [hit.code for hit in found.results]
        ids = [self._ids[key] for key in (*entered["agencies"], *entered["communes"])]
        return Assignment(
            procedure_codes=tuple(dict.fromkeys(codes))[:MOST_PROCEDURES],
            agency_ids=(*((None,) if entered["all_communes"] else ()), *ids),
            process_code=entered["process_code"],
            eform_code=entered["eform_code"],
            channels=tuple(entered["channels"]),
            at_centre=entered["place"] == "centre",
            quick_form=entered["quick_form"],
            excepted_ids=tuple(self._ids[key] for key in entered["excepted"]),
            valid_from=entered["valid_from"],
            reason=entered["reason"],
        )


def _named(name: str, code: str, number: int | None) -> str:
    return (
        f"{name} ({code})" if number else gettext("%(name)s (%(code)s, none in force)") % {"name": name, "code": code}
    )
