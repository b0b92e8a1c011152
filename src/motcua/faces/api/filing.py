"""Filing online by a program: files first, then the dossier that names them."""

import hashlib
from datetime import date
from typing import Annotated
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _
from ninja import File as FilePart
from ninja import Header, Router, Status
from ninja.files import UploadedFile

from motcua.casework.documents import selectors as document_reads
from motcua.casework.documents import services as documents
from motcua.casework.documents.types import Purpose
from motcua.casework.dossiers import selectors as dossier_reads
from motcua.casework.dossiers import services as dossiers
from motcua.casework.dossiers.types import Channel, FilingInput, NotOffered, PaperInput, Proof
from motcua.casework.procedures import selectors as procedures
from motcua.casework.procedures.types import IntakeChoice
from motcua.faces.api.answers import read_answers
from motcua.faces.api.parties import read_parties
from motcua.faces.api.schemas.filing import File, Filed, FilingIn, Remark
from motcua.foundation.accounts import services as accounts
from motcua.foundation.accounts.types import Actor, ApiClientCard
from motcua.foundation.core import clock
from motcua.foundation.core.types import Invalid, NotFound
from motcua.foundation.organisations import selectors as organisations
from motcua.foundation.organisations.types import AgencyKind

router = Router(tags=["filing"])


def _owner(client: ApiClientCard) -> str:
    return f"api:{client.public_id}"


@router.post(
    "/files", response={201: File}, operation_id="uploadFile", url_name="uploadFile",
    summary=_("Upload a paper"),
    description=_(
        "PDF, JPG, PNG, Word or Excel, one file a call. What is empty, too large, damaged, locked, infected, or not "
        "what its name says, is refused with a code of its own."
    ),
)  # fmt: skip
def upload_file(
    request: HttpRequest, file: Annotated[UploadedFile, FilePart(description=_("The file, with its name."))]
) -> Status:
    """Take a file for a dossier to come."""
    stored = documents.store_upload(
        file=file,
        name=file.name or "",
        purpose=Purpose.COMPONENT,
        at=clock.now(),
        owner_key=_owner(request.api_client),  # type: ignore[attr-defined]
        declared_type=file.content_type or "",
    )
    card = document_reads.file_card(stored.public_id)
    remarks = [Remark(code=code, message=str(words)) for code, words in zip(card.warnings, card.remarks, strict=False)]
    return Status(
        201,
        File(
            id=UUID(card.public_id), name=card.name, kind=card.kind, media_type=card.media_type, size=card.size,
            sha256=card.sha256, pages=card.pages, remarks=remarks,
        ),
    )  # fmt: skip


@router.post(
    "/dossiers", response={200: Filed, 201: Filed}, operation_id="submitDossier", url_name="submitDossier",
    summary=_("File a dossier online"),
    description=_(
        "The same Idempotency-Key with the same content answers 200 with the dossier that it made, for thirty days. "
        "The dossier waits for acceptance; the citizen follows it by its code."
    ),
)  # fmt: skip
def submit_dossier(
    request: HttpRequest,
    response: HttpResponse,
    filing: FilingIn,
    idempotency_key: Annotated[
        str,
        Header(
            alias="Idempotency-Key", min_length=8, max_length=100, pattern=r"^[\x21-\x7e]+$",
            description=_("Made by the program for this filing: 8 to 100 printable ASCII characters."),
            examples=["5f0c2a52-9c1e-4a7e-8f5e-2b6a3b6f2d11"],
        ),
    ],
) -> Status:  # fmt: skip
    """File a dossier under the client's key."""
    client: ApiClientCard = request.api_client  # type: ignore[attr-defined]
    now = clock.now()
    checked = _checked(filing, key=_form_key(client, idempotency_key), on=clock.civil_day(now))
    public_ids = [str(file_id) for paper in filing.papers for file_id in paper.files]
    with transaction.atomic():
        accounts.claim_api_request(client_id=client.id, key=idempotency_key, content=request.body, at=now)
        filed = dossiers.file_online(filing=checked, actor=Actor(name=client.name), at=now)
        if filed.is_new and public_ids:
            _hand_over(public_ids, client, f"dossier:{filed.dossier_id}")
    response["Location"] = f"/api/dossiers/{filed.intake_number}"
    view = dossier_reads.party_view(actor=Actor(), dossier_id=filed.dossier_id, at=now, proof=Proof(filed.dossier_id))
    answer = Filed(
        code=view.shown_code, status=view.status, filed_at=view.filed_at, acceptance_due_at=view.acceptance_due_at,
        tracking_url=dossier_reads.tracking_url(view.shown_code),
    )  # fmt: skip
    return Status(201 if filed.is_new else 200, answer)


def _form_key(client: ApiClientCard, key: str) -> str:
    return f"api:{client.id}:{hashlib.sha256(key.encode()).hexdigest()[:40]}"


def _hand_over(public_ids: list[str], client: ApiClientCard, owner: str) -> None:
    try:
        documents.change_owner(public_ids=public_ids, owner_key=_owner(client), new_owner_key=owner)
    except NotFound:
        raise Invalid(
            {"papers": [gettext("A file was not uploaded with this key, or belongs to another dossier.")]}
        ) from None


def _checked(filing: FilingIn, *, key: str, on: date) -> FilingInput:
    """Return the filing as the service takes it.

    Raises:
        OfferNotFound, NotOffered: nobody takes it, or not online.
        Invalid: everything that is wrong, by field.
    """
    choice = procedures.intake_choice(procedures.offer(filing.offer).id, on=on)
    if Channel.ONLINE not in choice.channels:
        raise NotOffered
    wrong: dict[str, list[str]] = {}
    if choice.case(filing.case) is None:
        wrong["case"] = [gettext("The offer has no such case.")]
    agency_id = _agency(filing, choice, wrong, on=on)
    parties, wrong_parties = read_parties(filing.parties)
    answers, wrong_answers = read_answers(choice.schema, filing.answers, on=on)
    papers = _papers(filing, choice, wrong)
    wrong |= wrong_parties | {f"answers.{name}": messages for name, messages in wrong_answers.items()}
    if filing.delivery == "post" and not filing.delivery_address.strip():
        wrong["delivery_address"] = [gettext("Give the address that the result is sent to.")]
    if wrong:
        raise Invalid(wrong)
    return FilingInput(
        offer_id=choice.offer.id, case_id=filing.case, channel=Channel.ONLINE, parties=parties, papers=papers, key=key,
        answers=answers, delivery=filing.delivery, delivery_address=filing.delivery_address,
        competent_agency_id=agency_id,
    )  # fmt: skip


def _agency(filing: FilingIn, choice: IntakeChoice, wrong: dict[str, list[str]], *, on: date) -> int | None:
    listing = organisations.directory(on=on)
    if not filing.agency and choice.offer.agency_id is not None:
        return choice.offer.agency_id
    card = listing.agencies.get(listing.by_code.get(filing.agency, 0))
    if card is None or not choice.offer.is_taken_by(card.id, is_commune=card.kind == AgencyKind.COMMUNE):
        wrong["agency"] = [gettext("Name an agency of this offer by its code.")]
        return None
    return card.id


def _papers(filing: FilingIn, choice: IntakeChoice, wrong: dict[str, list[str]]) -> tuple[PaperInput, ...]:
    case = choice.case(filing.case)
    asked = {line.id: line for line in case.papers} if case else {}
    files: dict[int | None, list[int]] = {}
    further: list[PaperInput] = []
    for place, given in enumerate(filing.papers):
        ids = _file_ids([str(file_id) for file_id in given.files], f"papers.{place}.files", wrong)
        if given.paper is None:
            further.append(PaperInput(name=given.name.strip() or "Giấy tờ khác", file_ids=ids))
        elif given.paper not in asked:
            wrong[f"papers.{place}.paper"] = [gettext("The case has no such paper.")]
        else:
            files.setdefault(given.paper, []).extend(ids)
    named = [
        PaperInput(component_id=line.id, kind=line.kind, file_ids=tuple(files.get(line.id, ())))
        for line in asked.values()
    ]
    return (*named, *further)


def _file_ids(public_ids: list[str], place: str, wrong: dict[str, list[str]]) -> tuple[int, ...]:
    ids: list[int] = []
    for number, public_id in enumerate(public_ids):
        try:
            ids.append(document_reads.file_card(public_id).id)
        except NotFound:
            wrong[f"{place}.{number}"] = [gettext("There is no such file.")]
    return tuple(ids)
