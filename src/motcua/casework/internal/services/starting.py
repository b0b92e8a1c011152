"""Starting an internal case: its form checked, process and form pinned, its first step done in the same breath."""

from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from motcua.casework.internal import placement, policies
from motcua.casework.internal.models import InternalCase, InternalProcedure
from motcua.casework.internal.services.recording import follow, write
from motcua.casework.internal.types import CaseStart, EntryAct, NotStartable
from motcua.casework.procedures import selectors as forms
from motcua.casework.workflow import selectors as workflow_reads
from motcua.casework.workflow import services as workflow
from motcua.casework.workflow.types import Scope
from motcua.foundation.accounts.registry import check
from motcua.foundation.accounts.types import Actor, ActorKind
from motcua.foundation.core.clock import civil_day
from motcua.foundation.core.folding import fold
from motcua.foundation.core.types import Invalid, NotAllowed
from motcua.foundation.organisations import selectors as organisations
from motcua.foundation.organisations.types import AgencyKind

_NEXT = """
INSERT INTO internal_sequence AS s (agency_id, year, suffix, last) VALUES (%s, %s, %s, 1)
ON CONFLICT (agency_id, year, suffix) DO UPDATE SET last = s.last + 1 RETURNING last
"""


@transaction.atomic
def start_case(*, start: CaseStart, actor: Actor, at: datetime) -> InternalCase:
    """Start a case: the first step of its process, which hands the request in, is done by it.

    Raises:
        NotStartable: no such procedure is open, or its process or form is not in force.
        Invalid: title or answers are wrong; `fields` says where, answers by their name in the form.
        NotAllowed: none of the actor's posts does the first step at that agency.
    """
    on = civil_day(at)
    procedure = InternalProcedure.objects.filter(code=start.procedure, is_open=True).first()
    version_id = workflow_reads.published_version(procedure.process_code, on=on) if procedure else None
    form_id = forms.form_in_force(procedure.eform_code, on=on) if procedure else None
    if procedure is None or version_id is None or form_id is None:
        raise NotStartable
    _check(start, forms.eform_schema(form_id), at)
    scope = _scope(start.lead_agency_id, at)
    post_id = _post_id(version_id, scope, actor, at)
    places = placement.of(at)
    step = workflow.start_run_done(
        version_id=version_id, subject_label=procedure.suffix, scope=scope, at=at,
        actor_person_id=actor.person_id, post_id=post_id, **places,
    )  # fmt: skip
    case = InternalCase(
        procedure=procedure, lead_agency_id=start.lead_agency_id, title=start.title.strip(),
        title_folded=fold(start.title), version_id=version_id, run_id=step.run_id, eform_version_id=form_id,
        answers=dict(start.answers), agency_ids=[start.lead_agency_id], started_at=at, started_by_id=actor.person_id,
        due_on=start.due_on, code=_next_code(start.lead_agency_id, procedure.suffix, on.year),
    )  # fmt: skip
    case.save(force_insert=True)
    write(case, EntryAct.STARTED, actor=actor, at=at, task=step.closed, file_ids=start.file_ids)
    follow(case, opened=step.opened, ended=step.ended, at=at)
    return case


def _check(start: CaseStart, schema: dict[str, Any], at: datetime) -> None:
    wrong = forms.check_answers(schema, dict(start.answers), on=civil_day(at))
    if not start.title.strip():
        wrong["title"] = [_("Enter what the document is about.")]
    if start.due_on is not None and start.due_on < civil_day(at):
        wrong["due_on"] = [_("This day is over. Choose a later one.")]
    if wrong:
        raise Invalid(wrong)


def _scope(lead_agency_id: int, at: datetime) -> Scope:
    listing = organisations.directory(on=civil_day(at))
    if lead_agency_id not in listing.agencies:
        raise Invalid({"lead": [_("Choose the agency that drafts.")]})
    province_id = next(item.id for item in listing.agencies.values() if item.kind == AgencyKind.PROVINCE)
    return Scope(receiving_id=lead_agency_id, competent_id=lead_agency_id, province_id=province_id)


def _post_id(version_id: int, scope: Scope, actor: Actor, at: datetime) -> int | None:
    """Return the actor's post for the first step of the process."""
    if actor.kind == ActorKind.SYSTEM:
        return None
    check("internal.start", actor)
    graph = workflow_reads.graph(version_id)
    first = graph.nodes[graph.nodes[graph.start].outgoing[0].target]
    unit_id = placement.of(at)["resolve_unit"](first, scope)
    posts = actor.posts_for(unit_id, first.role) or actor.posts_over(scope.competent_id, first.role, *policies.LEADS)
    if not posts:
        raise NotAllowed
    return posts[0].post_id


def _next_code(agency_id: int, suffix: str, year: int) -> str:
    """Take the agency's next number of the year, as 12/2026/XDVB: the last lock of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute(_NEXT, [agency_id, year, suffix])
        return f"{cursor.fetchone()[0]}/{year}/{suffix}"
