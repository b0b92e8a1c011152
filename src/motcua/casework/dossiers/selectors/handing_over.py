"""What somebody would leave behind in a post, and the records of handovers."""

from collections import Counter
from datetime import datetime
from uuid import UUID

from motcua.casework.dossiers.models import Dossier, Handover, HandoverLine
from motcua.casework.dossiers.prospects import in_language
from motcua.casework.dossiers.scopes import HEADS
from motcua.casework.dossiers.selectors import names
from motcua.casework.dossiers.types import HandoverRecord, HandoverRecordLine, OpenWorkLine, OpenWorkOfPost
from motcua.casework.workflow import selectors as workflow
from motcua.foundation.accounts import registry
from motcua.foundation.accounts import selectors as accounts
from motcua.foundation.accounts.types import Actor
from motcua.foundation.core.clock import civil_day
from motcua.foundation.core.types import NotFound
from motcua.foundation.organisations import selectors as organisations


def open_work_of_post(*, actor: Actor, holding_id: int, at: datetime) -> OpenWorkOfPost:
    """Return the open tasks in the name of somebody in one post. Five statements however many.

    Raises:
        NotFound: no such post held, or outside the actor's units.
    """
    held = accounts.holding(holding_id)
    if not registry.sees("staff_unit", actor, held.unit_id):
        raise NotFound
    on = civil_day(at)
    tasks = workflow.tasks_given_to(held.person_id, unit_id=held.unit_id, role=held.role)
    rows = {
        row.run_id: row
        for row in Dossier.objects.filter(run_id__in={task.run_id for task in tasks}).only(
            "pk", "run_id", "code", "procedure_version"
        )
    }
    titles = names.procedure_names(row.procedure_version_id for row in rows.values())
    lines = tuple(
        OpenWorkLine(
            token_id=task.token_id, task_id=task.public_id, dossier_id=row.pk, code=row.code or "",
            procedure_name=titles[row.procedure_version_id][1], step_name=in_language(task.name, task.name_en),
            due_at=task.due_at, is_overdue=task.due_at is not None and task.due_at < at,
        )
        for task in tasks
        if (row := rows.get(task.run_id)) is not None
    )  # fmt: skip
    others = tuple(pair for pair in accounts.holders(held.unit_id, held.role, on=on) if pair[0] != held.person_id)
    late = Counter(line.procedure_name for line in lines if line.is_overdue)
    kinds = Counter(line.procedure_name for line in lines).most_common()
    return OpenWorkOfPost(
        person_id=held.person_id, person_name=held.person_name, post_id=held.post_id, post_title=held.title,
        unit_name=names.agency_name(held.unit_id, on=on), lines=lines,
        procedures=tuple((name, number, late[name]) for name, number in kinds), successors=others,
        is_alone=not others,
    )  # fmt: skip


def handover(*, actor: Actor, public_id: UUID, at: datetime) -> HandoverRecord:
    """Return the record of a handover: for who made it, who gave or got, and who leads there.

    Raises:
        NotFound: none such, or not the actor's to see.
    """
    seen = Handover.objects.filter(registry.within("handover", actor), public_id=public_id)
    row = seen.select_related("person", "post", "made_by").first()
    if row is None:
        raise NotFound
    lines = list(
        HandoverLine.objects.filter(handover=row).select_related("dossier", "to_person").order_by("due_at", "pk")
    )
    on = civil_day(at)
    titles = names.procedure_names(line.dossier.procedure_version_id for line in lines)
    return HandoverRecord(
        public_id=row.public_id, person_public_id=row.person.public_id, person_name=row.person.full_name,
        post_title=row.post.title, unit_name=names.agency_name(row.post.unit_id, on=on),
        agency_name=names.agency_name(organisations.agency_of_unit(row.post.unit_id, on=on), on=on),
        made_by=row.made_by.full_name, made_at=row.made_at, reason=row.reason, leaves_on=row.leaves_on,
        planned_for=row.planned_for, done_at=row.done_at,
        may_carry_out=row.done_at is None and bool(actor.posts_over(row.post.unit_id, *HEADS)),
        successors=tuple(accounts.person_names(set(row.successors)).values()) if row.done_at is None else (),
        lines=tuple(
            HandoverRecordLine(
                code=line.dossier.code or "", procedure_name=titles[line.dossier.procedure_version_id][1],
                step_name=line.step_name, due_at=line.due_at, to=line.to_person.full_name if line.to_person else "",
            )
            for line in lines
        ),
    )  # fmt: skip


def handovers_of(*, actor: Actor, person_id: int) -> tuple[tuple[UUID, datetime, str], ...]:
    """Return (public id, instant, post) of the handovers of a person that the actor sees, the latest first; 20."""
    rows = Handover.objects.filter(registry.within("handover", actor), person_id=person_id).order_by("-made_at", "-pk")
    return tuple(rows.values_list("public_id", "made_at", "post__title")[:20])
