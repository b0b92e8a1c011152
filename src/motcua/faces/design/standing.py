"""Who holds a dossier and whom the state waits for, in words: on the portal and on the sheet of the desk."""

from datetime import datetime

from django.utils.translation import gettext as _

from motcua.casework.dossiers.types import Delivery, DossierView, Status
from motcua.faces.design import formatting
from motcua.foundation.core.clock import civil_day
from motcua.foundation.organisations import selectors as organisations


def with_agency(view: DossierView, who: str, *, at: datetime) -> str:
    """Return person and unit with the agency that the unit belongs to."""
    on = civil_day(at)
    unit_id = view.open_tasks[0].unit_id if view.open_tasks else None
    agency_id = organisations.agency_of_unit(unit_id, on=on) if unit_id else None
    card = organisations.directory(on=on).find(agency_id) if agency_id and agency_id != unit_id else None
    return f"{who}, {card.name}" if card and card.name not in who else who


def waits_for(view: DossierView) -> str:
    """Return whom or what the state waits for, in one sentence; '' while it is at work itself."""
    waiting = [item for item in view.timeline if item.kind == "current" and item.is_waiting]
    since = formatting.instant(waiting[0].at) if waiting and waiting[0].at else ""
    asked = view.open_supplement
    if asked is not None:
        return _("The agency waits for you since %(at)s.") % {"at": formatting.instant(asked.sent_at)}
    if view.status == Status.HAS_RESULT and view.delivery == Delivery.DESK:
        return _("The agency waits for you to fetch the result.")
    if view.status == Status.AWAITING_PAYMENT and since:
        return _("The agency waits for the payment since %(at)s.") % {"at": since}
    if view.status == Status.COORDINATING:
        others = [item for item in view.timeline if item.kind == "current" and item.who]
        who = "; ".join(dict.fromkeys(item.who for item in others))
        started = min((item.at for item in others if item.at), default=None)
        if who and started:
            return _("The agency waits for the answer of %(who)s since %(at)s.") % {
                "who": who,
                "at": formatting.instant(started),
            }
    return ""
