"""The sheet that a desk prints for people without a phone: what they would see on the portal."""

from datetime import datetime

from django.utils.translation import gettext as _

from motcua.casework.documents.types import StatusLine, StatusSheet
from motcua.casework.dossiers import selectors as dossiers
from motcua.casework.dossiers.types import DossierView, Status
from motcua.faces.design import formatting
from motcua.faces.design.forecasting import forecast_words
from motcua.faces.design.standing import waits_for, with_agency


def status_sheet(*, dossier_id: int, at: datetime) -> StatusSheet:
    """Return the sheet of a dossier as of now, in the present language."""
    return dossiers.status_sheet_data(dossier_id=dossier_id, at=at, told=lambda view: _told(view, at=at))


def _told(view: DossierView, *, at: datetime) -> tuple[StatusLine, ...]:
    lines: list[tuple[str, tuple[str, ...]]] = [(_("State"), (f"{Status(view.status).label}.",))]
    current = next((item for item in view.timeline if item.kind == "current" and not item.is_waiting), None)
    if current is not None and current.at is not None:
        words = {"who": with_agency(view, current.who, at=at), "at": formatting.instant(current.at)}
        lines.append((_("Held by"), (_("%(who)s, since %(at)s.") % words, f"{current.title}.")))
    if waits := waits_for(view):
        lines.append((_("Waiting"), (waits,)))
    coming = dossiers.coming_steps(view=view, at=at)
    if coming:
        lines.append((_("Next"), (", ".join(part for part in (coming[0].title, coming[0].who) if part) + ".",)))
    found = forecast_words(view, at=at)
    if found is not None:
        sentences = (*found.lines, found.limit, found.source)
        lines.append((_("When will it be done?").rstrip("?"), tuple(line for line in sentences if line)))
    return tuple(StatusLine(term, sentences) for term, sentences in lines)
