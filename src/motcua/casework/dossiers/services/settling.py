"""Dossiers taken in while their limit was in doubt get it, and their due date, when a person has settled it."""

from datetime import datetime

from django.db import transaction

from motcua.casework.dossiers import clocks, journal, picture
from motcua.casework.dossiers.deadlines import due_instants
from motcua.casework.dossiers.events import DueDateChanged
from motcua.casework.dossiers.journal import Line
from motcua.casework.dossiers.models import Dossier, DueDateChange, Pause
from motcua.casework.dossiers.services.publishing import event_of
from motcua.casework.dossiers.terms import PUBLISHED_CHANNEL
from motcua.casework.dossiers.types import Channel, State
from motcua.casework.procedures import selectors as procedures
from motcua.foundation.accounts.types import SYSTEM
from motcua.foundation.calendars.types import LimitUnit
from motcua.foundation.core import outbox
from motcua.foundation.core.clock import civil_day
from motcua.foundation.organisations import selectors as organisations

REASON = "limit"
_SAVED = [
    "limit_value", "limit_unit", "statutory_value", "statutory_unit", "due_at", "statutory_due_at", "lock_version",
    "journal_seq", "journal_hash",
]  # fmt: skip


def settle_limits(*, version_id: int, actor_id: int | None, at: datetime) -> int:
    """Give open dossiers of a version that have no limit the one settled since; return how many got one.

    A dossier in process gets its due date, counted from its acceptance, with journal, history and news; where its
    clock stands it gets the date when it goes on, and one not accepted yet when it is accepted. A second call finds
    none. Each dossier is one transaction.

    Args:
        actor_id: the person who settled the limit.
    """
    waiting = Dossier.objects.filter(
        procedure_version_id=version_id, state__in=(State.FILED, State.IN_PROCESS), limit_unit=LimitUnit.NONE
    )
    return sum(_settle(pk, actor_id, at) for pk in list(waiting.order_by("pk").values_list("pk", flat=True)))


@transaction.atomic
def _settle(dossier_id: int, actor_id: int | None, at: datetime) -> bool:
    dossier = Dossier.objects.locked().filter(pk=dossier_id, limit_unit=LimitUnit.NONE).first()
    if dossier is None or dossier.state not in {State.FILED, State.IN_PROCESS}:
        return False
    place = organisations.agency(dossier.competent_agency_id, on=civil_day(dossier.filed_at)).place_kind or "any"
    found = procedures.limit_applied(
        version_id=dossier.procedure_version_id,
        case_id=dossier.case_id,
        channel=PUBLISHED_CHANNEL[Channel(dossier.channel)],
        place_kind=place,
    )
    if found is None or found.needs_review or found.unit == LimitUnit.NONE:
        return False
    dossier.limit_value, dossier.limit_unit = found.value, found.unit
    dossier.statutory_value, dossier.statutory_unit = found.statutory_value, found.statutory_unit
    _date(dossier, actor_id, at)
    facts = picture.facts_of(dossier) | {"limit": [dossier.limit_value, dossier.limit_unit], "reason": REASON}
    dossier.lock_version += 1
    journal.record(dossier, [Line("limit_settled", facts=facts)], actor=SYSTEM, at=at)
    dossier.save(update_fields=_SAVED)
    return True


def _date(dossier: Dossier, actor_id: int | None, at: datetime) -> None:
    """Give a dossier whose clock runs its due date, with history and news."""
    if dossier.state != State.IN_PROCESS or Pause.objects.filter(dossier=dossier, ended_at__isnull=True).exists():
        return
    clock = clocks.clock_of(dossier)
    if clock is None:
        return
    dossier.due_at, dossier.statutory_due_at = due_instants(clock, clocks.calendar_of(clock))
    DueDateChange.objects.create(
        dossier=dossier, old_due_at=None, new_due_at=dossier.due_at, reason_code=REASON, changed_at=at,
        person_id=actor_id,
    )  # fmt: skip
    outbox.publish(
        event_of(
            DueDateChanged, dossier, at=at, old_due_at=None, new_due_at=dossier.due_at, reason=REASON,
            new_statutory_due_at=dossier.statutory_due_at,
        ),
        at=at,
    )  # fmt: skip
