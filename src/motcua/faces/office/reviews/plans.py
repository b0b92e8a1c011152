"""The year's plans of review."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from motcua.faces.office.reviews.forms import PlanForm
from motcua.faces.office.shell import page
from motcua.foundation.accounts.registry import act, may
from motcua.foundation.core import clock
from motcua.foundation.core.types import Refusal
from motcua.insight.simplification import selectors, services


@act("reviews.see")
@require_http_methods(["GET", "POST"])
def listing(request: HttpRequest) -> HttpResponse:
    """Show every plan with how far it is; who plans may add one."""
    at, status = clock.now(), 200
    actor = request.actor  # type: ignore[attr-defined]
    form = PlanForm(request.POST or None, initial={"year": at.year + 1})
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                services.make_plan(plan=form.plan(), actor=actor, at=at)
                messages.success(request, _("The plan is kept."))
                return redirect("office:review-plans")
            except Refusal as refusal:
                status = form.refuse(refusal)
    names = ("year", "title", "decision_number", "decision_on", "signer", "note")
    context = {"plans": selectors.plans(), "form": form, "fields": [form[name] for name in names]}
    context |= {"may_plan": may(actor, "reviews.plan")}
    return page(request, "office/reviews/plans.html", context, here="office:reviews", status=status, at=at)
