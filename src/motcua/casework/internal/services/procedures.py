"""Internal procedures: which process and form each has; the packaged one, drafting of legal documents."""

import json
import tomllib
from datetime import date, datetime
from pathlib import Path

from django.db import transaction

from motcua.casework.internal.models import InternalProcedure
from motcua.casework.procedures import services as forms
from motcua.casework.procedures.types import VersionOverlaps
from motcua.casework.workflow import selectors as workflow_reads
from motcua.casework.workflow import services as workflow
from motcua.casework.workflow.types import ValidityTaken
from motcua.foundation.accounts.types import SYSTEM, Actor
from motcua.foundation.core.clock import civil_day

DATA = Path(__file__).resolve().parents[1] / "data"


def publish_procedure(
    *,
    code: str,
    name: str,
    suffix: str,
    process_code: str,
    eform_code: str,
    actor: Actor,
    at: datetime,
    name_en: str = "",
    note: str = "",
    is_open: bool = True,
) -> None:
    """Enter an internal procedure, or change what it is called and which process and form new cases take."""
    InternalProcedure.objects.update_or_create(
        code=code,
        defaults={
            "name": name, "name_en": name_en, "note": note, "suffix": suffix, "process_code": process_code,
            "eform_code": eform_code, "is_open": is_open,
        },
    )  # fmt: skip


@transaction.atomic
def load_packaged(*, decision_number: str, valid_from: date, at: datetime, actor: Actor = SYSTEM) -> int:
    """Put the packaged processes and forms in force where there are none yet; return how many were new.

    A process that an installation has drawn anew for itself is left alone.
    """
    new = 0
    for path in sorted(DATA.glob("*.toml")):
        about, code = tomllib.loads(path.read_text(encoding="utf-8")), path.stem
        schema = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
        if workflow_reads.published_version(code, on=civil_day(at)) is None:
            version_id = workflow.save_draft(
                code=code, name=about["name"], name_en=schema["x-title-en"], at=at, xml=drawing(code)
            )
            try:
                workflow.publish(
                    version_id=version_id, actor_person_id=actor.person_id, at=at, valid_from=valid_from,
                    decision_number=decision_number,
                )  # fmt: skip
                forms.save_eform_version(
                    code=code, name=schema["title"], name_en=schema["x-title-en"], schema=schema,
                    valid_from=valid_from, actor=actor, at=at,
                )  # fmt: skip
            except (ValidityTaken, VersionOverlaps):
                continue
            new += 1
        publish_procedure(
            code=code, name=about["name"], name_en=schema["x-title-en"], note=schema["x-note"],
            suffix=schema["x-suffix"], process_code=code, eform_code=code, actor=actor, at=at,
        )  # fmt: skip
    return new


def drawing(code: str) -> bytes:
    """Return the BPMN file of a packaged process."""
    return (DATA / f"{code}.bpmn").read_bytes()


def redrawn(code: str) -> bytes:
    """Return the process drawn anew from its description."""
    return workflow.draw((DATA / f"{code}.toml").read_text(encoding="utf-8"))
