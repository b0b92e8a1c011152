"""Returning a dossier found not eligible: a rule of its own beside the pause."""

from datetime import datetime

from motcua.casework.dossiers.deadlines import closing_on, rules_of
from motcua.casework.dossiers.models import Dossier
from motcua.casework.dossiers.types import DossierNotPending, ReturnTooLate, StopEffect
from motcua.foundation.calendars import selectors as calendars
from motcua.foundation.calendars.types import Limit, LimitUnit
from motcua.foundation.core.clock import VIETNAM, civil_day


def return_by(dossier: Dossier) -> datetime | None:
    """Return until when the dossier may be returned as not eligible; None before acceptance.

    Law: Decree 61/2018/NĐ-CP, art. 19(4): within 3 working days of reception, unless the law of the field says other.
    """
    if dossier.accepted_at is None:
        return None
    rules = rules_of(tuple(dossier.deadline_rules), since=dossier.accepted_at)
    calendar = calendars.calendar_for(dossier.competent_agency_id, on=civil_day(dossier.accepted_at))
    if rules.return_within_days < 1:
        return closing_on(calendar, civil_day(dossier.accepted_at))
    limit = Limit(rules.return_within_days, LimitUnit.WORKING_DAY)
    return calendars.due_at(limit=limit, received_at=dossier.accepted_at, calendar=calendar, rules=rules)


def check(dossier: Dossier, *, at: datetime) -> None:
    """Refuse a return that comes too late.

    Raises:
        DossierNotPending: it was not accepted.
        ReturnTooLate: the days are over; `until` says when they ended.
    """
    until = return_by(dossier)
    if until is None or dossier.accepted_at is None:
        raise DossierNotPending
    if at > until:
        rules = rules_of(tuple(dossier.deadline_rules), since=dossier.accepted_at)
        raise ReturnTooLate(days=rules.return_within_days, until=f"{until.astimezone(VIETNAM):%H:%M %d/%m/%Y}")


def effect_of(dossier: Dossier) -> str:
    """Return what the stop of a return does when it ends, by the rules that the dossier counts by."""
    assert dossier.accepted_at is not None  # noqa: S101 - `check` came before
    rules = rules_of(tuple(dossier.deadline_rules), since=dossier.accepted_at)
    return StopEffect.RESTART if rules.return_restarts else StopEffect.RESUME
