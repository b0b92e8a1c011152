"""What acceptance does, online or at a desk: the run starts, the intake step is done, the clock of the law begins."""

from datetime import datetime

from motcua.casework.dossiers import clocks, picture, placement
from motcua.casework.dossiers.deadlines import due_instants, rules_of
from motcua.casework.dossiers.journal import Line
from motcua.casework.dossiers.models import Dossier
from motcua.casework.dossiers.terms import Terms
from motcua.casework.dossiers.types import State
from motcua.casework.workflow import services as workflow
from motcua.casework.workflow.types import Node, Scope, Step
from motcua.foundation.accounts.types import Actor
from motcua.foundation.calendars import selectors as calendars
from motcua.foundation.core.clock import civil_day
from motcua.foundation.organisations.types import HeldPost


def begin(dossier: Dossier, scope: Scope, *, actor: Actor, post: HeldPost, at: datetime) -> Step:
    """Start the run, finish its intake step and set the due instant on `dossier` (not saved here).

    The 15:00 rule moves the hand-over and with it the next step's start, never a limit counted in days.
    """
    on = civil_day(at)
    calendar = calendars.calendar_for(scope.competent_id, on=on)
    dossier.accepted_at = at
    clock = clocks.made(dossier, stops=(), put_off=None)
    dossier.due_at, dossier.statutory_due_at = due_instants(clock, calendar)
    handover = calendars.handover_at(calendar, at, rules_of(clock.rules, since=at) if clock.rules else None)

    def resolve(node: Node, scope: Scope) -> int:
        return placement.unit_for(node, scope, on=on)

    due_for = placement.step_clock(on=on, handover_at=handover)
    step = workflow.start_run_done(
        version_id=dossier.process_version_id,
        subject_label=str(dossier.public_id),
        scope=scope,
        at=at,
        actor_person_id=actor.person_id,
        post_id=post.post_id,
        resolve_unit=resolve,
        due_for=due_for,
    )
    dossier.run_id = step.run_id
    dossier.state = State.IN_PROCESS
    return step


def lines(dossier: Dossier, step: Step, terms: Terms | None, *, post: HeldPost, changed: str = "") -> list[Line]:
    """Return the journal lines of an acceptance: accepted, and the intake step done."""
    facts = picture.facts_of(dossier) | {
        "code": dossier.code,
        "channel": dossier.channel,
        "procedure_version": dossier.procedure_version_id,
        "case": dossier.case_id,
        "process_version": dossier.process_version_id,
        "receiving": dossier.receiving_agency_id,
        "competent": dossier.competent_agency_id,
        "limit": [dossier.limit_value, dossier.limit_unit],
        "rules": list(dossier.deadline_rules),
        "opened": [task.node for task in step.opened],
    }
    if terms is not None:
        facts["fee_vnd"] = terms.fee_vnd
    closed = step.closed
    return [
        Line(act="accepted", post_id=post.post_id, unit_id=post.unit_id, facts=facts, changed=changed),
        Line(
            act="task_done",
            node=closed.node,
            outcome=closed.outcome,
            post_id=post.post_id,
            unit_id=post.unit_id,
            token_id=closed.token_id,
        ),
    ]
