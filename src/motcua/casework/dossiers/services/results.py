"""Results: signed by a person in a capacity, numbered and sealed by the clerk, brought to the desk, handed over."""

from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _

from motcua.casework.dossiers import numbering
from motcua.casework.dossiers.events import ProcessingFinished, ResultReturned
from motcua.casework.dossiers.models import BookLine, CertifiedOriginal, Dossier, Result
from motcua.casework.dossiers.services.publishing import publish
from motcua.casework.dossiers.types import (
    Outcome,
    ResultIssued,
    ResultMissing,
    SignatureInput,
    SignedHow,
    State,
    StepInput,
)
from motcua.casework.procedures import selectors as procedures
from motcua.casework.workflow.types import Act, Step, Task
from motcua.foundation.accounts import selectors as accounts
from motcua.foundation.accounts.types import Actor, StandInMayNotSign
from motcua.foundation.core.clock import civil_day
from motcua.foundation.core.types import Invalid
from motcua.foundation.organisations.types import HeldPost, Role

RESULT_BOOK, CERTIFICATION_BOOK = "KQ", "SCT-BS"


def sign(
    dossier: Dossier, task: Task, outcome: str, given: StepInput, *, actor: Actor, post: HeldPost | None, at: datetime
) -> None:
    """Record the signature: the leader's own act, or ink recorded by the clerk with signer, capacity, time and scan.

    A process may sign more than once (head, then leader): the last signature stands.

    Raises:
        Invalid: the clerk left out who signed, when, or the scan.
        ResultIssued: the result already has its number.
    """
    is_refusal = task.act == Act.SIGN_REFUSAL or outcome in {"disapprove", "reject", "refuse"}
    signature = given.signature
    may_sign(post)
    values = {"is_refusal": is_refusal, "title": given.result_title or _result_title(dossier, is_refusal=is_refusal)}
    if signature is not None and signature.how == SignedHow.PAPER:
        if post is not None and post.role == Role.CLERK:
            _check_ink(signature.signer_name, signature.signed_at, signature.scan_file_id, at=at)
        signer_id = _ink_signer(signature, task, actor, post)
        values |= {
            "signed_how": SignedHow.PAPER,
            "signer_person_id": signer_id,
            "signer_name": signature.signer_name or actor.name,
            "capacity": signature.capacity,
            "signed_at": signature.signed_at or at,
            "scan_id": signature.scan_file_id,
        }
    else:
        values |= {
            "signed_how": SignedHow.DIGITAL,
            "signer_person_id": actor.person_id,
            "signer_name": actor.name,
            "capacity": (signature.capacity if signature else "") or (post.signs_as if post else ""),
            "signed_at": at,
        }
    if given.result_file_id:
        values["file_id"] = given.result_file_id
    if Result.objects.filter(dossier=dossier).exclude(number="").exists():
        raise ResultIssued
    Result.objects.update_or_create(dossier=dossier, defaults=values)
    dossier.outcome = Outcome.REFUSED if is_refusal else Outcome.GRANTED


def may_sign(post: HeldPost | None) -> None:
    """Let a substitute sign only in a capacity that the leave gave them; a clerk only records what another signed.

    Raises:
        StandInMayNotSign: the leave gave none.

    Law: Decree 30/2020, art. 13: KT., TL., TUQ.; who signs by sub-authorisation has it in writing.
    """
    if post is None or post.standing_for_id is None or post.role == Role.CLERK:
        return
    if post.signs_as not in settings.MOTCUA_SUBSTITUTE_CAPACITIES:
        raise StandInMayNotSign(name=post.standing_for)


def _check_ink(name: str, signed_at: datetime | None, scan_file_id: int | None, *, at: datetime) -> None:
    missing = {}
    if not name.strip():
        missing["signer_name"] = [_("Enter who signed on paper.")]
    if signed_at is None or signed_at > at:
        missing["signed_at"] = [_("Enter when it was signed; it cannot lie in the future.")]
    if scan_file_id is None:
        missing["scan"] = [_("Attach the scan of the signed paper.")]
    if missing:
        raise Invalid(missing)


def _ink_signer(signature: SignatureInput, task: Task, actor: Actor, post: HeldPost | None) -> int | None:
    """Return the person who signed in ink: whoever records it, or for the clerk a holder of the signing post that day.

    Raises:
        Invalid: nobody of that name held the post that signs on the day of the signature.
    """
    if post is None or post.role != Role.CLERK or signature.signed_at is None:
        return actor.person_id
    holders = accounts.holders(task.unit_id, task.role, on=civil_day(signature.signed_at))
    wanted = " ".join(signature.signer_name.casefold().split())
    found = next((person for person, name in holders if " ".join(name.casefold().split()) == wanted), None)
    if found is None:
        names = ", ".join(name for _person, name in holders) or "-"
        sentence = _("Nobody of this name held the post that signs on that day. These did: %(names)s")
        raise Invalid({"signer_name": [sentence % {"names": names}]})
    return found


def _result_title(dossier: Dossier, *, is_refusal: bool) -> str:
    if is_refusal:
        return "Văn bản từ chối giải quyết hồ sơ"  # a Vietnamese document, whatever the reader's language
    named = procedures.result_names(dossier.procedure_version_id)
    return named[0][:300] if named else "Kết quả giải quyết thủ tục hành chính"


def issue(dossier: Dossier, step: Step, given: StepInput, *, actor: Actor, at: datetime) -> None:
    """Number the signed result in the agency's book of the year; certified copies get one number per original.

    Raises:
        ResultMissing: nothing was signed yet.

    Law: Decree 30/2020, art. 15: numbers from 1 each calendar year; Decree 23/2015: one number for all copies of one
    original made at one time.
    """
    result = Result.objects.filter(dossier=dossier).first()
    if result is None:
        raise ResultMissing
    originals = list(CertifiedOriginal.objects.filter(dossier=dossier).order_by("ordinal"))
    certified = bool(originals) and not result.is_refusal
    kind = CERTIFICATION_BOOK if certified else RESULT_BOOK
    book_id, numbers = numbering.next_book_numbers(
        agency_id=step.closed.unit_id if not certified else dossier.competent_agency_id,
        kind=kind,
        at=at,
        count=len(originals) if certified else 1,
    )
    lines = BookLine.objects.bulk_create(
        BookLine(book_id=book_id, number=number, dossier=dossier, entered_at=at, person_id=actor.person_id)
        for number in numbers
    )
    if certified:
        for original, line in zip(originals, lines, strict=True):
            original.number, original.line = f"{line.number}/{kind}", line
        CertifiedOriginal.objects.bulk_update(originals, ["number", "line"])
    result.number = f"{numbers[0]}/{kind}" if len(numbers) == 1 else f"{numbers[0]}-{numbers[-1]}/{kind}"
    result.line = lines[0]
    result.issued_at, result.issued_by = at, actor.person_id
    if given.result_file_id:
        result.file_id = given.result_file_id
    result.save(update_fields=["number", "line", "issued_at", "issued_by", "file"])


def to_desk(dossier: Dossier, *, at: datetime) -> None:
    """The result lies at the desk: processing finished, the clock stops (not saved here).

    Raises:
        ResultMissing: the result has no number yet.
    """
    result = Result.objects.filter(dossier=dossier).first()
    if result is None or not result.number:
        raise ResultMissing
    dossier.state, dossier.finished_at = State.FINISHED, at
    publish(
        ProcessingFinished, dossier, at=at, due_at=dossier.due_at, accepted_at=dossier.accepted_at,
        is_refusal=result.is_refusal, statutory_due_at=dossier.statutory_due_at,
    )  # fmt: skip


def hand_over(dossier: Dossier, given: StepInput, *, at: datetime) -> None:
    """The result is handed over (not saved here). A process without a desk step finishes here too."""
    if dossier.state == State.IN_PROCESS:
        to_desk(dossier, at=at)
    Result.objects.filter(dossier=dossier).update(returned_to=given.recipient_name.strip() or dossier.applicant_name)
    dossier.state, dossier.closed_at = State.RETURNED, at
    publish(ResultReturned, dossier, at=at)
