"""A task: everything needed to decide, and the outcomes that the process offers."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from motcua.casework.dossiers import selectors as dossiers
from motcua.casework.dossiers import services as dossier_services
from motcua.casework.dossiers.types import DossierClosed, PurposeNeeded, TaskView
from motcua.casework.workflow.types import Act, Outcome, RunNotRunning, TaskAlreadyDone
from motcua.faces.office import between, reading
from motcua.faces.office.access.purposes import asked, note_reading
from motcua.faces.office.drafts import draft_key, draft_views, drafts
from motcua.faces.office.forming import keep_files, stale_words
from motcua.faces.office.shell import address, page
from motcua.faces.office.supplements import REASONS
from motcua.faces.office.tasks.forms import AssignForm, OutcomeForm
from motcua.faces.office.tasks.presenters import Button, buttons, label_of, step_name
from motcua.foundation.accounts.registry import act
from motcua.foundation.accounts.types import Actor
from motcua.foundation.core import clock
from motcua.foundation.core.types import Refusal, Stale
from motcua.foundation.organisations.types import Role

TABS = ("papers", "form", "events", "time")
MOST_NOTE = 2000


@act("dossiers.work")
@require_GET
def task(request: HttpRequest, task_id: UUID) -> HttpResponseBase:
    """Show a task, with the form of an outcome when the address names one."""
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    seen = dossiers.task_view(actor=actor, task_id=task_id, at=at)
    if actor.posts_for(seen.task.unit_id, seen.task.role):
        dossier_services.log_reading(dossier_id=seen.dossier.id, actor=actor, what="task", at=at)
    else:  # somebody else's task
        try:
            note_reading(request, seen.dossier.public_id, what="task", at=at)
        except PurposeNeeded:
            return asked(request, seen.dossier.public_id)
    wanted = request.GET.get("outcome", "")
    form = _form(request, seen, wanted) if seen.task.spec.outcome(wanted) and seen.posts else None
    return _task_page(request, seen, form, at=at)


def _form(request: HttpRequest, seen: TaskView, outcome: str, *, bound: bool = False) -> OutcomeForm:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    form = OutcomeForm(
        *((request.POST, request.FILES) if bound else ()),
        seen=seen,
        outcome=outcome,
        drafts=drafts(seen.dossier.id),
        only_ink=not actor.posts_for(seen.task.unit_id, seen.task.role),
        next_people=dossiers.next_people(seen, outcome, at=clock.now()) if outcome else (),
        agencies=_agencies(seen, outcome),
        initial={"outcome": outcome, "lock": seen.run_lock},
    )
    form.offer_posts(seen.posts, preferred=request.session.get("post"))
    return form


def _agencies(seen: TaskView, outcome: str) -> tuple[tuple[int, str], ...]:
    if "asked" not in seen.needs.get(outcome, frozenset()):
        return ()
    return dossiers.agencies_to_ask(competent_agency_id=seen.dossier.competent_id, at=clock.now())


def _task_page(
    request: HttpRequest,
    seen: TaskView,
    form: OutcomeForm | None,
    *,
    at: datetime,
    status: int = 200,
    conflict: str = "",
) -> HttpResponse:
    view, actor = seen.dossier, request.actor  # type: ignore[attr-defined]
    draft_files = draft_views(view.id)
    shown = reading.shown_file(view, request, extra=draft_files)
    work = dossiers.open_work(actor=actor, at=at)
    tab = request.GET.get("tab", "papers")
    offered = buttons(seen) if seen.posts else []
    chosen = next((button for button in offered if form and button.code == form["outcome"].value()), None)
    context = (
        {
            "now": at,
            "seen": seen,
            "view": view,
            "step_name": step_name(seen.task),
            "form": form,
            "chosen": chosen,
            "outcome_wanted": chosen.code if chosen else None,
            "conflict": conflict,
            "buttons": offered,
            "simple_form": _form(request, seen, "") if seen.posts else None,
            "marks": form.marks.rows() if form and form.marks else (),
            "reasons": REASONS,
            "tab": tab if tab in TABS else "papers",
            "shown": shown,
            "drafts": draft_files,
            "papers": reading.paper_rows(view, shown=shown),
            "people": reading.people(view),
            "answers": reading.answer_groups(view),
            "events": reading.events(view.timeline),
            "near": dossiers.neighbours(actor=actor, task_id=seen.task.public_id, at=at),
            "count": work.staff.total,
            "assign_form": _assign_form(actor, seen),
            "step_used": _used(seen, at=at),
            "prepared": dossiers.preparation(task_id=seen.task.public_id) if seen.task.role == Role.LEADER else None,
            "is_mine": seen.task.person_id == actor.person_id,
            "in_ink": bool(seen.posts) and not actor.posts_for(seen.task.unit_id, seen.task.role),
        }
        | reading.ledger_context(view)
        | reading.time_acts(actor, view)
        | between.context(actor, view, at=at, task=seen.task)
    )
    return page(
        request,
        "office/tasks/task.html",
        context,
        here="office:home",
        status=status,
        work=work,
        at=at,
        hints=_hints(offered),
    )


def _hints(offered: list[Button]) -> list[tuple[list[str], str]]:
    """Name the keys that do something here: those of the outcomes offered, and those of the page."""
    words = {"t": _("main outcome"), "b": _("ask for a supplement"), "r": _("return"), "d": _("refuse")}
    mine = [([button.key.upper()], words[button.key]) for button in offered if button.key in words]
    return [*mine, (["[", "]"], _("papers")), (["J", "K"], _("next, previous task"))] if offered else []


def _used(seen: TaskView, *, at: datetime) -> float | None:
    task_ = seen.task
    if task_.due_at is None or seen.remaining_seconds is None:
        return None
    whole = (task_.spec.seconds or 0) or 1
    return max(0.0, min(1.0, 1 - seen.remaining_seconds / whole))


def _assign_form(actor: Actor, seen: TaskView) -> AssignForm | None:
    """Heads and leaders give a task to anybody of the post."""
    leads = bool(actor.posts_over(seen.task.unit_id, Role.DIVISION_HEAD, Role.LEADER))
    if not (leads and seen.is_open and seen.colleagues):
        return None
    return AssignForm(people=seen.colleagues, initial={"person": seen.task.person_id or ""})


@act("dossiers.work")
@require_POST
def do(request: HttpRequest, task_id: UUID) -> HttpResponse:
    """Finish the task with the outcome chosen, then go back to the list."""
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    outcome = request.POST.get("outcome", "")
    if done := _done_plainly(request, task_id, outcome, at=at):
        return done
    seen = dossiers.task_view(actor=actor, task_id=task_id, at=at)
    form = _form(request, seen, outcome, bound=True)
    if not seen.is_open:
        return _already_done(request, seen, form, at=at)
    if not form.is_valid():
        return _task_page(request, seen, form, at=at, status=422)
    scan_id, result_id, paper_ids = _keep(form, seen, actor, at=at)
    if form.errors:
        return _task_page(request, seen, form, at=at, status=422)
    try:
        dossier_services.complete_step(
            dossier_id=seen.dossier.id, task_id=task_id, outcome=outcome, actor=actor, at=at,
            given=form.given(scan_id=scan_id, result_id=result_id, paper_ids=paper_ids), post_id=form.post_id,
        )  # fmt: skip
    except (TaskAlreadyDone, DossierClosed, RunNotRunning) as refusal:
        return _already_done(request, seen, form, at=at, refusal=refusal)
    except Stale:
        fresh = dossiers.task_view(actor=actor, task_id=task_id, at=at)
        return _task_page(request, fresh, form, at=at, status=409, conflict=stale_words())
    except Refusal as refusal:
        return _task_page(request, seen, form, at=at, status=form.refuse(refusal))
    if form.post_id:
        request.session["post"] = form.post_id
    view, chosen = seen.dossier, seen.task.spec.outcome(outcome)
    messages.success(request, _done_words(view.public_id, view.shown_code, chosen, seen.next_names.get(outcome, "")))
    if seen.task.act == Act.ISSUE:
        result = dossiers.dossier_view(actor=actor, public_id=seen.dossier.public_id, at=at).result
        if result is not None and result.number:
            messages.info(request, _("Number given: %(number)s") % {"number": result.number})
    return redirect("office:home")


def _done_plainly(request: HttpRequest, task_id: UUID, outcome: str, *, at: datetime) -> HttpResponse | None:
    """Do the everyday step, a click with perhaps a note, without reading its page; None when the page must speak."""
    note, post_id = request.POST.get("note", "").strip(), request.POST.get("post_id", "")
    asks_more = request.FILES or request.POST.get("next_person")
    if asks_more or len(note) > MOST_NOTE or (post_id and not post_id.isdecimal()):
        return None
    try:
        step = dossier_services.complete_plain_step(
            task_id=task_id, outcome=outcome, note=note, at=at, post_id=int(post_id) if post_id else None,
            actor=request.actor,  # type: ignore[attr-defined]
        )  # fmt: skip
    except Refusal:  # the page says which, and what to do about it
        return None
    if post_id:
        request.session["post"] = int(post_id)
    words = _done_words(step.public_id, step.shown_code, step.task.outcome(outcome), step.next_name)
    messages.success(request, words)
    return redirect(address("office:home"))


def _done_words(public_id: UUID, code: str, chosen: Outcome | None, where: str) -> Any:
    url = reverse("office:dossier", args=[public_id])
    goes = format_html(" {}", _("Next: %(step)s.") % {"step": where}) if where else ""
    return format_html('<a href="{}">{}</a>: {}.{}', url, code, label_of(chosen) if chosen else "", goes)


def _keep(
    form: OutcomeForm, seen: TaskView, actor: Actor, *, at: datetime
) -> tuple[int | None, int | None, tuple[int | None, ...]]:
    """Store the files of the form; return the ids of the scan, of the result, and of the papers the step wants."""
    entered, key = form.cleaned_data, draft_key(seen.dossier.id)

    def kept(field: str, purpose: str) -> int | None:
        upload = entered.get(field)
        ids = keep_files(form, field, [upload] if upload else [], purpose=purpose, owner=key, actor=actor, at=at)
        return ids[0] if ids else None

    scan_id, result_id = kept("scan", "result"), kept("result_file", "result")
    kept("draft", "draft_result")
    return scan_id, result_id, tuple(kept(paper.name, "draft_result") for paper in form.papers)


def _already_done(
    request: HttpRequest, seen: TaskView, form: OutcomeForm, *, at: datetime, refusal: Refusal | None = None
) -> HttpResponse:
    """Say who was faster, show where the dossier stands, and give back what was typed."""
    actor = request.actor  # type: ignore[attr-defined]
    fresh = dossiers.task_view(actor=actor, task_id=seen.task.public_id, at=at)
    typed = [
        (field.label, field.value())
        for field in form
        if field.name not in {"lock", "outcome", "post_id"} and isinstance(field.value(), str) and field.value()
    ]
    closed_at = getattr(fresh.task, "closed_at", None)
    context = {
        "now": at,
        "seen": fresh,
        "view": fresh.dossier,
        "refusal": refusal,
        "closed_at": closed_at,
        "events": reading.events(fresh.dossier.timeline)[:4],
        "typed": typed,
    }
    return page(request, "office/tasks/already_done.html", context, here="office:home", status=409, at=at)


@act("dossiers.work")
@require_POST
def assign(request: HttpRequest, task_id: UUID) -> HttpResponse:
    """Take a task on, give it to a colleague, or give it back to everybody of the post."""
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    seen = dossiers.task_view(actor=actor, task_id=task_id, at=at)
    form = AssignForm(request.POST, people=seen.colleagues)
    if not form.is_valid():
        return _task_page(request, seen, None, at=at, status=422, conflict=_("Choose a person from the list."))
    person_id = form.cleaned_data["person"]
    try:
        dossier_services.assign(dossier_id=seen.dossier.id, task_id=task_id, person_id=person_id, actor=actor, at=at)
    except TaskAlreadyDone as refusal:
        return _already_done(request, seen, OutcomeForm(seen=seen, outcome=""), at=at, refusal=refusal)
    name = dict(seen.colleagues).get(person_id, "")
    words = _("Given to %(name)s.") % {"name": name} if name else _("Given back to everybody of the post.")
    messages.success(request, words)
    return redirect("office:task", task_id)
