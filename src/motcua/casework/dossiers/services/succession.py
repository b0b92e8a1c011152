"""Open dossiers go to the heir of an agency that ended; what was signed, numbered and received stays as it was.

A dossier keeps its receiving agency for ever once it was received; a filing that nobody accepted yet is received by the
heir. Due instants do not move: a reform is no reason to let people wait longer.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from motcua.casework.dossiers import change_sql, journal, picture
from motcua.casework.dossiers.events import DossierInherited
from motcua.casework.dossiers.journal import Line
from motcua.casework.dossiers.models import CodeSequence, Dossier, RegisterBook
from motcua.casework.dossiers.services.publishing import event_of
from motcua.casework.dossiers.types import State
from motcua.casework.workflow import services as workflow
from motcua.foundation.accounts.types import SYSTEM
from motcua.foundation.core import outbox
from motcua.foundation.organisations.types import Follower, Inheritance

# Those that somebody still has to act on: a result lying at the desk, too.
_OPEN = (State.FILED, State.IN_PROCESS, State.FINISHED)
_SAVED = (
    "receiving_agency", "competent_agency", "asked_agency_ids", "lock_version", "journal_seq", "journal_hash",
)  # fmt: skip


def _count_dossiers(agency_ids: Sequence[int], on: date) -> Mapping[int, int]:
    """Count open dossiers by the agency that decides them."""
    rows = Dossier.objects.filter(competent_agency_id__in=list(agency_ids), state__in=_OPEN)
    return dict(rows.order_by().values_list("competent_agency_id").annotate(number=Count("pk")))


def _count_at_the_desk(agency_ids: Sequence[int], on: date) -> Mapping[int, int]:
    """Count what waits at a desk of the agency: filings to accept, results to hand over."""
    rows = Dossier.objects.filter(receiving_agency_id__in=list(agency_ids), state__in=[State.FILED, State.FINISHED])
    return dict(rows.order_by().values_list("receiving_agency_id").annotate(number=Count("pk")))


def _count_tasks(agency_ids: Sequence[int], on: date) -> Mapping[int, int]:
    return workflow.open_tasks_of_units(unit_ids=agency_ids)


def _count_numbering(agency_ids: Sequence[int], on: date) -> Mapping[int, int]:
    """Count this year's books: they end with their agency, the heir goes on with its own numbers."""
    books = RegisterBook.objects.filter(agency_id__in=list(agency_ids), year__in=[on.year, on.year - 1])
    found = dict(books.order_by().values_list("agency_id").annotate(number=Count("pk")))
    recent = CodeSequence.objects.filter(agency_id__in=list(agency_ids), day__gte=date(on.year - 1, 1, 1))
    for agency_id in recent.values_list("agency_id", flat=True).distinct():
        found[agency_id] = found.get(agency_id, 0) + 1
    return found


@transaction.atomic
def hand_dossiers_over(who: Inheritance, at: datetime, batch: int) -> int:
    """Move at most `batch` open dossiers to their heirs, with a journal line and an event each; return how many.

    Finds what is left by itself: called again it goes on, and returns 0 when nothing is left. Locks the dossiers in
    the order of their ids, then their runs and tasks.
    """
    ids = _left(who, batch)
    dossiers = list(Dossier.objects.locked().filter(pk__in=ids))
    workflow.move_runs(run_ids=[item.run_id for item in dossiers if item.run_id], heirs=who.heirs)
    for dossier in dossiers:
        _hand_over(dossier, who, at)
    return len(dossiers)


def _left(who: Inheritance, batch: int) -> list[int]:
    """Return dossiers that still name an ended agency where a living one is needed, one kind after the other."""
    ended = sorted(who.heirs)
    going_on = Dossier.objects.filter(state__in=[State.IN_PROCESS, State.FINISHED], run__state="running")
    kinds = (
        Dossier.objects.filter(competent_agency_id__in=ended, state__in=_OPEN),
        Dossier.objects.filter(receiving_agency_id__in=ended, state=State.FILED),
        # taken in for another agency: the way back to the desk must lead to one that exists
        going_on.filter(receiving_agency_id__in=ended, run__receiving_id__in=ended),
        going_on.filter(run__province_id__in=ended),
    )
    for kind in kinds:
        if ids := list(kind.order_by("pk").values_list("pk", flat=True)[:batch]):
            return ids
    # a department asked by a dossier of another agency: only its task moves
    runs = workflow.runs_at(unit_ids=ended, limit=batch)
    return list(Dossier.objects.filter(run_id__in=runs).order_by("pk").values_list("pk", flat=True))


def _hand_over(dossier: Dossier, who: Inheritance, at: datetime) -> None:
    former = dossier.competent_agency_id
    dossier.competent_agency_id = who.heirs.get(former, former)
    dossier.asked_agency_ids = sorted({who.heirs.get(item, item) for item in dossier.asked_agency_ids})
    received = dossier.receiving_agency_id
    if dossier.state == State.FILED:
        dossier.receiving_agency_id = who.heirs.get(received, received)
    dossier.lock_version += 1
    facts = picture.facts_of(dossier) | {
        "from": former,
        "to": dossier.competent_agency_id,
        "received_by": received,
        "receiving": dossier.receiving_agency_id,
        "competent": dossier.competent_agency_id,
        "reorganisation": who.reorganisation_id,
        "decision": who.decision,
        "on": who.on.isoformat(),
    }
    line = Line(act="inherited", unit_id=dossier.competent_agency_id, facts=facts)
    rows = journal.rows_of(dossier, [line], actor=SYSTEM, at=at)
    event = event_of(DossierInherited, dossier, at=at, from_agency_id=former, from_receiving_id=received)
    change_sql.save(dossier, _SAVED, rows, outbox.row_of(event, at=at))


FOLLOWERS = (
    Follower("dossiers.open", _("Open dossiers"), 60, _count_dossiers, hand_dossiers_over, needs_home=True),
    # both move with their dossiers
    Follower(
        "dossiers.desk", _("Filings and results at the desk"), 61, _count_at_the_desk, needs_home=True, goes_along=True
    ),
    Follower("dossiers.tasks", _("Open tasks in work lists"), 62, _count_tasks, needs_home=True, goes_along=True),
    Follower("dossiers.numbering", _("Books and number series"), 70, _count_numbering),
)
