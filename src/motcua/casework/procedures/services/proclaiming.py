"""Checking, publishing and entering decisions; undoing one by another."""

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.casework.procedures import policies
from motcua.casework.procedures.events import DecisionEntryDue, DecisionPublished
from motcua.casework.procedures.models import Decision, DecisionItem, DecisionLog, ProcedureVersion
from motcua.casework.procedures.selectors.choosing import forget_choices
from motcua.casework.procedures.selectors.decisions import entry_due_on, problems_of
from motcua.casework.procedures.selectors.records import record_of
from motcua.casework.procedures.services.drafting import empty_record, locked, note_down, show
from motcua.casework.procedures.services.publishing import Outcome, end_procedure, publish_record
from motcua.casework.procedures.types import RecordJson, RecordRefused, VersionOverlaps
from motcua.casework.procedures.types.decisions import (
    WITH_RECORD,
    DecisionAct,
    DecisionHead,
    DecisionIncomplete,
    DecisionNotOpen,
    DecisionState,
    IssuerKind,
    NothingChanged,
    OwnDraft,
)
from motcua.foundation.accounts.types import Actor
from motcua.foundation.core import outbox
from motcua.foundation.core.clock import civil_day
from motcua.foundation.core.types import Invalid, NotFound

_UNDONE_BY = {
    DecisionAct.NEW: DecisionAct.ABOLISHED,
    DecisionAct.AMENDED: DecisionAct.AMENDED,
    DecisionAct.REPLACED: DecisionAct.NEW,
    DecisionAct.ABOLISHED: DecisionAct.NEW,
}


@transaction.atomic
def check_decision(*, public_id: UUID | str, actor: Actor, at: datetime) -> None:
    """Procedure control finds a draft complete: every record has its eight parts. From now on items stay as they are.

    Raises:
        NotFound, DecisionNotOpen.
        NotAllowed: the actor does not check decisions.
        OwnDraft: the actor began it.
        DecisionIncomplete: something is missing; each sentence stands at its item.

    Law: Decree 63/2010/NĐ-CP, art. 8: a procedure is complete with its eight parts.
    """
    policies.require_editor(actor)
    row = locked(public_id)
    if row.state != DecisionState.DRAFT:
        raise DecisionNotOpen
    if actor.person_id is not None and actor.person_id == row.drafted_by_id:
        raise OwnDraft
    items = list(row.items.order_by("position"))
    fields = {str(item.public_id): [sentence for _part, sentence in problems_of(item)] for item in items}
    fields = {key: sentences for key, sentences in fields.items() if sentences}
    if not items:
        fields["head"] = [_("The decision has no items.")]
    if fields:
        raise DecisionIncomplete(fields)
    row.state, row.checked_at, row.checked_by_id = DecisionState.CHECKED, at, actor.person_id
    row.save(update_fields=["state", "checked_at", "checked_by_id"])
    note_down(row, "checked", actor=actor, at=at)


@transaction.atomic
def reopen_decision(*, public_id: UUID | str, reason: str, actor: Actor, at: datetime) -> None:
    """Give a checked decision back to its drafters, with the reason.

    Raises:
        NotFound, NotAllowed.
        DecisionNotOpen: it is not checked, or published already.
        Invalid: no reason.
    """
    policies.require_editor(actor)
    row = locked(public_id)
    if row.state != DecisionState.CHECKED:
        raise DecisionNotOpen
    if not reason.strip():
        raise Invalid({"reason": [_("Say why.")]})
    row.state, row.checked_at, row.checked_by = DecisionState.DRAFT, None, None
    row.save(update_fields=["state", "checked_at", "checked_by"])
    note_down(row, "reopened", actor=actor, at=at, note=reason.strip())


@transaction.atomic
def publish_decision(*, public_id: UUID | str, actor: Actor, at: datetime) -> None:
    """Put a checked and signed decision in force: every item in one transaction, or none.

    Records become versions, procedures that end keep their last version; dossiers and drafts that pinned a version
    keep it. The day by which it must stand in the national database is fixed with it.

    Raises:
        NotFound, NotAllowed.
        DecisionNotOpen: it is not checked, or published already.
        Invalid: number, day, signer or file is missing; or an item cannot be put in force, named under its public id.
    """
    policies.require_editor(actor)
    row = locked(public_id)
    if row.state != DecisionState.CHECKED:
        raise DecisionNotOpen
    _require_signature(row, on=civil_day(at))
    transaction.on_commit(forget_choices)
    items = sorted(row.items.order_by("position"), key=lambda item: item.act not in WITH_RECORD)
    for item in items:
        _carry_out(row, item, actor=actor, at=at)
    row.state, row.published_at, row.published_by_id = DecisionState.PUBLISHED, at, actor.person_id
    row.entry_due_on = entry_due_on(row)
    row.save(update_fields=["state", "published_at", "published_by_id", "entry_due_on"])
    note_down(row, "published", actor=actor, at=at)
    outbox.publish(DecisionPublished(decision_id=str(row.public_id), number=row.number, items=len(items)), at=at)


def _require_signature(row: Decision, *, on: date) -> None:
    wanted = (
        ("number", row.number, _("Enter the number of the signed decision.")),
        ("issued_on", row.issued_on, _("Enter the day of the signed decision.")),
        ("signer", row.signer, _("Enter who signed.")),
        ("file", row.file_id, _("Attach the signed decision.")),
    )
    missing = {name: [sentence] for name, value, sentence in wanted if not value}
    if row.issued_on and row.issued_on > on:
        missing["issued_on"] = [_("The day of the decision has not come yet.")]
    same = Decision.objects.filter(
        state=DecisionState.PUBLISHED, number=row.number, issued_on=row.issued_on, issuer=row.issuer
    )
    if row.number and same.exists():
        missing["number"] = [_("A decision with this number and day is published already.")]
    if missing:
        raise Invalid(missing)


def _carry_out(row: Decision, item: DecisionItem, *, actor: Actor, at: datetime) -> None:
    day = item.effective_on or row.effective_on or row.issued_on or civil_day(at)
    try:
        if item.record is not None:
            _publish(row, item, day, actor=actor, at=at)
        else:
            end_procedure(code=item.procedure_code, ended_on=day, successors=item.successors, actor=actor, at=at)
    except (VersionOverlaps, NothingChanged, RecordRefused) as refusal:
        raise Invalid({str(item.public_id): [str(refusal)]}) from refusal
    except NotFound as refusal:
        words = _("The procedure is not in force on %(day)s.") % {"day": f"{day:%d/%m/%Y}"}
        raise Invalid({str(item.public_id): [words]}) from refusal


def _publish(row: Decision, item: DecisionItem, day: date, *, actor: Actor, at: datetime) -> None:
    raw = dict(item.record or {}) | {"decision_no": row.number, "decision_issuer": row.issuer[:40]}
    base = item.base_version
    if item.act == DecisionAct.AMENDED and base is not None:
        former = record_of(item.procedure_code, on=base.valid.lower)
        if _facts(former) == _facts(raw):
            raise NothingChanged
    outcome = publish_record(raw, valid_from=day, decision_item_id=item.pk, actor=actor, at=at)
    if outcome is Outcome.UNCHANGED:
        raise NothingChanged
    item.record = raw
    item.save(update_fields=["record"])


def _facts(raw: RecordJson) -> RecordJson:
    """A record without what says where it comes from."""
    return {key: value for key, value in raw.items() if key not in {"decision_no", "decision_issuer", "sources"}}


@transaction.atomic
def mark_entered(*, public_id: UUID | str, entered_on: date, actor: Actor, at: datetime) -> None:
    """Note that a published decision stands in the national database since `entered_on`. Idempotent.

    Raises:
        NotFound, NotAllowed.
        DecisionNotOpen: it is not published.
        Invalid: the day lies ahead, or before the decision.
    """
    policies.require_editor(actor)
    row = locked(public_id)
    if row.state != DecisionState.PUBLISHED:
        raise DecisionNotOpen(_("Only a published decision is entered in the national database."))
    if entered_on > civil_day(at):
        raise Invalid({"entered_on": [_("This day has not come yet.")]})
    if row.issued_on and entered_on < row.issued_on:
        raise Invalid({"entered_on": [_("The decision did not exist on that day.")]})
    if row.entered_on == entered_on:
        return
    row.entered_on, row.entered_by_id = entered_on, actor.person_id
    row.save(update_fields=["entered_on", "entered_by_id"])
    note_down(row, "entered", actor=actor, at=at, note=f"{entered_on:%d/%m/%Y}")


@transaction.atomic
def correct_decision(*, public_id: UUID | str, actor: Actor, at: datetime) -> UUID:
    """Begin a draft that takes back what a published decision did; return its public id. Nothing changes by itself.

    An amended procedure gets back the record before, a new one is abolished, one that ended is issued again.

    Raises:
        NotFound, NotAllowed.
        DecisionNotOpen: only a published decision is corrected.
    """
    agency_id = policies.drafting_agency(actor, on=civil_day(at))
    row = locked(public_id)
    if row.state != DecisionState.PUBLISHED:
        raise DecisionNotOpen(_("Only a published decision is corrected by another one."))
    made = Decision.objects.create(
        title=_("Correcting decision %(number)s") % {"number": row.number}, issuer=row.issuer,
        issuer_kind=row.issuer_kind, corrects=row, drafted_at=at, drafted_by_id=actor.person_id, agency_id=agency_id,
    )  # fmt: skip
    for item in row.items.select_related("base_version__field").order_by("position"):
        _turn_back(made, item)
    note_down(made, "drafted", actor=actor, at=at, note=row.number)
    return made.public_id


def _turn_back(made: Decision, item: DecisionItem) -> None:
    act = _UNDONE_BY[DecisionAct(item.act)]
    latest = (
        ProcedureVersion.objects.select_related("field")
        .filter(procedure__code=item.procedure_code)
        .order_by("-valid")
        .first()
    )
    back = DecisionItem(
        decision=made, position=item.position, act=act, procedure_code=item.procedure_code, base_version=latest,
        record=_former_record(item) if act in WITH_RECORD else None,
    )  # fmt: skip
    show(back, latest)
    back.save()


def _former_record(item: DecisionItem) -> RecordJson:
    former = item.base_version
    return record_of(item.procedure_code, on=former.valid.lower) if former else empty_record(item.procedure_code)


@transaction.atomic
def record_past_decision(
    *, head: DecisionHead, stated: Mapping[str, int], entered_on: date | None = None, actor: Actor, at: datetime
) -> UUID:
    """Keep a decision of the past with what it says of itself, without items; return its public id. Idempotent.

    Args:
        stated: act -> number of procedures.

    Raises:
        NotAllowed.
        Invalid: number, day or title is missing.
    """
    policies.require_editor(actor)
    missing = {name: [_("Is missing.")] for name in ("number", "issued_on", "title") if not getattr(head, name)}
    if missing:
        raise Invalid(missing)
    same = Decision.objects.filter(number=head.number, issued_on=head.issued_on, issuer=head.issuer).first()
    if same:
        return same.public_id
    row = Decision.objects.create(
        title=head.title, number=head.number, issued_on=head.issued_on, issuer=head.issuer,
        issuer_kind=IssuerKind(head.issuer_kind), signer=head.signer, effective_on=head.effective_on, note=head.note,
        is_past=True, stated={act: int(stated.get(act, 0)) for act in DecisionAct.values},
        state=DecisionState.PUBLISHED, drafted_at=at, checked_at=at, published_at=at, published_by_id=actor.person_id,
        entered_on=entered_on,
    )  # fmt: skip
    DecisionLog.objects.create(decision=row, act="recorded", person_id=actor.person_id, at=at)
    return row.public_id


@transaction.atomic
def warn_of_entries(*, at: datetime) -> int:
    """Announce each decision whose day of entry is tomorrow's or passed, once a day; return how many."""
    on = civil_day(at)
    rows = Decision.objects.select_for_update(of=("self",)).filter(
        state=DecisionState.PUBLISHED, is_past=False, entered_on=None, entry_due_on__isnull=False
    )
    warned = 0
    for row in rows.exclude(warned_on=on).order_by("pk"):
        if row.entry_due_on is None or (row.entry_due_on - on).days > 1:
            continue
        row.warned_on = on
        row.save(update_fields=["warned_on"])
        outbox.publish(
            DecisionEntryDue(
                decision_id=str(row.public_id), number=row.number, due_on=row.entry_due_on,
                person_id=row.published_by_id or 0,
            ),
            at=at,
        )  # fmt: skip
        warned += 1
    return warned
