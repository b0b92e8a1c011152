"""Destroying a whole dossier at the end of its retention: nothing of it stays but the record that it was."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import connection, transaction
from django.utils.translation import gettext as _

from motcua.casework.dossiers import journal
from motcua.casework.dossiers.models import Destruction, Dossier, RetentionPeriod
from motcua.casework.dossiers.retention import record_card, retention_of
from motcua.casework.dossiers.types.destruction import (
    DestroyedDossier,
    Ending,
    JournalBroken,
    KeptForEver,
    StillKept,
    StillOpen,
)
from motcua.foundation.accounts.types import Actor, ActorKind
from motcua.foundation.core.types import Invalid, NotAllowed, NotFound
from motcua.foundation.organisations.types import Role


@transaction.atomic
def destroy_dossier(
    *, code: str, decision_number: str, decision_on: date, actor: Actor, at: datetime
) -> DestroyedDossier:
    """Destroy the dossier with this code (or intake number) and everything of it, by a decision; leave a record.

    People, answers, papers, stored files, results, steps and the journal go. What stays: the record, the lines of the
    register books (they name no dossier any more), the log of who read it (numbers only), ratings without their words,
    and the figures. The database does it in a function of its owner, whose guard asks for the period by its own clock.

    Raises:
        NotFound: no such dossier.
        NotAllowed: neither the system nor an administrator.
        Invalid: no decision is named.
        StillOpen: it is not closed. StillKept, KeptForEver: its period has not ended, or never does.
        JournalBroken: its journal does not verify; then it is evidence and stays.

    Law: Law 33/2024: papers are destroyed when their period is over, by decision, with a record.
    """
    if actor.kind != ActorKind.SYSTEM and not actor.has_role(Role.ADMINISTRATOR):
        raise NotAllowed
    dossiers = Dossier.objects.locked().select_related("procedure_version__procedure")
    dossier = dossiers.filter(code=code).first() or dossiers.filter(intake_number=code).first()
    if dossier is None:
        raise NotFound
    if not decision_number.strip():
        raise Invalid({"decision_number": [_("Name the decision by which it is destroyed.")]})
    _require_free(dossier, at=at)
    if (seq := journal.broken_link(dossier.pk)) is not None:
        raise JournalBroken(seq=seq)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT motcua_destroy_dossier(%s, %s, %s, %s, %s)",
            [dossier.pk, actor.person_id, decision_number.strip(), decision_on, at],
        )
        record_id = cursor.fetchone()[0]
    return record_card(Destruction.objects.get(pk=record_id))


def _require_free(dossier: Dossier, *, at: datetime) -> None:
    if dossier.closed_at is None:
        raise StillOpen
    retention, free_at = retention_of(dossier)
    if free_at is None:
        raise KeptForEver(source=retention.legal_source)
    if free_at > at:
        raise StillKept(day=f"{retention.until:%d/%m/%Y}", source=retention.legal_source)


@transaction.atomic
def set_retention(
    *, ending: str, months: int | None, legal_source: str, procedure_code: str = "", is_assumed: bool = False
) -> None:
    """Lay down how long dossiers that end so are kept (months None: for ever), of one procedure or of all.

    The owner of the database only: its trigger refuses everybody else.

    Raises:
        Invalid: unknown ending, a negative period, or no legal source.
    """
    wrong: dict[str, list[str]] = {}
    if ending not in Ending.values:
        wrong["ending"] = [_("Choose one of: %(choices)s.") % {"choices": ", ".join(Ending.values)}]
    if months is not None and months < 0:
        wrong["months"] = [_("A period cannot be negative.")]
    if not legal_source.strip():
        wrong["legal_source"] = [_("Name the legal source of the period.")]
    if wrong:
        raise Invalid(wrong)
    RetentionPeriod.objects.update_or_create(
        ending=ending,
        procedure_code=procedure_code,
        defaults={"months": months, "legal_source": legal_source.strip(), "is_assumed": is_assumed},
    )


def retention_periods() -> Sequence[RetentionPeriod]:
    """Return all periods, those for all procedures first."""
    return list(RetentionPeriod.objects.order_by("procedure_code", "ending"))
