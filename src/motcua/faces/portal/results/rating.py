"""Saying how it was: one tap; whoever was not satisfied says why."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from motcua.engagement.surveys import selectors as surveys
from motcua.engagement.surveys import services as survey_services
from motcua.engagement.surveys.types import Level, Reason
from motcua.faces.portal.track.access import Mine, own_page
from motcua.faces.portal.track.presenting import is_settled
from motcua.foundation.core.types import Invalid

# The values of the three buttons.
LEVELS = {"3": Level.VERY_SATISFIED, "2": Level.SATISFIED, "1": Level.NOT_SATISFIED}


class WhyForm(forms.Form):
    """What was not good."""

    use_required_attribute = False
    reasons = forms.MultipleChoiceField(
        label=gettext_lazy("What was not good?"),
        choices=Reason.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    comment = forms.CharField(
        label=gettext_lazy("What should be better?"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Please write no identity or phone numbers here."),
    )


@own_page
@require_http_methods(["GET", "POST"])
def rate(request: HttpRequest, mine: Mine) -> HttpResponse:
    """Take the tap; ask why after "not satisfied"; each dossier is rated once."""
    view = mine.view
    context = {
        "mine": mine,
        "dossier": view,
        "can_rate": is_settled(view),
        "rating": surveys.rating_of(dossier_id=view.id),
    }
    level = LEVELS.get(request.POST.get("score", ""))
    if request.method != "POST" or level is None:
        return render(request, "portal/results/rate.html", context, status=422 if request.method == "POST" else 200)
    form = WhyForm(request.POST if "why" in request.POST else None)
    if level == Level.NOT_SATISFIED and not (form.is_bound and form.is_valid()):
        return render(request, "portal/results/why.html", context | {"form": form})
    given = form.cleaned_data if form.is_bound and form.is_valid() else {}
    try:
        survey_services.rate_dossier(
            **mine.keys(), level=level, reasons=tuple(given.get("reasons", ())), comment=given.get("comment", "")
        )
    except Invalid as refusal:
        for name, texts in refusal.fields.items():
            form.add_error(name, texts)
        return render(request, "portal/results/why.html", context | {"form": form}, status=refusal.http_status)
    messages.success(request, _("Thank you. The agency reads every answer."))
    return redirect("portal:dossier", dossier=view.public_id)
