"""Offices as a visitor sees them: open or not, hours of the coming days. Pure but for two selectors it is given."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from motcua.foundation.calendars import selectors as calendars
from motcua.foundation.calendars.types import OpeningNote, WorkingCalendar
from motcua.foundation.core.folding import fold
from motcua.foundation.organisations import selectors as organisations
from motcua.foundation.organisations.types import AgencyCard, AgencyKind

CENTRES = (AgencyKind.PROVINCE_CENTRE, AgencyKind.COMMUNE_CENTRE)
DAYS_SHOWN = 7
SHARED_WORDS = "Trung tâm Phục vụ hành chính công"


@dataclass(frozen=True, slots=True)
class OpenDay:
    """A day with its hours, or why it has none."""

    on: date
    hours: tuple[str, ...]
    reason: str
    is_today: bool


@dataclass(frozen=True, slots=True)
class Former:
    """A place that a commune took over, by its last name and that of the district above it."""

    name: str
    above: str

    @property
    def text(self) -> str:
        """The name with the district: 'Phường Vĩnh Thanh Vân (Thành phố Rạch Giá)'."""
        return f"{self.name} ({self.above})" if self.above else self.name


@dataclass(frozen=True, slots=True)
class Office:
    """A centre with what a visitor asks first."""

    card: AgencyCard
    note: OpeningNote
    former: tuple["Former", ...] = ()

    @property
    def place(self) -> str:
        """The name without the words that all centres share: 'Phường Long Xuyên'."""
        return capfirst(self.card.name.removeprefix(SHARED_WORDS).strip())


def centres(*, on: date) -> list[AgencyCard]:
    """Return all centres, the province's first, then by name."""
    cards = [card for card in organisations.directory(on=on).agencies.values() if card.kind in CENTRES]
    return sorted(cards, key=lambda card: (card.kind != AgencyKind.PROVINCE_CENTRE, fold(card.name)))


def former_places(card: AgencyCard, *, on: date) -> tuple[Former, ...]:
    """Return the communes before the last reforms whose people this centre serves, by district and name."""
    listing = organisations.directory(on=on)
    found = []
    for agency_id in listing.heritage.get(card.parent_id or 0, ()):
        ended = listing.former[agency_id]
        above = listing.former.get(ended.parent_id or 0)
        if ended.kind == AgencyKind.COMMUNE:
            found.append(Former(ended.short_name, above.short_name if above else ""))
    return tuple(sorted(found, key=lambda item: (fold(item.above), fold(item.name))))


def matching(cards: Iterable[AgencyCard], text: str, *, on: date) -> list[AgencyCard]:
    """Return the centres whose name, address or former places hold every word of `text`, marks or no marks.

    Who writes a name of today finds that place alone; old names are looked at where none of today's fits.
    """
    words = fold(text).split()
    everywhere = list(cards)
    found = [card for card in everywhere if _holds(words, f"{card.name} {card.address}")]
    if found:
        return found
    return [card for card in everywhere if any(_holds(words, former.text) for former in former_places(card, on=on))]


def _holds(words: list[str], text: str) -> bool:
    folded = fold(text)
    return all(word in folded for word in words)


def by_public_id(public_id: str, *, on: date) -> AgencyCard | None:
    """Return the centre of that id, if it is one."""
    return next((card for card in centres(on=on) if card.public_id == public_id), None)


def office(card: AgencyCard, *, now: datetime) -> Office:
    """Return the office with its state at `now`."""
    calendar = calendars.calendar_for(card.id, on=now.date())
    note = calendars.opening_note(calendar, now)
    return Office(card=card, note=note, former=former_places(card, on=now.date()))


def shared_note(offices: list[Office]) -> str:
    """Return what is true of all of them at this moment, to be said once; '' when they differ."""
    notes = {str(office.note.text) for office in offices}
    return notes.pop() if len(notes) == 1 and len(offices) > 1 else ""


def coming_days(calendar: WorkingCalendar, *, today: date) -> list[OpenDay]:
    """Return the hours of today and the six days after it, make-up days and days off included."""
    return [_day(calendar, today + timedelta(days=offset), today) for offset in range(DAYS_SHOWN)]


def _day(calendar: WorkingCalendar, on: date, today: date) -> OpenDay:
    ranges = calendar.reception[calendar.index_of(on)]
    special = calendar.days_off.get(on)
    reason = ""
    if not ranges:
        name = (special.name_en if (get_language() or "").startswith("en") else special.name) if special else ""
        reason = name or (special.name if special else _("weekend"))
    hours = tuple(f"{_clock(starts)}–{_clock(ends)}" for starts, ends in ranges)
    return OpenDay(on=on, hours=hours, reason=reason, is_today=on == today)


def _clock(seconds: int) -> str:
    return f"{seconds // 3600}:{seconds % 3600 // 60:02d}"
