"""The catalogue at a glance: all names in order, and what is taken online here."""

from datetime import date

from motcua.casework.procedures.models import Offer, ProcedureVersion
from motcua.casework.procedures.types import Channel, ProcedureRef


def refs_in_force(*, on: date) -> tuple[ProcedureRef, ...]:
    """Return code and published name of all procedures in force on `on`, in Vietnamese order; one statement."""
    rows = ProcedureVersion.objects.filter(valid__contains=on).order_by("sort_key", "pk")
    return tuple(ProcedureRef(code, name) for code, name in rows.values_list("procedure__code", "name"))


def online_codes(*, on: date) -> tuple[str, ...]:
    """Return the codes of procedures that some agency here takes online with a form on `on`; one statement."""
    rows = Offer.objects.filter(valid__contains=on, eform__isnull=False, channels__contains=[Channel.ONLINE])
    return tuple(rows.order_by("procedure__code").values_list("procedure__code", flat=True).distinct())
