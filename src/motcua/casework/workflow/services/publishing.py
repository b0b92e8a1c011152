"""Drafts and publishing: nothing that could strand a dossier is ever published."""

import hashlib
from datetime import date, datetime

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Max

from motcua.casework.workflow.compiling import FORMAT_NUMBER
from motcua.casework.workflow.models import ProcessDefinition, ProcessVersion
from motcua.casework.workflow.rules import checked_process
from motcua.casework.workflow.types import (
    Problem,
    ProcessNotSound,
    ValidityTaken,
    VersionNotFound,
    VersionPublished,
    VersionState,
)


def check(xml: bytes) -> list[Problem]:
    """Return everything that keeps a drawing from being published; empty when it may be. Needs no database."""
    return checked_process(xml)[1]


def require_usable(*, code: str, on: date) -> None:
    """Ask today's rules about the version of a process in force on `on`, which an older release may have published.

    A process without such a version passes: it is checked when it is published.

    Raises:
        ProcessNotSound: with every problem found.
    """
    row = ProcessVersion.objects.filter(definition__code=code, valid__contains=on).values_list("xml", flat=True).first()
    problems = check(bytes(row)) if row is not None else []
    if problems:
        raise ProcessNotSound(problems)


@transaction.atomic
def save_draft(
    *,
    code: str,
    name: str,
    xml: bytes,
    at: datetime,
    actor_person_id: int | None = None,
    name_en: str = "",
) -> int:
    """Keep a drawing, sound or not, as the draft of the process `code`; make the process if it is new.

    A process has at most one draft: saving again replaces it. Returns the version's id.
    """
    definition, _made = ProcessDefinition.objects.get_or_create(code=code, defaults={"name": name, "name_en": name_en})
    definition = ProcessDefinition.objects.select_for_update().get(pk=definition.pk)
    if (definition.name, definition.name_en) != (name, name_en or definition.name_en):
        definition.name, definition.name_en = name, name_en or definition.name_en
        definition.save(update_fields=["name", "name_en"])
    last = definition.versions.aggregate(last=Max("number"))["last"] or 0
    draft = definition.versions.filter(state=VersionState.DRAFT).first()
    if draft is None:
        draft = ProcessVersion(definition=definition, number=last + 1)
    draft.xml, draft.sha256 = xml, hashlib.sha256(xml).hexdigest()
    draft.drawn_at, draft.drawn_by = at, actor_person_id
    draft.save()
    return draft.pk


@transaction.atomic
def publish(
    *,
    version_id: int,
    actor_person_id: int | None,
    at: datetime,
    valid_from: date,
    decision_number: str = "",
    decision_on: date | None = None,
    signer: str = "",
) -> int:
    """Check a draft and put it in force from `valid_from` on; the version before it ends on that day.

    New runs take the version in force on the day of receipt; running ones stay on theirs. Returns the version's id.

    Raises:
        ProcessNotSound: with every problem found. VersionPublished: it is not a draft.
        ValidityTaken: another version is already in force from that day or a later one. VersionNotFound.
    """
    definition_id = ProcessVersion.objects.filter(pk=version_id).values_list("definition_id", flat=True).first()
    if definition_id is None:
        raise VersionNotFound
    ProcessDefinition.objects.select_for_update().get(pk=definition_id)
    version = ProcessVersion.objects.select_for_update().get(pk=version_id)
    if version.state != VersionState.DRAFT:
        raise VersionPublished
    graph, problems = checked_process(bytes(version.xml))
    if graph is None:
        raise ProcessNotSound(problems)
    _end_former(definition_id, valid_from)
    version.state, version.graph_hash, version.format_number = VersionState.PUBLISHED, graph.hash, FORMAT_NUMBER
    version.valid = DateRange(valid_from, None)
    version.published_at, version.published_by = at, actor_person_id
    version.decision_number, version.decision_on, version.signer = decision_number, decision_on, signer
    version.save()
    return version.pk


def _end_former(definition_id: int, valid_from: date) -> None:
    former = ProcessVersion.objects.filter(definition_id=definition_id, valid__upper_inf=True)
    for version in former.select_for_update():
        if version.valid.lower >= valid_from:
            raise ValidityTaken(number=version.number, day=version.valid.lower.strftime("%d/%m/%Y"))
        version.valid = DateRange(version.valid.lower, valid_from)
        version.save(update_fields=["valid"])
