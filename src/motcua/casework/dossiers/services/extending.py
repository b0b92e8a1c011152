"""A new date with an apology (form 04): an officer asks, a leader grants; once, and in time."""

from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.casework.documents import services as documents
from motcua.casework.dossiers import journal, picture
from motcua.casework.dossiers.deadlines import closing_on, rules_of
from motcua.casework.dossiers.journal import Line
from motcua.casework.dossiers.models import Dossier, Extension
from motcua.casework.dossiers.services import clock
from motcua.casework.dossiers.services.intake import chosen_post
from motcua.casework.dossiers.types import (
    AlreadyExtended,
    ExtensionDecided,
    ExtensionState,
    ExtensionTooLate,
    NothingToPutOff,
    State,
)
from motcua.foundation.accounts.types import Actor
from motcua.foundation.calendars import selectors as calendars
from motcua.foundation.calendars.types import WorkingCalendar
from motcua.foundation.core.clock import VIETNAM, civil_day
from motcua.foundation.core.types import Invalid, NotAllowed, NotFound
from motcua.foundation.organisations.types import HeldPost, Role

ASKERS = frozenset({Role.OFFICER, Role.DIVISION_HEAD, Role.LEADER})


@transaction.atomic
def propose_extension(*, dossier_id: int, reason: str, new_due_on: date, actor: Actor, at: datetime) -> Extension:
    """Ask a leader for a new date, with the reason that the apology gives.

    Raises:
        NotFound: no such dossier.
        NotAllowed: none of the actor's posts handles dossiers of the competent agency.
        NothingToPutOff, AlreadyExtended: there is no running due date, or it was put off before.
        ExtensionTooLate: later than the working days before the deadline; a leader may still appoint one.
        Invalid: `reason` is empty, or `new_due_on` is not after the present date.

    Law: Decree 61/2018/NĐ-CP, art. 19(9): at the latest one day before the deadline, at most once.
    """
    dossier = _locked(dossier_id)
    post = _post(actor, dossier, ASKERS)
    new = _checked(dossier, reason=reason, new_due_on=new_due_on, at=at)
    _check_in_time(dossier, at=at)
    row = _new_row(dossier, reason=reason, new=new, actor=actor, at=at)
    line = Line(
        "extension_asked", post_id=post.post_id, unit_id=post.unit_id,
        facts={"extension": row.pk, "until": new.isoformat()}, changed=reason,
    )  # fmt: skip
    _write(dossier, line, actor=actor, at=at)
    return row


@transaction.atomic
def appoint_new_date(
    *, dossier_id: int, reason: str, new_due_on: date, override_reason: str = "", actor: Actor, at: datetime
) -> Extension:
    """Appoint a new date as a leader, at once; the citizen is told with an apology.

    Raises:
        NotFound, NotAllowed, NothingToPutOff, AlreadyExtended, Invalid: as for asking; only a leader of the competent
            agency appoints.
        ExtensionTooLate: it comes late and `override_reason` does not say why.

    Law: Decree 61/2018/NĐ-CP, art. 19(9).
    """
    dossier = _locked(dossier_id)
    post = _post(actor, dossier, {Role.LEADER})
    new = _checked(dossier, reason=reason, new_due_on=new_due_on, at=at)
    row = _new_row(dossier, reason=reason, new=new, actor=actor, at=at)
    _grant(dossier, row, override_reason=override_reason, post=post, actor=actor, at=at)
    return row


@transaction.atomic
def decide_extension(
    *,
    extension_id: int,
    is_granted: bool,
    override_reason: str = "",
    answer: str = "",
    actor: Actor,
    at: datetime,
) -> Extension:
    """Grant or decline what an officer asked for.

    Raises:
        NotFound: no such request.
        NotAllowed: the actor leads no agency that is competent for it.
        ExtensionDecided: somebody decided before.
        NothingToPutOff: the clock stands or the result is there meanwhile.
        ExtensionTooLate: it comes late and `override_reason` does not say why.
        Invalid: `answer` is empty on declining, or the new date is no longer after the present one.
    """
    found = Extension.objects.filter(pk=extension_id).values_list("dossier_id", flat=True).first()
    if found is None:
        raise NotFound
    dossier = _locked(found)
    post = _post(actor, dossier, {Role.LEADER})
    row = Extension.objects.select_for_update().get(pk=extension_id)
    if row.state != ExtensionState.PROPOSED:
        raise ExtensionDecided
    row.answer = answer.strip()
    if is_granted:
        _check_running(dossier)
        if dossier.due_at is not None and row.new_due_at <= max(dossier.due_at, at):
            raise Invalid({"new_due_on": [_("The due date moved meanwhile; decline and ask again with a later day.")]})
        _grant(dossier, row, override_reason=override_reason, post=post, actor=actor, at=at)
        return row
    if not row.answer:
        raise Invalid({"answer": [_("Say why, so that the officer can settle the dossier in time.")]})
    _decide(row, ExtensionState.DECLINED, actor=actor, at=at)
    line = Line(
        "extension_declined", post_id=post.post_id, unit_id=post.unit_id, facts={"extension": row.pk}, changed=answer
    )
    _write(dossier, line, actor=actor, at=at)
    return row


def _decide(row: Extension, state: str, *, actor: Actor, at: datetime) -> None:
    row.state, row.decided_at, row.decided_by, row.approver_name = state, at, actor.person_id, actor.name
    row.save()


def notice_until(dossier: Dossier) -> datetime | None:
    """Return until when a new date may be asked for without a leader's reason; None while no due date runs."""
    if dossier.due_at is None or dossier.counts_from is None:
        return None
    rules = rules_of(tuple(dossier.deadline_rules), since=dossier.counts_from)
    calendar = _calendar(dossier)
    day = civil_day(dossier.due_at)
    for _number in range(rules.extension_notice_days):
        day -= timedelta(days=1)
        while not calendar.is_working_day(day):
            day -= timedelta(days=1)
    hour = dossier.due_at.astimezone(VIETNAM).time() if rules.extension_notice_days else time(23, 59)
    return datetime.combine(day, hour, tzinfo=VIETNAM)


def _locked(dossier_id: int) -> Dossier:
    dossier = Dossier.objects.locked().filter(pk=dossier_id).first()
    if dossier is None:
        raise NotFound
    return dossier


def _post(actor: Actor, dossier: Dossier, roles: frozenset[str] | set[str]) -> HeldPost:
    posts = tuple(post for post in actor.posts if post.role in roles and post.agency_id == dossier.competent_agency_id)
    if not posts:
        raise NotAllowed
    return chosen_post(posts[:1], None)


def _calendar(dossier: Dossier) -> WorkingCalendar:
    since = dossier.counts_from or dossier.filed_at
    return calendars.calendar_for(dossier.competent_agency_id, on=civil_day(since))


def _check_running(dossier: Dossier) -> None:
    if dossier.state != State.IN_PROCESS or dossier.due_at is None or dossier.counts_from is None:
        raise NothingToPutOff


def _checked(dossier: Dossier, *, reason: str, new_due_on: date, at: datetime) -> datetime:
    """Return the end of office hours of the new day."""
    _check_running(dossier)
    assert dossier.counts_from is not None  # noqa: S101 - checked just now
    rules = rules_of(tuple(dossier.deadline_rules), since=dossier.counts_from)
    held = (ExtensionState.PROPOSED, ExtensionState.GRANTED)
    if rules.extensions_at_most < 1 or Extension.objects.filter(dossier=dossier, state__in=held).exists():
        raise AlreadyExtended
    wrong: dict[str, list[str]] = {}
    if not reason.strip():
        wrong["reason"] = [_("Say why the date cannot be kept; the applicant reads it on the apology.")]
    if dossier.due_at is not None and new_due_on <= max(civil_day(dossier.due_at), civil_day(at)):
        wrong["new_due_on"] = [_("Choose a working day after the present date and after today.")]
    elif not _calendar(dossier).is_working_day(new_due_on):
        wrong["new_due_on"] = [_("The agency does not work on that day. Choose a working day.")]
    if wrong:
        raise Invalid(wrong)
    return closing_on(_calendar(dossier), new_due_on)


def _check_in_time(dossier: Dossier, *, at: datetime) -> None:
    until = notice_until(dossier)
    if until is not None and at > until:
        raise ExtensionTooLate(until=f"{until:%H:%M %d/%m/%Y}")


def _new_row(dossier: Dossier, *, reason: str, new: datetime, actor: Actor, at: datetime) -> Extension:
    assert dossier.due_at is not None  # noqa: S101 - the caller checked
    return Extension.objects.create(
        dossier=dossier, state=ExtensionState.PROPOSED, reason=reason.strip(), old_due_at=dossier.due_at,
        new_due_at=new, form_set=documents.form_set_for(civil_day(at)), proposed_at=at, proposed_by=actor.person_id,
    )  # fmt: skip


def _grant(
    dossier: Dossier, row: Extension, *, override_reason: str, post: HeldPost, actor: Actor, at: datetime
) -> None:
    if not override_reason.strip():
        _check_in_time(dossier, at=at)
    assert dossier.due_at is not None  # noqa: S101 - the caller checked
    row.old_due_at, row.override_reason = dossier.due_at, override_reason.strip()
    _decide(row, ExtensionState.GRANTED, actor=actor, at=at)
    promised, statutory = clock.legal_due_instants(dossier)
    clock.change(
        dossier, promised, statutory, reason_code="extension", reason=row.reason, form="04", at=at,
        person_id=actor.person_id,
    )  # fmt: skip
    line = Line(
        "extended", post_id=post.post_id, unit_id=post.unit_id,
        facts=picture.facts_of(dossier) | {"extension": row.pk, "form": "04", "is_late": bool(row.override_reason)},
        changed=f"{row.reason}|{row.override_reason}",
    )  # fmt: skip
    _write(dossier, line, actor=actor, at=at)


def _write(dossier: Dossier, line: Line, *, actor: Actor, at: datetime) -> None:
    dossier.lock_version += 1
    journal.record(dossier, [line], actor=actor, at=at)
    dossier.save(update_fields=["due_at", "statutory_due_at", "lock_version", "journal_seq", "journal_hash"])
