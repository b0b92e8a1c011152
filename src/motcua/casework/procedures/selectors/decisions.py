"""Decisions for the office, the public and the watch over their entry in the national database."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from motcua.casework.procedures import policies
from motcua.casework.procedures.models import Decision, DecisionItem, DecisionLog
from motcua.casework.procedures.reading.differing import record_difference
from motcua.casework.procedures.reading.text import one_line
from motcua.casework.procedures.selectors.records import check_record, record_of
from motcua.casework.procedures.types import Change
from motcua.casework.procedures.types.decisions import (
    WITH_RECORD,
    DecisionAct,
    DecisionCard,
    DecisionHead,
    DecisionLine,
    DecisionLogLine,
    DecisionState,
    IssuerKind,
    ItemCard,
)
from motcua.foundation.accounts.types import Actor
from motcua.foundation.calendars import selectors as calendars
from motcua.foundation.calendars.types import Limit, LimitUnit
from motcua.foundation.core.clock import VIETNAM, civil_day
from motcua.foundation.core.folding import fold
from motcua.foundation.core.types import NotFound

PAGE_ROWS = 25


def decisions(
    *,
    state: str = "",
    text: str = "",
    year: int | None = None,
    field: str = "",
    level: str = "",
    act: str = "",
    since: date | None = None,
    until: date | None = None,
    to_enter: bool = False,
    offset: int = 0,
    rows: int | None = PAGE_ROWS,
) -> list[DecisionLine]:
    """Return decisions, the latest day first, unsigned drafts before all; three statements whatever their number.

    Args:
        text: words of number or title, a procedure's code, or words of a procedure's name.
        field: name of a field; level: a ProcedureLevel; act: with an item of that act (past ones by what they state).
        since, until: day of the decision, both inside.
        to_enter: only published ones that are not entered in the national database yet, the most urgent first.
        rows: at most so many, None for all.
    """
    found = _found(_plain(text), _plain(field), level, act)
    if state:
        found = found.filter(state=state)
    if year and not 1900 <= year <= 2200:
        found = found.none()
    elif year:
        found = found.filter(issued_on__year=year)
    if since:
        found = found.filter(issued_on__gte=since)
    if until:
        found = found.filter(issued_on__lte=until)
    if to_enter:
        found = found.filter(state=DecisionState.PUBLISHED, is_past=False, entered_on=None)
    found = found.order_by("entry_due_on", "pk") if to_enter else found.order_by("-issued_on", "-pk")
    return lines(list(found[offset : offset + rows] if rows is not None else found))


def _plain(text: str) -> str:
    """Return the text without the NUL that no database takes."""
    return text.replace("\x00", "")


def _found(text: str, field: str, level: str, act: str) -> QuerySet[Decision]:
    rows = Decision.objects.all()
    if text := text.strip():
        by_item = DecisionItem.objects.filter(Q(procedure_code__icontains=text) | Q(name__icontains=text))
        rows = rows.filter(
            Q(number__icontains=text) | Q(title__icontains=text) | Q(pk__in=by_item.values("decision_id"))
        )
    wanted = Q()
    if field:
        wanted &= Q(field_name=field)
    if level:
        wanted &= Q(levels__contains=[level])
    if field or level:
        rows = rows.filter(pk__in=DecisionItem.objects.filter(wanted).values("decision_id"))
    if act in DecisionAct.values:
        by_act = DecisionItem.objects.filter(act=act).values("decision_id")
        rows = rows.filter(Q(pk__in=by_act) | Q(is_past=True, **{f"stated__{act}__gt": 0}))
    return rows


def lines(rows: Sequence[Decision]) -> list[DecisionLine]:
    """Return rows as lines, with the number of their items by act. Private to this app."""
    counted: dict[int, Counter[str]] = defaultdict(Counter)
    pairs = DecisionItem.objects.filter(decision_id__in=[row.pk for row in rows]).values_list("decision_id", "act")
    for pk, act in pairs:
        counted[pk][act] += 1
    return [_line(row, counted[row.pk]) for row in rows]


def _line(row: Decision, counts: Mapping[str, int]) -> DecisionLine:
    return DecisionLine(
        public_id=row.public_id, number=row.number, title=row.title, issued_on=row.issued_on, issuer=row.issuer,
        signer=row.signer, state=row.state, counts=row.stated if row.is_past else dict(counts),
        has_file=row.file_id is not None, published_at=row.published_at, entered_on=row.entered_on,
        entry_due_on=row.entry_due_on, is_past=row.is_past,
    )  # fmt: skip


def decision(public_id: UUID | str, *, published: bool = False, with_problems: bool = True) -> DecisionCard:
    """Return a decision with its items and history; a fixed number of statements.

    Args:
        published: look only among published ones, as the public does.
        with_problems: judge the records of a draft.

    Raises:
        NotFound: there is none.
    """
    rows = Decision.objects.select_related("corrects", "file").prefetch_related("corrections")
    row = rows.filter(public_id=public_id).first()
    if row is None or (published and row.state != DecisionState.PUBLISHED):
        raise NotFound
    items = list(row.items.prefetch_related("versions").order_by("position"))
    judged = with_problems and row.state == DecisionState.DRAFT
    return DecisionCard(
        line=_line(row, Counter(item.act for item in items)),
        head=_head(row),
        drafted_by_id=row.drafted_by_id,
        agency_id=row.agency_id,
        corrects=(row.corrects.public_id, row.corrects.number) if row.corrects else None,
        corrected_by=tuple((other.public_id, other.number) for other in row.corrections.all()),
        items=tuple(_item(item, judged=judged) for item in items),
        log=() if published else _log(row.pk),
        lock_version=row.lock_version,
        file_name=row.file.name if row.file else "",
    )


def _head(row: Decision) -> DecisionHead:
    return DecisionHead(
        title=row.title, issuer=row.issuer, issuer_kind=row.issuer_kind, number=row.number, issued_on=row.issued_on,
        signer=row.signer, effective_on=row.effective_on, is_shortened=row.is_shortened, note=row.note,
        file_id=row.file.public_id if row.file else None,
    )  # fmt: skip


def _item(item: DecisionItem, *, judged: bool) -> ItemCard:
    made = next(iter(item.versions.all()), None)
    return ItemCard(
        public_id=item.public_id, act=item.act, code=item.procedure_code, name=item.name, field=item.field_name,
        levels=tuple(item.levels), effective_on=item.effective_on, successors=tuple(item.successors),
        record=item.record or {}, base_version_id=item.base_version_id, made_version_id=made.pk if made else None,
        problems=tuple(problems_of(item)) if judged else (),
    )  # fmt: skip


def _log(pk: int) -> tuple[DecisionLogLine, ...]:
    rows = (
        DecisionLog.objects.filter(decision_id=pk).order_by("-pk").values_list("act", "person__full_name", "at", "note")
    )
    return tuple(DecisionLogLine(act=act, by=name or "", at=at, note=note) for act, name, at, note in rows)


def decision_item(item_id: UUID | str) -> tuple[DecisionCard, ItemCard]:
    """Return an item with its decision, judged when it is a draft.

    Raises:
        NotFound: there is none.
    """
    found = DecisionItem.objects.filter(public_id=item_id).values_list("decision__public_id", flat=True).first()
    if found is None:
        raise NotFound
    card = decision(found)
    return card, next(item for item in card.items if str(item.public_id) == str(item_id))


def difference_from_base(item_id: UUID | str) -> list[Change]:
    """Return what differs from the version that an item starts from, in words; [] where there is none.

    Raises:
        NotFound: no such item.
    """
    item = DecisionItem.objects.select_related("base_version").filter(public_id=item_id).first()
    if item is None:
        raise NotFound
    if item.record is None or item.base_version is None:
        return []
    same = {"decision_no": "", "decision_issuer": ""}  # the decision's own number is no change of the procedure
    before = record_of(item.procedure_code, on=item.base_version.valid.lower)
    return record_difference(before | same, item.record | same)


def problems_of(item: DecisionItem) -> list[tuple[str, str]]:
    """Return (part, sentence) for what keeps an item from being checked: the eight parts, and what cannot be read."""
    if item.act not in WITH_RECORD:
        return []
    found = check_record(item.record or {})
    return [
        (problem.place.removeprefix("part."), str(problem.message))
        for problem in found
        if problem.is_fatal or problem.place.startswith("part.")
    ]


def entry_due_on(row: Decision) -> date | None:
    """Return the last day for entry in the national database, by the rule in force on the day of the decision.

    Counted in working days of the province, the day of the decision not among them; None without a day.

    Law: Decree 63/2010/NĐ-CP, art. 24: entry in the national database of administrative procedures.
    """
    if row.issued_on is None:
        return None
    rules = calendars.rules_for(on=row.issued_on)
    by_issuer = {
        IssuerKind.CHAIRMAN: rules.entry_days_chairman,
        IssuerKind.MINISTER: rules.entry_days_minister,
    }
    days = rules.entry_days_shortened if row.is_shortened else by_issuer[IssuerKind(row.issuer_kind)]
    due = calendars.due_at(
        limit=Limit(days, LimitUnit.WORKING_DAY),
        received_at=datetime.combine(row.issued_on, time(9), tzinfo=VIETNAM),
        calendar=calendars.calendar_for(None, on=row.issued_on),
    )
    return civil_day(due) if due else None


def working_days_left(due_on: date, *, on: date) -> int:
    """Return working days from `on` to the last day, 0 on the last day itself, negative when it passed."""
    return calendars.working_days_between(calendars.calendar_for(None, on=on), on, due_on)


def may_draft(actor: Actor, agency_id: int | None, *, on: date) -> bool:
    """Say whether `actor` works on the drafts of that agency."""
    return policies.may_draft(actor, agency_id, on=on)


def decision_years() -> list[int]:
    """Return the years of published decisions, the latest first."""
    return [
        day.year for day in Decision.objects.filter(state=DecisionState.PUBLISHED).dates("issued_on", "year", "DESC")
    ]


def decision_fields(*, published: bool = True) -> list[str]:
    """Return the names of the fields that decisions touch, sorted."""
    rows = DecisionItem.objects.exclude(field_name="")
    if published:
        rows = rows.filter(decision__state=DecisionState.PUBLISHED)
    return sorted(rows.values_list("field_name", flat=True).distinct(), key=fold)


def decisions_of_procedure(code: str) -> list[tuple[UUID, str, date | None, str]]:
    """Return (public id, number, day, act) of the published decisions about a procedure, the latest first."""
    rows = DecisionItem.objects.filter(procedure_code=code, decision__state=DecisionState.PUBLISHED)
    shown = rows.order_by("-decision__issued_on", "-pk").values_list(
        "decision__public_id", "decision__number", "decision__issued_on", "act"
    )
    return list(shown)


def item_rows(public_ids: Iterable[UUID] | None = None, **period: Any) -> list[dict[str, Any]]:
    """Return the items of published decisions for an export: number, day, act, code, name, field, levels, first day."""
    rows = DecisionItem.objects.filter(decision__state=DecisionState.PUBLISHED).select_related("decision")
    if public_ids is not None:
        rows = rows.filter(decision__public_id__in=list(public_ids))
    if period.get("since"):
        rows = rows.filter(decision__issued_on__gte=period["since"])
    if period.get("until"):
        rows = rows.filter(decision__issued_on__lte=period["until"])
    if period.get("act"):
        rows = rows.filter(act=period["act"])
    ordered = rows.order_by("-decision__issued_on", "-decision_id", "position")
    return [
        {
            "decision": row.decision.public_id, "number": row.decision.number, "issued_on": row.decision.issued_on,
            "act": row.act, "code": row.procedure_code, "name": one_line(row.name), "field": row.field_name,
            "levels": tuple(row.levels), "successors": tuple(row.successors),
            "since": row.effective_on or row.decision.effective_on or row.decision.issued_on,
        }
        for row in ordered
    ]  # fmt: skip
