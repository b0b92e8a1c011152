"""Rules of counting brought into the database, and a province's own laid over them from a day."""

from datetime import date, datetime, time
from typing import Any

from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _

from motcua.foundation.calendars import rulebooks
from motcua.foundation.calendars.models import DeadlineRule
from motcua.foundation.calendars.rules import packaged_rows, value_of
from motcua.foundation.calendars.types import RuleRow, RuleWrong
from motcua.foundation.calendars.types.rules import SETTINGS
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


def enter_rule(*, rule: RuleRow, since: date, at: datetime) -> int:
    """Put a rule of the province in force from a day; what held before under its code, or by default, ends there.

    Dossiers received earlier keep the rules of their day. Returns the id of the row.

    Raises:
        RuleWrong: the setting or the value is unknown, the source is missing, or a later row stands in the way.
    """
    if rule.setting not in SETTINGS:
        raise RuleWrong(why=_("there is no such setting"))
    if since <= civil_day(at):
        raise RuleWrong(why=_("a rule begins tomorrow or later; what was received before keeps its rules"))
    if not rule.law.strip():
        raise RuleWrong(why=_("name the law or decision it rests on"))
    try:
        value_of(rule.setting, _plain(rule.value))
        with transaction.atomic():
            _end(DeadlineRule.objects.filter(code=rule.code, valid__contains=since), since)
            if rule.is_default:
                _end(DeadlineRule.objects.filter(setting=rule.setting, is_default=True, valid__contains=since), since)
            saved = _saved(RuleRow(**{**_fields(rule), "since": since, "until": None}), is_packaged=False)
    except (IntegrityError, ValueError) as error:
        raise RuleWrong(why=_("its value is not known, or another row holds from a later day")) from error
    rulebooks.forget_rules()
    transaction.on_commit(rulebooks.forget_rules)
    return saved.pk


def _fields(rule: RuleRow) -> dict[str, Any]:
    return {name: getattr(rule, name) for name in RuleRow.__dataclass_fields__}


def _end(rows: Any, since: date) -> None:
    """End rows the day before; one that began the same day is replaced."""
    for row in rows.select_for_update():
        if row.valid.lower == since:
            row.delete()
        else:
            row.valid = DateRange(row.valid.lower, since)
            row.is_packaged = False
            row.save(update_fields=["valid", "is_packaged"])
