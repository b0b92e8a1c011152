"""Whole pictures of one dossier or task for a page."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from motcua.casework.dossiers import clocks, policies, scope, sealing
from motcua.casework.dossiers.models import Dossier, DueDateChange, FormAnswer, Party, RefusalNotice
from motcua.casework.dossiers.policies import posts_for_task
from motcua.casework.dossiers.prospects import needs_of, next_name
from motcua.casework.dossiers.selectors import names, papers
from motcua.casework.dossiers.selectors.access import seen
from motcua.casework.dossiers.selectors.asking import silent_agencies
from motcua.casework.dossiers.selectors.ledger import plain_ledger
from motcua.casework.dossiers.selectors.timeline import timeline_of
from motcua.casework.dossiers.services.returning import return_by
from motcua.casework.dossiers.status import status_of
from motcua.casework.dossiers.terms import PUBLISHED_CHANNEL
from motcua.casework.dossiers.types import Channel, DossierView, PartyInput, Proof, TaskView
from motcua.casework.procedures import selectors as procedures
from motcua.casework.procedures.types import PlaceKind
from motcua.casework.workflow import selectors as workflow
from motcua.foundation.accounts import selectors as accounts
from motcua.foundation.accounts.types import Actor, ActorKind
from motcua.foundation.calendars import selectors as calendars
from motcua.foundation.calendars.types import Limit, LimitUnit
from motcua.foundation.core.clock import civil_day
from motcua.foundation.core.types import NotFound
from motcua.foundation.organisations import selectors as organisations


def dossier_view(*, actor: Actor, public_id: UUID, at: datetime, proof: Proof | None = None) -> DossierView:
    """Return everything of a dossier that the actor may see.

    Raises:
        NotFound: missing or forbidden.
    """
    return view_of(seen(Dossier.objects.filter(public_id=public_id).first(), actor, proof), actor=actor, at=at)


def desk_view(*, actor: Actor, public_id: UUID, at: datetime) -> DossierView:
    """Return a dossier for the page of what was just taken in: also for a desk that sees nothing behind it.

    Raises:
        NotFound: missing or forbidden.
    """
    dossier = Dossier.objects.filter(public_id=public_id).first()
    if dossier is None or not (scope.at_desk(actor, dossier, on=civil_day(at)) or policies.can_see(actor, dossier)):
        raise NotFound
    return view_of(dossier, actor=actor, at=at)


def party_view(*, actor: Actor, dossier_id: int, at: datetime, proof: Proof | None = None) -> DossierView:
    """Return everything of a dossier for one of its parties.

    Raises:
        NotFound: missing or forbidden.
    """
    return view_of(seen(Dossier.objects.filter(pk=dossier_id).first(), actor, proof), actor=actor, at=at)


def view_of(dossier: Dossier, *, actor: Actor, at: datetime) -> DossierView:
    """Return the whole picture of a dossier already checked for access. Private to this app."""
    on = civil_day(at)
    graph = workflow.graph(dossier.process_version_id)
    tasks = tuple(workflow.open_tasks(dossier.run_id)) if dossier.run_id else ()
    supplements = papers.supplements_of(dossier)
    code, name = names.procedure_names([dossier.procedure_version_id])[dossier.procedure_version_id]
    refusal = RefusalNotice.objects.filter(dossier=dossier).order_by("-pk").first()
    given = FormAnswer.objects.filter(dossier=dossier).order_by("-version").first()
    stops = clocks.stops_of([dossier.pk]).get(dossier.pk, ())
    pause = next((stop for stop in stops if stop.ends_at is None), None)
    limit = Limit(dossier.limit_value, LimitUnit(dossier.limit_unit))
    statutory = Limit(dossier.statutory_value, LimitUnit(dossier.statutory_unit))
    return DossierView(
        id=dossier.pk,
        public_id=dossier.public_id,
        code=dossier.code or "",
        intake_number=dossier.intake_number or "",
        procedure_code=code,
        procedure_name=name,
        procedure_version_id=dossier.procedure_version_id,
        case_name=dossier.case.name,
        channel=dossier.channel,
        status=status_of(dossier.state, dossier.waiting_for),
        state=dossier.state,
        waiting_for=dossier.waiting_for,
        outcome=dossier.outcome,
        delivery=dossier.delivery,
        summary=dossier.summary,
        receiving_id=dossier.receiving_agency_id,
        receiving_name=names.agency_name(dossier.receiving_agency_id, on=on),
        competent_id=dossier.competent_agency_id,
        competent_name=names.agency_name(dossier.competent_agency_id, on=on),
        limit_text=_limit_words(dossier, limit),
        fee_vnd=dossier.fee_vnd,
        filed_at=dossier.filed_at,
        acceptance_due_at=dossier.acceptance_due_at,
        accepted_at=dossier.accepted_at,
        due_at=dossier.due_at,
        due_before_pause=pause.due_before if pause else None,
        finished_at=dossier.finished_at,
        closed_at=dossier.closed_at,
        lock_version=dossier.lock_version,
        parties=parties_of(dossier),
        answers=sealing.unseal(given.answers_cipher, purpose=sealing.ANSWERS) if given else {},
        answers_schema=procedures.eform_schema(given.eform_version_id) if given and given.eform_version_id else {},
        papers=papers.papers_of(dossier, supplements),
        supplements=supplements,
        timeline=timeline_of(
            dossier, graph, tasks, on=on, with_names=True, is_inside=actor.kind in {ActorKind.STAFF, ActorKind.SYSTEM}
        ),
        ledger=plain_ledger(dossier, tasks, stops, at=at),
        result=papers.result_of(dossier),
        refusal_reason=refusal.reason if refusal else "",
        refusal_basis=refusal.legal_basis if refusal else "",
        certified=papers.certified_of(dossier),
        open_tasks=tasks,
        process_version_id=dossier.process_version_id,
        run_id=dossier.run_id,
        limit=limit,
        is_suspended=dossier.is_suspended,
        stop_reason=pause.reason if pause else "",
        statutory_due_at=dossier.statutory_due_at,
        statutory_text=str(statutory) if statutory != limit else "",
        return_by=return_by(dossier),
    )


def parties_of(dossier: Dossier) -> tuple[PartyInput, ...]:
    """Return the present people of a dossier in clear, applicants first."""
    found = Party.objects.filter(dossier=dossier, is_current=True).order_by("pk")
    return tuple(sealing.open_party(party) for party in found)


def task_view(*, actor: Actor, task_id: UUID, at: datetime) -> TaskView:
    """Return a task with its dossier for somebody who may see the dossier; `posts` says whether they may act.

    Raises:
        NotFound: missing or forbidden.
    """
    task = workflow.task_for(task_id)
    dossier = seen(Dossier.objects.select_related("case").filter(run_id=task.run_id).first(), actor)
    view = view_of(dossier, actor=actor, at=at)
    on = civil_day(at)
    graph = workflow.graph(task.version_id)
    posts = posts_for_task(
        actor, unit_id=task.unit_id, role=task.role, person_id=task.person_id, act=task.act, by_paper=True
    )
    calendar = calendars.calendar_for(organisations.agency_of_unit(task.unit_id, on=on), on=on)
    is_open = getattr(task, "closed_at", None) is None
    people = dict(accounts.holders(task.unit_id, task.role, on=on))
    return TaskView(
        task=task,
        dossier=view,
        posts=tuple((post.post_id, post.title, post.unit_name) for post in posts) if is_open else (),
        is_open=is_open,
        remaining_seconds=calendars.working_seconds(calendar, at, task.due_at) if task.due_at else None,
        dossier_remaining_seconds=calendars.working_seconds(calendar, at, view.due_at) if view.due_at else None,
        assignee=people.get(task.person_id or 0, ""),
        colleagues=tuple(people.items()),
        needs={outcome.code: needs_of(graph, task, outcome.code) for outcome in task.outcomes},
        next_names={outcome.code: next_name(graph, task.spec, outcome.code) for outcome in task.outcomes},
        run_lock=workflow.position(task.run_id).lock_version,
        silent=silent_agencies(dossier, at=at),
    )


def due_date_changes(*, dossier_id: int) -> list[DueDateChange]:
    """Return every change of the due instant, oldest first."""
    return list(DueDateChange.objects.filter(dossier_id=dossier_id).order_by("pk"))


def _limit_words(dossier: Dossier, limit: Limit) -> str:
    """Return the limit, with what of it was added for the kind of place; a query only for such places."""
    place = organisations.agency(dossier.competent_agency_id, on=civil_day(dossier.filed_at)).place_kind
    if not place or place not in PlaceKind.values:
        return str(limit)
    found = procedures.limit_applied(
        version_id=dossier.procedure_version_id, case_id=dossier.case_id,
        channel=PUBLISHED_CHANNEL[Channel(dossier.channel)], place_kind=place,
    )  # fmt: skip
    if found is None or found.added is None or (found.value, found.unit) != (limit.value, limit.unit):
        return str(limit)
    added = Limit(found.added[0], LimitUnit(found.added[1]))
    words = {"limit": limit, "added": added, "place": PlaceKind(place).label}
    return _("%(limit)s (%(added)s of it added: %(place)s)") % words
