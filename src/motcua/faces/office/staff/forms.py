"""What can be entered about people, posts and leave."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from motcua.faces.office.fields import DayField
from motcua.faces.office.forming import ActingForm
from motcua.foundation.accounts.types import AbsenceKind
from motcua.foundation.organisations.types import AgencyKind, Role

_CHOOSE = [("", _("Choose"))]


class NewOfficerForm(ActingForm):
    """A new member of the staff."""

    full_name = forms.CharField(
        label=_("Full name"), max_length=150, error_messages={"required": _("Enter the full name.")}
    )
    username = forms.RegexField(
        r"^[A-Za-z0-9._-]{3,60}$",
        label=_("User name"),
        help_text=_("Small letters and digits without accents, for example nvphuc or nvphuc.longxuyen."),
        error_messages={
            "required": _("Enter a user name."),
            "invalid": _("Use 3 to 60 letters without accents, digits, dots and hyphens only."),
        },
    )


class GivePostForm(ActingForm):
    """A post that a person shall hold."""

    post = forms.ChoiceField(label=_("Post"), error_messages={"required": _("Choose a post.")})
    since = DayField(label=_("From"), error_messages={"required": _("Enter the first day in the post.")})
    last = DayField(label=_("Last day"), required=False, help_text=_("Leave it empty while the end is not decided."))
    home = forms.ChoiceField(
        label=_("Seconded by"),
        required=False,
        help_text=_("The agency that sent the person; it stays the employer, and the person has two superiors."),
    )
    employer = forms.CharField(
        label=_("Other employer"),
        max_length=200,
        required=False,
        help_text=_("For people of the post or another enterprise outside the structure of agencies."),
    )
    home_superior = forms.CharField(
        label=_("Superior at that employer"), max_length=200, required=False, help_text=_("Name and telephone.")
    )

    def __init__(self, *args: Any, posts: list[tuple[int, str]], homes: list[tuple[int, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["post"].choices = [*_CHOOSE, *((str(key), words) for key, words in posts)]  # type: ignore[attr-defined]
        none = ("", _("Nobody: the person belongs to this agency"))
        self.fields["home"].choices = [none, *((str(key), words) for key, words in homes)]  # type: ignore[attr-defined]


class EndForm(ActingForm):
    """The end of a post that somebody holds."""

    last = DayField(label=_("Last day in the post"), error_messages={"required": _("Enter the last day.")})


class HandoverForm(ActingForm):
    """Who gets the open work, and when: at once, or when somebody's last day is over."""

    to = forms.ChoiceField(
        label=_("Who goes on with the open work"),
        choices=[("people", _("The colleagues ticked below, in turn by due date")), ("queue", _("Back to the queue"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose who goes on with the open work.")},
    )
    successors = forms.MultipleChoiceField(label=_("Colleagues"), required=False, widget=forms.CheckboxSelectMultiple)
    when = forms.ChoiceField(
        label=_("When the work changes hands"),
        choices=[("now", _("Now")), ("end", _("By itself when the last day is over, with all that is open then"))],
        widget=forms.RadioSelect, initial="now",
        error_messages={"required": _("Choose when the work changes hands.")},
    )  # fmt: skip
    reason = forms.CharField(
        label=_("Reason"), max_length=300, error_messages={"required": _("Say why.")},
        help_text=_("It stands in the record of the handover."),
    )  # fmt: skip

    def __init__(self, *args: Any, people: tuple[tuple[int, str], ...], leaves: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        if not leaves:
            del self.fields["when"]
        self.fields["successors"].choices = [(str(key), name) for key, name in people]  # type: ignore[attr-defined]
        if not people:
            self.fields["to"].choices = [("queue", _("Back to the queue"))]  # type: ignore[attr-defined]
            del self.fields["successors"]

    def clean(self) -> dict[str, Any]:
        """Somebody has to be ticked when colleagues go on."""
        entered = super().clean() or {}
        if entered.get("to") == "people" and not entered.get("successors") and "successors" in self.fields:
            self.add_error("successors", _("Tick at least one colleague."))
        return entered

    @property
    def successor_ids(self) -> list[int]:
        """Return those chosen, empty for the queue."""
        if self.cleaned_data.get("to") != "people":
            return []
        return [int(key) for key in self.cleaned_data.get("successors", ())]


class LeaveForm(ActingForm):
    """Days of leave, and for each post who stands in: fields post_N, capacity_N, authority_N."""

    first = DayField(label=_("First day"), error_messages={"required": _("Enter the first day.")})
    last = DayField(label=_("Last day"), error_messages={"required": _("Enter the last day.")})
    kind = forms.ChoiceField(label=_("Kind of leave"), choices=AbsenceKind.choices)
    note = forms.CharField(label=_("Note"), max_length=300, required=False)

    def __init__(
        self, *args: Any, posts: list[tuple[int, str]], people: list[tuple[int, str, str]], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.posts = posts
        colleagues = [(str(key), f"{name} ({titles})") for key, name, titles in people]
        signing = [(item, item) for item in settings.MOTCUA_SUBSTITUTE_CAPACITIES]
        for key, title in posts:
            self.fields[f"post_{key}"] = forms.ChoiceField(
                label=_("Who stands in as %(title)s") % {"title": title},
                choices=[("", _("Nobody: the work waits or colleagues of the unit do it")), *colleagues],
                required=False,
            )
            self.fields[f"capacity_{key}"] = forms.ChoiceField(
                label=_("Signs in the capacity"), choices=[("", _("Does not sign")), *signing], required=False
            )
            self.fields[f"authority_{key}"] = forms.CharField(
                label=_("Written authorisation"), max_length=120, required=False,
                help_text=_("Number and day; needed for TUQ."),
            )  # fmt: skip

    def groups(self) -> list[tuple[Any, Any, Any]]:
        """Return the three fields of each post."""
        return [(self[f"post_{key}"], self[f"capacity_{key}"], self[f"authority_{key}"]) for key, _title in self.posts]


class AnswerForm(ActingForm):
    """The answer to a request for leave."""

    answer = forms.CharField(
        label=_("Answer"), max_length=300, required=False, help_text=_("Needed when you decline."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip


class PostForm(ActingForm):
    """A post to be opened in a unit."""

    role = forms.ChoiceField(label=_("Role"), choices=Role.choices)
    title = forms.CharField(
        label=_("Title of the post"), max_length=150, error_messages={"required": _("Enter the title of the post.")}
    )
    capacity = forms.ChoiceField(
        label=_("Signs in the capacity"),
        required=False,
        choices=[("", _("Head, or does not sign")), *((item, item) for item in ("KT.", "TL.", "TUQ.", "TM.", "Q."))],
    )
    desk = forms.ChoiceField(label=_("Desk"), required=False)
    since = DayField(label=_("From"), error_messages={"required": _("Enter the first day of the post.")})

    def __init__(self, *args: Any, desks: list[tuple[int, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["desk"].choices = [("", _("None")), *((str(key), words) for key, words in desks)]  # type: ignore[attr-defined]
        if not desks:
            del self.fields["desk"]


class PartyBodyForm(ActingForm):
    """The Party body that an agency is one with."""

    party_body = forms.CharField(
        label=_("Party body"), max_length=250, required=False,
        help_text=_("For a joint body with one staff and two seals. Leave it empty for an ordinary agency."),
    )  # fmt: skip


class CertificateForm(ActingForm):
    """A certificate that qualifies a person."""

    role = forms.ChoiceField(label=_("Qualifies for"), choices=Role.choices)
    certificate = forms.CharField(
        label=_("Certificate"), max_length=200,
        error_messages={"required": _("Enter what the certificate is called.")},
    )  # fmt: skip
    number = forms.CharField(label=_("Number"), max_length=60, required=False)
    since = DayField(label=_("Issued on"), error_messages={"required": _("Enter the day of issue.")})
    until = DayField(label=_("Valid until"), required=False)


class NumberForm(ActingForm):
    """How many people units of a kind shall have, or one unit."""

    agency_kind = forms.ChoiceField(label=_("Kind of agency"), choices=AgencyKind.choices)
    agency = forms.ChoiceField(
        label=_("For one unit only"), required=False,
        help_text=_("The number of one unit goes before that of its kind."),
    )  # fmt: skip
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices)
    fewest = forms.IntegerField(
        label=_("At least"), min_value=0, max_value=500,
        error_messages={"required": _("Enter a number."), "invalid": _("Enter a number.")},
    )  # fmt: skip
    source = forms.CharField(label=_("Decided by"), max_length=250, required=False)
    since = DayField(label=_("From"), error_messages={"required": _("Enter the first day.")})

    def __init__(self, *args: Any, units: list[tuple[int, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["agency"].choices = [("", _("All units of the kind")), *units]  # type: ignore[attr-defined]
