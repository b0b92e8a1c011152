"""Rules of counting brought into the database, and a province's own laid over them from a day."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from motcua.foundation.calendars import rule_changes, rulebooks
from motcua.foundation.calendars.models import DeadlineRule, RuleEdit
from motcua.foundation.calendars.plain import rule_plain
from motcua.foundation.calendars.rules import packaged_rows
from motcua.foundation.calendars.types import RuleChange, RuleEditKind, RuleRow
from motcua.foundation.core.clock import civil_day


@transaction.atomic
def load_packaged_rules(*, at: datetime) -> int:
    """Bring the packaged rules into the database; return how many rows changed (0 the second time).

    A packaged row that would lie under one entered by the province is left out: the province's holds.
    """
    present = {(row.code, row.valid.lower): row for row in DeadlineRule.objects.select_for_update().order_by("pk")}
    wanted = {(row.code, row.since): row for row in packaged_rows()}
    gone = [row.pk for key, row in present.items() if row.is_packaged and key not in wanted]
    changed = len(gone)
    DeadlineRule.objects.filter(pk__in=gone).delete()
    for key, row in wanted.items():
        kept = present.get(key)
        if kept is not None and (not kept.is_packaged or _same(kept, row)):
            continue
        if kept is None and _is_covered(row):
            continue
        DeadlineRule.objects.filter(code=row.code, is_packaged=True, valid=_valid(row)).delete()
        _saved(row, is_packaged=True)
        changed += 1
    rulebooks.forget_rules()
    return changed


def _is_covered(row: RuleRow) -> bool:
    others = DeadlineRule.objects.filter(valid__overlap=_valid(row), is_packaged=False)
    same_default = others.filter(setting=row.setting, is_default=True) if row.is_default else others.none()
    return others.filter(code=row.code).exists() or same_default.exists()


def _same(kept: DeadlineRule, row: RuleRow) -> bool:
    return (kept.value, kept.name, kept.name_en, kept.explanation, kept.explanation_en, kept.law, kept.law_en) == (
        _plain(row.value),
        row.name,
        row.name_en,
        row.explanation,
        row.explanation_en,
        row.law,
        row.law_en,
    ) and (kept.is_default, kept.is_verified) == (row.is_default, row.is_verified)


def _valid(row: RuleRow) -> DateRange:
    return DateRange(row.since, row.until)


def _plain(value: Any) -> Any:
    return f"{value:%H:%M}" if isinstance(value, time) else value


def _saved(row: RuleRow, *, is_packaged: bool) -> DeadlineRule:
    return DeadlineRule.objects.create(
        code=row.code,
        setting=row.setting,
        value=_plain(row.value),
        name=row.name,
        name_en=row.name_en,
        explanation=row.explanation,
        explanation_en=row.explanation_en,
        law=row.law,
        law_en=row.law_en,
        is_default=row.is_default,
        is_verified=row.is_verified,
        is_packaged=is_packaged,
        valid=_valid(row),
    )


def enter_rule(*, rule: RuleRow, since: date, at: datetime, reason: str = "", by: int | None = None) -> int:
    """Put a rule of the province in force from a day; what held before under its code, or by default, ends there.

    Dossiers received earlier keep the rules of their day. Returns the id of its entry in the history.

    Args:
        by: person id; None for the system.

    Raises:
        RuleWrong: the setting or the value is unknown, the source is missing, or a later row stands in the way.
    """
    return _carry_out(RuleChange(rule.code, since, rule), RuleEditKind.ENTERED, reason=reason, by=by, at=at)


def end_rule(*, code: str, since: date, at: datetime, reason: str = "", by: int | None = None) -> int:
    """End a rule that procedures choose, so that it holds no more from a day; returns the id in the history.

    A value that has not begun by then is taken out again, and what it would have ended goes on.

    Raises:
        RuleWrong: no value holds on that day, or it holds for every procedure and nothing would follow it.
    """
    return _carry_out(RuleChange(code, since), RuleEditKind.ENDED, reason=reason, by=by, at=at)


@transaction.atomic
def _carry_out(change: RuleChange, kind: RuleEditKind, *, reason: str, by: int | None, at: datetime) -> int:
    present = {
        (row.code, row.valid.lower): row for row in DeadlineRule.objects.select_for_update().order_by("pk")
    }  # fmt: skip
    before = [rulebooks.row_of(row) for row in present.values()]
    after = rule_changes.changed_rows(before, change, on=civil_day(at))
    gone = [row for row in before if row not in after]
    new = [row for row in after if row not in before]
    kept = {(row.code, row.since) for row in after}
    for row in gone:
        if (row.code, row.since) not in kept:
            present[row.code, row.since].delete()
    _write(new, present)
    if change.enter is None and not any(row.until == change.since for row in new):
        kind = RuleEditKind.WITHDRAWN
    edit = RuleEdit.objects.create(
        code=change.code, kind=kind, reason=reason.strip(), before=[rule_plain(row) for row in gone],
        after=[rule_plain(row) for row in new], person_id=by, changed_at=at,
    )  # fmt: skip
    rulebooks.forget_rules()
    transaction.on_commit(rulebooks.forget_rules)
    return edit.pk


def _write(rows: Sequence[RuleRow], present: Mapping[tuple[str, date | None], DeadlineRule]) -> None:
    """Save rows: first those that end earlier, so that no two overlap on the way."""
    for row in sorted(rows, key=lambda row: row.until is None):
        known = present.get((row.code, row.since))
        if known is None:
            _saved(row, is_packaged=False)
        elif _same(known, row):
            known.valid, known.is_packaged = _valid(row), False
            known.save(update_fields=["valid", "is_packaged"])
        else:
            known.delete()
            _saved(row, is_packaged=False)
