"""Forms 02 and 03 at the desk, before anything is taken in: written, printed, listed."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from motcua.casework.documents import selectors as documents
from motcua.casework.documents import services as document_services
from motcua.casework.documents.types import PaperKind
from motcua.casework.dossiers import selectors as dossiers
from motcua.casework.dossiers import services as dossier_services
from motcua.casework.dossiers.types import DeskNoticeInput, DeskNoticeKind
from motcua.casework.procedures import selectors as procedures
from motcua.casework.procedures.types import IntakeChoice
from motcua.faces.office.counter.desk import IntakeDesk
from motcua.faces.office.counter.notice_forms import GuidanceForm, PersonForm, TurnedAwayForm
from motcua.faces.office.shell import page
from motcua.faces.office.supplements import REASONS
from motcua.foundation.accounts.registry import act
from motcua.foundation.core import clock
from motcua.foundation.core.clock import civil_day
from motcua.foundation.core.types import Refusal

HERE = "office:counter"
_PREFIX = "n"
_NOT_KEPT = ("csrfmiddlewaretoken", "take_in", "find", "add_person", "remove_person", "tick_all", "reload")
_SHOWN = ("p0-full_name", "p0-phone", "p0-address")


@act("dossiers.receive")
@require_POST
def write(request: HttpRequest, offer_id: UUID, kind: str) -> HttpResponse:
    """Show form 02 or 03 beside what was typed at the counter; sent once more, give it.

    What was typed for the intake travels along unseen, so that the way back loses nothing.
    """
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    choice = procedures.intake_choice(offer_id, on=civil_day(at))
    desk = IntakeDesk(request, choice, actor=actor, at=at, bound=False)
    desk.keep_uploads()
    giving = "give" in request.POST
    form, person = _forms(request, desk, kind, bound=giving)
    status = 200
    if giving:
        fine = [form.is_valid(), person.is_valid()]
        status = 422
        if all(fine):
            try:
                row, _new = dossier_services.give_desk_notice(
                    notice=_notice(choice, desk, form, person), actor=actor, at=at, post_id=form.post_id
                )
            except Refusal as refusal:
                status = form.refuse(refusal)
            else:
                return redirect("office:desk-notice", row.public_id)
    context = {
        "now": at, "choice": choice, "desk": desk, "form": form, "person": person, "kind": kind,
        "kept": _kept(request), "reasons": REASONS, "forms": [person, form] if giving else [],
        "marks": form.marks.rows() if isinstance(form, GuidanceForm) else (), "at_desk": True,
    }  # fmt: skip
    hints = [(["Ctrl", "Enter"], _("write it down, print"))]
    return page(request, "office/counter/notice_form.html", context, here=HERE, status=status, hints=hints,
                at=at)  # fmt: skip


def _forms(request: HttpRequest, desk: IntakeDesk, kind: str, *, bound: bool) -> tuple[Any, PersonForm]:
    data = request.POST if bound else None
    if kind == DeskNoticeKind.REFUSAL:
        form: Any = TurnedAwayForm(data, prefix=_PREFIX)
    else:
        brought = {paper.line.id for paper in desk.papers if paper.initial.get("taken") or paper.kept}
        missing = frozenset(line.id for line in desk.case.submit if line.id not in brought)
        form = GuidanceForm(data, prefix=_PREFIX, papers=desk.case.papers, missing=missing)
    form.offer_posts(
        [(post.post_id, post.title, post.unit_name) for post in desk.actor.posts if post.role == "receptionist"],
        preferred=request.session.get("post"),
    )
    first = desk.people[0].initial if desk.people else {}
    person = PersonForm(data, prefix="p0") if bound else PersonForm(prefix="p0", initial=first)
    return form, person


def _kept(request: HttpRequest) -> list[tuple[str, str]]:
    """Return what was typed for the intake and is not shown here, to be sent along."""
    return [
        (name, value)
        for name, values in request.POST.lists()
        if name not in _NOT_KEPT and name not in _SHOWN and name != "give" and not name.startswith(f"{_PREFIX}-")
        for value in values
    ]


def _notice(choice: IntakeChoice, desk: IntakeDesk, form: Any, person: PersonForm) -> DeskNoticeInput:
    chosen = form.post_id
    posts = [post for post in desk.actor.posts if post.role == "receptionist" and chosen in {None, post.post_id}]
    return DeskNoticeInput(
        key=desk.key[:55] + f":{form.kind}", kind=form.kind, offer_id=choice.offer.id, case_id=desk.case.id,
        party=person.party(), receiving_agency_id=posts[0].agency_id if posts else None, **form.content(),
    )  # fmt: skip


@act("dossiers.receive")
@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """List what the desks of my agencies gave, newest first."""
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    after = request.GET.get("after", "")
    rows, next_key = dossiers.desk_notices(actor=actor, after=int(after) if after.isdecimal() else None)
    context = {"now": at, "rows": rows, "next_key": next_key, "after": after}
    hints = [(["J", "K"], _("down, up")), (["Enter"], _("open"))]
    return page(request, "office/counter/notices.html", context, here=HERE, hints=hints, at=at)


@act("dossiers.receive")
@require_GET
def notice(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Show a notice with the button that prints it."""
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    view = dossiers.desk_notice(actor=actor, public_id=public_id, on=civil_day(at))
    is_new = (at - view.row.given_at).total_seconds() < _FRESH_SECONDS
    return page(request, "office/counter/notice.html", {"now": at, "view": view, "is_new": is_new}, here=HERE, at=at)


_FRESH_SECONDS = 120


@act("dossiers.receive")
@require_GET
def paper(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Print form 02 or 03 as PDF."""
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    view = dossiers.desk_notice(actor=actor, public_id=public_id, on=civil_day(at))
    return documents.paper_response(_rendered(request, public_id, view.row.kind, at), name=_name(view.row.number))


def _rendered(request: HttpRequest, public_id: UUID, kind: str, at: datetime) -> bytes:
    paper_kind = PaperKind.REFUSAL if kind == DeskNoticeKind.REFUSAL else PaperKind.SUPPLEMENT_REQUEST
    with translation.override("vi"):  # an official paper is Vietnamese, whatever the reader's language
        data = dossiers.desk_notice_data(actor=request.actor, public_id=public_id, at=at)  # type: ignore[attr-defined]
        return document_services.render_paper(paper_kind, data)


def _name(number: str) -> str:
    return f"phieu-{number.replace('/', '-')}.pdf"
