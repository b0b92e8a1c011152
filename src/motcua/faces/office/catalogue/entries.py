"""The forms of the parts of a record: one for the head of a page, one for each kind of row."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from motcua.casework.procedures.types import ComponentKind, Nature, OneStop, ServiceLevel
from motcua.faces.office.catalogue.sheets import RowForm
from motcua.faces.office.fields import UploadField

# As the national record writes them.
CHANNELS = [("direct", _("At the desk")), ("online", _("Online")), ("postal", _("Public post"))]
UNITS = [
    ("working_day", _("working days")), ("day", _("days")), ("month", _("months")), ("year", _("years")),
    ("hour", _("hours")), ("other", _("as the text beside it says")),
]  # fmt: skip
CASE_UNITS = [
    ("working_day", _("working days")), ("working_hour", _("working hours")), ("day", _("days")),
    ("month", _("months")), ("same_day", _("within the day")),
]  # fmt: skip
REDUCED_UNITS = [("", _("not reduced")), *CASE_UNITS]
FEE_KINDS = [("", _("Fee or state charge")), ("phi", _("Fee")), ("le_phi", _("State charge"))]
PLACES = [("", _("Everywhere")), ("remote", _("Mountainous, island, remote communes"))]
LEVELS = [
    ("tinh", _("Provincial level")), ("xa", _("Commune level")), ("bo", _("Ministry level")),
    ("khac", _("Other agency")),
]  # fmt: skip
# The national database's own words: they are data and stay Vietnamese.
AUDIENCES = (
    "Công dân Việt Nam", "Tổ chức (không bao gồm doanh nghiệp, HTX)", "Doanh nghiệp", "Hợp tác xã",
    "Doanh nghiệp có vốn đầu tư nước ngoài", "Người nước ngoài", "Người Việt Nam định cư ở nước ngoài",
    "Tổ chức nước ngoài", "Cán bộ, công chức, viên chức",
)  # fmt: skip
KINDS = (
    "TTHC được luật giao quy định chi tiết", "TTHC không được luật giao cho địa phương quy định",
    "TTHC được luật giao cho địa phương quy định", "Khác",
)  # fmt: skip


def line(label: Any, *, required: Any = "", hint: Any = "", most: int = 300, **attrs: Any) -> forms.CharField:
    """Return a field of one line; `required` is the sentence said when it is empty."""
    return forms.CharField(
        label=label, required=bool(required), help_text=hint, max_length=most,
        error_messages={"required": required} if required else None,
        widget=forms.TextInput(attrs={"autocomplete": "off"} | attrs),
    )  # fmt: skip


def words(label: Any, *, rows: int = 3, hint: Any = "", required: Any = "") -> forms.CharField:
    """Return a field of several lines."""
    return forms.CharField(
        label=label, required=bool(required), help_text=hint, widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": required} if required else None,
    )  # fmt: skip


def number(label: Any, *, least: int = 0, most: int = 10**9, hint: Any = "") -> forms.IntegerField:
    """Return a whole number."""
    return forms.IntegerField(
        label=label, required=False, min_value=least, max_value=most, help_text=hint,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "mc-num"}),
        error_messages={"invalid": _("Write a whole number.")},
    )  # fmt: skip


class MoneyField(forms.IntegerField):
    """Đồng, written 50.000 or 50000."""

    def to_python(self, value: Any) -> int | None:
        """Read grouped digits too."""
        return super().to_python(str(value).replace(".", "").replace(" ", "") if value else value)


def money(label: Any, *, hint: Any = "") -> forms.IntegerField:
    """Return an amount in đồng."""
    return MoneyField(
        label=label, required=False, min_value=0, max_value=10**12, help_text=hint,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "mc-num"}),
        error_messages={"invalid": _("Write the amount in digits, as in 50.000.")},
    )  # fmt: skip


def choice(label: Any, choices: Any, *, hint: Any = "", required: Any = "") -> forms.ChoiceField:
    """Return a list to choose from."""
    return forms.ChoiceField(
        label=label, choices=choices, required=bool(required), help_text=hint,
        error_messages={"required": required} if required else None,
    )  # fmt: skip


class NothingForm(RowForm):
    """A row that only holds other rows."""


class GeneralForm(RowForm):
    """Name, field, kind and level."""

    name = words(_("Name of the procedure"), rows=2, required=_("Enter the name of the procedure."))
    field = line(_("Field"), required=_("Enter the field."), list="fields")
    levels = forms.MultipleChoiceField(
        label=_("Level"), choices=LEVELS, required=False, widget=forms.CheckboxSelectMultiple
    )
    type = line(_("Kind"), most=120, list="kinds")
    nature = choice(_("What it is"), Nature.choices)
    one_stop = choice(_("One-stop"), [("", _("Not said")), *OneStop.choices])
    territorial = choice(
        _("Tied to the place"),
        [
            ("", _("Not said")),
            ("yes", _("Only where one lives or has the matter")),
            ("no", _("Anywhere in the province")),
        ],
    )
    keywords = line(_("Keywords for the search"), most=1000)
    description = words(_("Description"))


class StepsForm(RowForm):
    """The published order of steps."""

    procedure_text = words(
        _("Steps for all cases"), rows=14,
        hint=_('Begin each step on a line of its own with "Bước 1:", "Bước 2:" and so on.'),
    )  # fmt: skip


class CaseStepsForm(RowForm):
    """Steps of one case."""

    steps = words(_("Steps of this case alone"), hint=_("One step a line."))


class MethodForm(RowForm):
    """A way of handing in with its limit."""

    channel = choice(_("Way"), CHANNELS, required=_("Choose a way."))
    time_value = number(_("Time limit"), most=999)
    time_unit = choice(_("Unit"), UNITS)
    time_text = line(_("Time limit in words"), hint=_('For what is no number, such as "Trong ngày".'))
    reduced_value = number(_("Reduced to"), most=999, hint=_("What the province promises instead."))
    reduced_unit = choice(_("Unit of the reduced limit"), REDUCED_UNITS)
    reduced_by = line(_("Reduced by"), most=200, hint=_("Number of the decision."))
    place = choice(_("Where"), PLACES)
    description = words(_("Description"), rows=2)
    was = forms.CharField(required=False, widget=forms.HiddenInput)


class FeeForm(RowForm):
    """A fee of a way of handing in."""

    kind = choice(_("Kind"), FEE_KINDS)
    amount = money(_("Amount in đồng"), hint=_("0 where it is free; empty where only words say it."))
    note = words(_("Words beside it"), rows=2)
    was = forms.CharField(required=False, widget=forms.HiddenInput)


class CaseFeeForm(FeeForm):
    """A fee of one case."""

    channel = choice(_("Way"), [("", _("Every way")), *CHANNELS])
    field_order = ("channel", "kind", "amount", "note", "was")


class CaseLimitForm(RowForm):
    """A limit of one case."""

    channel = choice(_("Way"), [("", _("Every way")), *CHANNELS])
    value = number(_("Time limit"), most=999)
    unit = choice(_("Unit"), CASE_UNITS)
    reduced_value = number(_("Reduced to"), most=999)
    reduced_unit = choice(_("Unit of the reduced limit"), REDUCED_UNITS)
    reduced_by = line(_("Reduced by"), most=200)
    place = choice(_("Where"), PLACES)
    note = line(_("Note"), most=500)


class ExemptionForm(RowForm):
    """Who pays less."""

    who = line(_("Who"), required=_("Say who pays less."), most=500)
    percent = number(_("How many percent fall away"), least=1, most=100, hint=_("100: nothing is paid."))
    channel = choice(_("Way"), [("", _("Every way")), *CHANNELS])
    basis = line(_("Legal basis"), most=300)
    note = line(_("Note"), most=300)

    def clean_percent(self) -> int:
        """Nothing said means everything."""
        return self.cleaned_data.get("percent") or 100


class CaseForm(RowForm):
    """The name of a case."""

    case = words(_("Name of the case"), rows=2, hint=_("Empty where there is one case only."))
    was = forms.CharField(required=False, widget=forms.HiddenInput)


class PaperForm(RowForm):
    """A paper of a case."""

    name = words(_("Paper"), rows=2, required=_("Name the paper."))
    kind = choice(_("What happens to it"), [("", _("As the record is read")), *ComponentKind.choices])
    originals = number(_("Originals"), most=100)
    copies = number(_("Copies"), most=100)
    certified = number(_("Of the copies, certified"), most=100)
    form_files = words(_("Forms"), rows=2, hint=_("Name of the form's file, one a line."))
    e_form = line(_("Code of the e-form"), most=80)
    upload = UploadField(
        label=_("Template file"), required=False, help_text=_("What people fill in; it replaces the one kept.")
    )
    template = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    held_by_state = line(
        _("The state already holds it in"), most=200, hint=_("Name of the register; then nobody is asked for it.")
    )
    code = line(_("Code of the paper"), most=60)
    was = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """No more certified copies than copies."""
        entered = super().clean() or {}
        if (entered.get("certified") or 0) > (entered.get("copies") or 0):
            self.add_error("certified", str(_("These are more than all copies.")))
        return entered


class AgenciesForm(RowForm):
    """Who does what."""

    executing_agency_text = words(_("Carried out by"), hint=_("As the decision says."))
    executing_agencies = words(_("Agencies that carry it out"), hint=_("One a line."))
    competent_agency = words(_("Decided by"), rows=2)
    receiving_agency = line(_("Received by"), most=500)
    receiving_address = words(_("Address where papers are received"), rows=2)
    coordinating_agency = words(_("Together with"), rows=2)
    authorized_agency = words(_("Delegated to"), rows=2)


class AudienceForm(RowForm):
    """For whom."""

    audience = forms.MultipleChoiceField(
        label=_("For whom"), required=False, widget=forms.CheckboxSelectMultiple,
        choices=[(name, name) for name in AUDIENCES],
    )  # fmt: skip
    others = words(_("Others"), rows=2, hint=_("One a line."))


class ResultsForm(RowForm):
    """Whether there is a result at all."""

    no_result = forms.BooleanField(label=_("This procedure has no result that is handed over"), required=False)


class ResultForm(RowForm):
    """A result."""

    name = line(_("Result"), required=_("Name the result."), most=1000)
    code = line(_("National code"), most=60)


class RequirementsForm(RowForm):
    """Requirements and conditions."""

    requirements = words(_("Requirements and conditions"), rows=8)


class BasisForm(RowForm):
    """A legal basis."""

    number = line(_("Number"), most=120)
    title = words(_("Title"), rows=2)

    def clean(self) -> dict[str, Any]:
        """One of the two must be said."""
        entered = super().clean() or {}
        if not entered.get("number") and not entered.get("title"):
            self.add_error("number", str(_("Enter the number or the title.")))
        return entered


class ServiceForm(RowForm):
    """How much is done online."""

    service_level = choice(_("Online level"), [("", _("Not said")), *ServiceLevel.choices])
    partial_reason = words(
        _("Why only partly"), rows=2, hint=_("Is published; needed where a procedure is only partly online.")
    )
    old_level = choice(_("Level of the old counting"), [("", _("None")), *((str(n), str(n)) for n in range(1, 5))])
    life_events = forms.MultipleChoiceField(
        label=_("Events of life"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def clean(self) -> dict[str, Any]:
        """Partly online needs its reason."""
        entered = super().clean() or {}
        if entered.get("service_level") == ServiceLevel.PARTIAL and not entered.get("partial_reason", "").strip():
            self.add_error("partial_reason", str(_("Say why only a part is online; citizens read it.")))
        return entered
