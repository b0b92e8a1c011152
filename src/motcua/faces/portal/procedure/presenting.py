"""A published record in the citizen's order and words."""

import re
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise as Text
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from motcua.casework.procedures.types import (
    CaseCard,
    Channel,
    ComponentKind,
    ComponentLine,
    FeeKind,
    FeeLine,
    FormFileLine,
    LimitLine,
    OfferCard,
    ProcedureLevel,
    ProcedurePage,
    ServiceLevel,
)
from motcua.faces.design import formatting
from motcua.foundation.calendars.types import Limit, LimitUnit
from motcua.foundation.organisations import selectors as organisations
from motcua.foundation.organisations.types import AgencyCard, AgencyKind

LIKELIEST = (Channel.ONLINE, Channel.DIRECT, Channel.POSTAL)
AT_COUNTER_FIRST = (Channel.DIRECT, Channel.POSTAL, Channel.ONLINE)
SHORT_NOTE = 110
LEADING_NUMBER = re.compile(r"\(?(\d+(?:\.\d+)*)[.)]")
CHANNEL_WORDS: dict[str, Text] = {
    Channel.ONLINE: gettext_lazy("Online"),
    Channel.DIRECT: gettext_lazy("At the counter"),
    Channel.POSTAL: gettext_lazy("By post"),
}
CHANNEL_ICONS = {Channel.ONLINE: "globe", Channel.DIRECT: "store", Channel.POSTAL: "package-check"}


# two kinds by law, told apart wherever the record tells them apart
FEE_TERMS: dict[str, Text] = {
    FeeKind.FEE: gettext_lazy("Fee"),
    FeeKind.CHARGE: gettext_lazy("State charge"),
    FeeKind.UNSAID: gettext_lazy("Fees"),
}
LEVEL_WORDS: dict[str, Text] = {
    ProcedureLevel.COMMUNE: gettext_lazy("Communes, wards, special zone"),
    ProcedureLevel.PROVINCE: gettext_lazy("Province"),
}


@dataclass(frozen=True, slots=True)
class TimeLine:
    """A limit in words, with the case and kind of place that it is for."""

    words: str
    case: str
    place_kind: str
    is_addition: bool = False


@dataclass(frozen=True, slots=True)
class FeeRow:
    """A fee in words; a long note folds away."""

    term: str
    amount: str
    note: str
    is_long: bool
    case: str


@dataclass(frozen=True, slots=True)
class Way:
    """One way of handing in with its limits and fees."""

    channel: str
    words: str
    icon: str
    limits: tuple[TimeLine, ...]
    fees: tuple[FeeRow, ...]


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper of a case; `is_shown` means shown and taken back."""

    name: str
    copies: str
    is_shown: bool
    forms: tuple[FormFileLine, ...]
    held_by_state: str = ""


@dataclass(frozen=True, slots=True)
class CasePapers:
    """A case with its papers; `number` counts from 1, `name` is '' when there is only one case."""

    number: int
    id: int
    name: str
    papers: tuple[Paper, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Where:
    """Who takes and decides: `agencies` when named, else all communes."""

    words: str
    agencies: tuple[AgencyCard, ...]
    all_communes: bool
    online: tuple[OfferCard, ...]


def limit_words(line: LimitLine | None) -> str:
    """Return a limit in words: '3 working days', 'within the day'."""
    if line is None or line.unit == LimitUnit.NONE:
        return _("As the law says for each case")
    return capfirst(str(Limit(line.value, LimitUnit(line.unit))))


def statutory_words(line: LimitLine | None) -> str:
    """Return the legal limit where the province promises a shorter one, else ''."""
    if line is None or (line.value, line.unit) == (line.statutory_value, line.statutory_unit):
        return ""
    return str(Limit(line.statutory_value, LimitUnit(line.statutory_unit)))


def fee_words(fees: tuple[FeeLine, ...]) -> str:
    """Return fees in a few words: free, one amount, a range, or where to look."""
    amounts = sorted({fee.amount_vnd for fee in fees if fee.amount_vnd is not None})
    if not fees:
        return _("No fee published")
    if not amounts:
        return _("See the table of fees")
    if amounts == [0]:
        return _("Free of charge") if all(fee.amount_vnd == 0 for fee in fees) else _("See the table of fees")
    if len(amounts) == 1:
        return formatting.money(amounts[0])
    if amounts[0] == 0:
        return _("Free to %(most)s") % {"most": formatting.money(amounts[-1])}
    return _("%(least)s to %(most)s") % {"least": formatting.money(amounts[0]), "most": formatting.money(amounts[-1])}


def main_limit(page: ProcedurePage, *, is_online: bool) -> LimitLine | None:
    """Return the limit shown first: of the likeliest way of handing in here that has one."""
    lines = [line for channel in (LIKELIEST if is_online else AT_COUNTER_FIRST) for line in page.limits_for(channel)]
    lines = [line for line in lines if not line.is_addition]
    return next((line for line in lines if line.unit != LimitUnit.NONE), lines[0] if lines else None)


def main_fees(page: ProcedurePage, *, is_online: bool) -> tuple[FeeLine, ...]:
    """Return the fees of the likeliest way here that publishes any."""
    order = LIKELIEST if is_online else AT_COUNTER_FIRST
    return next((fees for channel in order if (fees := page.fees_for(channel))), ())


def ways(page: ProcedurePage) -> list[Way]:
    """Return the ways of handing in, in the order people like them."""
    return [
        Way(
            channel=channel,
            words=str(CHANNEL_WORDS[channel]),
            icon=CHANNEL_ICONS[channel],
            limits=tuple(
                TimeLine(limit_words(line), line.case, line.place_kind, line.is_addition)
                for line in page.limits_for(channel)
            ),
            fees=tuple(_fee_row(line) for line in page.fees_for(channel)),
        )
        for channel in LIKELIEST
        if channel in page.channels
    ]


def _fee_row(line: FeeLine) -> FeeRow:
    amount = "" if line.amount_vnd is None else fee_words((line,))
    long_one = len(line.note) > SHORT_NOTE
    return FeeRow(term=str(FEE_TERMS[line.kind]), amount=amount, note=line.note, is_long=long_one, case=line.case)


def service(page: ProcedurePage) -> dict[str, str]:
    """Return how much is done online, as words, tone and icon; words '' where the record does not say."""
    if not page.service_level:
        return {"words": "", "tone": "", "icon": ""}
    level = ServiceLevel(page.service_level)
    tones = {ServiceLevel.FULL: "mc-ok", ServiceLevel.PARTIAL: "mc-info"}
    return {"words": str(level.label), "tone": tones.get(level, ""), "icon": "globe"}


def exemptions(page: ProcedurePage) -> list[dict[str, str]]:
    """Return who pays less: who, how much less, and for which case, way of handing in and by which rule."""
    lines: list[dict[str, str]] = []
    for line in page.exemptions:
        words = _("Pays nothing") if line.percent == 100 else _("%(percent)s%% less") % {"percent": line.percent}
        channel = str(CHANNEL_WORDS[line.channel]) if line.channel else ""
        more = "; ".join(part for part in (line.case, channel, line.note, line.basis) if part)
        lines.append({"who": line.who, "words": words, "more": more})
    return lines


def where(page: ProcedurePage, *, on: date) -> Where:
    """Return who takes it here, from the offers of the day."""
    cards = organisations.directory(on=on).agencies
    agencies = tuple(cards[offer.agency_id] for offer in page.offers if offer.agency_id in cards)
    all_communes = any(offer.agency_id is None for offer in page.offers)
    if all_communes:
        words = _("Communes, wards, special zone")
    elif len(agencies) == 1:
        words = agencies[0].name
    elif agencies:
        words = _("%(n)s agencies of the province") % {"n": len(agencies)}
    else:
        words = ", ".join(str(LEVEL_WORDS[level]) for level in page.levels if level in LEVEL_WORDS)
    online = tuple(offer for offer in page.offers if offer.eform_id and Channel.ONLINE in offer.channels)
    return Where(words=words, agencies=agencies, all_communes=all_communes, online=online)


def cases(page: ProcedurePage) -> list[CasePapers]:
    """Return the cases with their papers; by their own numbers where all have one, else as published."""
    ordered = list(page.cases)
    if all(LEADING_NUMBER.match(case.name) for case in ordered):
        ordered.sort(key=_number_of)
    return [
        CasePapers(
            number=number,
            id=case.id,
            name=case.name,
            papers=tuple(_paper(line) for line in case.papers),
            notes=tuple(line.name for line in case.notes),
        )
        for number, case in enumerate(ordered, start=1)
    ]


def _number_of(case: CaseCard) -> tuple[int, ...]:
    found = LEADING_NUMBER.match(case.name)
    return tuple(int(part) for part in found[1].split(".")) if found else ()


def _paper(line: ComponentLine) -> Paper:
    is_shown = line.kind == ComponentKind.SHOW
    return Paper(line.name, copies(line), is_shown, line.forms, line.held_by_state)


def copies(line: ComponentLine) -> str:
    """Return how many of a paper are wanted: '1 original, 2 plain copies'."""
    counted = (
        (line.originals, ngettext("%(n)s original", "%(n)s originals", line.originals)),
        (line.certified_copies, ngettext("%(n)s certified copy", "%(n)s certified copies", line.certified_copies)),
        (line.plain_copies, ngettext("%(n)s plain copy", "%(n)s plain copies", line.plain_copies)),
    )
    return ", ".join(words % {"n": count} for count, words in counted if count)


def record(page: ProcedurePage) -> list[tuple[str, str]]:
    """Return what the decision says besides, as (term, answer); empty answers are left out."""
    pairs = (
        (_("Procedure code"), page.code),
        (_("Published by decision"), " ".join(part for part in (page.decision_no, page.decision_issuer) if part)),
        (_("Field"), page.field.name),
        (_("For whom"), ", ".join(page.audience)),
        (_("Carried out by"), "\n".join(page.executing_agencies)),
        (_("Decided by"), page.competent_agency),
        (_("Delegated to"), page.authorized_agency),
        (_("Together with"), page.coordinating_agency),
        (_("Received by"), page.receiving_agency),
        (_("Papers received at"), page.receiving_address),
    )
    return [(term, answer) for term, answer in pairs if answer]


def receiving_centres(found: Where, *, on: date) -> list[AgencyCard]:
    """Return the centres that take papers for named agencies: the province's, or that of the commune."""
    cards = organisations.directory(on=on).agencies
    ids = {
        organisations.child_unit(card.id, kind=AgencyKind.COMMUNE_CENTRE, on=on)
        for card in found.agencies
        if card.kind == AgencyKind.COMMUNE
    }
    centres = [cards[unit_id] for unit_id in ids if unit_id is not None]
    if any(card.kind != AgencyKind.COMMUNE for card in found.agencies):
        centres += [card for card in cards.values() if card.kind == AgencyKind.PROVINCE_CENTRE]
    return centres
