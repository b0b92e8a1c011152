"""The watchdog: finds dossiers that do not move, names who answers for each, and keeps what that person says."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from motcua.casework.dossiers import stuck_sql
from motcua.casework.dossiers.models import StuckDossier
from motcua.casework.dossiers.types import State
from motcua.casework.dossiers.types.stuck import WATCHERS, StuckWhy
from motcua.casework.workflow import selectors as workflow
from motcua.foundation.accounts import selectors as accounts
from motcua.foundation.accounts.types import Actor
from motcua.foundation.calendars import selectors as calendars
from motcua.foundation.core.clock import civil_day
from motcua.foundation.core.types import Invalid, NotFound
from motcua.foundation.organisations import selectors as organisations
from motcua.foundation.organisations.types import Role

MOST_NOTE = 1000
Crews = Mapping[tuple[int, str], tuple[tuple[int, str], ...]]


@transaction.atomic
def watch_stuck(*, at: datetime) -> tuple[int, int]:
    """Look at all open tasks once; return how many findings are new and how many ended.

    A dossier is stuck when nobody can do its step today, or when MOTCUA_STUCK_HOURS working hours of its agency passed
    without an event while it waits for nobody and is not suspended. Each finding names an owner, anew every time.
    """
    crews = accounts.crews(on=civil_day(at))
    found = _found(crews, at=at)
    known = {(row.dossier_id, row.why): row for row in StuckDossier.objects.filter(ended_at=None).select_for_update()}
    fresh = []
    for key, item in found.items():
        seen = {
            "unit_id": item.unit_id, "task_id": item.task_id, "step_name": _step(item),
            "owner_id": _owner(item.unit_id, crews, at=at),
        }  # fmt: skip
        row = known.get(key)
        if row is None:
            since = item.opened_at if key[1] == StuckWhy.NOBODY else item.last_at
            fresh.append(StuckDossier(dossier_id=key[0], why=key[1], since=since, found_at=at, **seen))
        elif any(getattr(row, name) != value for name, value in seen.items()):
            StuckDossier.objects.filter(pk=row.pk).update(**seen)
    StuckDossier.objects.bulk_create(fresh)
    ended = [row.pk for key, row in known.items() if key not in found]
    StuckDossier.objects.filter(pk__in=ended).update(ended_at=at)
    return len(fresh), len(ended)


def _found(crews: Crews, *, at: datetime) -> dict[tuple[int, str], stuck_sql.Candidate]:
    hours = settings.MOTCUA_STUCK_HOURS
    found: dict[tuple[int, str], stuck_sql.Candidate] = {}
    # working hours are never more than the hours that passed: what is younger cannot be silent long enough
    for item in stuck_sql.candidates(crews, silent_before=at - timedelta(hours=hours)):
        if item.unmanned:
            found.setdefault((item.dossier_id, StuckWhy.NOBODY), item)
        elif item.state == State.IN_PROCESS:
            calendar = calendars.calendar_for(item.agency_id, on=civil_day(at))
            if calendars.working_seconds(calendar, item.last_at, at) >= hours * 3600:
                found.setdefault((item.dossier_id, StuckWhy.SILENT), item)
    return found


def _step(item: stuck_sql.Candidate) -> str:
    return workflow.graph(item.version_id).nodes[item.node].name[:200]


def _owner(unit_id: int, crews: Crews, *, at: datetime) -> int | None:
    """Return who answers: the head of the unit, else a leader of its agency, else the agency's administrator."""
    agency_id = organisations.agency_of_unit(unit_id, on=civil_day(at))
    for post in ((unit_id, Role.DIVISION_HEAD), (agency_id, Role.LEADER), (agency_id, Role.ADMINISTRATOR)):
        if people := crews.get((post[0], str(post[1]))):
            return people[0][0]
    return None


@transaction.atomic
def acknowledge_stuck(*, public_id: UUID, note: str, actor: Actor, at: datetime) -> None:
    """Say what is being done about a stuck dossier; a later note replaces the earlier one.

    Raises:
        NotFound: it moves again, or it is neither the actor's to answer for nor in a unit that the actor leads.
        Invalid: nothing was said, or more than MOST_NOTE characters.
    """
    row = StuckDossier.objects.select_for_update().filter(public_id=public_id, ended_at=None).first()
    if row is None or not (row.owner_id == actor.person_id or actor.posts_over(row.unit_id, *WATCHERS)):
        raise NotFound
    note = note.strip()
    if not note:
        raise Invalid({"note": [_("Say what is being done, so that others need not ask.")]})
    if len(note) > MOST_NOTE:
        raise Invalid({"note": [_("The note is longer than %(most)s characters.") % {"most": MOST_NOTE}]})
    row.note, row.acknowledged_at, row.acknowledged_by_id = note, at, actor.person_id
    row.save(update_fields=["note", "acknowledged_at", "acknowledged_by_id"])
