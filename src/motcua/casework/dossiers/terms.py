"""What a new dossier is bound to: versions in force, agencies, limit, fee. Read before anything is locked."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from motcua.casework.dossiers.types import CertifiedItem, Channel, FilingInput, NotOffered
from motcua.casework.procedures import selectors as procedures
from motcua.casework.procedures.types import CaseCard, IntakeChoice
from motcua.casework.workflow import selectors as workflow
from motcua.casework.workflow.types import Scope
from motcua.foundation.calendars.types import Limit, LimitUnit
from motcua.foundation.core.clock import civil_day
from motcua.foundation.organisations import selectors as organisations
from motcua.foundation.organisations.types import AgencyKind

PUBLISHED_CHANNEL = {
    Channel.ONLINE: "online",
    Channel.COUNTER: "direct",
    Channel.MOBILE: "direct",
    Channel.POST: "postal",
}


@dataclass(frozen=True, slots=True)
class Terms:
    """The versions and promises of one filing.

    Attributes:
        limit, statutory: the reduced limit that the receipt uses, and the legal one.
        in_doubt: the published limit can be read in more than one way; none is promised before a person settles it.
        rules: codes of the rules of counting that the procedure chose, which the dossier keeps.
    """

    choice: IntakeChoice
    case: CaseCard
    process_version_id: int
    scope: Scope
    limit: Limit
    statutory: Limit
    fee_vnd: int
    rules: tuple[str, ...] = ()
    in_doubt: bool = False


def terms_for(filing: FilingInput, *, at: datetime) -> Terms:
    """Return the terms of a filing at `at`.

    Raises:
        NotOffered: not through this channel, not at this agency, no such case, or no process in force.
    """
    on = civil_day(at)
    choice = procedures.intake_choice(filing.offer_id, on=on)
    channel = PUBLISHED_CHANNEL[Channel(filing.channel)]
    case = choice.case(filing.case_id)
    process = workflow.published_version(choice.offer.process_code, on=on)
    if case is None or process is None or (channel == "online" and channel not in choice.offer.channels):
        raise NotOffered
    scope = _scope(filing, choice, at=at)
    place = organisations.agency(scope.competent_id, on=on).place_kind or "any"
    published = choice.limit_applied(case_id=case.id, channel=channel, place_kind=place)
    in_doubt = published is not None and published.needs_review  # promised only once a person has settled it
    if published is None or in_doubt:
        limit = statutory = Limit(0, LimitUnit.NONE)
    else:
        limit = Limit(published.value, LimitUnit(published.unit))
        statutory = Limit(published.statutory_value, LimitUnit(published.statutory_unit))
    return Terms(
        choice=choice,
        case=case,
        process_version_id=process,
        scope=scope,
        limit=limit,
        statutory=statutory,
        fee_vnd=_fee(filing, choice, case, channel),
        rules=choice.rules,
        in_doubt=in_doubt,
    )


def _scope(filing: FilingInput, choice: IntakeChoice, *, at: datetime) -> Scope:
    on = civil_day(at)
    listing = organisations.directory(on=on)
    competent_id = choice.offer.agency_id or filing.competent_agency_id
    card = listing.present(competent_id or 0)  # a draft may have waited over a reform
    if card is None or not choice.offer.is_taken_by(card.id, is_commune=card.kind == AgencyKind.COMMUNE):
        raise NotOffered
    province_id = next(item.id for item in listing.agencies.values() if item.kind == AgencyKind.PROVINCE)
    received_at = listing.present(filing.receiving_agency_id) if filing.receiving_agency_id else None
    receiving_id = received_at.id if received_at else None
    if receiving_id is None:
        receiving_id = card.id
        if choice.offer.at_centre and card.kind != AgencyKind.COMMUNE:
            receiving_id = next(
                (item.id for item in listing.agencies.values() if item.kind == AgencyKind.PROVINCE_CENTRE), card.id
            )
    return Scope(receiving_id=receiving_id, competent_id=card.id, province_id=province_id)


def _fee(filing: FilingInput, choice: IntakeChoice, case: CaseCard, channel: str) -> int:
    if filing.certified:
        return sum(certification_fee(item) for item in filing.certified)
    return sum(fee.amount_vnd or 0 for fee in choice.fees_for(case_id=case.id, channel=channel))


def certification_fee(item: CertifiedItem) -> int:
    """Return the fee in đồng of all copies of one original; a page is a page of the original.

    Law: Circular 226/2016/TT-BTC: 2,000 a page, from page 3 on 1,000, at most 200,000 a copy.
    """
    rate = settings.MOTCUA_CERTIFICATION_FEE
    first = min(item.pages, rate["first_pages"])
    copy = first * rate["first_vnd"] + (item.pages - first) * rate["further_vnd"]
    return item.copies * min(copy, rate["most_vnd"])
