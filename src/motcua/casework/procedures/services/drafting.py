"""Drafting a decision: its head, its items and their records, until it is checked. Nothing in force changes here."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from motcua.casework.documents import selectors as documents
from motcua.casework.procedures import policies
from motcua.casework.procedures.models import Decision, DecisionItem, DecisionLog, Procedure, ProcedureVersion
from motcua.casework.procedures.reading.text import one_line
from motcua.casework.procedures.selectors.records import record_of
from motcua.casework.procedures.types import RecordJson
from motcua.casework.procedures.types.decisions import (
    CODE,
    LEVELS,
    WITH_RECORD,
    DecisionAct,
    DecisionHead,
    DecisionNotOpen,
    DecisionState,
    IssuerKind,
)
from motcua.foundation.accounts.types import Actor
from motcua.foundation.core.clock import civil_day
from motcua.foundation.core.types import Invalid, NotFound, Stale


def locked(public_id: UUID | str, lock_version: int | None = None) -> Decision:
    """Lock a decision. Private to this app's services.

    Raises:
        NotFound, Stale.
    """
    row = Decision.objects.select_for_update(of=("self",)).filter(public_id=public_id).first()
    if row is None:
        raise NotFound
    if lock_version is not None and lock_version != row.lock_version:
        raise Stale
    return row


def note_down(row: Decision, act: str, *, actor: Actor, at: datetime, note: str = "") -> None:
    """Write a line of the history and count the change; the caller saves other columns. Private to services."""
    row.lock_version += 1
    row.save(update_fields=["lock_version"])
    DecisionLog.objects.create(decision=row, act=act, person_id=actor.person_id, at=at, note=note[:500])


def _open(public_id: UUID | str, actor: Actor, at: datetime) -> Decision:
    row = locked(public_id)
    policies.require_drafter(actor, row.agency_id, on=civil_day(at))
    if row.state != DecisionState.DRAFT:
        raise DecisionNotOpen
    return row


@transaction.atomic
def begin_decision(*, head: DecisionHead, actor: Actor, at: datetime) -> UUID:
    """Begin a draft of the actor's agency; return its public id.

    Raises:
        NotAllowed: the actor drafts no decisions.
        Invalid: title or issuer is missing.
    """
    agency_id = policies.drafting_agency(actor, on=civil_day(at))
    row = Decision(drafted_at=at, drafted_by_id=actor.person_id, agency_id=agency_id)
    _fill(row, head)
    row.save()
    note_down(row, "drafted", actor=actor, at=at)
    return row.public_id


@transaction.atomic
def revise_decision(
    *, public_id: UUID | str, head: DecisionHead, lock_version: int | None, actor: Actor, at: datetime
) -> None:
    """Change the head. Once it is checked only what comes with the signature: number, day, signer, file, first day.

    Raises:
        NotFound, NotAllowed, Stale.
        DecisionNotOpen: it is published.
        Invalid: title or issuer is missing.
    """
    row = locked(public_id, lock_version)
    policies.require_drafter(actor, row.agency_id, on=civil_day(at))
    if row.state == DecisionState.PUBLISHED:
        raise DecisionNotOpen
    _fill(row, head, signing_only=row.state == DecisionState.CHECKED)
    row.save()
    note_down(row, "revised", actor=actor, at=at)


def _fill(row: Decision, head: DecisionHead, *, signing_only: bool = False) -> None:
    if not signing_only:
        missing = {
            name: [str(sentence)]
            for name, sentence in (("title", _("Enter the title.")), ("issuer", _("Say who decides.")))
            if not getattr(head, name).strip()
        }
        if missing:
            raise Invalid(missing)
        row.title, row.issuer, row.note = head.title.strip(), head.issuer.strip()[:200], head.note.strip()
        row.issuer_kind, row.is_shortened = IssuerKind(head.issuer_kind), head.is_shortened
    row.number, row.issued_on = head.number.strip()[:120], head.issued_on
    row.signer, row.effective_on = head.signer.strip()[:150], head.effective_on
    if head.file_id is not None:
        row.file_id = documents.file_card(head.file_id).id


@transaction.atomic
def discard_decision(*, public_id: UUID | str, actor: Actor, at: datetime) -> None:
    """Throw a draft away; nothing of it was ever in force.

    Raises:
        NotFound, NotAllowed.
        DecisionNotOpen: it is checked or published.
    """
    _open(public_id, actor, at).delete()


@transaction.atomic
def add_item(
    *,
    decision_id: UUID | str,
    act: str,
    code: str,
    name: str = "",
    effective_on: date | None = None,
    successors: Sequence[str] = (),
    actor: Actor,
    at: datetime,
) -> UUID:
    """Add what happens to one procedure; return the item's public id.

    A new procedure begins with an empty record (or the last one of a procedure that ended), an amended one with the
    record of the version in force, so that a small correction changes one entry only.

    Raises:
        NotFound, NotAllowed, DecisionNotOpen.
        Invalid: the code is malformed, in the decision already, in force already (new), not in force (the others), or
            a replaced procedure names no successor.
    """
    row = _open(decision_id, actor, at)
    code = code.strip()
    on = civil_day(at)
    base = _last_version(code)
    is_in_force = base is not None and (base.valid.upper is None or base.valid.upper > on)
    _judge(row, DecisionAct(act), code, is_in_force, successors)
    item = DecisionItem(
        decision=row, act=act, procedure_code=code, effective_on=effective_on, successors=_codes(successors),
        position=(row.items.aggregate(last=Max("position"))["last"] or 0) + 1,
        base_version=base if is_in_force else None,
    )  # fmt: skip
    if act in WITH_RECORD:
        item.record = record_of(code, on=base.valid.lower) if base else empty_record(code, name)
    show(item, base)
    item.save()
    note_down(row, "item_added", actor=actor, at=at, note=code)
    return item.public_id


def _judge(row: Decision, act: DecisionAct, code: str, is_in_force: bool, successors: Sequence[str]) -> None:
    if not CODE.match(code):
        raise Invalid({"code": [_("A code looks like 1.001612.")]})
    if row.items.filter(procedure_code=code).exists():
        raise Invalid({"code": [_("This decision has an item for this procedure already.")]})
    if act == DecisionAct.NEW and is_in_force:
        raise Invalid({"code": [_("This procedure is in force; amend it instead.")]})
    if act != DecisionAct.NEW and not is_in_force:
        raise Invalid({"code": [_("No procedure with this code is in force.")]})
    _judge_successors(act, code, successors)


def _judge_successors(act: DecisionAct, code: str, successors: Sequence[str]) -> None:
    codes = _codes(successors)
    if act == DecisionAct.REPLACED and not codes:
        raise Invalid({"successors": [_("Name the procedure that takes its place.")]})
    wrong = [item for item in codes if not CODE.match(item) or item == code]
    if wrong:
        raise Invalid({"successors": [_("%(code)s cannot take its place.") % {"code": wrong[0]}]})


def _codes(codes: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(code.strip() for code in codes if code.strip()))


def _last_version(code: str) -> ProcedureVersion | None:
    procedure = Procedure.objects.filter(code=code).first()
    return procedure.versions.select_related("field").order_by("-valid").first() if procedure else None


def empty_record(code: str, name: str = "") -> RecordJson:
    """Return a record of the national format with nothing in it but code and name."""
    texts = (
        "decision_no", "decision_issuer", "type", "field", "executing_agency_text", "competent_agency",
        "receiving_address", "authorized_agency", "coordinating_agency", "procedure_text", "requirements", "keywords",
        "description", "portal_url",
    )  # fmt: skip
    lists = (
        "levels", "audience", "executing_agencies", "steps", "submission_methods", "dossier_cases", "results",
        "legal_bases",
    )  # fmt: skip
    return {"code": code, "name": name} | dict.fromkeys(texts, "") | {key: [] for key in lists}


def show(item: DecisionItem, base: ProcedureVersion | None) -> None:
    """Copy what lists show: from the record, or from the version that ends. Private to this app's services."""
    if item.record is not None:
        item.name = one_line(item.record.get("name"))
        item.field_name = one_line(item.record.get("field"))[:300]
        item.levels = [LEVELS[level] for level in item.record.get("levels") or () if level in LEVELS]
    elif base is not None:
        item.name, item.field_name, item.levels = base.name, base.field.name[:300], list(base.levels)


@transaction.atomic
def revise_item(
    *, item_id: UUID | str, effective_on: date | None, successors: Sequence[str], actor: Actor, at: datetime
) -> None:
    """Change from when an item holds and what takes the place of a procedure that ends.

    Raises:
        NotFound, NotAllowed, DecisionNotOpen.
        Invalid: a replaced procedure names no successor, or a successor is no code.
    """
    item, row = _item(item_id, actor, at)
    _judge_successors(DecisionAct(item.act), item.procedure_code, successors)
    item.effective_on, item.successors = effective_on, _codes(successors)
    item.save(update_fields=["effective_on", "successors"])
    note_down(row, "item_revised", actor=actor, at=at, note=item.procedure_code)


@transaction.atomic
def remove_item(*, item_id: UUID | str, actor: Actor, at: datetime) -> None:
    """Take an item out of a draft.

    Raises:
        NotFound, NotAllowed, DecisionNotOpen.
    """
    item, row = _item(item_id, actor, at)
    code = item.procedure_code
    item.delete()
    note_down(row, "item_removed", actor=actor, at=at, note=code)


@transaction.atomic
def save_record(
    *, item_id: UUID | str, record: dict[str, Any], lock_version: int | None, actor: Actor, at: datetime
) -> None:
    """Keep the record of an item as drafted; whether it is complete is judged when the decision is checked.

    Raises:
        NotFound, NotAllowed, DecisionNotOpen.
        Stale: somebody saved a part since the page was opened.
    """
    item, row = _item(item_id, actor, at)
    if lock_version is not None and lock_version != row.lock_version:
        raise Stale
    if item.record is None:
        raise NotFound
    item.record = record | {"code": item.procedure_code}
    show(item, None)
    item.save(update_fields=["record", "name", "field_name", "levels"])
    note_down(row, "record_saved", actor=actor, at=at, note=item.procedure_code)


def _item(item_id: UUID | str, actor: Actor, at: datetime) -> tuple[DecisionItem, Decision]:
    found = DecisionItem.objects.filter(public_id=item_id).values_list("decision__public_id", flat=True).first()
    if found is None:
        raise NotFound
    row = _open(found, actor, at)
    return row.items.select_related("decision").get(public_id=item_id), row
