"""Publishing a version of a procedure, settling its limits, ending a procedure."""

import enum
import uuid
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.text import slugify
from vn_collate import collate_key

from motcua.casework.procedures import policies
from motcua.casework.procedures.events import ProcedureEnded, ProcedureVersionPublished
from motcua.casework.procedures.models import (
    Case,
    CaseComponent,
    Fee,
    Field,
    FormFile,
    LegalBasis,
    LimitChange,
    Procedure,
    ProcedureVersion,
    ResultType,
    TimeLimit,
    VersionResult,
)
from motcua.casework.procedures.reading.drafts import CaseDraft, RecordDraft
from motcua.casework.procedures.selectors.choosing import forget_choices
from motcua.casework.procedures.types import LimitFlag, VersionOverlaps
from motcua.foundation.accounts.types import Actor
from motcua.foundation.core import outbox
from motcua.foundation.core.folding import fold
from motcua.foundation.core.types import NotFound


class Outcome(enum.Enum):
    """What publishing a record came to."""

    CREATED = "created"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


@transaction.atomic
def publish_draft(draft: RecordDraft, *, valid_from: date, at: datetime) -> Outcome:
    """Make a version of `draft` in force from `valid_from` and end the one before; an equal record changes nothing.

    Raises:
        VersionOverlaps: a version already starts on or after that day.
    """
    Procedure.objects.bulk_create([Procedure(code=draft.code)], ignore_conflicts=True)
    procedure = Procedure.objects.select_for_update().get(code=draft.code)
    latest = procedure.versions.order_by("-valid").first()
    if latest and latest.digest == draft.digest and latest.valid.upper is None:
        return Outcome.UNCHANGED
    if latest and latest.valid.lower >= valid_from:
        raise VersionOverlaps(code=draft.code, on=valid_from.isoformat())

    if latest and (latest.valid.upper is None or latest.valid.upper > valid_from):
        latest.valid = DateRange(latest.valid.lower, valid_from)
        latest.save(update_fields=["valid"])
    version = _make_version(procedure, draft, latest, valid_from)
    _make_parts(version, draft, latest)

    outbox.publish(
        ProcedureVersionPublished(procedure_code=draft.code, version_id=version.pk, valid_from=valid_from), at=at
    )
    return Outcome.CHANGED if latest else Outcome.CREATED


def _make_version(
    procedure: Procedure, draft: RecordDraft, before: ProcedureVersion | None, valid_from: date
) -> ProcedureVersion:
    kept: dict[str, Any] = {}
    if before and before.name == draft.columns["name"]:
        kept = {"name_en": before.name_en, "purpose": before.purpose, "purpose_en": before.purpose_en}
    if before:
        kept["deadline_rules"] = before.deadline_rules
    extra = [draft.field_name, *(name for _code, name in draft.results)]
    return ProcedureVersion.objects.create(
        procedure=procedure,
        field=_field(draft.field_name),
        valid=DateRange(valid_from, None),
        digest=draft.digest,
        search_extra="\n".join(extra),
        **draft.columns,
        **kept,
    )


def _field(name: str) -> Field:
    code = slugify(fold(name))[:80].strip("-") or "khac"
    field, _made = Field.objects.get_or_create(
        name=name, defaults={"code": _free_code(code, name), "sort_key": collate_key(name)[:600]}
    )
    return field


def _free_code(code: str, name: str) -> str:
    """Two names that fold alike (or share their first 80 letters) get a short suffix from the name itself."""
    if not Field.objects.filter(code=code).exists():
        return code
    return f"{code[:73].strip('-')}-{uuid.uuid5(uuid.NAMESPACE_OID, name).hex[:6]}"


def _make_parts(version: ProcedureVersion, draft: RecordDraft, before: ProcedureVersion | None) -> None:
    for position, case in enumerate(draft.cases):
        _make_case(version, position, case, _confirmed(before))
    TimeLimit.objects.bulk_create(
        TimeLimit(
            version=version,
            position=position,
            channel=limit.channel,
            place_kind=limit.place_kind,
            statutory_value=limit.value,
            statutory_unit=limit.unit,
            note=limit.note,
            needs_review=limit.needs_review,
            flag=limit.flag,
        )
        for position, limit in enumerate(draft.limits)
    )
    Fee.objects.bulk_create(
        Fee(
            version=version,
            position=position,
            channel=fee.channel,
            kind=fee.kind,
            amount_vnd=fee.amount_vnd,
            note=fee.note,
        )
        for position, fee in enumerate(draft.fees)
    )
    LegalBasis.objects.bulk_create(
        LegalBasis(version=version, position=position, number=number[:120], title=title)
        for position, (number, title) in enumerate(draft.legal_bases)
    )
    for position, (code, name) in enumerate(draft.results):
        result_type, _made = ResultType.objects.get_or_create(code=code[:60], name=name)
        VersionResult.objects.create(version=version, result_type=result_type, position=position)


def _make_case(version: ProcedureVersion, position: int, draft: CaseDraft, confirmed: dict[str, str]) -> None:
    case = Case.objects.create(version=version, position=position, name=draft.name)
    components = CaseComponent.objects.bulk_create(
        CaseComponent(
            case=case,
            position=number,
            name=component.name,
            kind=confirmed.get(component.name, component.kind),
            is_confirmed=component.name in confirmed,
            originals=component.originals,
            certified_copies=component.certified_copies,
            plain_copies=component.plain_copies,
        )
        for number, component in enumerate(draft.components)
    )
    FormFile.objects.bulk_create(
        FormFile(component=row, position=number, name=name)
        for row, component in zip(components, draft.components, strict=True)
        for number, name in enumerate(component.form_files)
    )


def _confirmed(before: ProcedureVersion | None) -> dict[str, str]:
    """What a person confirmed of a paper stays confirmed when the same words are published again."""
    if before is None:
        return {}
    rows = CaseComponent.objects.filter(case__version=before, is_confirmed=True)
    return dict(rows.values_list("name", "kind"))


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
