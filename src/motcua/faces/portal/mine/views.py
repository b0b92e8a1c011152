"""My dossiers: what needs me, what is under way, results, drafts. Never one long list by date."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from motcua.casework.dossiers import selectors as dossiers
from motcua.casework.dossiers.types import DossierRow, Status
from motcua.engagement.surveys import selectors as surveys
from motcua.faces.design import formatting, marks
from motcua.faces.design.forecasting import short_words
from motcua.foundation.accounts.registry import act
from motcua.foundation.core import clock
from motcua.insight.forecasts import selectors as forecasts
from motcua.insight.forecasts.types import Like

NEEDS_ME = {Status.AWAITING_SUPPLEMENT, Status.AWAITING_PAYMENT}
RESULTS = {Status.HAS_RESULT, Status.RETURNED}
CLOSED = {Status.NOT_ACCEPTED, Status.WITHDRAWN, Status.STOPPED}


@dataclass(frozen=True, slots=True)
class Card:
    """One dossier of the page."""

    row: DossierRow
    badge: SafeString
    sentence: str
    wanted: tuple[tuple[str, str], ...]
    rating: str
    kind: str
    forecast: str = ""
    has_date: bool = False


@never_cache
@act("portal.my")
@require_safe
def my(request: HttpRequest) -> HttpResponse:
    """Show all dossiers of the account in four groups."""
    actor, now = request.actor, clock.now()  # type: ignore[attr-defined]
    page = dossiers.my_dossiers(actor=actor, at=now, after_key=_key(request))
    asked = dossiers.open_requests(dossier_ids=[row.key for row in page.rows if row.status in NEEDS_ME])
    ratings = surveys.ratings_of(dossier_ids=[row.key for row in page.rows if row.status in RESULTS])
    usual = _forecasts(page.rows, at=now)
    cards = [_card(row, asked.get(row.key), ratings.get(row.key, ""), usual, at=now) for row in page.rows]
    drafts = dossiers.draft_rows(actor=actor, at=now) if not _key(request) else ()
    context: dict[str, Any] = {
        "groups": _groups(cards),
        "drafts": drafts,
        "older": page.next_key,
        "count": len(page.rows),
    }
    return render(
        request, "portal/mine/my.html", context | {"is_empty": not page.rows and not drafts, "name": actor.name}
    )


def _key(request: HttpRequest) -> str | None:
    text = request.GET.get("sau", "")
    return text if text.isascii() and text.isdecimal() and len(text) < 19 else None


def _groups(cards: list[Card]) -> list[tuple[str, str, list[Card]]]:
    wanted = (
        ("todo", _("Needs you")),
        ("open", _("Under way")),
        ("result", _("Results")),
        ("closed", _("Closed without a result")),
    )
    groups = [(kind, title, [card for card in cards if card.kind == kind]) for kind, title in wanted]
    return [group for group in groups if group[2]]


def _kind(row: DossierRow) -> str:
    if row.status in NEEDS_ME:
        return "todo"
    return "result" if row.status in RESULTS else "closed" if row.status in CLOSED else "open"


def _forecasts(rows: tuple[DossierRow, ...], *, at: datetime) -> dict[int, str]:
    """Return what like dossiers say of those under way whose clock never stood, by id. Two queries, none for none."""
    running = [row for row in rows if _kind(row) == "open" and row.accepted_at]
    if not running:
        return {}
    kinds = dossiers.kinds_of(dossier_ids=[row.key for row in running])
    likes = {row.key: Like(row.procedure_code, *kinds[row.key]) for row in running if row.key in kinds}
    took = forecasts.forecasts_for(likes=set(likes.values()))
    return {
        row.key: short_words(took[like], agency_id=like.agency_id, since=row.accepted_at, at=at)
        for row in running
        if row.accepted_at and (like := likes.get(row.key)) in took
    }


def _card(row: DossierRow, asked: Any, rating: str, usual: dict[int, str], *, at: datetime) -> Card:
    by_day, wanted = asked or (None, ())
    return Card(
        row=row,
        badge=_badge(row, at=at),
        sentence=_sentence(row, by_day),
        wanted=wanted,
        rating=rating,
        kind=_kind(row),
        forecast=usual.get(row.key, ""),
        has_date=row.due_at is not None and not row.finished_at and not row.closed_at,
    )


def _badge(row: DossierRow, *, at: datetime) -> SafeString:
    kind = _kind(row)
    if kind == "closed" or (kind != "todo" and row.due_at is None):
        return SafeString("")
    due = marks.due(
        due_at=row.due_at, now=at, paused=kind == "todo" and row.accepted_at is not None, finished_at=row.finished_at
    )
    return marks.due_badge(due) if kind != "todo" or row.accepted_at else SafeString("")


def _sentence(row: DossierRow, by_day: Any) -> str:
    if row.status == Status.AWAITING_SUPPLEMENT:
        return (
            _("Send it before the end of %(day)s, so that the dossier is not stopped.")
            % {"day": formatting.day(by_day)}
            if by_day
            else ""
        )
    if row.status == Status.AWAITING_ACCEPTANCE:
        return _("The officer checks it at the latest at %(at)s.") % {"at": formatting.instant(row.acceptance_due_at)}
    if row.status == Status.HAS_RESULT:
        return _("Done on %(day)s. Nobody has fetched it yet.") % {"day": formatting.day(row.finished_at)}
    if row.status == Status.RETURNED:
        return _("Handed over on %(day)s.") % {"day": formatting.day(row.closed_at)}
    if row.status in CLOSED:
        return _("Closed on %(day)s.") % {"day": formatting.day(row.closed_at)} if row.closed_at else ""
    if row.due_at:
        return _("Promised %(at)s, %(agency)s.") % {"at": formatting.instant(row.due_at), "agency": row.competent_name}
    return str(row.competent_name)
