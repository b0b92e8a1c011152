"""The secretary's side of a leader's queue: what waits, what is proposed. Signing is not here."""

from datetime import datetime
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from motcua.casework.dossiers import selectors as dossiers
from motcua.casework.dossiers import services as dossier_services
from motcua.casework.dossiers.types import PurposeNeeded, TaskView
from motcua.casework.workflow.types import WorkKey
from motcua.faces.office import reading
from motcua.faces.office.access.purposes import ONE_READING, asked, note_reading
from motcua.faces.office.drafts import draft_key, draft_views
from motcua.faces.office.forming import ActingForm, keep_files
from motcua.faces.office.shell import page
from motcua.faces.office.tasks.presenters import label_of, step_name
from motcua.foundation.accounts.registry import act
from motcua.foundation.accounts.types import Actor
from motcua.foundation.core import clock
from motcua.foundation.core.types import NotAllowed, Refusal
from motcua.foundation.organisations.types import Role

HERE = "office:queue"


class PrepareForm(ActingForm):
    """What is proposed to the leader."""

    outcome = forms.ChoiceField(
        label=gettext_lazy("What you propose"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what you propose")},
    )
    note = forms.CharField(
        label=gettext_lazy("For the leader"),
        help_text=gettext_lazy("What to look at, in a few sentences."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        required=False,
    )
    draft = forms.FileField(label=gettext_lazy("Draft of the result"), required=False)


@act("dossiers.prepare")
@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Show what waits for the leader, the nearest deadline first."""
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    rows, after = dossiers.leader_queue(actor=actor, at=at, after=_key(request.GET.get("after", "")))
    next_key = f"{after.sort_at.isoformat()}_{after.token_id}" if after else ""
    return page(request, "office/access/queue.html", {"now": at, "rows": rows, "next_key": next_key}, here=HERE, at=at)


def _key(text: str) -> WorkKey | None:
    moment, _sep, number = text.partition("_")
    try:
        return WorkKey(datetime.fromisoformat(moment), int(number))
    except ValueError:
        return None


@act("dossiers.prepare")
@require_http_methods(["GET", "POST"])
def prepare(request: HttpRequest, task_id: UUID) -> HttpResponseBase:
    """Show a leader's task with its papers, and take what the secretary proposes."""
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    seen = dossiers.task_view(actor=actor, task_id=task_id, at=at)
    if not _is_mine(actor, seen):
        raise NotAllowed
    form = _form(request, seen)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid() and _prepared(form, seen, actor, at=at):
            code = seen.dossier.shown_code
            messages.success(request, _("%(code)s lies prepared before the leader.") % {"code": code})
            return redirect(HERE)
    else:
        try:
            note_reading(request, seen.dossier.public_id, what="task", at=at, quiet=ONE_READING)
        except PurposeNeeded:
            return asked(request, seen.dossier.public_id)
    drafts = draft_views(seen.dossier.id)
    shown = reading.shown_file(seen.dossier, request, extra=drafts)
    context = {
        "now": at,
        "seen": seen,
        "view": seen.dossier,
        "form": form,
        "step_name": step_name(seen.task),
        "shown": shown,
        "drafts": drafts,
        "papers": reading.paper_rows(seen.dossier, shown=shown),
        "people": reading.people(seen.dossier),
    }
    return page(request, "office/access/prepare.html", context, here=HERE, status=status, at=at)


def _is_mine(actor: Actor, seen: TaskView) -> bool:
    return seen.is_open and seen.task.role == Role.LEADER and bool(actor.posts_for(seen.task.unit_id, Role.SECRETARY))


def _form(request: HttpRequest, seen: TaskView) -> PrepareForm:
    before = dossiers.preparation(task_id=seen.task.public_id)
    is_sent = request.method == "POST"
    form = PrepareForm(
        request.POST if is_sent else None,
        request.FILES if is_sent else None,
        initial={"outcome": before.outcome, "note": before.note} if before else {},
    )
    form.fields["outcome"].choices = [(item.code, label_of(item)) for item in seen.task.outcomes]  # type: ignore[attr-defined]
    return form


def _prepared(form: PrepareForm, seen: TaskView, actor: Actor, *, at: datetime) -> bool:
    entered = form.cleaned_data
    uploads = [entered["draft"]] if entered.get("draft") else []
    keep_files(
        form, "draft", uploads, purpose="draft_result", owner=draft_key(seen.dossier.id), actor=actor, at=at
    )  # fmt: skip
    if form.errors:
        return False
    try:
        dossier_services.prepare_task(
            task_id=seen.task.public_id, outcome=entered["outcome"], note=entered["note"], actor=actor, at=at
        )
    except Refusal as refusal:
        form.refuse(refusal)
        return False
    return True
