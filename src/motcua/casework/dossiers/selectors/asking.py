"""What a step may choose from: the agencies that can be asked, the steps that a dossier can go back to."""

from datetime import datetime
from uuid import UUID

from motcua.casework.dossiers.models import Dossier
from motcua.casework.dossiers.prospects import in_language
from motcua.casework.dossiers.selectors import names
from motcua.casework.dossiers.selectors.access import seen
from motcua.casework.workflow import selectors as workflow
from motcua.casework.workflow.types import ClosedTask
from motcua.foundation.accounts.types import Actor
from motcua.foundation.core.clock import civil_day
from motcua.foundation.organisations import selectors as organisations
from motcua.foundation.organisations.types import AgencyKind

# Departments first: they are asked most.
_ASKED_KINDS = (
    AgencyKind.DEPARTMENT,
    AgencyKind.VERTICAL,
    AgencyKind.BRANCH,
    AgencyKind.UTILITY,
    AgencyKind.COMMUNE,
    AgencyKind.PROVINCE,
)


def agencies_to_ask(*, competent_agency_id: int, at: datetime) -> tuple[tuple[int, str], ...]:
    """Return the agencies that may be asked for an opinion, (id, name), those of the province first."""
    cards = organisations.directory(on=civil_day(at)).agencies.values()
    found = [card for card in cards if card.kind in _ASKED_KINDS and card.id != competent_agency_id]
    found.sort(key=lambda card: (_ASKED_KINDS.index(AgencyKind(card.kind)), card.name))
    return tuple((card.id, card.name) for card in found)


def steps_back(*, actor: Actor, task_id: UUID, at: datetime) -> tuple[tuple[str, str], ...]:
    """Return the steps that a dossier may be returned to from an open task: (element, name), the last one first.

    Raises:
        NotFound: missing or forbidden.
    """
    task = workflow.task_for(task_id)
    seen(Dossier.objects.filter(run_id=task.run_id).first(), actor)
    if isinstance(task, ClosedTask):
        return ()
    ways = workflow.ways_back(task.run_id, task.token_id)
    return tuple((way.node.id, in_language(way.node.name, way.node.name_en)) for way in ways)


def silent_agencies(dossier: Dossier, *, at: datetime) -> tuple[str, ...]:
    """Return the names of agencies that did not answer in time."""
    if dossier.run_id is None or not dossier.asked_agency_ids:
        return ()
    on = civil_day(at)
    units = {unit for found in workflow.silent_agencies(dossier.run_id).values() for unit in found}
    return tuple(sorted(names.agency_name(unit, on=on) for unit in units))
