"""What an intake chooses from."""

from dataclasses import dataclass, replace
from typing import Any

from motcua.casework.procedures.types.cards import (
    CaseCard,
    FeeLine,
    LimitLine,
    OfferCard,
    ResultLine,
)
from motcua.casework.procedures.types.kinds import PlaceKind


@dataclass(frozen=True, slots=True)
class IntakeChoice:
    """What an intake needs to know about an offer: pinned version, cases with papers, channels, limits, fees, form.

    Attributes:
        eform_version_id, schema: the form in force, None and {} where there is none.
        rules: codes of the rules of counting that the procedure chose.
    """

    offer: OfferCard
    version_id: int
    field_id: int
    code: str
    name: str
    cases: tuple[CaseCard, ...]
    channels: tuple[str, ...]
    limits: tuple[LimitLine, ...]
    fees: tuple[FeeLine, ...]
    results: tuple[ResultLine, ...]
    eform_version_id: int | None
    schema: dict[str, Any]
    rules: tuple[str, ...] = ()

    def case(self, case_id: int) -> CaseCard | None:
        """Return the case of that id, if it belongs to this version."""
        return next((case for case in self.cases if case.id == case_id), None)

    def limit_for(self, *, case_id: int | None, channel: str, place_kind: str = PlaceKind.ANY) -> LimitLine | None:
        """Return the limit that applies: the narrowest row for case, place and channel; None if nothing published."""
        return choose_limit(self.limits, case_id=case_id, channel=channel, place_kind=place_kind)

    def limit_applied(self, *, case_id: int | None, channel: str, place_kind: str = PlaceKind.ANY) -> LimitLine | None:
        """Return the limit of a filing: as `limit_for`, else the case's through another channel, in published order.

        Many records publish the limit of one channel only.
        """
        return applied_limit(self.limits, case_id=case_id, channel=channel, place_kind=place_kind)

    def fees_for(self, *, case_id: int | None, channel: str) -> tuple[FeeLine, ...]:
        """Return the fees that apply to a case through a channel, in published order."""
        return applied_fees(self.fees, case_id=case_id, channel=channel)


@dataclass(frozen=True, slots=True)
class TriedTerms:
    """Limits and fees of a record that is not published, for trying them on dossiers; cases are named by their place.

    Attributes:
        cases: names of the cases in the order of the record; a line's `case_id` is the place in it.
    """

    code: str
    cases: tuple[str, ...]
    limits: tuple[LimitLine, ...]
    fees: tuple[FeeLine, ...]

    def case_named(self, name: str) -> int | None:
        """Return the place of a case of that name; the only one where there is one; None where it fell away."""
        if name in self.cases:
            return self.cases.index(name)
        return 0 if len(self.cases) == 1 else None


def applied_limit(
    limits: tuple[LimitLine, ...], *, case_id: int | None, channel: str, place_kind: str
) -> LimitLine | None:
    """Return the limit of a filing: as `choose_limit`, else the case's through another channel, in published order."""
    for tried in dict.fromkeys((channel, *(line.channel for line in limits))):
        found = choose_limit(limits, case_id=case_id, channel=tried, place_kind=place_kind)
        if found is not None:
            return found
    return next((line for line in limits if not line.is_addition), None)


def applied_fees(fees: tuple[FeeLine, ...], *, case_id: int | None, channel: str) -> tuple[FeeLine, ...]:
    """Return the fees that apply to a case through a channel, in published order."""
    return tuple(fee for fee in fees if fee.channel == channel and fee.case_id in {None, case_id})


def choose_limit(
    limits: tuple[LimitLine, ...], *, case_id: int | None, channel: str, place_kind: str
) -> LimitLine | None:
    """Return the narrowest limit: own case before all cases, own place before everywhere; never another channel's.

    Where the place has no whole limit of its own, what is to be added for its kind is added; an addition of this
    channel goes before that of another.
    """
    fitting = [
        line
        for line in limits
        if line.channel == channel
        and not line.is_addition
        and line.case_id in {None, case_id}
        and line.place_kind in {PlaceKind.ANY, place_kind}
    ]
    fitting.sort(
        key=lambda line: (line.case_id is None, line.place_kind == PlaceKind.ANY and place_kind != PlaceKind.ANY)
    )
    if not fitting or fitting[0].place_kind != PlaceKind.ANY or place_kind == PlaceKind.ANY:
        return fitting[0] if fitting else None
    added = [
        line
        for line in limits
        if line.is_addition and line.place_kind == place_kind and line.case_id in {None, case_id}
    ]
    added.sort(key=lambda line: (line.channel != channel, line.case_id is None))
    return with_addition(fitting[0], added[0]) if added else fitting[0]


def with_addition(base: LimitLine, added: LimitLine) -> LimitLine:
    """Return the limit of a kind of place: the promise and the law each with what is added to them.

    Additions in another unit cannot be added up: a person has to settle such a limit before it is promised.
    """
    fits = (base.unit, base.statutory_unit) == (added.unit, added.statutory_unit)
    if not fits or added.needs_review:
        return replace(base, needs_review=True)
    return replace(
        base,
        place_kind=added.place_kind,
        value=base.value + added.value,
        statutory_value=base.statutory_value + added.statutory_value,
        added=(added.value, added.unit),
    )
