"""The page of a dossier for its parties."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from motcua.casework.dossiers import selectors as dossiers
from motcua.casework.dossiers.types import DossierView, PaperView, PartyRole
from motcua.casework.procedures import selectors as procedures
from motcua.engagement.surveys import selectors as surveys
from motcua.faces.design.forecasting import forecast_words
from motcua.faces.portal.track import presenting, rights
from motcua.faces.portal.track.access import Mine, own_page
from motcua.foundation.core.clock import civil_day


@own_page
@require_safe
def dossier(request: HttpRequest, mine: Mine) -> HttpResponse:
    """Show what is happening in one sentence, then dates, arithmetic, timeline, and what one can do."""
    view = mine.view
    schema = view.answers_schema
    opened = rights.opened_again(view)
    coming = dossiers.coming_steps(view=view, at=mine.at)
    context = {
        "mine": mine,
        "dossier": view,
        "now": presenting.now_of(view, at=mine.at),
        "facts": presenting.facts_of(view, at=mine.at),
        "arithmetic": presenting.arithmetic_of(view),
        "events": presenting.events_of(view, coming),
        "next_step": coming[0] if coming else None,
        "forecast": forecast_words(view, at=mine.at),
        "lines": procedures.eform_lines(schema, view.answers) if schema else [],
        **_papers(view),
        "applicants": [party for party in view.parties if party.role == PartyRole.APPLICANT],
        "result": view.result if view.result and view.result.issued_at else None,
        "agencies": dossiers.children_of(view=view, actor=mine.actor, at=mine.at),
        "came_from": dossiers.parent_of(view=view, actor=mine.actor, at=mine.at),
        "can_withdraw": presenting.can_withdraw(view) and not (opened and opened.replaced_title),
        "opened": opened,
        "complaint": rights.complaint_of(view),
        "can_rate": presenting.is_settled(view),
        "rating": surveys.rating_of(dossier_id=view.id) if presenting.is_settled(view) else None,
        "today": civil_day(mine.at),
    }
    return render(request, "portal/track/dossier.html", context)


def _papers(view: DossierView) -> dict[str, list[PaperView]]:
    """Return the papers that came in, and those of the published list that did not."""
    came = [paper for paper in view.papers if _came(paper)]
    return {"with_papers": came, "without_papers": [paper for paper in view.papers if not _came(paper)]}


def _came(paper: PaperView) -> bool:
    return bool(paper.files or paper.earlier_files or paper.originals or paper.certified or paper.plain)
