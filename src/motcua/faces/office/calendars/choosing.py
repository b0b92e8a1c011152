"""Whose calendar a page shows, and what the person may do with it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from motcua.foundation.accounts.registry import can, seen
from motcua.foundation.accounts.types import Actor
from motcua.foundation.core.types import NotAllowed
from motcua.foundation.organisations import selectors as organisations
from motcua.foundation.organisations.types import AgencyCard, AgencyKind

WITH_CALENDAR = frozenset(AgencyKind.values) - {AgencyKind.DIVISION, AgencyKind.PROVINCE}


@dataclass(frozen=True, slots=True)
class CalendarRef:
    """A calendar as access asks for it: an agency's, or the province's, which belongs to the top of the tree.

    Attributes:
        owner_ids: the agencies whose sight decides: the agency itself; of the province's calendar the province and its
            administration centre, which works for the whole province.
    """

    agency_id: int | None
    owner_ids: frozenset[int]


@dataclass(frozen=True, slots=True)
class Chosen:
    """The calendar of a page: `ref`, the name as shown, and the agencies to choose from."""

    ref: CalendarRef
    name: str
    choices: list[tuple[int, str]]
    may_edit: bool
    may_roster: bool

    @property
    def agency_id(self) -> int | None:
        """Id of the agency, None for the province's calendar."""
        return self.ref.agency_id

    def query(self, **more: Any) -> str:
        """Return the query that names this calendar."""
        words = {"agency": self.ref.agency_id, **more}
        kept = {name: value for name, value in words.items() if value not in {None, ""}}
        return f"?{urlencode(kept)}" if kept else ""

    def url(self, name: str, **more: Any) -> str:
        """Return the address of a page about this calendar."""
        return f"{reverse(name)}{self.query(**more)}"


def sees(actor: Actor, ref: Any) -> bool:
    """Say whether a calendar belongs to the units that the actor's posts see."""
    return not ref.owner_ids.isdisjoint(actor.scope_ids)


def ref_of(agency_id: int | None, *, on: date) -> CalendarRef:
    """Return the calendar of an agency, or the province's; divisions have that of their agency."""
    directory = organisations.directory(on=on)
    card = directory.agencies.get(agency_id) if agency_id is not None else None
    if card is None or card.kind not in WITH_CALENDAR:
        of_all = {AgencyKind.PROVINCE, AgencyKind.PROVINCE_CENTRE}
        return CalendarRef(None, frozenset(card.id for card in directory.agencies.values() if card.kind in of_all))
    return CalendarRef(card.id, frozenset({card.id}))


def chosen(request: HttpRequest, *, on: date, own_first: bool = False) -> Chosen:
    """Read whose calendar is asked for; all may look at all, the choice begins with one's own agencies.

    Args:
        own_first: without a word about it take one's own agency rather than the province.
    """
    actor: Actor = request.actor  # type: ignore[attr-defined]
    said = request.GET.get("agency", "")
    wanted = int(said) if said.isdecimal() and len(said) < 18 else None
    if wanted is None and own_first and actor.posts:
        wanted = actor.posts[0].agency_id
    ref = ref_of(wanted, on=on)
    return Chosen(
        ref=ref,
        name=name_of(ref.agency_id, on=on),
        choices=choices_for(actor, on=on),
        may_edit=can(actor, "calendars.edit", ref),
        may_roster=can(actor, "calendars.roster", ref) and ref.agency_id is not None,
    )


def must(request: HttpRequest, code: str, ref: CalendarRef) -> None:
    """Refuse unless the person may do the act to this calendar.

    Raises:
        NotAllowed: another agency's calendar, or the province's.
    """
    if not can(request.actor, code, ref):  # type: ignore[attr-defined]
        raise NotAllowed


def choices_for(actor: Actor, *, on: date) -> list[tuple[int, str]]:
    """Return the agencies whose calendar can be chosen: those in the person's sight, in the directory's order."""
    cards = organisations.directory(on=on).agencies.values()
    refs = [CalendarRef(card.id, frozenset({card.id})) for card in cards if card.kind in WITH_CALENDAR]
    return [(ref.agency_id, name_of(ref.agency_id, on=on)) for ref in seen("calendar", actor, refs) if ref.agency_id]


def name_of(agency_id: int | None, *, on: date) -> str:
    """Return whose calendar it is, in words."""
    card = organisations.directory(on=on).agencies.get(agency_id) if agency_id else None
    return _shown(card) if card else _("The whole province")


def _shown(card: AgencyCard) -> str:
    return card.name_en if card.name_en and (get_language() or "").startswith("en") else card.short_name
