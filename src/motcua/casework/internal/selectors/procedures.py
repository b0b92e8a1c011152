"""Which internal procedures may be started, and what their form asks."""

from datetime import date
from typing import Any

from motcua.casework.internal.models import InternalProcedure
from motcua.casework.internal.types import NotStartable, ProcedureCard
from motcua.casework.procedures import selectors as forms


def procedures() -> list[ProcedureCard]:
    """Return the open procedures by name."""
    rows = InternalProcedure.objects.filter(is_open=True).order_by("name")
    return [ProcedureCard(row.code, row.name, row.name_en, row.note) for row in rows]


def form_schema(code: str, *, on: date) -> dict[str, Any]:
    """Return what the form of a procedure asks on a day.

    Raises:
        NotStartable: no such procedure is open, or it has no form in force.
    """
    eform_code = InternalProcedure.objects.filter(code=code, is_open=True).values_list("eform_code", flat=True).first()
    version_id = forms.form_in_force(eform_code, on=on) if eform_code else None
    if version_id is None:
        raise NotStartable
    return forms.eform_schema(version_id)
