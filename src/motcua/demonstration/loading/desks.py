"""Saturday and lunch desks of a few agencies, and a downtime of a national system: registers are not empty."""

from datetime import datetime, time, timedelta

from motcua.foundation.accounts import selectors as accounts
from motcua.foundation.calendars import selectors as calendars
from motcua.foundation.calendars import services
from motcua.foundation.core.clock import VIETNAM, civil_day
from motcua.foundation.organisations import selectors as organisations
from motcua.foundation.organisations.types import AgencyKind, Role

_DESKS = 6  # communes with a Saturday desk


def load_desk_turns(*, at: datetime) -> int:
    """Enter turns where an agency has none: the provincial centre at lunch, it and some communes on Saturdays."""
    on = civil_day(at)
    cards = list(organisations.directory(on=on).agencies.values())
    centres = [card.id for card in cards if card.kind == AgencyKind.PROVINCE_CENTRE]
    communes = [card.id for card in cards if card.kind == AgencyKind.COMMUNE][:_DESKS]
    since, entered = on - timedelta(days=28), 0
    for agency_id in (*centres, *communes):
        if calendars.desk_turns([agency_id], since=since, until=on + timedelta(days=366)):
            continue
        people = _receptionists(agency_id, at=at)
        turns = [("saturday", 6, time(7), time(11))]
        if agency_id in centres:
            turns += [("lunch", weekday, time(11, 30), time(13, 30)) for weekday in range(1, 6)]
        for number, (kind, weekday, starts, ends) in enumerate(turns):
            services.enter_desk_turn(
                agency_id=agency_id, kind=kind, weekday=weekday, starts=starts, ends=ends, since=since, until=None,
                person_id=people[number % len(people)] if people else None, by=None, at=at,
            )  # fmt: skip
            entered += 1
    return entered


def _receptionists(agency_id: int, *, at: datetime) -> list[int]:
    """Return the person ids of those who receive people in the agency and its units."""
    on = civil_day(at)
    units = sorted(organisations.directory(on=on).below.get(agency_id, frozenset({agency_id})))
    return [person for unit in units for person, _name in accounts.holders(unit, Role.RECEPTIONIST, on=on)]


def load_downtime(*, at: datetime) -> int:
    """Record that the national portal stood still on an afternoon three days ago, unless a downtime is recorded."""
    if calendars.recorded_downtimes(limit=1):
        return 0
    day = civil_day(at) - timedelta(days=3)
    starts_at = datetime.combine(day, time(14, 10), tzinfo=VIETNAM)
    services.record_downtime(
        whose="national", starts_at=starts_at, ends_at=starts_at + timedelta(minutes=55),
        note="Cổng Dịch vụ công quốc gia không tra cứu được", by=None, at=at,
    )  # fmt: skip
    return 1
