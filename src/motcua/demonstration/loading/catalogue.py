"""Imports the packaged procedures, publishes processes, forms and offers, and fixes what a person has to confirm."""

import hashlib
from collections.abc import Callable
from datetime import datetime
from functools import partial

from motcua.casework.procedures import selectors as procedures_read
from motcua.casework.procedures import services as procedures
from motcua.casework.procedures.types import VersionOverlaps
from motcua.casework.workflow import selectors as workflow_read
from motcua.casework.workflow import services as workflow
from motcua.casework.workflow.types import ValidityTaken
from motcua.demonstration import pairing, processes
from motcua.demonstration.pairing import Pairing
from motcua.foundation.accounts.types import SYSTEM
from motcua.foundation.core.clock import civil_day

DECISION = "Quyết định trình diễn"


def load_procedures(*, at: datetime) -> str:
    """Import the packaged catalogue; return what was done in a few words."""
    report = procedures.load_packaged(valid_from=pairing.valid_from(), actor=SYSTEM, at=at)
    return f"{report.created} new, {report.changed} changed, {report.unchanged} as before"


def publish_processes(*, at: datetime) -> int:
    """Publish each packaged process that is not in force as packaged; return how many were published."""
    return sum(_publish_process(item, at) for item in pairing.pairings())


def _publish_process(item: Pairing, at: datetime) -> bool:
    xml = processes.drawing(item.code)
    present = workflow_read.published_version(item.code, on=civil_day(at))
    if present and workflow_read.version_card(present).sha256 == hashlib.sha256(xml).hexdigest():
        return False
    version = workflow.save_draft(code=item.code, name=item.name, name_en=item.name_en, xml=xml, at=at)
    publish = partial(workflow.publish, version_id=version, actor_person_id=None, at=at, decision_number=DECISION)
    return _put_in_force(publish, at)


def _put_in_force(publish: Callable[..., object], at: datetime) -> bool:
    """Publish from the first day of the province, or from today where an older version is in force since then.

    What was already changed today stays until tomorrow's start.
    """
    for since in (pairing.valid_from(), civil_day(at)):
        try:
            publish(valid_from=since)
        except (ValidityTaken, VersionOverlaps):
            continue
        return True
    return False


def publish_forms(*, at: datetime) -> int:
    """Save the form of each process, and the library of drafts; return how many forms of processes there are."""
    for item in pairing.pairings():
        schema = pairing.eform(item.code)
        save = partial(
            procedures.save_eform_version,
            code=item.code,
            name=str(schema["title"]),
            name_en=str(schema["x-title-en"]),
            schema=schema,
            actor=SYSTEM,
            at=at,
        )
        _put_in_force(save, at)
    procedures.load_form_library(actor=SYSTEM, at=at)
    return len(pairing.pairings())


def publish_offers(agency_ids: dict[str, int], *, at: datetime) -> int:
    """Publish who takes the paired procedures; return how many offers there are."""
    count = 0
    for item in pairing.pairings():
        for procedure in item.procedures:
            for agency in item.agency_codes():
                publish = partial(
                    procedures.publish_offer,
                    procedure_code=procedure,
                    agency_id=agency_ids[agency] if agency else None,
                    level=item.level,
                    process_code=item.code,
                    eform_code=item.code,
                    channels=item.channels,
                    quick_form=item.quick_form,
                    actor=SYSTEM,
                    at=at,
                )
                _put_in_force(publish, at)
                count += 1
    return count


def confirm_by_hand(*, at: datetime) -> int:
    """Settle limits and fix the kinds of papers of the paired procedures; return how many papers are confirmed."""
    confirmed = 0
    for item in pairing.pairings():
        for procedure in item.procedures:
            _settle_limits(item, procedure, at)
            confirmed += _confirm_papers(procedure, at)
    return confirmed


def _settle_limits(item: Pairing, procedure: str, at: datetime) -> None:
    for limit in item.limits:
        settled = {"reduced" if limit.reduced else "statutory": (limit.value, limit.unit)}
        procedures.confirm_limit(code=procedure, channel="", note=limit.note, actor=SYSTEM, at=at, **settled)


def _confirm_papers(procedure: str, at: datetime) -> int:
    page = procedures_read.procedure_page(procedure, on=civil_day(at))
    lines = [line for case in page.cases for line in (*case.papers, *case.notes)]
    for line in lines:
        kind = pairing.paper_kind(procedure, line.name) or line.kind
        if not line.is_confirmed or line.kind != kind:
            procedures.confirm_component(component_id=line.id, kind=kind, actor=SYSTEM, at=at)
    return len(lines)
