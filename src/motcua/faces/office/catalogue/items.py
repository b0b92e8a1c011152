"""Items of a draft: adding one of the four kinds, and taking one out."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from motcua.casework.procedures import selectors as procedures
from motcua.casework.procedures import services
from motcua.casework.procedures.types import WITH_RECORD, DecisionAct
from motcua.faces.office.catalogue import telling
from motcua.faces.office.catalogue.decisions import HERE
from motcua.faces.office.catalogue.forms import ItemForm
from motcua.faces.office.shell import page
from motcua.foundation.accounts.registry import act
from motcua.foundation.core import clock
from motcua.foundation.core.clock import civil_day
from motcua.foundation.core.types import NotFound, Refusal


@act("decisions.draft")
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Add an item; `act` says which of the four kinds. One with a record leads on to its editor."""
    at, status = clock.now(), 200
    what = request.GET.get("act", DecisionAct.AMENDED)
    what = what if what in DecisionAct.values else DecisionAct.AMENDED
    card = procedures.decision(public_id, with_problems=False)
    text = request.GET.get("q", "").replace("\x00", "").strip()[:100]
    form = ItemForm(what, request.POST or None, initial={"code": request.GET.get("code", "")})
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                made = _add(request, form, public_id, what)
                messages.success(request, _("Added."))
                if what in WITH_RECORD:
                    return redirect("office:decision-item", made)
                return redirect("office:decision", public_id)
            except Refusal as refusal:
                status = form.refuse(refusal)
    context: dict[str, Any] = {
        "form": form,
        "card": card,
        "title": telling.ACT_TITLES[DecisionAct(what)],
        "is_amended": what == DecisionAct.AMENDED,
        "tabs": [
            {"label": title, "url": f"{reverse('office:decision-item-add', args=[public_id])}?act={kind}",
             "current": kind == what}
            for kind, title in telling.ACT_TITLES.items()
        ],
        "what": what,
        "text": text,
        "hits": procedures.suggest(text, on=civil_day(at)) if text else (),
        "back_url": reverse("office:decision", args=[public_id]),
    }  # fmt: skip
    return page(request, "office/catalogue/item_new.html", context, here=HERE, status=status, at=at)


def _add(request: HttpRequest, form: ItemForm, public_id: UUID, what: str) -> UUID:
    return services.add_item(
        decision_id=public_id, act=what, code=form.cleaned_data["code"], name=form.cleaned_data.get("name", ""),
        effective_on=form.cleaned_data["effective_on"], successors=form.codes, actor=request.actor,  # type: ignore[attr-defined]
        at=clock.now(),
    )  # fmt: skip


@act("decisions.draft")
@require_POST
def remove(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take an item out of a draft."""
    try:
        item_id = UUID(request.POST.get("item", ""))
    except ValueError:
        raise NotFound from None
    services.remove_item(item_id=item_id, actor=request.actor, at=clock.now())  # type: ignore[attr-defined]
    messages.success(request, _("The item was taken out."))
    return redirect("office:decision", public_id)
