"""What may be promised for a draft: the date if it were accepted now, and the fee."""

from dataclasses import dataclass
from datetime import date, datetime

from motcua.casework.dossiers.types import DraftView
from motcua.casework.procedures.types import CaseCard, FeeLine, IntakeChoice, LimitLine
from motcua.faces.portal.apply.drafts import Held
from motcua.faces.portal.procedure import presenting
from motcua.faces.portal.procedure.promise import Promise, promise
from motcua.foundation.calendars import selectors as calendars
from motcua.foundation.core.clock import civil_day
from motcua.foundation.organisations import selectors as organisations

ONLINE = "online"


@dataclass(frozen=True, slots=True)
class Fees:
    """The fee in a few words and line by line."""

    words: str
    lines: tuple[FeeLine, ...]


def limit_line(choice: IntakeChoice, case: CaseCard | None, *, agency_id: int | None, on: date) -> LimitLine | None:
    """Return the limit that a filing of this case would get, by the same rule as the filing itself."""
    card = organisations.directory(on=on).agencies.get(agency_id or 0)
    place = (card.place_kind if card else "") or "any"
    return choice.limit_applied(case_id=case.id if case else None, channel=ONLINE, place_kind=place)


def of_draft(held: Held) -> Promise | None:
    """Return the date of the result if the draft were accepted now."""
    view = held.view
    return of_choice(view.choice, view.case, agency_id=agency_of(view), at=held.at)


def of_choice(choice: IntakeChoice, case: CaseCard | None, *, agency_id: int | None, at: datetime) -> Promise | None:
    """Return the promise for a case at an agency."""
    line = limit_line(choice, case, agency_id=agency_id, on=civil_day(at))
    return promise(line, calendar=calendars.calendar_for(agency_id, on=civil_day(at)), now=at)


def agency_of(view: DraftView) -> int | None:
    """Return the agency that will decide."""
    return view.choice.offer.agency_id or view.competent_agency_id


def fees_of(choice: IntakeChoice, case: CaseCard | None) -> Fees:
    """Return the fees of a case when handed in online."""
    lines = choice.fees_for(case_id=case.id if case else None, channel=ONLINE)
    return Fees(presenting.fee_words(lines), lines)


def fees_of_draft(view: DraftView) -> Fees:
    """Return the fees of the draft's case."""
    return fees_of(view.choice, view.case)
