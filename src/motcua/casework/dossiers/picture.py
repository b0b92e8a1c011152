"""The present picture of a dossier, rebuilt from its journal alone."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from motcua.casework.dossiers.models import Dossier, JournalEntry
from motcua.casework.dossiers.types import Outcome, State, Waiting


@dataclass(frozen=True, slots=True)
class Picture:
    """What the journal says of a dossier; equal to its row when all is well."""

    state: str
    waiting_for: str
    outcome: str
    code: str | None
    due_at: datetime | None
    statutory_due_at: datetime | None
    restarted_at: datetime | None
    is_suspended: bool
    process_version_id: int | None
    procedure_version_id: int | None


def facts_of(dossier: Dossier) -> dict[str, Any]:
    """Return the facts that every journal line after a change of state carries."""
    facts: dict[str, Any] = {
        "state": dossier.state,
        "waiting": dossier.waiting_for,
        "outcome": dossier.outcome,
        "due_at": dossier.due_at.isoformat() if dossier.due_at else None,
        "law_due_at": dossier.statutory_due_at.isoformat() if dossier.statutory_due_at else None,
    }
    if dossier.restarted_at is not None:
        facts["restarted_at"] = dossier.restarted_at.isoformat()
    return facts


def replay(dossier_id: int) -> Picture:
    """Return the picture that the journal's facts add up to, oldest first."""
    facts: dict[str, object] = {"state": State.FILED, "waiting": Waiting.NOBODY, "outcome": Outcome.NONE}
    for entry in JournalEntry.objects.filter(dossier_id=dossier_id).order_by("seq").values_list("facts", flat=True):
        facts.update(entry)
    return Picture(
        state=str(facts["state"]),
        waiting_for=str(facts["waiting"]),
        outcome=str(facts["outcome"]),
        code=facts.get("code") or None,  # type: ignore[arg-type]
        due_at=_instant(facts.get("due_at")),
        statutory_due_at=_instant(facts.get("law_due_at")),
        restarted_at=_instant(facts.get("restarted_at")),
        is_suspended=bool(facts.get("suspended")),
        process_version_id=facts.get("process_version"),  # type: ignore[arg-type]
        procedure_version_id=facts.get("procedure_version"),  # type: ignore[arg-type]
    )


def _instant(text: object) -> datetime | None:
    return datetime.fromisoformat(str(text)) if text else None


def picture_of(dossier: Dossier) -> Picture:
    """Return the same picture from the row."""
    return Picture(
        state=dossier.state,
        waiting_for=dossier.waiting_for,
        outcome=dossier.outcome,
        code=dossier.code,
        due_at=dossier.due_at,
        statutory_due_at=dossier.statutory_due_at,
        restarted_at=dossier.restarted_at,
        is_suspended=dossier.is_suspended,
        process_version_id=dossier.process_version_id if dossier.code else None,
        procedure_version_id=dossier.procedure_version_id if dossier.code else None,
    )
