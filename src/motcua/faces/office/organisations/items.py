"""Items of a draft: adding one of the six kinds, and taking one out."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from motcua.faces.office.organisations import telling
from motcua.faces.office.organisations.forms import FORMS, LIST
from motcua.faces.office.organisations.naming import Names
from motcua.faces.office.shell import page
from motcua.foundation.accounts.registry import act
from motcua.foundation.core import clock
from motcua.foundation.core.types import Refusal
from motcua.foundation.organisations import selectors as organisations
from motcua.foundation.organisations import services
from motcua.foundation.organisations.types import ItemAct


@act("organisations.reorganise")
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Add an item to a draft; `what` says which of the six kinds."""
    at = clock.now()
    what = request.GET.get("what", ItemAct.MERGE)
    if what not in FORMS:
        raise Http404
    card = organisations.reorganisation(public_id)
    names = Names(card.on, organisations.changes_of(public_id))
    form, status = FORMS[what](names, request.POST or None), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                by = request.actor.person_id  # type: ignore[attr-defined]
                services.add_changes(public_id=public_id, changes=form.changes(), by=by, at=at)
                messages.success(request, _("Added. Look at what it touches below."))
                return redirect("office:reform", public_id)
            except Refusal as refusal:
                status = form.refuse(refusal)
    context = {
        "form": form,
        "reform": card,
        "act": what,
        "title": telling.ACT_TITLES[ItemAct(what)],
        "list_id": LIST,
        "names": names.all,
        "tabs": telling.act_tabs(public_id, what),
        "back_url": reverse("office:reform", args=[public_id]),
    }
    return page(request, "office/organisations/item.html", context, here="office:reforms", status=status, at=at)


@act("organisations.reorganise")
@require_POST
def remove(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take an item out of a draft."""
    services.remove_changes(
        public_id=public_id,
        act=request.POST.get("act", ""),
        agency_code=request.POST.get("code", ""),
        by=request.actor.person_id,  # type: ignore[attr-defined]
        at=clock.now(),
    )
    messages.success(request, _("The item was taken out."))
    return redirect("office:reform", public_id)
