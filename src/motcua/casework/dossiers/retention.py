"""How long a dossier is kept: counted from its closing, by how it ended and by its procedure."""

from calendar import monthrange
from collections.abc import Mapping
from datetime import UTC, datetime

from motcua.casework.dossiers.models import Destruction, Dossier, RetentionPeriod
from motcua.casework.dossiers.types import Outcome, State
from motcua.casework.dossiers.types.destruction import DestroyedDossier, Ending, Retention
from motcua.foundation.core.clock import civil_day


def ending_of(dossier: Dossier) -> Ending:
    """Return how a closed dossier ended."""
    if dossier.state != State.RETURNED:
        return Ending(dossier.state)
    return Ending.REFUSED if dossier.outcome == Outcome.REFUSED else Ending.GRANTED


def months_after(at: datetime, months: int) -> datetime:
    """Return the instant `months` later; a day that the month lacks becomes its last, as in the database."""
    at = at.astimezone(UTC)
    years, month = divmod(at.month - 1 + months, 12)
    year, month = at.year + years, month + 1
    return at.replace(year=year, month=month, day=min(at.day, monthrange(year, month)[1]))


Periods = Mapping[tuple[str, str], RetentionPeriod]


def all_periods() -> Periods:
    """Return all periods by ending and code of procedure ('' for all procedures), for lists of dossiers."""
    return {(row.ending, row.procedure_code): row for row in RetentionPeriod.objects.all()}


def retention_of(dossier: Dossier, *, periods: Periods | None = None) -> tuple[Retention, datetime | None]:
    """Return how long a closed dossier is kept, and the instant from which it need not be; None: for ever.

    The period of its own procedure goes before the one for all procedures; without any it is kept for ever.
    """
    known = all_periods() if periods is None else periods
    ending = ending_of(dossier)
    period = known.get((ending, dossier.procedure_version.procedure.code)) or known.get((ending, ""))
    if period is None:
        return Retention(ending, None, None, "", is_assumed=True), None
    free_at = None
    if period.months is not None and dossier.closed_at is not None:
        free_at = months_after(dossier.closed_at, period.months)
    until = civil_day(free_at) if free_at else None
    return Retention(ending, period.months, until, period.legal_source, period.is_assumed), free_at


def record_card(row: Destruction) -> DestroyedDossier:
    """Return the record of a destruction as others see it."""
    return DestroyedDossier(
        dossier_id=row.dossier_id,
        ending=row.ending,
        closed_on=row.closed_on,
        kept_until=row.kept_until,
        destroyed_at=row.destroyed_at,
        decision_number=row.decision_number,
        decision_on=row.decision_on,
    )
