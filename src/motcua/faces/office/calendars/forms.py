"""What can be entered about a calendar: closures, days off, swaps, office hours, downtimes, desk turns."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.faces.office.calendars.drawing import WEEKDAYS
from motcua.faces.office.fields import DayField, TimeField, instant_of
from motcua.faces.office.forming import ActingForm
from motcua.foundation.calendars.types import DayKind, DayStatus, SpecialDays, TurnKind, WeekHours, Whose
from motcua.foundation.core.clock import VIETNAM

DAY = timedelta(days=1)
_REASON = gettext_lazy("Say why the calendar changes; the history keeps it.")
_NAME = gettext_lazy("Name it as people know it.")


class ChangeForm(ActingForm):
    """A change of a calendar; subclasses give `days` or `hours`. `seen` is what the preview was about."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    reason = forms.CharField(
        label=gettext_lazy("Reason for the change"),
        help_text=gettext_lazy("Everybody who looks at the history reads it."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _REASON},
    )
    field_order = ("since", "until", "kind", "name", "off_on", "worked_on", "status", "source")

    def days(self) -> tuple[SpecialDays, ...]:
        """Return the special days entered."""
        return ()

    def hours(self) -> tuple[WeekHours, ...] | None:
        """Return the week entered, None when hours stay."""
        return None

    @property
    def since_day(self) -> date | None:
        """The day from which new hours hold."""
        return None

    def remember(self, seen: str) -> None:
        """Carry what the preview shown with the form was about."""
        data = self.data.copy()  # type: ignore[attr-defined]
        data["seen"] = seen
        self.data = data


class _SpanForm(ChangeForm):
    since = DayField(label=gettext_lazy("First day"), error_messages={"required": gettext_lazy("Give the first day.")})
    until = DayField(
        label=gettext_lazy("Last day"), required=False, help_text=gettext_lazy("Leave empty for a single day.")
    )
    name = forms.CharField(label=gettext_lazy("Name"), max_length=200, error_messages={"required": _NAME})
    source = forms.CharField(
        label=gettext_lazy("Decision or law"),
        required=False,
        max_length=300,
        help_text=gettext_lazy("Number and date of the paper; ledgers show it as the ground."),
    )

    def clean(self) -> dict[str, Any]:
        """Keep the days in order."""
        entered = self.cleaned_data
        since, until = entered.get("since"), entered.get("until")
        if since and until and until < since:
            self.add_error("until", _("The last day must not lie before the first."))
        return entered

    def _span(self, kind: DayKind, status: DayStatus = DayStatus.CONFIRMED) -> SpecialDays:
        entered = self.cleaned_data
        return SpecialDays(
            kind=kind,
            since=entered["since"],
            until=(entered["until"] or entered["since"]) + DAY,
            name=entered["name"],
            status=status,
            source=entered["source"],
        )


class ClosureForm(_SpanForm):
    """Offices stay closed: a storm, a flood, an epidemic."""

    def days(self) -> tuple[SpecialDays, ...]:
        """Return the closure."""
        return (self._span(DayKind.CLOSURE),)


class DayOffForm(_SpanForm):
    """A public holiday or a day in lieu; also changes an entry of any kind."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Kind of day"),
        choices=[(kind.value, kind.label) for kind in DayKind if kind != DayKind.MAKEUP],
        initial=DayKind.HOLIDAY,
    )
    status = forms.ChoiceField(label=gettext_lazy("How sure it is"), choices=DayStatus.choices)

    def days(self) -> tuple[SpecialDays, ...]:
        """Return the days off."""
        return (self._span(DayKind(self.cleaned_data["kind"]), DayStatus(self.cleaned_data["status"])),)


class SwapForm(ChangeForm):
    """A working day off in exchange for a day of rest worked."""

    off_on = DayField(
        label=gettext_lazy("Day off"), error_messages={"required": gettext_lazy("Give the day that is taken off.")}
    )
    worked_on = DayField(
        label=gettext_lazy("Day worked for it"),
        error_messages={"required": gettext_lazy("Give the day that is worked instead.")},
    )
    source = _SpanForm.base_fields["source"]

    def clean(self) -> dict[str, Any]:
        """Two different days."""
        entered = self.cleaned_data
        if entered.get("off_on") and entered.get("off_on") == entered.get("worked_on"):
            self.add_error("worked_on", _("Choose another day than the one taken off."))
        return entered

    def days(self) -> tuple[SpecialDays, ...]:
        """Return the day off and the day worked."""
        off, worked, source = (self.cleaned_data[name] for name in ("off_on", "worked_on", "source"))
        return (
            SpecialDays(
                DayKind.SWAPPED_OFF,
                off,
                off + DAY,
                f"Nghỉ hoán đổi, làm bù ngày {worked:%d/%m/%Y}",
                f"Day off in exchange for working on {worked.day} {worked:%B %Y}",
                source=source,
            ),
            SpecialDays(
                DayKind.MAKEUP,
                worked,
                worked + DAY,
                f"Làm bù cho ngày {off:%d/%m/%Y}",
                f"Working day in exchange for {off.day} {off:%B %Y}",
                replaces_on=off,
                source=source,
            ),
        )


class RemovalForm(ChangeForm):
    """Take an entry out; the day follows its weekday again."""


PURPOSES = (
    ("both", gettext_lazy("reception and deadlines")),
    ("reception", gettext_lazy("reception only")),
    ("deadlines", gettext_lazy("deadlines only")),
)
PARTS = ("morning", "afternoon")


class HoursForm(ChangeForm):
    """The whole week from a day on: morning and afternoon of each weekday, and what they serve."""

    since = DayField(
        label=gettext_lazy("In force from"), error_messages={"required": gettext_lazy("Give the first day.")}
    )
    follow = forms.BooleanField(
        label=gettext_lazy("Follow the province's week again; the hours below are then not used"), required=False
    )

    def __init__(self, *args: Any, own: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if not own:
            del self.fields["follow"]
        for weekday in range(1, 8):
            for part in PARTS:
                for edge in ("starts", "ends"):
                    self.fields[f"{part}_{edge}_{weekday}"] = TimeField(required=False)
            self.fields[f"purpose_{weekday}"] = forms.ChoiceField(choices=PURPOSES, required=False)

    def clean(self) -> dict[str, Any]:
        """Hours come in pairs; their order and overlaps the calendar itself judges."""
        entered = self.cleaned_data
        for weekday in range(1, 8):
            for part in PARTS:
                starts, ends = entered.get(f"{part}_starts_{weekday}"), entered.get(f"{part}_ends_{weekday}")
                if (starts is None) is not (ends is None):
                    self.add_error(
                        f"{part}_ends_{weekday}",
                        _("%(day)s: give both hours or none.") % {"day": WEEKDAYS[weekday - 1]},
                    )
                elif starts is not None and ends is not None and starts >= ends:
                    self.add_error(
                        f"{part}_ends_{weekday}",
                        _("%(day)s: hours must end after they start.") % {"day": WEEKDAYS[weekday - 1]},
                    )
        return entered

    @property
    def since_day(self) -> date | None:
        """The day from which the week holds."""
        return self.cleaned_data.get("since")

    def hours(self) -> tuple[WeekHours, ...]:
        """Return the week entered; none to follow the province's."""
        entered = self.cleaned_data
        if entered.get("follow"):
            return ()
        return tuple(
            WeekHours(
                weekday,
                entered[f"{part}_starts_{weekday}"],
                entered[f"{part}_ends_{weekday}"],
                open_for_reception=entered[f"purpose_{weekday}"] != "deadlines",
                counts_for_deadlines=entered[f"purpose_{weekday}"] != "reception",
            )
            for weekday in range(1, 8)
            for part in PARTS
            if entered.get(f"{part}_starts_{weekday}") is not None
        )

    def rows(self) -> list[dict[str, Any]]:
        """Return the week's fields by weekday, for the table."""
        return [
            {
                "weekday": WEEKDAYS[weekday - 1],
                "parts": [
                    {"name": part, "starts": self[f"{part}_starts_{weekday}"], "ends": self[f"{part}_ends_{weekday}"]}
                    for part in PARTS
                ],
                "purpose": self[f"purpose_{weekday}"],
                "errors": [
                    sentence
                    for part in PARTS
                    for edge in ("starts", "ends")
                    for sentence in self.errors.get(f"{part}_{edge}_{weekday}", [])
                ],
            }
            for weekday in range(1, 8)
        ]


class DowntimeForm(ActingForm):
    """A system stood still."""

    whose = forms.ChoiceField(label=gettext_lazy("Whose system"), choices=Whose.choices)
    note = forms.CharField(
        label=gettext_lazy("What stood still"),
        max_length=300,
        help_text=gettext_lazy("The system and the notice about it."),
        error_messages={"required": gettext_lazy("Say what stood still.")},
    )
    starts_on = DayField(label=gettext_lazy("From day"), error_messages={"required": gettext_lazy("Give the day.")})
    starts_time = TimeField(
        label=gettext_lazy("From hour"), error_messages={"required": gettext_lazy("Give the hour.")}
    )
    ends_on = DayField(
        label=gettext_lazy("To day"), required=False, help_text=gettext_lazy("Leave empty while it still stands still.")
    )
    ends_time = TimeField(label=gettext_lazy("To hour"), required=False)
    counting = forms.ChoiceField(
        label=gettext_lazy("Does the time count for deadlines?"),
        choices=[
            ("", gettext_lazy("As the rule in force says")),
            ("yes", gettext_lazy("Yes, by a decision")),
            ("no", gettext_lazy("No, by a decision: it is given back")),
        ],
        required=False,
    )
    decision = forms.CharField(
        label=gettext_lazy("Decision"),
        required=False,
        max_length=300,
        help_text=gettext_lazy("Only where this downtime departs from the rule."),
    )

    def clean(self) -> dict[str, Any]:
        """An end has day and hour."""
        entered = self.cleaned_data
        if (entered.get("ends_on") is None) is not (entered.get("ends_time") is None):
            self.add_error("ends_on", _("Give day and hour of the end, or neither."))
        return entered

    def instants(self) -> tuple[datetime, datetime | None]:
        """Return start and end."""
        entered = self.cleaned_data
        starts_at = datetime.combine(entered["starts_on"], entered["starts_time"], tzinfo=VIETNAM)
        return starts_at, instant_of(entered["ends_on"], entered["ends_time"])

    @property
    def counts(self) -> bool | None:
        """Whether the time counts, None by the rule."""
        return {"yes": True, "no": False}.get(self.cleaned_data["counting"])


class EndForm(ActingForm):
    """When a system came back."""

    def instant(self) -> datetime:
        """Return the end."""
        return datetime.combine(self.cleaned_data["ends_on"], self.cleaned_data["ends_time"], tzinfo=VIETNAM)

    ends_on = DayField(label=gettext_lazy("Day"), error_messages={"required": gettext_lazy("Give the day.")})
    ends_time = TimeField(label=gettext_lazy("Hour"), error_messages={"required": gettext_lazy("Give the hour.")})


class TurnForm(ActingForm):
    """A turn at the desk."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind of turn"), choices=TurnKind.choices)
    weekday = forms.ChoiceField(
        label=gettext_lazy("On"),
        choices=[("", gettext_lazy("every day of the period")), *((str(n), day) for n, day in enumerate(WEEKDAYS, 1))],
        required=False,
    )
    starts = TimeField(label=gettext_lazy("From hour"), error_messages={"required": gettext_lazy("Give the hour.")})
    ends = TimeField(label=gettext_lazy("To hour"), error_messages={"required": gettext_lazy("Give the hour.")})
    since = DayField(label=gettext_lazy("First day"), error_messages={"required": gettext_lazy("Give the first day.")})
    until = DayField(
        label=gettext_lazy("Last day"), required=False, help_text=gettext_lazy("Leave empty if it goes on.")
    )
    person = forms.ChoiceField(label=gettext_lazy("Who sits there"), required=False)
    note = forms.CharField(label=gettext_lazy("Note"), required=False, max_length=200)

    def __init__(self, *args: Any, people: list[tuple[int, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        choices = [("", _("Not yet named")), *((str(pk), name) for pk, name in people)]
        self.fields["person"].choices = choices  # type: ignore[attr-defined]

    def given(self) -> dict[str, Any]:
        """Return the arguments of the service."""
        entered = self.cleaned_data
        starts: time = entered["starts"]
        return {
            "kind": entered["kind"],
            "weekday": int(entered["weekday"]) if entered["weekday"] else None,
            "starts": starts,
            "ends": entered["ends"],
            "since": entered["since"],
            "until": entered["until"] + DAY if entered["until"] else None,
            "person_id": int(entered["person"]) if entered["person"] else None,
            "note": entered["note"],
        }
