"""Dossiers that a deputy handed in go back to whoever gave the mandate, in the moment when it ends."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from motcua.casework.dossiers import journal
from motcua.casework.dossiers.journal import Line
from motcua.casework.dossiers.models import Dossier, JournalEntry, Party
from motcua.casework.dossiers.types import PartyRole
from motcua.foundation.accounts import selectors as accounts
from motcua.foundation.accounts import services as account_services
from motcua.foundation.accounts.types import SYSTEM, Actor
from motcua.foundation.core.clock import civil_day

# How far back the night's round looks for mandates that ended by their date: a worker may have stood still.
LOOKED_BACK_DAYS = 60


@transaction.atomic
def end_representation(*, public_id: UUID, actor: Actor, at: datetime) -> int:
    """Revoke a mandate, or give up acting for somebody; return how many dossiers went back to the giver.

    From this instant the deputy sees nothing of what was handed in under it, and the giver finds it among their own.
    Locks the dossiers, then the mandate, as every act on a dossier under it does.

    Raises:
        NotFound: not the actor's, or over already.
    """
    sides = accounts.mandate_sides(public_id=public_id)
    if sides is None:
        account_services.end_representation(public_id=public_id, actor=actor, at=at)
        return 0
    list(Dossier.objects.locked().filter(pk__in=_handed_in(sides)))
    account_services.end_representation(public_id=public_id, actor=actor, at=at)
    return _hand_back(sides, actor=actor, at=at)  # asked anew: one may have been handed in before the lock was ours


def hand_back_ended(*, at: datetime) -> int:
    """Hand back what stood under mandates that ended by their date; return how many dossiers. Safe to run again."""
    count = 0
    for sides in accounts.mandates_over(on=civil_day(at), days=LOOKED_BACK_DAYS):
        with transaction.atomic():
            count += _hand_back(sides, actor=SYSTEM, at=at)
    return count


def _handed_in(sides: accounts.MandateSides) -> list[int]:
    """Return the dossiers that still belong to the deputy by this mandate."""
    filed = JournalEntry.objects.filter(
        dossier_id__in=Dossier.objects.filter(citizen_id=sides.deputy_id).values("pk"),
        act="filed", facts__representation=str(sides.public_id),
    )  # fmt: skip
    return sorted(filed.values_list("dossier_id", flat=True))


def _hand_back(sides: accounts.MandateSides, *, actor: Actor, at: datetime) -> int:
    dossiers = list(Dossier.objects.locked().filter(pk__in=_handed_in(sides)))
    for dossier in dossiers:
        dossier.citizen_id = sides.giver_id
        dossier.lock_version += 1
        facts = {"from": sides.deputy_id, "to": sides.giver_id, "representation": str(sides.public_id)}
        journal.record(dossier, [Line(act="handed_back", facts=facts)], actor=actor, at=at)
        dossier.save(update_fields=["citizen", "lock_version", "journal_seq", "journal_hash"])
    # what the deputy knows of themselves no longer proves that they are a party
    Party.objects.filter(dossier__in=dossiers, role=PartyRole.SUBMITTER, is_current=True).update(is_current=False)
    return len(dossiers)
