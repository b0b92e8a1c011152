"""A dossier in the words of its parties: what is happening, who holds it, until when, and what they can do."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from motcua.casework.dossiers.types import Delivery, DossierView, State, Status, TimelineItem
from motcua.casework.workflow.types import Act
from motcua.faces.design import formatting, marks
from motcua.faces.design.standing import waits_for, with_agency
from motcua.foundation.calendars import selectors as calendars
from motcua.foundation.calendars.types import IntervalKind, Ledger
from motcua.foundation.core.clock import civil_day

_ICONS = {
    "filed": "inbox",
    "accepted": "check",
    "step": "building-2",
    "supplement_asked": "file-plus-2",
    "supplement_answered": "file-check",
    "not_accepted": "circle-x",
    "withdrawn": "undo-2",
    "extended": "calendar-clock",
    "reopened": "rotate-ccw",
    "correction_opened": "rotate-ccw",
    "suspended": "pause",
    "suspension_ended": "play",
    "due_moved": "calendar-days",
    "limit_settled": "calendar-clock",
}
_STEP_ICONS: dict[str, str] = {
    Act.SIGN: "pen-line",
    Act.RETURN_RESULT: "package-check",
    Act.FIELD_CHECK: "map-pinned",
    Act.WAIT_PAYMENT: "wallet",
}
# What happened -> the paper that proves it.
_PROVED_BY = {
    "filed": "bien-nhan",
    "accepted": "giay-hen",
    "supplement_asked": "yeu-cau-bo-sung",
    "not_accepted": "tu-choi",
    "withdrawn": "dung-giai-quyet",
    "extended": "xin-loi",
}


# What the party does itself; who acted is then said in the reader's language, else by names, which stay Vietnamese.
_BY_PARTY = {"filed", "supplement_answered", "withdrawn"}


@dataclass(frozen=True, slots=True)
class Now:
    """What is happening, in one sentence; whom the state waits for; who holds it since when; what the party has to do.

    `holder` names person, unit and agency.

    Law: Decree 224/2026/NĐ-CP, art. 15(1)(g): the notice names agency and person, and since when.
    """

    sentence: str
    holder: str
    since: datetime | None
    to_do: str
    waits: str = ""


def now_of(view: DossierView, *, at: datetime) -> Now:
    """Return the state of a dossier for its parties."""
    current = next((item for item in view.timeline if item.kind == "current"), None)
    holder = with_agency(view, current.who, at=at) if current and not current.is_waiting else ""
    if view.state == State.FILED and view.status == Status.AWAITING_ACCEPTANCE:
        since = max([view.filed_at, *[item.answered_at for item in view.supplements if item.answered_at]])
        return Now(_sentence(view, current), view.receiving_name, since, _to_do(view))
    held_since = current.at if current and holder else None
    return Now(_sentence(view, current), holder, held_since, _to_do(view), waits_for(view))


def _sentence(view: DossierView, current: TimelineItem | None) -> str:
    if view.is_suspended:
        return _("Work on this dossier is suspended: %(reason)s") % {"reason": view.stop_reason}
    answered = any(item.answered_at for item in view.supplements)
    fixed = {
        Status.AWAITING_ACCEPTANCE: _("The officer is checking what you handed in"),
        Status.NOT_ACCEPTED: _("The dossier was not taken in"),
        Status.AWAITING_SUPPLEMENT: _("The officer needs something more from you"),
        Status.AWAITING_PAYMENT: _("The dossier waits for tax or fee to be paid"),
        Status.COORDINATING: _("Another body is giving its opinion on the dossier"),
        Status.WITHDRAWN: _("You have withdrawn this dossier"),
        Status.STOPPED: _("Work on this dossier was stopped"),
        Status.HAS_RESULT: _("The result is ready"),
        Status.RETURNED: _("The result was handed over"),
    }
    if view.status in fixed:
        return fixed[Status(view.status)]
    if answered and view.open_tasks and view.open_tasks[0].act == Act.EXAMINE:
        return _("The officer is looking again at the dossier with your supplement")
    return (
        _("The dossier is at this step: %(step)s") % {"step": current.title}
        if current
        else _("The dossier is being handled")
    )


def _to_do(view: DossierView) -> str:
    if view.open_supplement:
        return ""
    if view.status == Status.HAS_RESULT:
        if view.delivery == Delivery.POST:
            return _("The post brings it to the address you gave.")
        if view.delivery == Delivery.ONLINE:
            return _("You can download it on this page.")
        return _("Fetch it at %(desk)s, with your identity card and the slip.") % {"desk": view.receiving_name}
    if view.state in {State.FILED, State.IN_PROCESS} and view.status != Status.AWAITING_PAYMENT:
        return _("You need not do anything now.")
    return ""


def facts_of(view: DossierView, *, at: datetime) -> list[dict[str, Any]]:
    """Return the short answers: when, and where the result is received."""
    found = [_when(view, at=at)]
    ways = {
        Delivery.DESK: _("At the desk: %(name)s") % {"name": view.receiving_name},
        Delivery.POST: _("By public post"),
        Delivery.ONLINE: _("Electronic document on this site"),
    }
    fee = formatting.money(view.fee_vnd) if view.fee_vnd else _("Free of charge")
    received = {"icon": "package-check", "term": _("Receiving the result"), "answer": ways[Delivery(view.delivery)]}
    found.append(received | {"note": _("Fees: %(fee)s") % {"fee": fee}})
    return found


def _when(view: DossierView, *, at: datetime) -> dict[str, Any]:
    if view.state == State.FILED:
        answer = formatting.instant(view.acceptance_due_at) if view.acceptance_due_at else _("After your answer")
        return {
            "icon": "clock",
            "term": _("Checked at the latest"),
            "answer": answer,
            "note": _("Then it gets its code and the promised date"),
        }
    if view.finished_at or view.closed_at:
        note = _("Promised: %(at)s") % {"at": formatting.instant(view.due_at)} if view.due_at else ""
        return {
            "icon": "flag",
            "term": _("Done"),
            "answer": formatting.instant(view.finished_at or view.closed_at),
            "note": note,
        }
    if view.due_at is None:
        note = _("Before: %(at)s") % {"at": formatting.instant(view.due_before_pause)} if view.due_before_pause else ""
        answer = _("The clock stands until you answer") if view.open_supplement else _("The clock stands")
        return {
            "icon": "pause",
            "term": _("Promised date"),
            "answer": answer if view.due_before_pause else _("By law for each case"),
            "note": note,
        }
    return {
        "icon": "flag",
        "term": _("Promised date"),
        "answer": formatting.instant(view.due_at),
        "note": _left(view, at=at),
    }


def _left(view: DossierView, *, at: datetime) -> str:
    calendar = calendars.calendar_for(view.competent_id, on=civil_day(at))
    seconds = calendars.working_seconds(calendar, at, view.due_at) if view.due_at else 0
    if view.due_at and at > view.due_at:
        return _("%(hours)s of work late") % {"hours": formatting.hours(seconds)}
    return _("%(hours)s of work left") % {"hours": formatting.hours(seconds)}


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """How the date came about: a bar of shares, its sentence, and the rows."""

    bar: SafeString
    words: str
    used: str
    paused: str
    ledger: Ledger
    caption: str


def arithmetic_of(view: DossierView) -> Arithmetic | None:
    """Return the explanation of the due instant, None where there is no limit."""
    ledger = view.ledger
    if ledger is None:
        return None
    used, paused = formatting.hours(ledger.total_seconds, "short"), formatting.hours(ledger.paused_seconds, "short")
    words = _("%(used)s of %(all)s used; paused %(paused)s") % {
        "used": used,
        "all": formatting.hours(ledger.limit_seconds, "short"),
        "paused": paused,
    }
    return Arithmetic(
        bar=marks.bar(_pieces(ledger), label=words, big=True) if ledger.limit_seconds else SafeString(""),
        words=words,
        used=used,
        paused=paused if ledger.paused_seconds else "",
        ledger=ledger,
        caption=_caption(ledger),
    )


def _pieces(ledger: Ledger) -> list[tuple[str, float]]:
    whole = ledger.limit_seconds + ledger.paused_seconds + ledger.overdue_seconds
    kinds = {IntervalKind.PAUSE: "p", IntervalKind.OVERDUE: "l"}
    pieces = []
    for row in ledger:
        kind = kinds.get(row.reason_code, "u")
        seconds = row.span_seconds if kind == "p" else row.seconds
        if seconds:
            pieces.append((kind, seconds / whole))
    return _merged(pieces)


def _merged(pieces: list[tuple[str, float]]) -> list[tuple[str, float]]:
    merged: list[tuple[str, float]] = []
    for kind, share in pieces:
        if merged and merged[-1][0] == kind:
            merged[-1] = (kind, merged[-1][1] + share)
        else:
            merged.append((kind, share))
    return merged


def _caption(ledger: Ledger) -> str:
    sentence = _(
        "The limit is %(limit)s. The day of receipt is not counted; days of rest and holidays are left out."
    ) % {"limit": ledger.limit}
    if ledger.paused_seconds and ledger.due_at and ledger.due_without_pauses_at:
        sentence += " " + _("First promised %(old)s; with %(paused)s of pause it is now %(new)s.") % {
            "old": formatting.instant(ledger.due_without_pauses_at),
            "new": formatting.instant(ledger.due_at),
            "paused": formatting.hours(ledger.paused_seconds),
        }
    return sentence


def events_of(view: DossierView, coming: tuple[TimelineItem, ...]) -> list[dict[str, Any]]:
    """Return the timeline as it is drawn: steps to come on top, then the present one, then what happened.

    The step of taking in ends as the dossier is accepted; it is told once.
    """
    ahead = [
        {
            "kind": "next",
            "icon": _STEP_ICONS.get(item.kind.removeprefix("coming:"), "circle"),
            "title": item.title,
            "who": item.who,
            "lang": "vi",
        }
        for item in reversed(coming)
    ]
    told = list(view.timeline)
    taking_in = [item for item in told if item.kind == "step" and item.at == view.accepted_at]
    if taking_in:
        told.remove(taking_in[-1])
    return ahead + [_event(view, item) for item in told]


def _event(view: DossierView, item: TimelineItem) -> dict[str, Any]:
    if item.kind == "current":
        kind, picture = ("now wait", "hourglass") if item.is_waiting else ("now", "scan-text")
        return {
            "kind": "now" if not item.is_waiting else kind,
            "icon": picture,
            "title": item.title,
            "who": item.who,
            "lang": "vi",
            "at": item.at,
        }
    event: dict[str, Any] = {
        "kind": "done",
        "icon": _ICONS.get(item.kind, "check"),
        "title": item.title,
        "who": item.who,
        "lang": "" if item.kind in _BY_PARTY else "vi",
        "at": item.at,
    }
    asked = next((request for request in view.supplements if request.sent_at and request.sent_at == item.at), None)
    if item.kind == "step" and any(request.answered_at == item.at for request in view.supplements):
        event |= {"title": _("You handed in the supplement"), "icon": "file-check", "who": ""}
    elif item.kind == "supplement_asked" or (item.kind == "step" and asked):
        event |= {"kind": "wait", "icon": "file-plus-2", "title": _("The officer asked for a supplement")}
        event |= {"text": " ".join(why for _id, _name, why in asked.items) if asked else ""}
        event |= _link(view, "yeu-cau-bo-sung", _("Request for a supplement (PDF)"))
        return event
    if item.kind in _PROVED_BY:
        names = {
            "filed": _("Confirmation of receipt (PDF)"),
            "accepted": _("Receipt with the promised date (PDF)"),
            "not_accepted": _("Notice of refusal (PDF)"),
            "withdrawn": _("Notice that work was stopped (PDF)"),
            "extended": _("Apology with the new date (PDF)"),
        }
        event |= _link(view, _PROVED_BY[item.kind], names.get(item.kind, ""))
    return event


def _link(view: DossierView, kind: str, words: str) -> dict[str, str]:
    return {"url": reverse("portal:dossier_paper", kwargs={"dossier": view.public_id, "kind": kind}), "link": words}


def can_withdraw(view: DossierView) -> bool:
    """Say whether the dossier can still be taken back."""
    return view.state in {State.FILED, State.IN_PROCESS} and view.result is None


def is_settled(view: DossierView) -> bool:
    """Say whether it is over in a way that can be rated."""
    return view.state in {State.FINISHED, State.RETURNED, State.NOT_ACCEPTED}
