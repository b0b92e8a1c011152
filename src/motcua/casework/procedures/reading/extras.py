"""What a record says under its own key "motcua": the level of the service, its nature, how agencies share the work."""

from typing import Any

from django.utils.translation import gettext_noop as _

from motcua.casework.procedures.reading.drafts import Notebook
from motcua.casework.procedures.reading.text import clean, one_line
from motcua.casework.procedures.types import Nature, OneStop, ServiceLevel

_OLD_LEVELS = range(1, 5)


def read_extras(own: dict[str, Any], notebook: Notebook) -> dict[str, Any]:
    """Return columns of ProcedureVersion; what is not said stays unsaid.

    Law: Decree 224/2026, art. 14: a service that is not wholly online tells the reason.
    """
    level = _choice(own, "service_level", ServiceLevel.values, notebook)
    reason = clean(own.get("partial_reason"))
    if level == ServiceLevel.PARTIAL and not reason:
        notebook.note("motcua.partial_reason", _("is empty; a service that is partly online has to tell why"))
    return {
        "service_level": level,
        "partial_reason": reason if level == ServiceLevel.PARTIAL else "",
        "old_level": _old_level(own.get("old_level"), notebook),
        "nature": _choice(own, "nature", Nature.values, notebook) or Nature.PROCEDURE,
        "one_stop": _choice(own, "one_stop", OneStop.values, notebook),
        "territorial": own.get("territorial"),
        "no_result": bool(own.get("no_result")),
        "receiving_agency": clean(own.get("receiving_agency")),
    }


def _choice(own: dict[str, Any], key: str, known: list[str], notebook: Notebook) -> str:
    value = one_line(own.get(key))
    if value and value not in known:
        notebook.note(f"motcua.{key}", _("%(value)s is not known, left out"), value=value)
        return ""
    return value


def _old_level(value: Any, notebook: Notebook) -> int | None:
    if value is None or value in _OLD_LEVELS:
        return None if value is None else int(value)
    notebook.note("motcua.old_level", _("%(value)s is no level of 1 to 4, left out"), value=value)
    return None
