"""Making versions out of drafts, many at a time: a constant number of statements for a batch of records."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Max
from django.utils.text import slugify
from vn_collate import collate_key

from motcua.casework.procedures.events import ProcedureVersionPublished
from motcua.casework.procedures.models import (
    CaseComponent,
    Field,
    LifeEvent,
    LifeEventProcedure,
    Procedure,
    ProcedureVersion,
    VersionRecord,
)
from motcua.casework.procedures.reading.drafts import RecordDraft
from motcua.casework.procedures.services.parts import make_parts
from motcua.casework.procedures.types import Outcome, VersionOverlaps
from motcua.foundation.core import outbox
from motcua.foundation.core.folding import fold


@dataclass(frozen=True, slots=True)
class Standing:
    """The newest version of a procedure, as far as publishing another one asks for it."""

    version_id: int
    procedure_id: int
    code: str
    name: str
    digest: str
    valid: DateRange
    has_record: bool
    kept: Mapping[str, Any]

    def outcome(self, digest: str) -> Outcome:
        """Say what a record of this digest comes to."""
        return Outcome.UNCHANGED if digest == self.digest and self.valid.upper is None else Outcome.CHANGED

    def overlaps(self, valid_from: date) -> bool:
        """Say whether it starts on or after that day, so that another one cannot start before it."""
        return self.valid.lower >= valid_from


_KEPT = ("name_en", "purpose", "purpose_en", "deadline_rules")


def standings(codes: Iterable[str]) -> dict[str, Standing]:
    """Return the newest version of each procedure by code, in one statement."""
    rows = ProcedureVersion.objects.filter(procedure__code__in=list(codes)).order_by("procedure_id", "-valid")
    columns = ("pk", "procedure_id", "procedure__code", "name", "digest", "valid", "record__version_id", *_KEPT)
    found: dict[str, Standing] = {}
    for row in rows.distinct("procedure_id").values_list(*columns):
        kept = dict(zip(_KEPT, row[7:], strict=True))
        found[row[2]] = Standing(row[0], row[1], row[2], row[3], row[4], row[5], row[6] is not None, kept)
    return found


@transaction.atomic
def publish_drafts(
    drafts: Sequence[RecordDraft], *, valid_from: date, at: datetime
) -> list[tuple[Outcome, int] | VersionOverlaps]:
    """Make a version of each draft in force from `valid_from`; return outcome and version id, or why not, per draft.

    No two drafts are of one code. An equal record changes nothing; where an older installation did not keep its words
    they are kept now. All or nothing is written when the database refuses a draft: call again one by one then.
    """
    codes = sorted({draft.code for draft in drafts})
    Procedure.objects.bulk_create([Procedure(code=code) for code in codes], ignore_conflicts=True)
    ids = dict(Procedure.objects.select_for_update().filter(code__in=codes).order_by("pk").values_list("code", "pk"))
    before = standings(codes)
    answers: list[tuple[Outcome, int] | VersionOverlaps] = []
    wanted: list[RecordDraft] = []
    for draft in drafts:
        standing = before.get(draft.code)
        if standing and standing.outcome(draft.digest) is Outcome.UNCHANGED:
            _keep_words(standing, draft)
            answers.append((Outcome.UNCHANGED, standing.version_id))
        elif standing and standing.overlaps(valid_from):
            answers.append(VersionOverlaps(code=draft.code, on=valid_from.isoformat()))
        else:
            answers.append((Outcome.CHANGED if standing else Outcome.CREATED, 0))
            wanted.append(draft)
    made = _make(wanted, ids, before, valid_from=valid_from, at=at)
    return [
        answer if isinstance(answer, VersionOverlaps) else (answer[0], answer[1] or made[draft.code])
        for draft, answer in zip(drafts, answers, strict=True)
    ]


def _keep_words(standing: Standing, draft: RecordDraft) -> None:
    if not standing.has_record:
        VersionRecord.objects.create(version_id=standing.version_id, content=draft.raw)


def _make(
    drafts: list[RecordDraft],
    ids: Mapping[str, int],
    before: Mapping[str, Standing],
    *,
    valid_from: date,
    at: datetime,
) -> dict[str, int]:
    """Make the versions; return their ids by code."""
    if not drafts:
        return {}
    _end([before[draft.code] for draft in drafts if draft.code in before], valid_from)
    fields = _fields({draft.field_name for draft in drafts})
    versions = ProcedureVersion.objects.bulk_create(
        _version(draft, ids[draft.code], fields[draft.field_name], before.get(draft.code), valid_from)
        for draft in drafts
    )
    pairs = list(zip(versions, drafts, strict=True))
    make_parts(pairs, _confirmed(before[draft.code].version_id for draft in drafts if draft.code in before))
    VersionRecord.objects.bulk_create(VersionRecord(version=version, content=draft.raw) for version, draft in pairs)
    _arrange({ids[draft.code]: draft.life_events for draft in drafts if draft.life_events is not None})
    for version, draft in pairs:
        outbox.publish(
            ProcedureVersionPublished(procedure_code=draft.code, version_id=version.pk, valid_from=valid_from), at=at
        )
    return {draft.code: version.pk for version, draft in pairs}


def _end(standing: list[Standing], valid_from: date) -> None:
    """The versions before end on the day on which the new ones start."""
    late = [row.version_id for row in standing if row.valid.upper is None or row.valid.upper > valid_from]
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE procedures_version SET valid = daterange(lower(valid), %s) WHERE id = ANY(%s)", [valid_from, late]
        )


def _version(
    draft: RecordDraft, procedure_id: int, field: Field, before: Standing | None, valid_from: date
) -> ProcedureVersion:
    kept: dict[str, Any] = {}
    if before:
        same_name = before.name == draft.columns["name"]
        kept = {key: value for key, value in before.kept.items() if same_name or key == "deadline_rules"}
    extra = [draft.field_name, *(name for _code, name in draft.results)]
    return ProcedureVersion(
        procedure_id=procedure_id,
        field=field,
        valid=DateRange(valid_from, None),
        digest=draft.digest,
        search_extra="\n".join(extra),
        **draft.columns,
        **kept,
    )


def _fields(names: set[str]) -> dict[str, Field]:
    found = {field.name: field for field in Field.objects.filter(name__in=names)}
    for name in sorted(names - found.keys()):
        code = slugify(fold(name))[:80].strip("-") or "khac"
        found[name], _made = Field.objects.get_or_create(
            name=name, defaults={"code": _free_code(code, name), "sort_key": collate_key(name)[:600]}
        )
    return found


def _free_code(code: str, name: str) -> str:
    """Two names that fold alike (or share their first 80 letters) get a short suffix from the name itself."""
    if not Field.objects.filter(code=code).exists():
        return code
    return f"{code[:73].strip('-')}-{uuid.uuid5(uuid.NAMESPACE_OID, name).hex[:6]}"


def _confirmed(version_ids: Iterable[int]) -> dict[str, dict[str, str]]:
    """What a person confirmed of a paper stays confirmed when the same words are published again: by code and name."""
    rows = CaseComponent.objects.filter(case__version_id__in=list(version_ids), is_confirmed=True)
    found: dict[str, dict[str, str]] = {}
    for code, name, kind in rows.values_list("case__version__procedure__code", "name", "kind"):
        found.setdefault(code, {})[name] = kind
    return found


def _arrange(events: Mapping[int, tuple[str, ...]]) -> None:
    """Put procedures under the life events that their records name, last in each list, and under no others."""
    if not events:
        return
    ids = dict(LifeEvent.objects.values_list("code", "pk"))
    for procedure_id, codes in events.items():
        wanted = {ids[code] for code in codes if code in ids}
        links = LifeEventProcedure.objects.filter(procedure_id=procedure_id)
        links.exclude(life_event_id__in=wanted).delete()
        for event_id in wanted - set(links.values_list("life_event_id", flat=True)):
            last = LifeEventProcedure.objects.filter(life_event_id=event_id).aggregate(last=Max("position"))["last"]
            LifeEventProcedure.objects.create(
                life_event_id=event_id, procedure_id=procedure_id, position=min(32_000, (last or 0) + 1)
            )
