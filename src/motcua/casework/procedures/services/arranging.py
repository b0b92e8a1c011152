"""The province's arrangement of the catalogue: life events, everyday words, plain purposes, settled limits."""

import gzip
import json
from datetime import date, datetime
from functools import cache
from importlib.resources import files
from typing import Any

from django.db import transaction
from django.db.models import Q

from motcua.casework.procedures import policies
from motcua.casework.procedures.models import (
    Field,
    LifeEvent,
    LifeEventProcedure,
    Procedure,
    ProcedureVersion,
    SearchSynonym,
    TimeLimit,
)
from motcua.casework.procedures.selectors.choosing import forget_choices
from motcua.casework.procedures.services.importing import import_records
from motcua.casework.procedures.services.publishing import confirm_limit
from motcua.casework.procedures.types import ImportReport
from motcua.foundation.accounts.types import Actor
from motcua.foundation.calendars.types import LimitUnit

_DATA = "motcua.casework.procedures.data"


def load_packaged(*, valid_from: date, actor: Actor, at: datetime) -> ImportReport:
    """Import the packaged procedures and apply the packaged arrangement. Idempotent.

    Raises:
        NotAllowed: the actor does not edit the catalogue.
    """
    packed = (files(_DATA) / "procedures.jsonl.gz").read_bytes()
    report = import_records(gzip.decompress(packed).splitlines(), valid_from=valid_from, actor=actor, at=at)
    apply_arrangement(packaged_arrangement(), actor=actor, at=at)
    return report


@cache
def packaged_arrangement() -> dict[str, Any]:
    """Return the packaged arrangement as it stands in its file."""
    return json.loads((files(_DATA) / "arrangement.json").read_text(encoding="utf-8"))


@transaction.atomic
def apply_arrangement(arrangement: dict[str, Any], *, actor: Actor, at: datetime) -> None:
    """Set life events, synonyms, prominence, purposes, translations and settled limits; unknown codes are passed over.

    Keys: `life_events` [{code, name, name_en, note, note_en, icon, procedures}], `synonyms` {phrase: [meaning]},
    `prominence` {code: 0..100}, `purposes` {code: {vi, en}}, `names_en` {code: name}, `fields_en` {name: name},
    `limits` [{code, channel, value, unit, source}].

    Raises:
        NotAllowed: the actor does not edit the catalogue.
    """
    policies.require_editor(actor)
    ids = dict(Procedure.objects.values_list("code", "pk"))
    for position, event in enumerate(arrangement.get("life_events", ())):
        _arrange_life_event(event, position, ids)
    _set_synonyms(arrangement.get("synonyms", {}))
    _set_words(arrangement, ids)
    for limit in arrangement.get("limits", ()):
        if limit["code"] in ids and _is_open(ids[limit["code"]]):
            confirm_limit(
                code=limit["code"],
                channel=limit.get("channel", ""),
                statutory=(limit["value"], limit["unit"]),
                note=limit["source"],
                actor=actor,
                at=at,
            )
    forget_choices()


def _is_open(procedure_id: int) -> bool:
    """Say whether a limit of the procedure still waits for a person; what one settled is not touched again."""
    rows = TimeLimit.objects.filter(version__procedure_id=procedure_id, version__valid__upper_inf=True)
    return rows.filter(Q(needs_review=True) | Q(statutory_unit=LimitUnit.NONE)).exists()


def _arrange_life_event(event: dict[str, Any], position: int, ids: dict[str, int]) -> None:
    texts = {key: event.get(key, "") for key in ("name", "name_en", "note", "note_en", "icon")}
    row, _made = LifeEvent.objects.update_or_create(code=event["code"], defaults=texts | {"position": position})
    wanted = [ids[code] for code in event["procedures"] if code in ids]
    LifeEventProcedure.objects.filter(life_event=row).exclude(procedure_id__in=wanted).delete()
    LifeEventProcedure.objects.bulk_create(
        [
            LifeEventProcedure(life_event=row, procedure_id=procedure_id, position=number)
            for number, procedure_id in enumerate(wanted)
        ],
        update_conflicts=True,
        unique_fields=["life_event", "procedure"],
        update_fields=["position"],
    )


def _set_synonyms(synonyms: dict[str, list[str]]) -> None:
    SearchSynonym.objects.bulk_create(
        [
            SearchSynonym(phrase=phrase, meaning=meaning)
            for phrase, meanings in synonyms.items()
            for meaning in meanings
        ],
        ignore_conflicts=True,
    )


def _set_words(arrangement: dict[str, Any], ids: dict[str, int]) -> None:
    for code, prominence in arrangement.get("prominence", {}).items():
        Procedure.objects.filter(code=code).exclude(prominence=prominence).update(prominence=prominence)
    for name, translated in arrangement.get("fields_en", {}).items():
        Field.objects.filter(name=name).exclude(name_en=translated).update(name_en=translated)
    in_force = ProcedureVersion.objects.filter(valid__upper_inf=True)
    for code, texts in arrangement.get("purposes", {}).items():
        if code in ids:
            in_force.filter(procedure_id=ids[code]).update(purpose=texts.get("vi", ""), purpose_en=texts.get("en", ""))
    for code, name in arrangement.get("names_en", {}).items():
        if code in ids:
            in_force.filter(procedure_id=ids[code]).update(name_en=name)
