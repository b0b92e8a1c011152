"""What like dossiers say of one dossier, in words: for its parties, for the list, for the sheet of the desk."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _

from motcua.casework.dossiers.types import DossierView
from motcua.faces.design import formatting
from motcua.insight.forecasts import selectors as forecasts
from motcua.insight.forecasts.types import Like, Outlook, Stage, Took


@dataclass(frozen=True, slots=True)
class ForecastWords:
    """The honest forecast beside the limit.

    Attributes:
        lines: sentences, the likeliest day first; limit: the day by the rules, '' while the clock stands.
        source: what it was made from; '' where there are too few like dossiers.
        takes_longer: it takes longer than nine of ten, or its limit has passed.
    """

    lines: tuple[str, ...]
    limit: str
    source: str
    takes_longer: bool = False


def forecast_words(view: DossierView, *, at: datetime) -> ForecastWords | None:
    """Return the forecast of a dossier, None once it is over. One query."""
    if view.finished_at or view.closed_at:
        return None
    took = forecasts.forecast_for(like=Like(view.procedure_code, view.case_name, view.competent_id))
    limit, is_late = _limit(view, at=at)
    if took is None:
        few = _("Too few like dossiers were finished lately to say how long it usually takes.")
        return ForecastWords((few,), limit, "", is_late)
    if view.accepted_at is None:
        return ForecastWords(tuple(_from_acceptance(took)), limit, _source(took))
    found = _outlook(view, took, at=at)
    return ForecastWords(tuple(_lines(found)), limit, _source(took), is_late or found.stage == Stage.PAST_MOST)


def _outlook(view: DossierView, took: Took, *, at: datetime) -> Outlook:
    ledger = view.ledger
    return forecasts.outlook(
        took=took,
        agency_id=view.competent_id,
        since=ledger.received_at if ledger else view.accepted_at or at,
        paused_seconds=ledger.paused_seconds if ledger else 0,
        is_standing=view.due_before_pause is not None or view.is_suspended,
        at=at,
    )


def _lines(found: Outlook) -> Iterable[str]:
    half, most = (formatting.day(day) for day in (found.half_at, found.most_at))
    if found.stage == Stage.STANDING:
        yield _("The clock stands, so the days below move on with every day of waiting.")
        yield _("If it went on now, half of like dossiers would be done by %(day)s.") % {"day": half}
    elif found.stage == Stage.AHEAD:
        yield _("Usually done about %(day)s: half of like dossiers took no longer.") % {"day": half}
    elif found.stage == Stage.PAST_HALF:
        yield _("Half of like dossiers were done by now (%(day)s); this one is among those that take longer.") % {
            "day": half
        }
    else:
        yield _("This dossier takes longer than usual: 9 of 10 like dossiers were done by %(day)s.") % {"day": most}
        return
    yield _("9 of 10 like dossiers are done by %(day)s.") % {"day": most}


def _from_acceptance(took: Took) -> Iterable[str]:
    yield _(
        "Counted from acceptance, half of like dossiers are done within %(half)s working days, 9 of 10 within %(most)s."
    ) % {
        "half": took.median_days,
        "most": took.p90_days,
    }


def _limit(view: DossierView, *, at: datetime) -> tuple[str, bool]:
    """Return the last day by the rules in words, and whether it has passed."""
    due_at = view.due_at
    if due_at is None:
        return "", False
    if at > due_at:
        return _("It should have been done by %(day)s; that day has passed.") % {
            "day": formatting.instant(due_at)
        }, True
    if view.statutory_due_at and view.statutory_due_at != due_at:
        days = {"day": formatting.instant(due_at), "law": formatting.instant(view.statutory_due_at)}
        return _("At the latest, as promised: %(day)s (the law allows until %(law)s).") % days, False
    return _("At the latest, by the rules: %(day)s.") % {"day": formatting.instant(due_at)}, False


def _source(took: Took) -> str:
    words = {"count": formatting.number(took.count), "days": settings.MOTCUA_FORECAST_DAYS}
    if took.is_whole_province:
        made = _("From %(count)s dossiers of the same kind in the whole province, finished in the last %(days)s days.")
    else:
        made = _("From %(count)s dossiers of the same kind at this agency, finished in the last %(days)s days.")
    only = _("An estimate, not a promise.")
    return f"{made % words} {only}"


def usual_words(took: Took) -> str:
    """Return how long a procedure really takes, for its page."""
    days = {"half": took.median_days, "most": took.p90_days}
    if took.median_days == took.p90_days:
        return _("In practice usually %(half)s working days") % days
    return _("In practice usually %(half)s working days, 9 of 10 within %(most)s") % days


def short_words(took: Took, *, agency_id: int, since: datetime, at: datetime) -> str:
    """Return the forecast of a running dossier in one short sentence, for a list; no query."""
    found = forecasts.outlook(
        took=took, agency_id=agency_id, since=since, paused_seconds=0, is_standing=False, at=at
    )  # fmt: skip
    if found.stage == Stage.PAST_MOST:
        return _("Takes longer than usual.")
    return _("Usually done between %(half)s and %(most)s.") % {
        "half": formatting.day(found.half_at, "short"),
        "most": formatting.day(found.most_at, "short"),
    }
