"""Words of the test bench, and what both of its pages ask for."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from motcua.casework.workflow.types import Graph, Holder, Node
from motcua.faces.office.fields import DayField
from motcua.foundation.organisations.types import Role

STUCK = {
    "missing": gettext_lazy("there is no such step"),
    "closed": gettext_lazy("this step is not open here"),
    "outcome": gettext_lazy("this outcome is not offered"),
    "value": gettext_lazy("a condition asks for a value that nobody gave"),
    "endless": gettext_lazy("too many steps"),
    "elsewhere": gettext_lazy("it stands at other steps than expected"),
    "hours": gettext_lazy("it takes longer than allowed"),
    "case": gettext_lazy("its case is no more in the record"),
    "doubt": gettext_lazy("the limit of the record can be read in more than one way"),
}
DAYS = 365


class PeriodForm(forms.Form):
    """When the dossiers were filed that are looked at."""

    use_required_attribute = False
    since = DayField(
        label=gettext_lazy("Filed from"), error_messages={"required": gettext_lazy("Enter the first day.")}
    )
    until = DayField(label=gettext_lazy("to"), error_messages={"required": gettext_lazy("Enter the last day.")})

    def clean(self) -> dict[str, Any]:
        """Refuse a period that ends before it begins."""
        entered = self.cleaned_data
        if entered.get("since") and entered.get("until") and entered["since"] > entered["until"]:
            self.add_error("until", _("The last day lies before the first."))
        return entered


def period(data: Any, today: date) -> tuple[PeriodForm, date, date]:
    """Return the form with the period asked for: without one, or with a wrong one, the last year."""
    first = today - timedelta(days=DAYS - 1)
    if not data.get("since") and not data.get("until"):
        return PeriodForm(initial={"since": first, "until": today}), first, today
    form = PeriodForm(data)
    if form.is_valid():
        return form, form.cleaned_data["since"], form.cleaned_data["until"]
    return form, first, today


def name_of(node: Node) -> str:
    """Return what people call an element, in their language where the drawing has it."""
    return (node.name_en if get_language() == "en" else "") or node.name or node.id


def named(graph: Graph, key: str) -> str:
    """Return the name of an element, its id where the drawing does not have it."""
    return name_of(graph.nodes[key]) if key in graph.nodes else key


def outcome_label(node: Node | None, code: str) -> str:
    """Return the words of an outcome, its code where it is not offered."""
    found = node.ending(code) if node else None
    if found is None:
        return code
    return (found.label_en if get_language() == "en" else "") or found.label


def who(node: Node) -> str:
    """Return who does a task."""
    if node.holder != Holder.STAFF:
        return str(Holder(node.holder).label)
    return str(Role(node.role).label) if node.role in Role.values else node.role
