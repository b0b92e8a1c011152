"""What can be entered about a rule of counting: a value from a day with its legal source, and an end."""

from collections.abc import Iterable
from datetime import date, time
from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.faces.office.fields import DayField, TimeField
from motcua.faces.office.forming import ActingForm
from motcua.foundation.calendars.types import DeadlineRules, RuleCard, RuleChange, RuleRow

_USUAL = DeadlineRules()
_HOLDS = {"required": gettext_lazy("Give the day.")}


class _RuleForm(ActingForm):
    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    reason = forms.CharField(
        label=gettext_lazy("Reason for the change"),
        help_text=gettext_lazy("Everybody who looks at the history reads it."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": gettext_lazy("Say why the rule changes; the history keeps it.")},
    )

    def remember(self, seen: str) -> None:
        """Carry what the preview shown with the form was about."""
        data = self.data.copy()  # type: ignore[attr-defined]
        data["seen"] = seen
        self.data = data

    def change(self) -> RuleChange:
        """Return the change that a valid form asks for."""
        raise NotImplementedError


class EndForm(_RuleForm):
    """End a rule that procedures choose, or take a value out that has not begun."""

    since = DayField(label=gettext_lazy("Holds no more from"), error_messages=_HOLDS)
    field_order = ("since", "reason")

    def __init__(self, *args: Any, card: RuleCard, **options: Any) -> None:
        super().__init__(*args, **options)
        self.card = card

    def change(self) -> RuleChange:
        """Return the end."""
        return RuleChange(self.card.code, self.cleaned_data["since"])


class ValueForm(_RuleForm):
    """A new value of a rule; of a rule not known yet also what it is called and what it sets."""

    law = forms.CharField(
        label=gettext_lazy("Legal source"),
        max_length=300,
        help_text=gettext_lazy("Article, clause and number of the law or decision; ledgers show it as the ground."),
        error_messages={"required": gettext_lazy("Name the law or decision it rests on.")},
    )
    is_verified = forms.BooleanField(
        label=gettext_lazy("I have read the words of this source, and they say so"), required=False
    )
    since = DayField(label=gettext_lazy("In force from"), error_messages=_HOLDS)
    explanation = forms.CharField(
        label=gettext_lazy("What it means"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )
    field_order = ("code", "setting", "name", "value", "since", "law", "is_verified", "explanation", "reason")

    def __init__(self, *args: Any, card: RuleCard | None, setting: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.card, self.setting = card, setting
        self.fields["value"] = value_field(setting)
        if card is None:
            self.fields["name"] = forms.CharField(
                label=gettext_lazy("Name of the rule"),
                max_length=200,
                error_messages={"required": gettext_lazy("Name the rule.")},
            )
            self.fields["code"] = forms.SlugField(
                label=gettext_lazy("Code of the rule"),
                max_length=60,
                help_text=gettext_lazy("Small letters, digits and hyphens, such as late-hour-land."),
                error_messages={"required": gettext_lazy("Give a code."), "invalid": gettext_lazy("Give a code.")},
            )
        self.order_fields(self.field_order)

    def change(self) -> RuleChange:
        """Return the value entered as a rule; a rule known keeps its name, and whether it holds for all."""
        entered, card = self.cleaned_data, self.card
        rule = RuleRow(
            code=card.code if card else entered["code"],
            setting=self.setting,
            value=read_value(self.setting, entered["value"]),
            name=str(card.name) if card else entered["name"],
            explanation=entered["explanation"],
            law=entered["law"],
            is_default=card.is_default if card else False,
            is_verified=entered["is_verified"],
        )
        return RuleChange(rule.code, entered["since"], rule)


def value_field(setting: str) -> forms.Field:
    """Return the field for a value of a setting: an hour, yes or no, a choice, or a number."""
    usual = getattr(_USUAL, setting)
    label = gettext_lazy("Value")
    missing = {"required": gettext_lazy("Give the value.")}
    if isinstance(usual, time):
        return TimeField(label=label, error_messages=missing)
    if isinstance(usual, bool):
        choices = [("yes", _("Yes")), ("no", _("No"))]
        return forms.ChoiceField(label=label, choices=choices, widget=forms.RadioSelect, error_messages=missing)
    if isinstance(usual, models.TextChoices):
        return forms.ChoiceField(
            label=label, choices=type(usual).choices, widget=forms.RadioSelect, error_messages=missing
        )  # fmt: skip
    return forms.IntegerField(label=label, min_value=0, max_value=1000, error_messages=missing)


def read_value(setting: str, entered: Any) -> Any:
    """Return the value of a setting as the arithmetic takes it."""
    usual = getattr(_USUAL, setting)
    if isinstance(usual, bool):
        return entered == "yes"
    return entered if isinstance(usual, time | int) else type(usual)(entered)


def first_values(card: RuleCard, *, today: date) -> dict[str, Any]:
    """Return what the form of a known rule begins with: what holds now."""
    value = ("yes" if card.value else "no") if isinstance(card.value, bool) else card.value
    return {"value": value, "law": str(card.law), "explanation": str(card.explanation)}


def settings_known(cards: Iterable[RuleCard]) -> list[tuple[str, str]]:
    """Return what rules can set, each named as the rule that holds by default."""
    named = {card.setting: str(card.name) for card in cards}
    return sorted(named.items(), key=lambda item: item[1])
