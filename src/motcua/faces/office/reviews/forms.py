"""What is entered of plans, proposals, their lines of cost, and decisions."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from motcua.faces.office.fields import DayField
from motcua.faces.office.forming import ActingForm
from motcua.insight.simplification.types import Authority, CostInput, PlanInput, ProposalInput, ProposalKind

MOST_MONEY = 10_000_000_000
_AREA = forms.Textarea(attrs={"rows": 4})


class PlanForm(ActingForm):
    """A year's plan of review."""

    year = forms.IntegerField(
        label=_("Year"), min_value=2010, max_value=2100, error_messages={"required": _("Enter the year.")}
    )
    title = forms.CharField(
        label=_("Name of the plan"), max_length=250, error_messages={"required": _("Enter the name of the plan.")}
    )
    decision_number = forms.CharField(label=_("Number of the decision"), max_length=60, required=False)
    decision_on = DayField(label=_("Day of the decision"), required=False)
    signer = forms.CharField(label=_("Signed by"), max_length=200, required=False)
    note = forms.CharField(label=_("Note"), max_length=2000, required=False, widget=_AREA)

    def plan(self) -> PlanInput:
        """Return what was entered."""
        names = ("year", "title", "decision_number", "decision_on", "signer", "note")
        return PlanInput(**{name: self.cleaned_data[name] for name in names})


class ProposalForm(ActingForm):
    """The words and figures of a proposal; its lines of cost are two sets of their own."""

    title = forms.CharField(
        label=_("Proposal in one line"), max_length=250,
        help_text=_("For example: no longer ask for the marriage certificate, the desk looks it up."),
        error_messages={"required": _("Say in one line what is proposed.")},
    )  # fmt: skip
    kind = forms.ChoiceField(
        label=_("What becomes simpler"), choices=ProposalKind.choices,
        error_messages={"required": _("Choose what becomes simpler.")},
    )  # fmt: skip
    authority = forms.ChoiceField(
        label=_("Who can decide it"), choices=Authority.choices, widget=forms.RadioSelect,
        error_messages={"required": _("Choose who can decide it.")},
    )  # fmt: skip
    plan = forms.ChoiceField(label=_("Plan of review"), required=False)
    reason = forms.CharField(
        label=_("Why"), max_length=5000, widget=_AREA,
        help_text=_("What makes it hard for people today, and which rule asks for it."),
        error_messages={"required": _("Say why it should become simpler.")},
    )  # fmt: skip
    change = forms.CharField(
        label=_("What would change"), max_length=5000, required=False, widget=_AREA,
        help_text=_("Which rule is changed and how; needed before the proposal is handed in."),
    )  # fmt: skip
    dossiers_a_year = forms.IntegerField(
        label=_("Dossiers a year"), min_value=0, max_value=100_000_000, required=False,
        help_text=_("Leave it empty to reckon with the dossiers counted in this system."),
    )  # fmt: skip

    def __init__(self, *args: Any, plans: list[tuple[int, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        none = ("", _("Outside a plan"))
        self.fields["plan"].choices = [none, *((str(key), words) for key, words in plans)]  # type: ignore[attr-defined]

    def proposal(self, before: tuple[CostInput, ...], after: tuple[CostInput, ...]) -> ProposalInput:
        """Return what was entered, with its lines of cost."""
        entered = self.cleaned_data
        return ProposalInput(
            title=entered["title"], kind=entered["kind"], authority=entered["authority"], reason=entered["reason"],
            change=entered["change"], dossiers_a_year=entered["dossiers_a_year"],
            plan_id=int(entered["plan"]) if entered["plan"] else None, before=before, after=after,
        )  # fmt: skip


def _money(label: Any) -> forms.IntegerField:
    number = forms.NumberInput(attrs={"class": "form-control mc-num", "inputmode": "numeric"})
    return forms.IntegerField(label=label, min_value=0, max_value=MOST_MONEY, required=False, widget=number)


def _amount(label: Any) -> forms.DecimalField:
    number = forms.NumberInput(attrs={"class": "form-control mc-num", "inputmode": "decimal", "step": "0.01"})
    return forms.DecimalField(label=label, min_value=0, max_value=9999, decimal_places=2, required=False, widget=number)


class CostForm(forms.Form):
    """One line of cost; a line without words is left out."""

    use_required_attribute = False
    activity = forms.CharField(
        label=_("Paper or act"), max_length=300, required=False,
        widget=forms.Textarea(attrs={"rows": 2, "class": "form-control"}),
    )  # fmt: skip
    hours = _amount(_("Hours"))
    wage_vnd = _money(_("Income an hour"))
    fee_vnd = _money(_("Fee"))
    other_vnd = _money(_("Other costs"))
    times = _amount(_("Times"))

    def clean(self) -> dict[str, Any]:
        """Ask for words where only figures were entered."""
        entered = self.cleaned_data
        figures = [name for name in ("hours", "fee_vnd", "other_vnd") if entered.get(name)]
        if figures and not entered.get("activity"):
            self.add_error("activity", _("Say what this cost is for, or empty the line."))
        return entered

    def line(self) -> CostInput | None:
        """Return the line, None when it is empty."""
        entered = self.cleaned_data
        if not entered.get("activity"):
            return None
        times = entered["times"]
        return CostInput(
            entered["activity"], entered["hours"] or Decimal(), entered["wage_vnd"] or 0, entered["fee_vnd"] or 0,
            entered["other_vnd"] or 0, Decimal(1) if times is None else times,
        )  # fmt: skip


class CostSet(forms.BaseFormSet):
    """The lines of one side."""

    def lines(self) -> tuple[CostInput, ...]:
        """Return the lines that say something."""
        return tuple(line for form in self.forms if form.has_changed() and (line := form.line()) is not None)


class DecideForm(ActingForm):
    """The decision on a proposal."""

    answer = forms.ChoiceField(
        label=_("Decision"), choices=[("approve", _("Approve")), ("decline", _("Decline"))], widget=forms.RadioSelect,
        error_messages={"required": _("Choose whether it is approved.")},
    )  # fmt: skip
    decided_on = DayField(label=_("Day of the decision"), error_messages={"required": _("Enter the day.")})
    decision_number = forms.CharField(label=_("Number of the decision"), max_length=60, required=False)
    note = forms.CharField(
        label=_("Word to the agency"), max_length=2000, required=False, widget=_AREA,
        help_text=_("Needed when you decline."),
    )  # fmt: skip


class DoneForm(ActingForm):
    """When a proposal was carried out."""

    on = DayField(label=_("Carried out on"), error_messages={"required": _("Enter the day.")})
    note = forms.CharField(
        label=_("By which document"), max_length=2000, required=False, widget=_AREA,
        help_text=_("For example the decision that published the changed procedure."),
    )  # fmt: skip
