"""Withdrawing a dossier: asked once, with what it means."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from motcua.casework.dossiers import services as dossiers
from motcua.faces.portal.track.access import Mine, own_page
from motcua.faces.portal.track.presenting import can_withdraw


class WithdrawForm(forms.Form):
    """Why, if the person wants to say."""

    use_required_attribute = False
    reason = forms.CharField(
        label=gettext_lazy("Why do you withdraw it?"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


@own_page
@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, mine: Mine) -> HttpResponse:
    """Ask, then take the dossier back."""
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        dossiers.withdraw(**mine.keys(), reason=form.cleaned_data["reason"])
        messages.success(request, _("You have withdrawn the dossier. The agency has stopped working on it."))
        return redirect("portal:dossier", dossier=mine.view.public_id)
    context = {"mine": mine, "dossier": mine.view, "form": form, "can_withdraw": can_withdraw(mine.view)}
    return render(request, "portal/track/withdraw.html", context, status=422 if form.is_bound else 200)
