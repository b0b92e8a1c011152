"""Unusual readings for the data protection officer: what was found, what lies behind it, what came of it."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from motcua.casework.dossiers import selectors as dossiers
from motcua.casework.dossiers import services as dossier_services
from motcua.faces.office.forming import ActingForm
from motcua.faces.office.shell import page
from motcua.foundation.accounts.registry import act
from motcua.foundation.core import clock
from motcua.foundation.core.types import Refusal

HERE = "office:unusual-readings"


class ExplanationForm(ActingForm):
    """What the data protection officer found out."""

    explanation = forms.CharField(
        label=gettext_lazy("What you found out"),
        help_text=gettext_lazy("Whom you asked, why the dossiers were read, what follows from it."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=1000,
        error_messages={"required": gettext_lazy("Write what you found out")},
    )


@act("dossiers.watch_readings")
@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Show unusual readings: those that wait, or those explained."""
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    explained = request.GET.get("state") == "explained"
    rows = dossiers.unusual_readings(actor=actor, explained=explained)
    waiting = None if explained else len(rows)
    tabs = [
        {"label": _("To be explained"), "url": "?", "count": waiting, "current": not explained},
        {"label": _("Explained"), "url": "?state=explained", "count": None, "current": explained},
    ]
    context = {"now": at, "rows": rows, "explained": explained, "tabs": tabs}
    return page(request, "office/access/unusual_list.html", context, here=HERE, at=at)


@act("dossiers.watch_readings")
@require_http_methods(["GET", "POST"])
def unusual(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Show one with the readings behind it, and take its explanation."""
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    known = [*dossiers.unusual_readings(actor=actor), *dossiers.unusual_readings(actor=actor, explained=True)]
    card = next((row for row in known if row.public_id == public_id), None)
    if card is None:
        raise Http404
    form = ExplanationForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                dossier_services.explain_unusual_reading(
                    public_id=public_id, explanation=form.cleaned_data["explanation"], actor=actor, at=at
                )
            except Refusal as refusal:
                status = form.refuse(refusal)
            else:
                messages.success(request, _("The explanation is kept."))
                return redirect(HERE)
    readings = dossiers.readings_behind(actor=actor, public_id=public_id)
    context = {"now": at, "card": card, "form": form, "readings": readings}
    return page(request, "office/access/unusual.html", context, here=HERE, status=status, at=at)
