"""Publishing a version of a procedure, settling its limits, ending a procedure."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from motcua.casework.procedures import policies
from motcua.casework.procedures.events import ProcedureEnded
from motcua.casework.procedures.models import LimitChange, Procedure, ProcedureVersion, TimeLimit
from motcua.casework.procedures.reading.drafts import Notebook, RecordDraft
from motcua.casework.procedures.reading.record import read_record
from motcua.casework.procedures.selectors.choosing import forget_choices
from motcua.casework.procedures.services.making import publish_drafts
from motcua.casework.procedures.types import LimitFlag, Outcome, RecordJson, RecordRefused, VersionOverlaps
from motcua.foundation.accounts.types import Actor
from motcua.foundation.core import outbox
from motcua.foundation.core.types import NotFound


def publish_draft(draft: RecordDraft, *, valid_from: date, at: datetime) -> tuple[Outcome, int]:
    """Make a version of `draft` in force from `valid_from` and end the one before; an equal record changes nothing.

    Return what it came to and the id of the version.

    Raises:
        VersionOverlaps: a version already starts on or after that day.
    """
    answer = publish_drafts([draft], valid_from=valid_from, at=at)[0]
    if isinstance(answer, VersionOverlaps):
        raise answer
    return answer


@transaction.atomic
def publish_record(
    raw: RecordJson, *, valid_from: date, decision_item_id: int | None = None, actor: Actor, at: datetime
) -> Outcome:
    """Publish one record as a version in force from `valid_from`; an equal record changes nothing.

    `decision_item_id` is kept with the version where a decision published it.

    Raises:
        NotAllowed: the actor does not edit the catalogue.
        RecordRefused: the record cannot be taken; `problems` says where and why.
        VersionOverlaps: a version already starts on or after that day.
    """
    policies.require_editor(actor)
    notebook = Notebook(line=0)
    draft = read_record(raw, notebook)
    if draft is None:
        raise RecordRefused([problem for problem in notebook.problems if problem.is_fatal])
    transaction.on_commit(forget_choices)
    outcome, version_id = publish_draft(draft, valid_from=valid_from, at=at)
    if decision_item_id is not None and outcome is not Outcome.UNCHANGED:
        ProcedureVersion.objects.filter(pk=version_id).update(decision_item_id=decision_item_id)
    return outcome


@transaction.atomic
def confirm_limit(
    *,
    code: str,
    channel: str,
    statutory: tuple[int, str] | None = None,
    reduced: tuple[int, str] | None = None,
    note: str | None = None,
    actor: Actor,
    at: datetime,
) -> int:
    """Settle the limits of a channel ('' for all) in the version without an end; return how many rows changed.

    `statutory` replaces a reading that needed review; `reduced` is what the province promised. Idempotent.

    Raises:
        NotFound: no such procedure in force.
        NotAllowed: the actor does not edit the catalogue.
    """
    policies.require_editor(actor)
    transaction.on_commit(forget_choices)
    version = ProcedureVersion.objects.filter(procedure__code=code, valid__upper_inf=True).first()
    if version is None:
        raise NotFound
    rows = version.limits.select_for_update().order_by("pk")
    if channel:
        rows = rows.filter(channel=channel)
    changed = 0
    for row in rows:
        wanted: dict[str, Any] = {"needs_review": False, "flag": LimitFlag.NONE}
        if statutory:
            wanted |= {"statutory_value": statutory[0], "statutory_unit": statutory[1]}
        if reduced:
            wanted |= {"reduced_value": reduced[0], "reduced_unit": reduced[1]}
        if note is not None:
            wanted["note"] = note
        if any(getattr(row, name) != value for name, value in wanted.items()):
            change_limit(row, wanted, reason=note or "", actor=actor, at=at)
            changed += 1
    return changed


def change_limit(row: TimeLimit, wanted: dict[str, Any], *, reason: str, actor: Actor, at: datetime) -> None:
    """Set columns of a locked limit and write down what stood there. Private to this app's services."""
    before = {name: getattr(row, name) for name in wanted}
    for name, value in wanted.items():
        setattr(row, name, value)
    row.save(update_fields=list(wanted))
    LimitChange.objects.create(
        version_id=row.version_id, limit=row, before=before, after=wanted, reason=reason[:300],
        person_id=actor.person_id, at=at,
    )  # fmt: skip


@transaction.atomic
def end_procedure(
    *, code: str, ended_on: date, successors: Sequence[str] = (), actor: Actor, at: datetime
) -> Procedure:
    """End a procedure: from `ended_on` on it is no longer in force; its successors take over.

    Raises:
        NotFound: no such procedure, or it has no version in force before that day.
        NotAllowed: the actor does not edit the catalogue.
    """
    policies.require_editor(actor)
    transaction.on_commit(forget_choices)
    procedure = Procedure.objects.select_for_update().filter(code=code).first()
    latest = procedure.versions.order_by("-valid").first() if procedure else None
    if procedure is None or latest is None or latest.valid.lower >= ended_on:
        raise NotFound
    latest.valid = DateRange(latest.valid.lower, ended_on)
    latest.save(update_fields=["valid"])
    procedure.successors.set(Procedure.objects.filter(code__in=successors))

    outbox.publish(ProcedureEnded(procedure_code=code, ended_on=ended_on), at=at)
    return procedure
