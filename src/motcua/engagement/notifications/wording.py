"""What a message says: what happened, what stays safe, what to do next; no name and no identity number."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from motcua.casework.dossiers import selectors as dossiers
from motcua.casework.dossiers.types import Delivery, DossierView, Fault, SupplementView
from motcua.engagement.notifications.types import Kind, Letter
from motcua.foundation.core.clock import VIETNAM

# Nine digits (old identity cards) or twelve, with or without spaces; telephone numbers have ten and stay.
_IDENTITY = re.compile(r"(?<![\d.])(\d{3})(?:[ \-]?\d){3}(?:(?:[ \-]?\d){3})?[ \-]?(\d[ \-]?\d[ \-]?\d)(?![ \-]?\d)")
HOTLINE = "1022"


@dataclass(frozen=True, slots=True)
class Facts:
    """What a message is made of: the dossier as a party sees it, and what the event said.

    Attributes:
        at: when it happened.
        due_at: the instant that the event names: acceptance, result, or the new one; old_due_at: the one before.
        why: reason of a date put off with an apology, or of opening it again; '' otherwise.
        fault: whose fault a wrong result is, where one is corrected.
        is_first_date: the dossier had no date before, because its limit was in doubt.
    """

    view: DossierView
    code: str
    at: datetime
    due_at: datetime | None = None
    is_refusal: bool = False
    old_due_at: datetime | None = None
    why: str = ""
    fault: str = ""
    is_first_date: bool = False

    @property
    def names(self) -> dict[str, str]:
        """The words that most sentences need."""
        return {
            "code": self.code,
            "procedure": self.view.procedure_name,
            "agency": self.view.receiving_name,
            "at": instant(self.at),
            "due": instant(self.due_at) if self.due_at else "",
            "hotline": hotline(),
        }


def letter_for(kind: str, facts: Facts) -> Letter:
    """Return subject and words of a message in Vietnamese, whatever language the worker runs in."""
    with translation.override("vi"):
        subject, paragraphs = _WRITERS[Kind(kind)](facts)
        words = [_("Hello,"), *[text for text in paragraphs if text], *_closing(facts)]
    return Letter(subject=" ".join(subject.split()), body="\n\n".join(words) + "\n")


def hotline() -> str:
    """Return the province's help line."""
    return str(settings.MOTCUA_BRAND.get("hotline") or HOTLINE)


def masked(text: str) -> str:
    """Return an officer's words with the middle of identity numbers hidden: they have no place in a mail."""
    return _IDENTITY.sub(lambda found: f"{found[1]} ••• {re.sub(r'[^0-9]', '', found[2])}", text)


def instant(at: datetime) -> str:
    """Return time and day: '14:00 thứ Sáu, 27/11/2026'."""
    local = at.astimezone(VIETNAM)
    return f"{local.hour}:{local.minute:02d} {day(local.date())}"


def day(on: date) -> str:
    """Return a civil day with its weekday: 'thứ Sáu, 27/11/2026'."""
    weekdays = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ Nhật")
    return f"{weekdays[on.weekday()]}, {on:%d/%m/%Y}"


Written = tuple[str, list[str]]


def _filed(facts: Facts) -> Written:
    told = facts.names
    next_step = (
        _("You need not do anything now. By %(due)s the agency accepts the dossier or names all that is missing.")
        if facts.due_at
        else _("You need not do anything now. The agency accepts the dossier or names all that is missing.")
    )
    return _("Dossier %(code)s: received") % told, [
        _("%(agency)s received your dossier %(code)s (%(procedure)s) at %(at)s.") % told,
        _("Your form and all papers you sent are kept."),
        next_step % told,
    ]


def _accepted(facts: Facts) -> Written:
    told = facts.names
    promise = (
        _("The result is promised by %(due)s.") if facts.due_at else _("You hear from us when the result is there.")
    )
    return _("Dossier %(code)s: accepted") % told, [
        _("%(agency)s accepted your dossier (%(procedure)s). Its code is %(code)s; please keep it.") % told,
        promise % told,
        _("You need not do anything now. You hear from us whenever something changes."),
    ]


def _supplement(facts: Facts) -> Written:
    told = facts.names
    request = _request_of(facts)
    lines = [f"- {name or _('Other')}: {masked(reason)}" for _id, name, reason in (request.items if request else ())]
    until = request.answer_by_on if request else None
    next_step = (
        _("Please send it by %(day)s: open the link below and choose “Supplement”, or bring it to the counter.")
        if until
        else _("Please open the link below and choose “Supplement”, or bring it to the counter.")
    )
    return _("Dossier %(code)s: something is missing") % told, [
        _("%(agency)s needs the following before it can go on with dossier %(code)s (%(procedure)s):") % told,
        "\n".join(lines),
        masked(request.note.strip()) if request else "",
        _("Everything else you handed in stays valid; you need not send it again."),
        next_step % {"day": day(until) if until else ""},
    ]


def _request_of(facts: Facts) -> SupplementView | None:
    sent = [item for item in facts.view.supplements if item.sent_at]
    return next((item for item in sent if item.sent_at == facts.at), sent[-1] if sent else None)


def _not_accepted(facts: Facts) -> Written:
    told = facts.names | {"reason": masked(facts.view.refusal_reason), "basis": facts.view.refusal_basis}
    return _("Dossier %(code)s: not accepted") % told, [
        _("%(agency)s did not accept your dossier %(code)s (%(procedure)s).") % told,
        _("Reason: %(reason)s") % told,
        _("Legal basis: %(basis)s") % told if facts.view.refusal_basis else "",
        _("You may mend it and hand in again at any time. If something is unclear, call %(hotline)s.") % told,
    ]


def _result(facts: Facts) -> Written:
    told = facts.names
    if facts.is_refusal:
        happened = _("Your dossier %(code)s (%(procedure)s) could not be granted. The written decision says why.")
        subject = _("Dossier %(code)s: not granted")
    else:
        happened = _("The result of your dossier %(code)s (%(procedure)s) is ready.")
        subject = _("Dossier %(code)s: the result is ready")
    ways = {
        Delivery.DESK: _("Fetch it at %(agency)s; bring the receipt or just the code. It is kept for you there."),
        Delivery.POST: _("It goes by public post to the address you gave."),
        Delivery.ONLINE: _("Open the link below to download it."),
    }
    appeal = _("If you do not agree, you have the right to complain to the agency that decided.")
    return subject % told, [
        happened % told,
        ways[Delivery(facts.view.delivery)] % told,
        appeal if facts.is_refusal else "",
    ]


def _withdrawn(facts: Facts) -> Written:
    told = facts.names
    return _("Dossier %(code)s: taken back") % told, [
        _("Your dossier %(code)s (%(procedure)s) was taken back at your request at %(at)s.") % told,
        _("The agency no longer works on it. What was handed in stays on record."),
        _("Was it not you? Call %(hotline)s at once. You may hand in again at any time.") % told,
    ]


def _stopped(facts: Facts) -> Written:
    told = facts.names
    return _("Dossier %(code)s: stopped") % told, [
        _("%(agency)s stopped working on your dossier %(code)s (%(procedure)s) at %(at)s, without a decision.") % told,
        _("What was handed in stays on record. The notice with the reason is at the link below."),
        _("You may hand in again at any time; a new dossier gets a new code."),
    ]


def _due_date_changed(facts: Facts) -> Written:
    told = facts.names
    if facts.why and facts.old_due_at:
        told |= {"old": instant(facts.old_due_at), "reason": masked(facts.why)}
        return _("Dossier %(code)s: we are sorry, the result comes later") % told, [
            _("The result of your dossier %(code)s (%(procedure)s) cannot be there by %(old)s.") % told,
            _("Reason: %(reason)s") % told,
            _("We apologise. The new date is %(due)s; it is put off once only. The apology is at the link below.")
            % told,
        ]
    if facts.is_first_date:
        return _("Dossier %(code)s: date of the result") % told, [
            _("Your dossier %(code)s (%(procedure)s) was taken in without a date, because its limit had to be settled.")
            % told,
            _("The date of the result is %(due)s.") % told,
            _("You need not do anything now. How the date was counted is shown at the link below."),
        ]
    return _("Dossier %(code)s: new date of the result") % told, [
        _("The agency goes on with your dossier %(code)s (%(procedure)s).") % told,
        _("The new date of the result is %(due)s: the time of waiting was not counted.") % told,
        _("You need not do anything now. How the date was counted is shown at the link below."),
    ]


def _closing(facts: Facts) -> list[str]:
    link = dossiers.tracking_url(facts.code)
    return [
        _("Follow the dossier: %(link)s") % {"link": link},
        _("To see every step, enter there the telephone or identity number that you gave."),
        _("This message was written by a program; please do not answer it. Questions: call %(hotline)s.")
        % {"hotline": hotline()},
        _("No agency ever asks for your password by e-mail."),
    ]


def _inherited(facts: Facts) -> Written:
    told = facts.names | {"heir": facts.view.competent_name}
    kept = (
        _("Its code %(code)s, your papers and the date of the result stay as they are.")
        if facts.view.code
        else _("Its number %(code)s and your papers stay as they are.")
    )
    return _("Dossier %(code)s: %(heir)s goes on with it") % told, [
        _("Because agencies were reorganised, %(heir)s goes on with your dossier %(code)s (%(procedure)s).") % told,
        kept % told,
        _("You need not do anything now."),
    ]


def _reopened(facts: Facts) -> Written:
    told = facts.names | {"reason": masked(facts.why)}
    date_of_it = _("The result is promised by %(due)s.") if facts.due_at else ""
    if not facts.fault:
        return _("Dossier %(code)s: opened again") % told, [
            _("%(agency)s opened your dossier %(code)s (%(procedure)s) again and goes on with it.") % told,
            _("Reason: %(reason)s") % told,
            date_of_it % told,
            _("You need not do anything now. You hear from us whenever something changes."),
        ]
    if facts.fault == Fault.AGENCY:
        sorry = _("The mistake is ours, and we apologise. Putting it right costs you nothing.")
    else:
        sorry = _("If a fee is due for it, the agency tells you before the new result is handed over.")
    return _("Dossier %(code)s: the result is being corrected") % told, [
        _("The result of your dossier %(code)s (%(procedure)s) is wrong and is being corrected.") % told,
        _("Reason: %(reason)s") % told,
        sorry,
        date_of_it % told,
        _("Please keep the present result until the agency exchanges it for the new one."),
    ]


def _reminded(facts: Facts) -> Written:
    told = facts.names
    return _("Dossier %(code)s still waits for you") % told, [
        _("Your dossier %(code)s (%(procedure)s) cannot go on before you have done your part.") % told,
        _("What is needed, and until when, is shown at the link below."),
    ]


_WRITERS: dict[Kind, Callable[[Facts], Written]] = {
    Kind.FILED: _filed,
    Kind.ACCEPTED: _accepted,
    Kind.SUPPLEMENT_ASKED: _supplement,
    Kind.NOT_ACCEPTED: _not_accepted,
    Kind.RESULT_AVAILABLE: _result,
    Kind.WITHDRAWN: _withdrawn,
    Kind.STOPPED: _stopped,
    Kind.DUE_DATE_CHANGED: _due_date_changed,
    Kind.INHERITED: _inherited,
    Kind.REOPENED: _reopened,
    Kind.REMINDED: _reminded,
}
