"""Lists of procedures: by codes, by field, level and life event with counts."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet

from motcua.casework.procedures.models import (
    Fee,
    Field,
    LifeEvent,
    ProcedureVersion,
    TimeLimit,
    VersionResult,
)
from motcua.casework.procedures.searching.marking import mark
from motcua.casework.procedures.selectors.lines import fee_line, limit_line, purpose_of, title_of
from motcua.casework.procedures.types import (
    Channel,
    FeeLine,
    FieldCard,
    LifeEventCard,
    LimitLine,
    ProcedureLevel,
    ProcedureRef,
    ResultLine,
    SearchHit,
)
from motcua.foundation.calendars.types import LimitUnit

_HOURS = {
    LimitUnit.SAME_DAY: 8,
    LimitUnit.WORKING_HOUR: 1,
    LimitUnit.WORKING_DAY: 8,
    LimitUnit.DAY: 6,
    LimitUnit.MONTH: 176,
}


def hit_lines(
    version_ids: Sequence[int], *, lang: str = "vi", words: frozenset[str] = frozenset()
) -> tuple[SearchHit, ...]:
    """Return the hits of these versions in this order; four statements whatever their number."""
    versions = ProcedureVersion.objects.select_related("procedure", "field").only(*_SHOWN)
    by_id = versions.in_bulk(list(version_ids))
    limits = _by_version(TimeLimit.objects.order_by("position"), by_id, *_LIMIT)
    fees = _by_version(Fee.objects.order_by("position"), by_id, *_FEE)
    results = _by_version(VersionResult.objects.order_by("position"), by_id, *_RESULT)
    return tuple(
        _hit(
            by_id[version_id],
            [limit_line(row) for row in limits[version_id]],
            [fee_line(row) for row in fees[version_id]],
            [
                ResultLine(row.result_type_id, row.result_type__code, row.result_type__name)
                for row in results[version_id]
            ],
            lang,
            words,
        )
        for version_id in version_ids
        if version_id in by_id
    )


_SHOWN = (
    "procedure_id", "field_id", "name", "name_en", "purpose", "purpose_en", "levels", "channels", "procedure__code",
    "field__code", "field__name", "field__name_en",
)  # fmt: skip
_LIMIT = (
    "pk", "case_id", "channel", "place_kind", "statutory_value", "statutory_unit", "reduced_value", "reduced_unit",
    "reduced_by", "note", "needs_review", "flag", "is_addition",
)  # fmt: skip
_FEE = ("pk", "case_id", "channel", "kind", "amount_vnd", "note")
_RESULT = ("result_type_id", "result_type__code", "result_type__name")


def _by_version(rows: QuerySet[Any], versions: Collection[int], *columns: str) -> dict[int, list[Any]]:
    """Return the rows of each version as plain named tuples: a page of hits has a hundred of them."""
    found: dict[int, list[Any]] = {version_id: [] for version_id in versions}
    for row in rows.filter(version_id__in=list(versions)).values_list("version_id", *columns, named=True):
        found[row.version_id].append(row)
    return found


def _hit(
    version: ProcedureVersion,
    limits: list[LimitLine],
    fees: list[FeeLine],
    results: list[ResultLine],
    lang: str,
    words: frozenset[str],
) -> SearchHit:
    name = title_of(version, lang)
    # The shortest limit that anybody may rely on; a doubtful one only where there is no other.
    dated = [line for line in limits if line.unit != LimitUnit.NONE and not line.is_addition]
    dated.sort(key=lambda line: (line.needs_review, _hours(line.value, line.unit)))
    fees.sort(key=lambda line: (line.channel != Channel.DIRECT, line.amount_vnd is None))
    return SearchHit(
        procedure_id=version.procedure_id,
        version_id=version.pk,
        code=version.procedure.code,
        name=name,
        marked=mark(name, words),
        purpose=purpose_of(version, lang, results),
        field_code=version.field.code,
        field_name=(version.field.name_en if lang == "en" else "") or version.field.name,
        levels=tuple(version.levels),
        channels=tuple(version.channels),
        is_online=Channel.ONLINE in version.channels,
        limit=dated[0] if dated else None,
        fee=fees[0] if fees else None,
        has_more_fees=len({line.amount_vnd for line in fees}) > 1,
    )


def _hours(value: int, unit: str) -> int:
    return max(value, 1) * _HOURS.get(LimitUnit(unit), 10**6)


def hits(codes: Sequence[str], *, on: date, lang: str = "vi") -> tuple[SearchHit, ...]:
    """Return the procedures of these codes in force on `on`, in the order of the codes; unknown ones are left out."""
    found = ProcedureVersion.objects.filter(procedure__code__in=codes, valid__contains=on)
    ids = dict(found.values_list("procedure__code", "pk"))
    return hit_lines([ids[code] for code in codes if code in ids], lang=lang)


def procedure_refs(ids: Iterable[int], *, on: date) -> dict[int, ProcedureRef]:
    """Return id -> code and name; the name of `on`, else the newest one."""
    names: dict[int, ProcedureRef] = {}
    rows = ProcedureVersion.objects.filter(procedure_id__in=set(ids)).order_by("valid")
    for row in rows.values_list("procedure_id", "procedure__code", "name", "valid"):
        if row[0] not in names or row[3].lower <= on:
            names[row[0]] = ProcedureRef(code=row[1], name=row[2])
    return names


def fields(*, on: date, lang: str = "vi") -> tuple[FieldCard, ...]:
    """Return the fields that have procedures in force, in Vietnamese order."""
    rows = Field.objects.annotate(count=Count("versions", filter=Q(versions__valid__contains=on))).filter(count__gt=0)
    shown = rows.order_by("sort_key", "pk").values_list("code", "name", "name_en", "count")
    return tuple(
        FieldCard(code=code, name=(name_en if lang == "en" else "") or name, count=count)
        for code, name, name_en, count in shown
    )


def field_names(ids: set[int]) -> dict[int, str]:
    """Return names of fields by id."""
    return dict(Field.objects.filter(pk__in=ids).values_list("pk", "name"))


def levels(*, on: date) -> dict[str, int]:
    """Return level -> number of procedures in force, in one statement."""
    in_force = Q(valid__contains=on)
    return ProcedureVersion.objects.aggregate(
        **{level: Count("pk", filter=in_force & Q(levels__contains=[level])) for level in ProcedureLevel.values}
    )


def life_events(*, on: date, lang: str = "vi") -> tuple[LifeEventCard, ...]:
    """Return the life events in the province's order, with the number of their procedures in force."""
    count = Count("procedures", filter=Q(procedures__versions__valid__contains=on), distinct=True)
    english = lang == "en"
    return tuple(
        LifeEventCard(
            code=row.code,
            name=(row.name_en if english else "") or row.name,
            note=(row.note_en if english else "") or row.note,
            icon=row.icon,
            count=row.count,
        )
        for row in LifeEvent.objects.annotate(count=count).order_by("position", "pk")
    )
