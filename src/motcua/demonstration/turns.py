"""Turns in the time of a played dossier: a new date with an apology, and a suspension."""

from datetime import date, datetime, timedelta

from motcua.casework.dossiers import selectors as dossiers_read
from motcua.casework.dossiers import services as dossiers
from motcua.casework.dossiers.types import DossierView, Proof
from motcua.demonstration import packaged
from motcua.demonstration.arrivals import Arrival
from motcua.demonstration.casting import Cast
from motcua.demonstration.stories import chance_of, words
from motcua.foundation.accounts.types import SYSTEM, Actor
from motcua.foundation.calendars import selectors as calendars
from motcua.foundation.calendars.types import StopHolder
from motcua.foundation.organisations.types import Role

HOUR = 3600
# Story -> working hours from the filing to the turn.
AFTER = {"extended": 8, "suspended": 12}


def turn_at(arrival: Arrival) -> datetime | None:
    """Return when the turn of a story comes; None where it has none."""
    hours = AFTER.get(arrival.story)
    if hours is None:
        return None
    return calendars.add_working_seconds(calendars.calendar_for(None, on=arrival.at.date()), arrival.at, hours * HOUR)


def take(arrival: Arrival, dossier_id: int, *, cast: Cast, at: datetime) -> None:
    """Let a leader put the date off or suspend the dossier, unless it was done before an interruption.

    Raises:
        Refusal: those of the services.
    """
    public_id = dossiers_read.public_id_of(proof=Proof(dossier_id))
    view = dossiers_read.dossier_view(actor=SYSTEM, public_id=public_id, at=at)
    actor, _post = cast.somebody(view.competent_id, Role.LEADER, chance_of(arrival, "turn"))
    if arrival.story == "extended" and view.due_at and dossiers_read.extension_of(dossier_id=dossier_id) is None:
        _put_off(arrival, view, actor, at)
    elif arrival.story == "suspended" and not view.is_suspended:
        dossiers.suspend(
            dossier_id=dossier_id, holder=StopHolder.COURT, reason=words("suspension", arrival),
            ground=packaged.table("words.toml")["suspension_ground"]["any"], actor=actor, at=at,
        )  # fmt: skip


def _put_off(arrival: Arrival, view: DossierView, actor: Actor, at: datetime) -> None:
    assert view.due_at is not None  # noqa: S101 - the caller looked
    dossiers.appoint_new_date(
        dossier_id=view.id, reason=words("extension", arrival), new_due_on=_later(view.due_at.date()), actor=actor,
        at=at,
    )  # fmt: skip


def _later(day: date) -> date:
    """Return the working day a week later."""
    calendar, day = calendars.calendar_for(None, on=day), day + timedelta(days=7)
    while not calendar.is_working_day(day):
        day += timedelta(days=1)
    return day
