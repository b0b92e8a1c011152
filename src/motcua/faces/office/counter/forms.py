"""The counter's form in its parts: who, the procedure's case and papers, the promise."""

from collections.abc import Callable
from typing import Any, TypeVar

from django import forms
from django.utils.translation import gettext_lazy as _

from motcua.casework.dossiers.types import Channel, Delivery, PaperInput, PartyInput, PartyKind, PartyRole
from motcua.casework.procedures.types import ComponentLine
from motcua.faces.office.fields import DayField
from motcua.faces.office.forming import ActingForm

COUNTER_CHANNELS = (
    (Channel.COUNTER, Channel.COUNTER.label),
    (Channel.POST, Channel.POST.label),
    (Channel.MOBILE, Channel.MOBILE.label),
)
_NUMBER = {"inputmode": "numeric", "autocomplete": "off", "class": "mc-num"}
_PLAIN = {"autocomplete": "off"}
AnyForm = TypeVar("AnyForm", bound=forms.Form)


class PartyForm(forms.Form):
    """One person or organisation of the dossier."""

    use_required_attribute = False
    identity = forms.CharField(
        required=False, max_length=200, label=_("Identity number"), widget=forms.TextInput(attrs=_NUMBER)
    )
    full_name = forms.CharField(
        max_length=200,
        label=_("Full name"),
        widget=forms.TextInput(attrs=_PLAIN),
        error_messages={"required": _("Enter the name of the applicant")},
    )
    born_on = DayField(required=False, label=_("Born on"))
    phone = forms.CharField(required=False, max_length=20, label=_("Phone"), widget=forms.TextInput(attrs=_NUMBER))
    address = forms.CharField(required=False, max_length=250, label=_("Address"), widget=forms.TextInput(attrs=_PLAIN))
    email = forms.EmailField(required=False, label=_("E-mail"), widget=forms.EmailInput(attrs=_PLAIN))
    role = forms.ChoiceField(label=_("Is"), choices=PartyRole.choices, initial=PartyRole.APPLICANT)
    kind = forms.ChoiceField(label=_("Kind"), choices=PartyKind.choices, initial=PartyKind.CITIZEN)

    def party(self) -> PartyInput:
        """Return the person as the service takes it."""
        return PartyInput(**self.cleaned_data)


class PaperForm(forms.Form):
    """One paper on the list: brought or not, how many of each, with its scans."""

    use_required_attribute = False
    taken = forms.BooleanField(required=False)
    originals = forms.IntegerField(required=False, min_value=0, max_value=99, label=_("originals"))
    certified = forms.IntegerField(required=False, min_value=0, max_value=99, label=_("certified copies"))
    plain = forms.IntegerField(required=False, min_value=0, max_value=99, label=_("plain copies"))

    def __init__(self, *args: Any, line: ComponentLine, **options: Any) -> None:
        published = {"originals": line.originals, "certified": line.certified_copies, "plain": line.plain_copies}
        options |= {"initial": published | (options.get("initial") or {}), "prefix": f"c{line.id}"}
        super().__init__(*args, **options)
        self.line = line
        self.kept: list[Any] = []
        for name in ("originals", "certified", "plain"):
            self.fields[name].widget = forms.TextInput(attrs={**_NUMBER, "maxlength": 2})
        self.file_name = f"c{line.id}-files"

    def paper(self, file_ids: tuple[int, ...]) -> PaperInput | None:
        """Return the paper as the service takes it, None when it was not brought."""
        entered = self.cleaned_data
        if not (entered.get("taken") or file_ids):
            return None
        counts = {name: entered.get(name) or 0 for name in ("originals", "certified", "plain")}
        if self.line.kind == "show":
            counts = dict.fromkeys(counts, 0)
        elif not any(counts.values()):
            counts["originals"] = 1
        return PaperInput(
            component_id=self.line.id,
            kind=self.line.kind,
            originals=counts["originals"],
            certified=counts["certified"],
            plain=counts["plain"],
            file_ids=file_ids,
        )


class IntakeForm(ActingForm):
    """What belongs to the dossier as a whole."""

    key = forms.CharField(widget=forms.HiddenInput, max_length=64)
    case_id = forms.TypedChoiceField(coerce=int, label=_("Case"))
    channel = forms.ChoiceField(
        label=_("How it came"), choices=COUNTER_CHANNELS, widget=forms.RadioSelect, initial=Channel.COUNTER
    )
    competent = forms.TypedChoiceField(
        coerce=int, label=_("Decided by"), error_messages={"required": _("Choose the commune that decides")}
    )
    delivery = forms.ChoiceField(
        label=_("How the result is taken"), choices=Delivery.choices, widget=forms.RadioSelect, initial=Delivery.DESK
    )
    delivery_address = forms.CharField(
        required=False, max_length=250, label=_("Address for the post"), widget=forms.TextInput(attrs=_PLAIN)
    )
    summary = forms.CharField(
        required=False, max_length=300, label=_("Content in short"), widget=forms.TextInput(attrs=_PLAIN)
    )
    extra_name = forms.CharField(
        required=False, max_length=250, label=_("Another paper that was brought"), widget=forms.TextInput(attrs=_PLAIN)
    )

    def __init__(
        self, *args: Any, cases: list[tuple[int, str]], communes: list[tuple[int, str]], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.fields["case_id"].choices = cases  # type: ignore[attr-defined]
        if communes:
            self.fields["competent"].choices = communes  # type: ignore[attr-defined]
        else:
            del self.fields["competent"]
        for name in ("case_id", "competent", "channel"):
            if name in self.fields:
                self.fields[name].widget.attrs["data-submit"] = ""

    def clean(self) -> dict[str, Any]:
        """The post needs an address."""
        entered = self.cleaned_data
        if entered.get("delivery") == Delivery.POST and not entered.get("delivery_address", "").strip():
            self.add_error("delivery_address", _("Enter the address to which the result is sent"))
        return entered


def echo(make: Callable[[], AnyForm], data: Any) -> AnyForm:
    """Return an unbound form that shows what was entered so far, without saying yet what is wrong."""
    form = make()
    for name, field in form.fields.items():
        form.initial[name] = field.widget.value_from_datadict(data, {}, form.add_prefix(name))
    return form
