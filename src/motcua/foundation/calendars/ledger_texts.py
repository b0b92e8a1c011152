"""Words of the ledger, translated when shown."""

from collections.abc import Sequence
from datetime import date

from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from motcua.foundation.calendars.clockwork import is_late
from motcua.foundation.calendars.ledger_pieces import Frame, Piece
from motcua.foundation.calendars.opening import names_of, worst_status
from motcua.foundation.calendars.positions import instant
from motcua.foundation.calendars.types import (
    DayKind,
    DayStatus,
    Interval,
    IntervalKind,
    LimitUnit,
    SpecialDays,
    Text,
    hours_and_minutes,
)

_WAITS = {
    "supplement": gettext_lazy("waiting for the applicant to complete the papers"),
    "payment": gettext_lazy("waiting for payment"),
    "tax": gettext_lazy("waiting for the tax authority"),
    "agency": gettext_lazy("waiting for another agency"),
    "posting": gettext_lazy("public posting"),
    "survey": gettext_lazy("survey or appraisal"),
    "suspended": gettext_lazy("handling suspended"),
}
_LAWS = {
    None: gettext_lazy("Labour Code 2019, art. 111(1)"),
    DayKind.HOLIDAY: gettext_lazy("Labour Code 2019, art. 112"),
    DayKind.IN_LIEU: gettext_lazy("Labour Code 2019, art. 111(3)"),
}
_SYSTEMS = {
    "ours": gettext_lazy("this system stood still"),
    "ministry": gettext_lazy("a ministry's system stood still"),
    "national": gettext_lazy("the national system stood still"),
}
_DOUBTS = {
    DayStatus.ASSUMED: gettext_lazy("Assumed: the decision has not been seen"),
    DayStatus.PROJECTED: gettext_lazy("By rule: the official plan is not out yet"),
}


def interval(frame: Frame, run: Sequence[Piece]) -> Interval:
    """Return the row of a run of joined pieces."""
    first, last, calendar = run[0], run[-1], frame.calendar
    span = sum(piece.span for piece in run)
    is_counted = first.is_counted
    return Interval(
        starts_at=instant(calendar, first.index, first.starts),
        ends_at=instant(calendar, last.index, last.ends),
        seconds=span if is_counted and not frame.in_calendar_days else 0,
        counted=is_counted,
        reason_code=first.kind,
        reason=_reason(frame, run, span),
        note=_note(frame, run),
        holder=_together(first.holders),
        holders=first.holders,
        ground=_ground(frame, run),
        from_on=_day(frame, first.index),
        to_on=_day(frame, last.index),
        days=last.index - first.index + 1,
        span_seconds=span,
    )


def _day(frame: Frame, index: int) -> date:
    return date.fromordinal(frame.calendar.origin + index)


def _reason(frame: Frame, run: Sequence[Piece], span: int) -> Text:
    first = run[0]
    match first.kind:
        case IntervalKind.FIRST_DAY:
            late = f"{frame.rules.late_after:%H:%M}" if _is_moved(frame) else ""
            return _first_day(_clock(frame.received[1]), late)
        case IntervalKind.AFTER_HOURS:
            is_late = frame.counts_from > frame.received
            return _late(_clock(frame.received[1]), f"{frame.rules.late_after:%H:%M}", is_late)
        case IntervalKind.WEEKEND:
            is_weekend = all(_day(frame, piece.index).weekday() >= 5 for piece in run)
            return gettext_lazy("Weekend") if is_weekend else gettext_lazy("No office hours")
        case IntervalKind.HOLIDAY | IntervalKind.CLOSURE:
            return _closed(_specials(run))
        case IntervalKind.DOWNTIME if first.downtime is not None:
            return _down(span, first.downtime.whose, first.downtime.counts)
        case IntervalKind.PAUSE:
            code = first.pause.reason_code if first.pause else ""
            days = run[-1].index - first.index + 1 if frame.in_calendar_days else 0
            return _paused(span, days, _WAITS.get(code, gettext_lazy("the clock stands still")))
    return _worked(
        overdue=first.kind == IntervalKind.OVERDUE,
        days=len(run) if first.is_full_day else 0,
        length=0 if frame.in_calendar_days else first.span,
        starts=_clock(first.starts),
        ends=_clock(first.ends),
    )


def _specials(run: Sequence[Piece]) -> tuple[SpecialDays, ...]:
    return tuple(piece.special for piece in run if piece.special is not None)


def _note(frame: Frame, run: Sequence[Piece]) -> Text:
    """Return the law, doubt, reference or make-up day that belongs to the row."""
    first, laws = run[0], frame.rules.laws
    if first.pause is not None:
        return first.pause.note
    if first.downtime is not None:
        return first.downtime.note
    if first.kind == IntervalKind.FIRST_DAY:
        return laws.get("late_moves_day_limits" if _is_moved(frame) else "first_day_counts", "")
    if first.kind == IntervalKind.AFTER_HOURS and frame.limit.unit == LimitUnit.SAME_DAY:
        return laws.get("late_moves_same_day", "") if frame.counts_from > frame.received else ""
    if specials := _specials(run):
        return _DOUBTS.get(worst_status(specials), "")
    extra = frame.calendar.extra_days
    made_up = [(day, extra[day]) for piece in run if (day := _day(frame, piece.index)) in extra]
    return _made_up(made_up) if made_up and first.is_counted else ""


def _ground(frame: Frame, run: Sequence[Piece]) -> Text:
    """Return the law, decision or rule behind the row, '' for time that just passes."""
    first, laws = run[0], frame.rules.laws
    match first.kind:
        case IntervalKind.FIRST_DAY:
            return laws.get("late_moves_day_limits" if _is_moved(frame) else "first_day_counts", "")
        case IntervalKind.AFTER_HOURS if frame.limit.unit == LimitUnit.SAME_DAY:
            return laws.get("late_moves_same_day", "") if frame.counts_from > frame.received else ""
        case IntervalKind.PAUSE:
            return (first.pause.ground if first.pause else "") or laws.get("pause", "")
        case IntervalKind.DOWNTIME if first.downtime is not None:
            return first.downtime.decision or laws.get(f"downtime_{first.downtime.whose}", "")
        case IntervalKind.WEEKEND:
            return _LAWS[None]
        case IntervalKind.HOLIDAY | IntervalKind.CLOSURE if first.special is not None:
            return _LAWS.get(first.special.kind, first.special.source)
    return laws.get("day_count", "") if frame.limit.unit == LimitUnit.WORKING_DAY else ""


def _together(holders: tuple[Text, ...]) -> Text:
    if len(holders) < 2:
        return holders[0] if holders else ""
    return _joined(holders)


def _clock(second: int) -> str:
    return f"{second // 3600:02d}:{second % 3600 // 60:02d}"


def _is_moved(frame: Frame) -> bool:
    """Say whether a late receipt counts as one of the next working day."""
    return frame.rules.late_moves_day_limits and is_late(frame.rules, frame.received[1])


def _say_first_day(time: str, late: str) -> str:
    if late:
        values = {"time": time, "late": late}
        return _("Received at %(time)s, after %(late)s; taken as received on the next working day") % values
    return _("Received at %(time)s; the first day is not counted") % {"time": time}


def _say_late(time: str, late: str, is_late: bool) -> str:
    if is_late:
        return _("Received at %(time)s, after %(late)s; counted from the next working day") % {
            "time": time,
            "late": late,
        }
    return _("Received at %(time)s, outside office hours") % {"time": time}


def _say_closed(days: tuple[SpecialDays, ...]) -> str:
    names = names_of(days)
    if days[0].kind == DayKind.SWAPPED_OFF:
        return names
    return (_("Closed: %(name)s") if days[0].kind == DayKind.CLOSURE else _("Holiday: %(name)s")) % {"name": names}


def _say_paused(span: int, days: int, why: Text) -> str:
    if days:
        length = ngettext("%(count)d day", "%(count)d days", days) % {"count": days}
        return _("Paused for %(length)s: %(why)s") % {"length": length, "why": why}
    hours, minutes = divmod(span // 60, 60)
    words = {"hours": hours, "minutes": minutes}
    if not minutes:
        length = ngettext("%(hours)d working hour", "%(hours)d working hours", hours) % words
    elif not hours:
        length = ngettext("%(minutes)d working minute", "%(minutes)d working minutes", minutes) % words
    else:
        length = _("%(hours)d h %(minutes)d min of working time") % words
    return _("Paused for %(length)s: %(why)s") % {"length": length, "why": why}


def _say_down(span: int, whose: str, counts: bool) -> str:
    words = {"length": hours_and_minutes(span), "system": _SYSTEMS[whose]}
    if counts:
        return _("%(length)s in which %(system)s; the time is counted") % words
    return _("%(length)s in which %(system)s; the time is not counted") % words


def _say_worked(*, overdue: bool, days: int, length: int, starts: str, ends: str) -> str:
    if days and length:
        hours = str(length // 3600) if length % 3600 == 0 else hours_and_minutes(length)
        text = ngettext("%(count)d day × %(hours)s hours", "%(count)d days × %(hours)s hours", days)
        said = text % {"count": days, "hours": hours}
    elif days:
        said = ngettext("%(count)d day", "%(count)d days", days) % {"count": days}
    else:
        said = _("%(starts)s to %(ends)s") % {"starts": starts, "ends": ends}
    return _("Past the due date: %(time)s") % {"time": said} if overdue else said


def _say_made_up(days: list[tuple[date, SpecialDays]]) -> str:
    return "; ".join(f"{day:%d/%m}: {names_of((row,))}" for day, row in days)


_first_day = lazy(_say_first_day, str)
_late = lazy(_say_late, str)
_closed = lazy(_say_closed, str)
_paused = lazy(_say_paused, str)
_worked = lazy(_say_worked, str)
_made_up = lazy(_say_made_up, str)
_down = lazy(_say_down, str)
_joined = lazy(lambda holders: ", ".join(str(holder) for holder in holders), str)
