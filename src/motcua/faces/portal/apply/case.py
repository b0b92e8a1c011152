"""Choosing another case for a draft that has begun."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from motcua.faces.portal.apply.drafts import Held, draft_page
from motcua.faces.portal.apply.start import CaseForm
from motcua.faces.portal.apply.steps import onward, show


@draft_page
@require_http_methods(["GET", "POST"])
def case(request: HttpRequest, held: Held) -> HttpResponse:
    """Show the cases with their papers, or keep the choice. Papers already uploaded stay with the draft."""
    choice = held.view.choice
    current = held.view.case.id if held.view.case else None
    form = CaseForm(choice, request.POST if request.method == "POST" else None, initial=current)
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data["case"]
        held.save(case_id=chosen, undone="papers" if chosen != current else "")
        return onward(request, held, "case")
    return show(request, held, "case", "portal/apply/case.html", {"form": form}, status=422 if form.is_bound else 200)
