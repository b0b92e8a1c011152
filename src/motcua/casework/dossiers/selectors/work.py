"""The work list: open tasks of all posts held, joined to their dossiers; two queries, and one for the counts."""

from datetime import datetime, time, timedelta

from django.conf import settings

from motcua.casework.dossiers.scope import task_posts
from motcua.casework.dossiers.selectors import names
from motcua.casework.dossiers.status import status_of
from motcua.casework.dossiers.types import WorkPage, WorkRow
from motcua.casework.workflow import selectors as workflow
from motcua.casework.workflow.types import Task, WorkKey
from motcua.foundation.accounts import selectors as accounts
from motcua.foundation.accounts.types import Actor
from motcua.foundation.calendars import selectors as calendars
from motcua.foundation.core import statements
from motcua.foundation.core.clock import VIETNAM, civil_day
from motcua.foundation.organisations import selectors as organisations

_COLUMNS = (
    "run_id", "public_id", "code", "procedure_version_id", "applicant_name", "channel", "state", "waiting_for",
    "due_at",
)  # fmt: skip
_BY_RUN = f"SELECT {', '.join(_COLUMNS)} FROM dossiers_dossier WHERE run_id = ANY(%s::bigint[])"  # noqa: S608 - constants
STAFF = ("staff",)
OTHERS = ("tax", "police", "insurance", "bank", "asked_agency", "posting", "survey", "court")


def work_list(
    *,
    actor: Actor,
    at: datetime,
    holders: tuple[str, ...] = STAFF,
    after: WorkKey | None = None,
    limit: int = 25,
    scope: str = "mine",
    due: str | None = None,
    mine_only: bool = False,
) -> WorkPage:
    """Return a page of open tasks by due time, with the counts of all my posts at the same moment.

    Args:
        due: None, 'overdue', 'today', 'soon' (within two working days) or 'new' (opened since yesterday).
    """
    posts = task_posts(actor, scope)
    today_end, soon = boundaries(at)
    due_from, due_before, since = _window(due, at, today_end, soon)
    page = workflow.open_task_page(
        posts,
        person_id=actor.person_id,
        holders=holders,
        after=after,
        limit=limit,
        due_from=due_from,
        due_before=due_before,
        opened_since=since,
        mine_only=mine_only,
        absent=actor.stands_for,
    )
    work = workflow.count_open(
        task_posts(actor, "mine"),
        person_id=actor.person_id,
        now=at,
        end_of_today=today_end,
        soon_until=soon,
        new_since=new_since(at),
        absent=actor.stands_for,
    )
    return WorkPage(rows=work_rows(page.tasks, actor=actor, at=at), next_key=page.next_key, work=work)


def boundaries(at: datetime) -> tuple[datetime, datetime]:
    """Return (end of today, end of 'soon': the working hours after it that the setting says) for counts and colours."""
    day = civil_day(at)
    today_end = datetime.combine(day + timedelta(days=1), time(), tzinfo=VIETNAM)
    calendar = calendars.calendar_for(None, on=day)
    after = calendars.next_working_instant(calendar, today_end)
    soon = calendars.add_working_seconds(calendar, after, settings.MOTCUA_SOON_HOURS * 3600)
    return today_end, soon


def new_since(at: datetime) -> datetime:
    """Return since when a task counts as new: the start of yesterday."""
    return datetime.combine(civil_day(at) - timedelta(days=1), time(), tzinfo=VIETNAM)


def _window(
    due: str | None, at: datetime, today_end: datetime, soon: datetime
) -> tuple[datetime | None, datetime | None, datetime | None]:
    if due == "overdue":
        return None, at, None
    if due == "today":
        return at, today_end, None
    if due == "soon":
        return today_end, soon, None
    if due == "new":
        return None, None, new_since(at)
    return None, None, None


def work_rows(tasks: tuple[Task, ...], *, actor: Actor, at: datetime) -> tuple[WorkRow, ...]:
    """Return the rows of open tasks: one query for dossiers, at most one each for names of procedures and people."""
    found = _dossiers([task.run_id for task in tasks])
    titles = names.procedure_names(row["procedure_version_id"] for row in found.values())
    others = {task.person_id for task in tasks if task.person_id not in {None, actor.person_id}}
    people = accounts.person_names(others) if others else {}
    if actor.person_id:
        people[actor.person_id] = actor.name
    mine = {(post.unit_id, post.role): post.title for post in actor.posts}
    return tuple(
        _row(task, found[task.run_id], titles, people, mine, absent_from(actor, task), at=at)
        for task in tasks
        if task.run_id in found
    )


def absent_from(actor: Actor, task: Task) -> str:
    """Return the name of the absent person in whose stead the actor does a task, '' for one's own work."""
    if not actor.stands_for:
        return ""
    theirs = task.person_id is not None and task.person_id != actor.person_id
    posts = (
        actor.posts_of(task.person_id or 0, task.unit_id, task.role)
        if theirs
        else actor.posts_for(task.unit_id, task.role)
    )
    return posts[0].standing_for if posts else ""


def _dossiers(run_ids: list[int]) -> dict[int, dict]:
    """Return what a row shows of its dossier, by run id."""
    with statements.prepared() as cursor:
        cursor.execute(_BY_RUN, [run_ids])
        return {row[0]: dict(zip(_COLUMNS, row, strict=True)) for row in cursor.fetchall()}


def _row(task: Task, dossier: dict, titles: dict, people: dict, mine: dict, absent: str, *, at: datetime) -> WorkRow:
    on = civil_day(at)
    return WorkRow(
        task_id=task.public_id,
        dossier_public_id=dossier["public_id"],
        code=dossier["code"],
        procedure_name=titles[dossier["procedure_version_id"]][1],
        applicant_name=dossier["applicant_name"],
        step_name=task.name,
        step_name_en=task.name_en,
        act=task.act,
        holder=task.holder,
        unit_id=task.unit_id,
        unit_name=names.agency_name(task.unit_id, on=on),
        role=task.role,
        post_title=mine.get((task.unit_id, task.role), ""),
        assignee=people.get(task.person_id, "") if task.person_id else "",
        channel=dossier["channel"],
        status=status_of(dossier["state"], dossier["waiting_for"]),
        opened_at=task.opened_at,
        starts_at=task.starts_at,
        due_at=task.due_at,
        dossier_due_at=dossier["due_at"],
        share=used_share(task, at=at),
        standing_for=absent,
    )


def used_share(task: Task, *, at: datetime) -> int | None:
    """Return the used part of a step's working time, 0 to 100; None without a clock."""
    if task.due_at is None:
        return None
    on = civil_day(at)
    calendar = calendars.calendar_for(organisations.agency_of_unit(task.unit_id, on=on), on=on)
    whole = calendars.working_seconds(calendar, task.starts_at, task.due_at)
    used = calendars.working_seconds(calendar, task.starts_at, max(at, task.starts_at))
    return min(100, round(100 * used / whole)) if whole else 100
