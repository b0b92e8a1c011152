"""Lists of dossiers: the register with its search, and results lying at the desk."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from motcua.casework.dossiers import selectors as dossiers
from motcua.casework.dossiers import services as dossier_services
from motcua.casework.dossiers.types import Channel, DossierPageOf, DossierRow, State, Status, Waiting
from motcua.casework.procedures import selectors as procedures
from motcua.faces.office import exporting
from motcua.faces.office.shell import page
from motcua.foundation.accounts.registry import act, may, seen
from motcua.foundation.accounts.types import Actor
from motcua.foundation.core import clock
from motcua.foundation.core.clock import civil_day
from motcua.foundation.organisations import selectors as organisations

OVER = 1000


def wish_of(request: HttpRequest) -> dict[str, Any]:
    """Read what the register is asked for; words that are not known count as not said."""
    query = request.GET
    agency = query.get("agency", "")
    after = query.get("after", "")
    return {
        "text": query.get("q", "").strip()[:150],
        "state": query["state"] if query.get("state") in State.values else "",
        "waiting_for": query["waiting"] if query.get("waiting") in Waiting.values else "",
        "procedure": query.get("procedure", "").strip()[:20],
        "channel": query["channel"] if query.get("channel") in Channel.values else "",
        "agency_id": int(agency) if agency.isdecimal() else None,
        "after_key": after if after.isdecimal() else None,
    }


@act("office.register")
@require_GET
def register(request: HttpRequest) -> HttpResponse:
    """Show the dossiers that the actor's agencies receive or decide, newest first."""
    actor, at, wish = request.actor, clock.now(), wish_of(request)  # type: ignore[attr-defined]
    found = dossiers.register(actor=actor, at=at, **wish)
    context = {
        "now": at,
        "wish": wish,
        "rows": found.rows,
        "next_key": found.next_key,
        "total": found.total,
        "is_over": (found.total or 0) > OVER,
        "states": State.choices,
        "channels": Channel.choices,
        "agencies": _agencies(actor, at=at),
        "filtered": any(wish[name] for name in ("text", "state", "channel", "agency_id", "waiting_for", "procedure")),
        "hits": procedures.suggest(wish["text"], on=civil_day(at), limit=3) if wish["text"] and not found.rows else (),
    }
    hints = [(["J", "K"], _("down, up")), (["Enter"], _("open")), (["/"], _("find"))]
    return page(request, "office/dossiers/register.html", context, here="office:register", hints=hints, at=at)


def _agencies(actor: Actor, *, at: datetime) -> list[tuple[int, str]]:
    """Return the agencies of my scope to choose from, when there are several and not too many to choose."""
    cards = organisations.directory(on=civil_day(at)).agencies
    mine = [
        (card.id, card.short_name)
        for card in seen("staff_unit", actor, cards.values())
        if card.kind in {"commune", "department"}
    ]
    return mine if len(mine) > 1 else []


@act("office.register")
@require_GET
def find(request: HttpRequest) -> HttpResponse:
    """Look for a dossier from the top of any page: one exact hit opens, several are listed."""
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    text = request.GET.get("q", "").strip()[:150]
    if text:
        found = dossiers.register(actor=actor, at=at, text=text, limit=2)
        if len(found.rows) == 1 and found.next_key is None:
            return redirect("office:dossier", found.rows[0].public_id)
    return redirect(f"{reverse('office:register')}?{urlencode({'q': text})}" if text else reverse("office:register"))


@act("office.register")
@require_GET
def export(request: HttpRequest, kind: str) -> HttpResponse:
    """Download the register as it is filtered, at most 5,000 rows; each line is written down as a reading."""
    actor, at, wish = request.actor, clock.now(), wish_of(request)  # type: ignore[attr-defined]
    head = [
        _("Code"), _("Procedure"), _("Applicant"), _("Channel"), _("State"), _("Taken in by"), _("Decided by"),
        _("Filed"), _("Accepted"), _("Due"), _("Finished"), _("Closed"),
    ]  # fmt: skip
    return exporting.answer(
        kind, name=f"motcua-{_('dossiers')}-{at:%Y%m%d-%H%M}", head=head, rows=_rows(actor, at, wish)
    )


def _rows(actor: Actor, at: datetime, wish: dict[str, Any]) -> Iterator[list[Any]]:
    wish = wish | {"after_key": None}
    while True:
        found: DossierPageOf = dossiers.register(actor=actor, at=at, limit=500, **wish)
        dossier_services.log_list(public_ids=[row.public_id for row in found.rows], actor=actor, what="export", at=at)
        yield from (_export_row(row) for row in found.rows)
        if found.next_key is None:
            return
        wish["after_key"] = found.next_key


def _export_row(row: DossierRow) -> list[Any]:
    return [
        row.code, row.procedure_name, row.applicant_name, Channel(row.channel).label, Status(row.status).label,
        row.receiving_name, row.competent_name, row.filed_at, row.accepted_at, row.due_at, row.finished_at,
        row.closed_at,
    ]  # fmt: skip


@act("dossiers.hand_over")
@require_GET
def results(request: HttpRequest) -> HttpResponse:
    """Show the results lying at my desks, the oldest first; each opens the task of handing it over."""
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    found = dossiers.to_return(actor=actor, at=at, after_key=_key(request))
    desk = dossiers.desk_counts(actor=actor, at=at)
    tasks = dossiers.return_tasks(keys=[row.key for row in found.rows])
    context = {
        "now": at,
        "rows": [(row, tasks.get(row.key)) for row in found.rows],
        "behind": may(actor, "dossiers.see"),
        "next_key": found.next_key,
        "total": desk.to_return,
    }
    hints = [(["J", "K"], _("down, up")), (["Enter"], _("hand over"))]
    return page(request, "office/dossiers/results.html", context, here="office:results", hints=hints, desk=desk, at=at)


def _key(request: HttpRequest) -> str | None:
    moment, sep, number = request.GET.get("after", "").partition("_")
    return f"{moment}_{number}" if sep and number.isdecimal() and moment.replace(".", "", 1).isdecimal() else None
