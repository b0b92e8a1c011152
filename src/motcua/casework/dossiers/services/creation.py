"""Writing a new dossier with its people, papers and answers. Private to the services of filing and intake."""

from dataclasses import dataclass
from datetime import datetime

from motcua.casework.dossiers import creation_sql, sealing
from motcua.casework.dossiers.models import Dossier, IdempotencyKey
from motcua.casework.dossiers.terms import Terms, certification_fee
from motcua.casework.dossiers.types import FilingInput, PartyInput, PartyRole, State
from motcua.foundation.core.ids import uuid7

_PARTY = (
    "dossier_id, role, ordinal, version, is_current, kind, full_name, details_cipher, identity_digest, phone_digest, "
    "identity_digest_next, phone_digest_next"
)
_PAPER = "dossier_id, component_id, ordinal, name, kind, originals, certified, plain, is_checked"


@dataclass(frozen=True, slots=True)
class Claimed:
    """A new dossier's id, or the dossier that the same key made before."""

    dossier_id: int | None
    earlier: Dossier | None = None


def claim(key: str, at: datetime) -> Claimed:
    """Take the idempotency key of a form, waiting for a concurrent submit with the same key."""
    dossier_id = creation_sql.claim_key(key, at)
    if dossier_id is not None:
        return Claimed(dossier_id)
    known = IdempotencyKey.objects.get(pk=key)
    return Claimed(None, Dossier.objects.get(pk=known.dossier_id))


def new_dossier(dossier_id: int, filing: FilingInput, terms: Terms, *, state: str, at: datetime) -> Dossier:
    """Return an unsaved dossier bound to its terms."""
    choice = terms.choice
    return Dossier(
        id=dossier_id,
        public_id=uuid7(),
        channel=filing.channel,
        state=state,
        delivery=filing.delivery,
        procedure_version_id=choice.version_id,
        case_id=terms.case.id,
        offer_id=choice.offer.id,
        process_version_id=terms.process_version_id,
        field_id=choice.field_id,
        helping_agency_id=filing.helping_agency_id,
        receiving_agency_id=terms.scope.receiving_id,
        competent_agency_id=terms.scope.competent_id,
        citizen_id=filing.citizen_person_id,
        applicant_name=_applicant(filing),
        summary=filing.summary[:300],
        limit_value=terms.limit.value,
        limit_unit=terms.limit.unit,
        statutory_value=terms.statutory.value,
        statutory_unit=terms.statutory.unit,
        deadline_rules=list(terms.rules),
        fee_vnd=terms.fee_vnd,
        filed_at=at,
        accepted_at=at if state == State.IN_PROCESS else None,
    )


def _applicant(filing: FilingInput) -> str:
    names = [party.full_name for party in filing.parties if party.role == PartyRole.APPLICANT]
    return ", ".join(names)[:200]


def insert_parts(dossier: Dossier, filing: FilingInput, terms: Terms, *, at: datetime) -> str:
    """Insert people, papers with files, answers and certified originals; return what of them the journal digests."""
    _insert_parties(dossier, _with_recipient(filing))
    _insert_papers(dossier, filing, terms, at=at)
    if filing.answers:
        creation_sql.insert_rows(
            "dossiers_form_answer",
            "dossier_id, version, eform_version_id, answers_cipher, given_at",
            [(dossier.pk, 1, terms.choice.eform_version_id, sealing.seal(filing.answers, purpose=sealing.ANSWERS), at)],
        )
    creation_sql.insert_rows(
        "dossiers_certified_original",
        "dossier_id, ordinal, description, pages, copies, fee_vnd, number",
        [
            (dossier.pk, place, item.description, item.pages, item.copies, certification_fee(item), "")
            for place, item in enumerate(filing.certified, start=1)
        ],
    )
    return sealing.canonical(
        [[(p.role, p.full_name, sealing.party_details(p)) for p in filing.parties], filing.answers]
    )


def _with_recipient(filing: FilingInput) -> tuple[PartyInput, ...]:
    """Return the parties, with a recipient for the address that the result is sent to."""
    if not filing.delivery_address.strip() or any(party.role == PartyRole.RECIPIENT for party in filing.parties):
        return filing.parties
    first = filing.parties[0]
    recipient = PartyInput(
        full_name=first.full_name, role=PartyRole.RECIPIENT, phone=first.phone, address=filing.delivery_address
    )
    return (*filing.parties, recipient)


def _insert_parties(dossier: Dossier, parties: tuple[PartyInput, ...]) -> None:
    rows, counts = [], dict[str, int]()
    for party in parties:
        counts[party.role] = counts.get(party.role, 0) + 1
        details = sealing.party_details(party)
        rows.append(
            (
                dossier.pk, party.role, counts[party.role], 1, True, party.kind, party.full_name.strip(),
                sealing.seal(details, purpose=sealing.PARTY),
                sealing.digest_or_none(details["identity"], purpose="identity"),
                sealing.digest_or_none(details["phone"], purpose="phone"),
                sealing.next_or_none(details["identity"], purpose="identity"),
                sealing.next_or_none(details["phone"], purpose="phone"),
            )
        )  # fmt: skip
    creation_sql.insert_rows("dossiers_party", _PARTY, rows)


def _insert_papers(dossier: Dossier, filing: FilingInput, terms: Terms, *, at: datetime) -> None:
    names = {line.id: line for line in terms.case.papers}
    rows = []
    for place, paper in enumerate(filing.papers, start=1):
        component = names.get(paper.component_id or 0)
        rows.append(
            (
                dossier.pk, component.id if component else None, place, component.name if component else paper.name,
                component.kind if component else paper.kind, paper.originals, paper.certified, paper.plain, False,
            )
        )  # fmt: skip
    ids = creation_sql.insert_rows("dossiers_paper", _PAPER, rows, returning="id")
    files = [
        (paper_id, file_id, place, at)
        for (paper_id,), paper in zip(ids, filing.papers, strict=True)
        for place, file_id in enumerate(paper.file_ids, start=1)
    ]
    creation_sql.insert_rows("dossiers_paper_file", "paper_id, file_id, ordinal, added_at", files)
