"""Leave: one's own, that of the people below, who stands in, and approval."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from motcua.faces.office.shell import page
from motcua.faces.office.staff.forms import AnswerForm, LeaveForm
from motcua.foundation.accounts import selectors as accounts
from motcua.foundation.accounts import services
from motcua.foundation.accounts.registry import act
from motcua.foundation.accounts.types import NEVER_LENT, AbsenceCard, AbsenceKind, AbsenceState, StandIn
from motcua.foundation.core import clock
from motcua.foundation.core.clock import civil_day
from motcua.foundation.core.types import NotAllowed, Refusal

HERE = "office:leave"
_TONES = {"asked": "mc-warn", "approved": "mc-ok", "declined": "mc-danger", "called_off": ""}
_ICONS = {"asked": "hourglass", "approved": "check", "declined": "circle-x", "called_off": "undo-2"}


def drawn(card: AbsenceCard) -> dict[str, Any]:
    """Return an absence with the words and tones of its tags."""
    state = AbsenceState(card.state)
    return {
        "card": card, "kind": AbsenceKind(card.kind).label, "state": state.label, "tone": _TONES[state],
        "icon": _ICONS[state],
    }  # fmt: skip


@act("staff.leave")
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """Show one's own leave, those one stands in for, what waits for one's answer, and who is away."""
    at = clock.now()
    actor, on = request.actor, civil_day(at)  # type: ignore[attr-defined]
    parts = []
    for which, title in (
        ("asked", _("Waiting for your answer")),
        ("standing", _("You stand in for")),
        ("mine", _("Your leave")),
        ("unit", _("Away now and later")),
    ):
        cards, total = accounts.absences(actor=actor, on=on, which=which)
        if cards or which == "mine":
            parts.append({"which": which, "title": title, "rows": [drawn(card) for card in cards], "total": total})
    return page(request, "office/staff/leave.html", {"parts": parts}, here=HERE, at=at)


@act("staff.leave")
@require_http_methods(["GET", "POST"])
def mine(request: HttpRequest) -> HttpResponse:
    """Ask for leave, or enter it."""
    actor = request.actor  # type: ignore[attr-defined]
    if actor.person_id is None:
        raise NotAllowed
    return _enter(request, actor.person_id, actor.name, own=True)


@act("staff.hand_over")
@require_http_methods(["GET", "POST"])
def enter(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Enter the leave of somebody below."""
    at = clock.now()
    actor = request.actor  # type: ignore[attr-defined]
    card = accounts.person_card(actor=actor, public_id=public_id, on=civil_day(at))
    return _enter(request, card.id, card.name, own=card.id == actor.person_id)


def _enter(request: HttpRequest, person_id: int, name: str, *, own: bool) -> HttpResponse:
    at, status = clock.now(), 200
    actor, on = request.actor, civil_day(at)  # type: ignore[attr-defined]
    posts = [
        (post.post_id, f"{post.title}, {post.unit_name}")
        for post in accounts.held_posts(person_id, on=on)
        if post.standing_for_id is None and post.role not in NEVER_LENT
    ]
    people = accounts.colleagues(person_id=person_id, on=on)
    form = LeaveForm(request.POST or None, posts=posts, people=people, initial={"first": on})
    if request.method == "POST":
        status = 422
        if form.is_valid():
            entered = form.cleaned_data
            try:
                made = services.enter_absence(
                    actor=actor, person_id=person_id, first=entered["first"], last=entered["last"],
                    kind=entered["kind"], note=entered["note"], stand_ins=_stand_ins(form), at=at, on=on,
                )  # fmt: skip
                return redirect("office:absence", made)
            except Refusal as refusal:
                status = form.refuse(refusal)
    context = {"form": form, "name": name, "own": own, "groups": form.groups()}
    return page(request, "office/staff/leave_new.html", context, here=HERE, status=status, at=at)


def _stand_ins(form: LeaveForm) -> list[StandIn]:
    entered = form.cleaned_data
    return [
        StandIn(key, int(entered[f"post_{key}"]), entered[f"capacity_{key}"], entered[f"authority_{key}"])
        for key, _title in form.posts
        if entered.get(f"post_{key}")
    ]


@act("staff.leave")
@require_http_methods(["GET", "POST"])
def absence(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Show one absence; answer it, call it off, or end it early."""
    at, status = clock.now(), 200
    actor, on = request.actor, civil_day(at)  # type: ignore[attr-defined]
    card = accounts.absence(actor=actor, public_id=public_id, on=on)
    form = AnswerForm(request.POST or None)
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                said = _decide(request.POST.get("do", ""), form, actor, public_id, at)
                messages.success(request, said)
                return redirect("office:absence", public_id)
            except Refusal as refusal:
                status = form.refuse(refusal)
    waits = card.state == AbsenceState.ASKED
    context = drawn(card) | {"form": form, "waits": waits, "began": card.first < on and not waits}
    return page(request, "office/staff/absence.html", context, here=HERE, status=status, at=at)


def _decide(do: str, form: AnswerForm, actor: Any, public_id: UUID, at: Any) -> str:
    on = civil_day(at)
    if do == "end":
        services.end_absence(actor=actor, public_id=public_id, at=at, on=on)
        return _("The leave is over; work goes back to whoever was away.")
    services.decide_absence(
        actor=actor, public_id=public_id, approve=do == "approve", answer=form.cleaned_data["answer"], at=at, on=on
    )
    return _("Your answer is recorded.")
