"""What can be entered about agencies and reorganisations."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.faces.office.fields import DayField, UploadField
from motcua.faces.office.forming import ActingForm
from motcua.faces.office.organisations.naming import Names
from motcua.foundation.organisations.types import AgencyKind, Change, Decision, ItemAct, Level, ReorganisationCard

_AGENCY = gettext_lazy("Name the agency by its code or name")
LIST = "agencies"


class HeadForm(ActingForm):
    """Title, day and decision of a reorganisation."""

    title = forms.CharField(
        label=gettext_lazy("Title"), max_length=250, error_messages={"required": gettext_lazy("Enter a title.")}
    )
    on = DayField(
        label=gettext_lazy("Takes effect at the start of"),
        help_text=gettext_lazy("Until the day before it can be undone."),
        error_messages={"required": gettext_lazy("Enter the day from which the new structure holds")},
    )
    number = forms.CharField(label=gettext_lazy("Number of the decision"), max_length=80, required=False)
    decided_on = DayField(label=gettext_lazy("Day of the decision"), required=False)
    by = forms.CharField(label=gettext_lazy("Decided by"), max_length=200, required=False)
    signer = forms.CharField(label=gettext_lazy("Signed by"), max_length=150, required=False)
    file = UploadField(label=gettext_lazy("The decision as a file"), required=False)
    note = forms.CharField(label=gettext_lazy("Note"), required=False, widget=forms.Textarea(attrs={"rows": 3}))

    @classmethod
    def of(cls, card: ReorganisationCard, data: Any = None, files: Any = None) -> "HeadForm":
        """Return the form filled with what is kept."""
        kept = card.decision
        initial = {
            "title": card.title, "on": card.on, "number": kept.number, "decided_on": kept.on, "by": kept.by,
            "signer": kept.signer, "note": card.note, "lock": card.lock_version,
        }  # fmt: skip
        return cls(data, files, initial=initial)

    def decision(self) -> Decision:
        """Return the decision as entered, without its file."""
        entered = self.cleaned_data
        return Decision(entered["number"], entered["decided_on"], entered["by"], entered["signer"])


class UndoForm(ActingForm):
    """Why a plan is undone."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Say why.")},
    )


class ContactForm(ActingForm):
    """How an agency is reached, and a new official identifier."""

    address = forms.CharField(label=gettext_lazy("Address"), max_length=250, required=False)
    phone = forms.CharField(label=gettext_lazy("Phone"), max_length=30, required=False)
    email = forms.EmailField(label=gettext_lazy("E-mail"), max_length=120, required=False)
    website = forms.CharField(label=gettext_lazy("Website"), max_length=200, required=False)
    identifier = forms.CharField(
        label=gettext_lazy("New official identifier"),
        max_length=35,
        required=False,
        help_text=gettext_lazy("In either order: H56.12.3 (Decision 20/2020) or 000.00.12.H56 (QCVN 102:2016)."),
    )
    identifier_since = DayField(label=gettext_lazy("Identifier valid from"), required=False)

    def clean(self) -> dict[str, Any]:
        """An identifier needs its first day."""
        entered = super().clean() or {}
        if entered.get("identifier") and not entered.get("identifier_since") and "identifier_since" not in self.errors:
            self.add_error("identifier_since", _("Enter the day from which the identifier is valid"))
        return entered


def _one(label: Any, *, required: bool = True, hint: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=300,
        required=required,
        help_text=hint,
        widget=forms.TextInput(attrs={"list": LIST, "autocomplete": "off"}),
        error_messages={"required": _AGENCY},
    )


def _many(label: Any, hint: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": gettext_lazy("Name at least one agency, by its code or name, one a line")},
    )


class ItemForm(ActingForm):
    """One item; subclasses say which. Agencies are written by code or name and looked up when the form is judged."""

    singles: ClassVar[tuple[str, ...]] = ()
    lists: ClassVar[tuple[str, ...]] = ()

    def __init__(self, names: Names, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.names = names

    def clean(self) -> dict[str, Any]:
        """Put codes in the place of what was written; what is not clear is an error at its field."""
        entered = super().clean() or {}
        for name in self.singles:
            if said := (entered.get(name) or "").strip():
                entered[name], why = self.names.find(said)
                if why:
                    self.add_error(name, why)
        for name in self.lists:
            codes = []
            for line in (entered.get(name) or "").splitlines():
                if line.strip():
                    code, why = self.names.find(line)
                    codes.append(code)
                    if why:
                        self.add_error(name, why)
            entered[name] = list(dict.fromkeys(codes))
        return entered

    def changes(self) -> list[Change]:
        """Return the items entered."""
        raise NotImplementedError


class MergeForm(ItemForm):
    """Several agencies into one."""

    lists = ("sources",)
    singles = ("target",)
    sources = _many(
        gettext_lazy("Agencies that end"),
        gettext_lazy("Code or name, one a line. Their divisions, centres, people, offers and open dossiers follow."),
    )
    target = _one(
        gettext_lazy("Merged into"),
        hint=gettext_lazy("An agency that goes on, or one founded in this reorganisation: add its founding first."),
    )

    def changes(self) -> list[Change]:
        """Return one merger for each agency that ends."""
        target = self.cleaned_data["target"]
        return [Change(ItemAct.MERGE, code, target_code=target) for code in self.cleaned_data["sources"]]


class SplitForm(ItemForm):
    """One agency into several."""

    lists = ("targets",)
    singles = ("agency",)
    agency = _one(gettext_lazy("Agency that is divided"))
    targets = _many(
        gettext_lazy("Successors"),
        gettext_lazy("Code or name, one a line. The first is the main successor: open work goes there."),
    )
    survives = forms.BooleanField(label=gettext_lazy("It gives a part away and goes on itself"), required=False)

    def changes(self) -> list[Change]:
        """Return one part for each successor, the first the main one."""
        survives = self.cleaned_data["survives"]
        return [
            Change(
                ItemAct.SPLIT,
                self.cleaned_data["agency"],
                target_code=code,
                is_default=number == 0 and not survives,
                survives=survives,
            )
            for number, code in enumerate(self.cleaned_data["targets"])
        ]


class RenameForm(ItemForm):
    """Another name."""

    singles = ("agency",)
    agency = _one(gettext_lazy("Agency"))
    name = forms.CharField(
        label=gettext_lazy("New name"),
        max_length=250,
        error_messages={"required": gettext_lazy("Enter the new name")},
    )
    short_name = forms.CharField(label=gettext_lazy("New short name"), max_length=120, required=False)
    name_en = forms.CharField(label=gettext_lazy("New English name"), max_length=250, required=False)
    address = forms.CharField(label=gettext_lazy("New address"), max_length=250, required=False)

    def changes(self) -> list[Change]:
        """Return the renaming."""
        entered = self.cleaned_data
        texts = {name: entered[name].strip() for name in ("name", "short_name", "name_en", "address")}
        return [Change(ItemAct.RENAME, entered["agency"], **texts)]


class MoveForm(ItemForm):
    """Another agency above."""

    singles = ("agency", "parent")
    agency = _one(gettext_lazy("Agency"))
    parent = _one(gettext_lazy("From then on below"))

    def changes(self) -> list[Change]:
        """Return the move."""
        return [Change(ItemAct.MOVE, self.cleaned_data["agency"], parent_code=self.cleaned_data["parent"])]


class AbolishForm(ItemForm):
    """An end, with or without an heir."""

    singles = ("agency", "heir")
    agency = _one(gettext_lazy("Agency that is abolished"))
    heir = _one(
        gettext_lazy("Taken over by"),
        required=False,
        hint=gettext_lazy("Needed when people or open dossiers are left: they may not stay without a home."),
    )

    def changes(self) -> list[Change]:
        """Return the end."""
        return [Change(ItemAct.ABOLISH, self.cleaned_data["agency"], target_code=self.cleaned_data["heir"])]


class CreateForm(ItemForm):
    """A new agency."""

    singles = ("parent",)
    code = forms.CharField(
        label=gettext_lazy("Code of the new agency"),
        max_length=35,
        help_text=gettext_lazy("Capital letters, digits and dots; it stays with the agency for ever."),
        error_messages={"required": gettext_lazy("Enter the code of the new agency")},
    )
    name = forms.CharField(
        label=gettext_lazy("Name"), max_length=250, error_messages={"required": gettext_lazy("Enter the name")}
    )
    short_name = forms.CharField(label=gettext_lazy("Short name"), max_length=120, required=False)
    name_en = forms.CharField(label=gettext_lazy("English name"), max_length=250, required=False)
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=AgencyKind.choices)
    level = forms.ChoiceField(label=gettext_lazy("Level"), choices=Level.choices)
    parent = _one(gettext_lazy("Below"), required=False, hint=gettext_lazy("Empty for an agency at the top."))
    division_kind = forms.CharField(
        label=gettext_lazy("What it works on"),
        max_length=40,
        required=False,
        help_text=gettext_lazy("The word that processes use, such as economy, justice, police."),
    )
    ward_code = forms.CharField(label=gettext_lazy("Statistics code of the place"), max_length=10, required=False)
    address = forms.CharField(label=gettext_lazy("Address"), max_length=250, required=False)
    phone = forms.CharField(label=gettext_lazy("Phone"), max_length=30, required=False)

    def clean_code(self) -> str:
        """Codes are written in capitals."""
        return str(self.cleaned_data["code"]).strip().upper()

    def changes(self) -> list[Change]:
        """Return the founding."""
        entered = self.cleaned_data
        names = ("name", "short_name", "name_en", "kind", "level", "division_kind", "ward_code", "address", "phone")
        texts = {name: entered[name].strip() for name in names}
        return [Change(ItemAct.CREATE, entered["code"], parent_code=entered["parent"], **texts)]


FORMS: dict[str, type[ItemForm]] = {
    ItemAct.MERGE: MergeForm,
    ItemAct.SPLIT: SplitForm,
    ItemAct.RENAME: RenameForm,
    ItemAct.MOVE: MoveForm,
    ItemAct.ABOLISH: AbolishForm,
    ItemAct.CREATE: CreateForm,
}
