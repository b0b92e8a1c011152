"""Requests of citizens to have their data put right: what waits, and answering it."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from motcua.casework.documents import selectors as documents
from motcua.faces.office.forming import ActingForm
from motcua.faces.office.shell import page
from motcua.foundation.accounts import selectors as accounts
from motcua.foundation.accounts import services
from motcua.foundation.accounts.registry import act
from motcua.foundation.accounts.types import CorrectionState
from motcua.foundation.core import clock
from motcua.foundation.core.types import NotFound, Refusal

HERE = "office:corrections"


class AnswerForm(ActingForm):
    """The answer to a request."""

    decision = forms.ChoiceField(
        label=gettext_lazy("Answer to the request"),
        choices=[
            ("accept", gettext_lazy("Correct it: the right value is written as a new version")),
            ("refuse", gettext_lazy("Leave it as it is")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose an answer")},
    )
    answer = forms.CharField(
        label=gettext_lazy("For the citizen"),
        help_text=gettext_lazy("Needed when it stays as it is: what you compared it with, and what they can do."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        required=False,
    )


@act("accounts.decide_corrections")
@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Show requests that wait, the longest waiting first, or those answered."""
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    answered = request.GET.get("state") == "answered"
    rows = accounts.corrections(actor=actor, decided=answered)
    tabs = [
        {"label": _("To be answered"), "url": "?", "count": None if answered else len(rows), "current": not answered},
        {"label": _("Answered"), "url": "?state=answered", "count": None, "current": answered},
    ]
    context = {"now": at, "rows": rows, "answered": answered, "tabs": tabs}
    return page(request, "office/protection/corrections.html", context, here=HERE, at=at)


@act("accounts.decide_corrections")
@require_http_methods(["GET", "POST"])
def correction(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Show what is held, what is said to be right and why; take the answer.

    Law: Law 91/2025/QH15: whoever the data are about may have them put right.
    """
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    card = accounts.correction(public_id=public_id, actor=actor)
    form, status = AnswerForm(request.POST if request.method == "POST" else None), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            accepts = form.cleaned_data["decision"] == "accept"
            try:
                services.decide_correction(
                    public_id=public_id, accepts=accepts, answer=form.cleaned_data["answer"], actor=actor, at=at
                )
            except Refusal as refusal:
                status = form.refuse(refusal)
            else:
                done = (
                    _("It is corrected; the citizen is told.") if accepts else _("It stays; the citizen is told why.")
                )
                messages.success(request, done)
                return redirect(HERE)
    context = {"now": at, "card": card, "form": form, "waits": card.state == CorrectionState.WAITING}
    return page(request, "office/protection/correction.html", context, here=HERE, status=status, at=at)


@act("accounts.decide_corrections")
@require_GET
def evidence(request: HttpRequest, public_id: UUID) -> HttpResponseBase:
    """Show the paper that a request is backed with."""
    card = accounts.correction(public_id=public_id, actor=request.actor)  # type: ignore[attr-defined]
    if card.document_id is None:
        raise NotFound
    return documents.file_response(documents.open_file(card.document_id, preview=True))
