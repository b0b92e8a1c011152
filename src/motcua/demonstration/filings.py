"""Turns a planned arrival into what the services of dossiers take."""

from dataclasses import dataclass
from datetime import date, datetime

from motcua.casework.documents import services as documents
from motcua.casework.dossiers.types import CertifiedItem, Delivery, FilingInput, PaperInput, PartyInput
from motcua.casework.procedures import selectors as procedures
from motcua.casework.procedures.types import CaseCard, ComponentLine, IntakeChoice
from motcua.demonstration import answers, packaged, pairing, province
from motcua.demonstration.arrivals import Arrival
from motcua.demonstration.stories import chance_of
from motcua.foundation.organisations import selectors as organisations

OWNER = "demonstration"
Offers = dict[tuple[str, int], IntakeChoice]


@dataclass(frozen=True, slots=True)
class SampleFiles:
    """Stored files that the played dossiers share."""

    paper: int
    drawing: int
    result: int


def store_samples(*, at: datetime) -> SampleFiles:
    """Store the packaged sample papers once for this play."""

    def store(name: str, purpose: str) -> int:
        content = (packaged.DATA / "files" / name).read_bytes()
        return documents.store_made(content=content, name=name, purpose=purpose, at=at, owner_key=OWNER).pk

    return SampleFiles(
        paper=store("giay-to.pdf", "component"),
        drawing=store("ban-ve.pdf", "component"),
        result=store("ket-qua.pdf", "result"),
    )


def competent_agency(arrival: Arrival, *, on: date) -> int:
    """Return the agency that decides: of the place, of its land branch, or of the province."""
    by_code = organisations.directory(on=on).by_code
    known = next(item for item in pairing.pairings() if item.code == arrival.process)
    if known.taken_by == "communes":
        return by_code[province.commune_codes()[arrival.place]]
    if known.taken_by == "land_branches":
        row = next(row for row in packaged.rows("organisation/communes.csv") if row["ward_code"] == arrival.place)
        return by_code[f"H01.17.{row['land_branch']}"]
    return by_code[known.taken_by]


def filing(
    arrival: Arrival, files: SampleFiles, citizen_person_id: int | None, offers: Offers, *, on: date
) -> FilingInput:
    """Return the filing of an arrival as its applicant and the desk would enter it."""
    competent = competent_agency(arrival, on=on)
    choice = _choice(arrival.procedure, competent, offers, on=on)
    case = _case(choice, arrival)
    taken_at = organisations.directory(on=on).by_code[arrival.taken_at] if arrival.taken_at else None
    known = next(item for item in pairing.pairings() if item.code == arrival.process)
    return FilingInput(
        offer_id=choice.offer.id,
        case_id=case.id,
        channel=arrival.channel,
        parties=(_party(arrival),),
        papers=_papers(case, arrival, files),
        key=f"demonstration-{arrival.number}",
        answers=answers.fill(choice.schema, arrival),
        delivery=arrival.delivery,
        delivery_address=arrival.applicant.address if arrival.delivery == Delivery.POST else "",
        competent_agency_id=competent,
        receiving_agency_id=taken_at,
        citizen_person_id=citizen_person_id,
        certified=_certified(arrival),
        summary=known.name,
    )


def _choice(procedure: str, competent: int, offers: Offers, *, on: date) -> IntakeChoice:
    """Return what may be chosen; offers of the demonstration do not change, so each is looked up once."""
    key = (procedure, competent)
    if key not in offers:
        offer = procedures.offer_for(code=procedure, agency_id=competent, on=on)
        offers[key] = procedures.intake_choice(offer.id, on=on)
    return offers[key]


def _case(choice: IntakeChoice, arrival: Arrival) -> CaseCard:
    """Choose the case: a private house for permits, else one with papers to hand in, mostly the first."""
    fitting = [case for case in choice.cases if case.submit] or list(choice.cases)
    houses = [case for case in fitting if "nhà ở riêng lẻ" in case.name]
    if arrival.process == "building_permit" and houses:
        return houses[0]
    return chance_of(arrival, "case").choices(fitting, [5] + [1] * (len(fitting) - 1))[0]


def _party(arrival: Arrival) -> PartyInput:
    who = arrival.applicant
    return PartyInput(
        full_name=who.name,
        identity=who.identity,
        phone=who.phone,
        email=who.email,
        address=who.address,
        born_on=who.born_on,
    )


def _papers(case: CaseCard, arrival: Arrival, files: SampleFiles) -> tuple[PaperInput, ...]:
    online = arrival.channel == "online"
    needed = [line for line in case.submit if "ủy quyền" not in line.name.lower()] or list(case.submit)
    lines = [*needed[:4], *([] if online else case.show[:2])]
    return tuple(_paper(line, files, online=online) for line in lines)


def _paper(line: ComponentLine, files: SampleFiles, *, online: bool) -> PaperInput:
    with_file = online or line.kind == "submit"
    file = files.drawing if "bản vẽ" in line.name.lower() else files.paper
    return PaperInput(
        component_id=line.id,
        kind=line.kind,
        originals=0 if online else line.originals or 1,
        plain=0 if online else line.plain_copies,
        file_ids=(file,) if with_file else (),
    )


def _certified(arrival: Arrival) -> tuple[CertifiedItem, ...]:
    if arrival.process != "certified_copy":
        return ()
    chance = chance_of(arrival, "certified")
    names = ["Bằng tốt nghiệp", "Giấy khai sinh", "Căn cước công dân", "Học bạ", "Giấy chứng nhận kết hôn"]
    return tuple(
        CertifiedItem(description=name, pages=chance.choice((1, 2, 2, 4, 8)), copies=chance.choice((1, 2, 3, 3, 5, 10)))
        for name in chance.sample(names, chance.choices((1, 2, 3), (6, 3, 1))[0])
    )
