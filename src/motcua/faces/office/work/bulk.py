"""One act on several picked tasks: give them to a person, or forward them with one outcome, each answered by itself."""

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from motcua.casework.dossiers import selectors as dossiers
from motcua.casework.dossiers import services as dossier_services
from motcua.casework.dossiers.types import PickedTask, SignatureInput, SignedHow, StepInput
from motcua.faces.office.drafts import drafts
from motcua.faces.office.shell import page
from motcua.foundation.accounts.registry import act
from motcua.foundation.accounts.types import Actor, WhichPost
from motcua.foundation.core import clock
from motcua.foundation.core.types import Refusal

HERE = "office:home"
_KEPT = "office.bulk"
_SHARED = {"assign": "people", "forward": "outcomes", "sign": "signs", "return": "returns"}


@dataclass(frozen=True, slots=True)
class Done:
    """What became of one picked task; `words` say why not, where it was refused."""

    task_id: str
    public_id: str
    code: str
    title: str
    ok: bool
    words: str = ""


def picked_of(request: HttpRequest) -> list[tuple[UUID, UUID]]:
    """Return (task, dossier) of every row picked, each once, at most as many as the setting allows."""
    found = []
    for value in at_most(request, request.POST.getlist("pick")):
        task, _sep, dossier = value.partition(":")
        try:
            found.append((UUID(task), UUID(dossier)))
        except ValueError:
            continue
    return list(dict.fromkeys(found))


def at_most(request: HttpRequest, values: list[str]) -> list[str]:
    """Return as many of the picked values as may be done at once, and say so where there are more."""
    most = settings.MOTCUA_BULK_MOST
    if len(values) > most:
        words = _("At most %(most)s at once: the first %(most)s are taken.") % {"most": most}
        messages.warning(request, words)
    return values[:most]


@act("office.work")
@require_POST
def bulk(request: HttpRequest) -> HttpResponse:
    """Ask to whom, or with which outcome; then do it one by one and show what became of each."""
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    kind = request.POST.get("kind", "")
    picked = picked_of(request)
    if kind not in _SHARED or not picked:
        messages.info(request, _("Pick tasks in the list first."))
        return redirect(HERE)
    tasks = dossiers.picked_tasks(actor=actor, task_ids=[task for task, _dossier in picked], at=at)
    choices = _common(getattr(task, _SHARED[kind]) for task in tasks)
    wanted = request.POST.get("choice", "")
    words = {str(value): label for value, label in choices}
    if "do" in request.POST and wanted in words:
        done = one_by_one(tasks, _act(request, kind, wanted, at=at))
        keep(request, kind, done, words[wanted], at=at)
        return redirect("office:work-bulk-done")
    context = {
        "now": at, "kind": kind, "tasks": tasks, "choices": choices, "gone": len(picked) - len(tasks),
        "picks": [f"{task}:{dossier}" for task, dossier in picked], "missing": "do" in request.POST,
        "note": request.POST.get("note", "")[:2000], "recipient": request.POST.get("recipient", "")[:200],
        "title": _titles()[kind],
    }  # fmt: skip
    status = 422 if "do" in request.POST else 200
    return page(request, "office/work/bulk.html", context, here=HERE, status=status, at=at)


def _common(offered: Iterable[tuple[tuple[Any, str], ...]]) -> list[tuple[Any, str]]:
    """Return the choices that all tasks offer, in the order of the first."""
    lists = list(offered)
    if not lists:
        return []
    shared = set.intersection(*({value for value, _label in choices} for choices in lists))
    return [choice for choice in lists[0] if choice[0] in shared]


def _titles() -> dict[str, str]:
    return {
        "assign": _("Give tasks to a person"), "forward": _("Forward tasks"), "sign": _("Sign results"),
        "return": _("Hand results over"),
    }  # fmt: skip


def _act(request: HttpRequest, kind: str, wanted: str, *, at: datetime) -> Callable[[PickedTask], None]:
    actor = request.actor  # type: ignore[attr-defined]
    note = request.POST.get("note", "").strip()[:2000]
    recipient = request.POST.get("recipient", "").strip()[:200]

    def assign(task: PickedTask) -> None:
        dossier_services.assign(
            dossier_id=task.dossier_id, task_id=task.task_id, person_id=int(wanted), actor=actor, at=at
        )

    def forward(task: PickedTask) -> None:
        given = {"task_id": task.task_id, "outcome": wanted, "actor": actor, "at": at, "note": note}
        in_my_post(request, lambda **post: dossier_services.complete_plain_step(**given, **post))

    def complete(task: PickedTask) -> None:
        input_ = _signed(task, actor, note) if kind == "sign" else _received(task, recipient, note)
        given = {"dossier_id": task.dossier_id, "task_id": task.task_id, "outcome": wanted, "actor": actor, "at": at}
        in_my_post(request, lambda **post: dossier_services.complete_step(**given, given=input_, **post))

    return {"assign": assign, "forward": forward}.get(kind, complete)


def in_my_post(request: HttpRequest, do: Callable[..., object]) -> None:
    """Do it; where two posts could, in the one chosen last time, when it is one of them."""
    try:
        do()
    except WhichPost:
        if "post" not in request.session:
            raise
        do(post_id=request.session["post"])


def _signed(task: PickedTask, actor: Actor, note: str) -> StepInput:
    """Return the actor's own digital signature under the newest draft of the result."""
    files = drafts(task.dossier_id)
    return StepInput(
        note=note, signature=SignatureInput(how=SignedHow.DIGITAL, signer_name=actor.name, capacity=""),
        result_file_id=files[-1].id if files else None,
    )  # fmt: skip


def _received(task: PickedTask, recipient: str, note: str) -> StepInput:
    return StepInput(note=note, recipient_name=recipient or task.applicant_name)


def one_by_one(tasks: Iterable[PickedTask], do: Callable[[PickedTask], None]) -> list[Done]:
    """Do it to each task in a transaction of its own; one that is refused stops no other."""
    made = []
    for task in tasks:
        words = ""
        try:
            do(task)
        except Refusal as refusal:
            words = str(refusal)
        made.append(Done(str(task.task_id), str(task.public_id), task.code, task.procedure_name, not words, words))
    return made


def keep(request: HttpRequest, kind: str, done: list[Done], words: str, *, at: datetime) -> None:
    request.session[_KEPT] = {
        "kind": kind, "choice": words, "at": at.isoformat(), "items": [asdict(item) for item in done],
    }  # fmt: skip


@act("office.work")
@require_GET
def bulk_done(request: HttpRequest) -> HttpResponse:
    """Show what became of each task, with the undoing where it is still possible."""
    at, kept = clock.now(), request.session.get(_KEPT)
    if not kept:
        return redirect(HERE)
    until = datetime.fromisoformat(kept["at"]) + timedelta(minutes=settings.MOTCUA_UNDO_MINUTES)
    items = [Done(**item) for item in kept["items"]]
    done = [item for item in items if item.ok]
    context = {
        "now": at, "kind": kept["kind"], "choice": kept["choice"], "items": items, "done": done,
        "refused": len(items) - len(done), "until": until,
        "can_undo": kept["kind"] in {"take_on", "assign"} and bool(done) and at < until,
    }  # fmt: skip
    return page(request, "office/work/bulk_done.html", context, here=HERE, at=at)


@act("office.work")
@require_POST
def undo(request: HttpRequest) -> HttpResponse:
    """Take the last act on several tasks back, one by one; what somebody built on since stays."""
    actor, at, kept = request.actor, clock.now(), request.session.get(_KEPT)  # type: ignore[attr-defined]
    if not kept or kept["kind"] not in {"take_on", "assign"}:
        messages.info(request, _("There is nothing to undo."))
        return redirect(HERE)
    items = [Done(**item) for item in kept["items"] if item["ok"]]
    ids = dossiers.dossier_ids(public_ids=[UUID(item.public_id) for item in items], actor=actor)
    done = []
    for item in items:
        words = ""
        try:
            dossier_services.undo_assignment(
                dossier_id=ids.get(UUID(item.public_id), 0), task_id=UUID(item.task_id), actor=actor, at=at
            )
        except Refusal as refusal:
            words = str(refusal)
        done.append(Done(item.task_id, item.public_id, item.code, item.title, not words, words))
    keep(request, "undo", done, "", at=at)
    return redirect("office:work-bulk-done")


def take_on(request: HttpRequest, *, at: datetime) -> HttpResponse:
    """Take the picked tasks on and go back to the list; what could not be taken is said with its reason."""
    actor, picked = request.actor, picked_of(request)  # type: ignore[attr-defined]
    tasks = dossiers.picked_tasks(actor=actor, task_ids=[task for task, _dossier in picked], at=at)

    def take(task: PickedTask) -> None:
        dossier_services.assign(
            dossier_id=task.dossier_id, task_id=task.task_id, person_id=actor.person_id, actor=actor, at=at
        )

    done = one_by_one(tasks, take)
    taken = sum(item.ok for item in done)
    for item in done:
        if not item.ok:
            messages.warning(request, f"{item.code}: {item.words}")
    if taken:
        keep(request, "take_on", done, actor.name, at=at)
        words = ngettext("You have taken on %(n)s task.", "You have taken on %(n)s tasks.", taken) % {"n": taken}
        link = format_html('<a href="{}">{}</a>', reverse("office:work-bulk-done"), _("See each one, undo"))
        messages.success(request, format_html("{} {}", words, link))
    return redirect(request.get_full_path() if request.GET else reverse(HERE))
