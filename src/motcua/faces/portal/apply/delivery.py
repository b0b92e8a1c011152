"""The fee, and where the result is to be received."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from motcua.casework.dossiers.types import Delivery, PartyRole
from motcua.faces.portal.apply.drafts import Held, draft_page
from motcua.faces.portal.apply.promises import agency_of
from motcua.faces.portal.apply.steps import onward, show
from motcua.foundation.core.clock import civil_day
from motcua.foundation.organisations import selectors as organisations


class DeliveryForm(forms.Form):
    """Desk, post with an address, or online."""

    use_required_attribute = False
    delivery = forms.ChoiceField(
        label=gettext_lazy("How do you want to receive the result?"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose how you want to receive the result")},
    )
    delivery_address = forms.CharField(
        label=gettext_lazy("Address that the post brings it to"),
        error_messages={"required": gettext_lazy("Enter the address that the post brings the result to")},
        max_length=300,
        required=False,
        help_text=gettext_lazy("Name of the recipient, house number, street, commune or ward, province, phone number."),
    )

    def __init__(self, data: Any = None, *, initial: dict[str, Any], desk: str) -> None:
        super().__init__(data, initial=initial)
        field = self.fields["delivery"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - narrows the type
        field.choices = choices(desk)
        self.fields["delivery_address"].required = data is None or data.get("delivery") == Delivery.POST

    def clean(self) -> dict[str, Any]:
        """Keep an address only where the post is chosen."""
        data = super().clean() or {}
        if data.get("delivery") != Delivery.POST:
            data["delivery_address"] = ""
        return data


def choices(desk: str) -> list[tuple[str, str]]:
    """Return the ways of receiving with the desk by name."""
    return [
        (Delivery.DESK, _("On paper at the desk: %(name)s") % {"name": desk}),
        (Delivery.POST, _("On paper by public post; you pay the carrier")),
        (Delivery.ONLINE, _("As an electronic document on this site, where the law lets it be issued so")),
    ]


def desk_of(held: Held) -> str:
    """Return the name of the desk that gives the result."""
    card = organisations.directory(on=civil_day(held.at)).agencies.get(agency_of(held.view) or 0)
    return card.short_name if card else ""


@draft_page
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def delivery(request: HttpRequest, held: Held) -> HttpResponse:
    """Show the fee and the ways of receiving, or keep the choice."""
    applicant = next((party for party in held.view.parties if party.get("role") == PartyRole.APPLICANT), {})
    is_chosen = "delivery" in held.view.done
    initial = {
        "delivery": held.view.delivery if is_chosen else Delivery.DESK,
        "delivery_address": held.view.delivery_address or applicant.get("address", ""),
    }
    form = DeliveryForm(request.POST if request.method == "POST" else None, initial=initial, desk=desk_of(held))
    if request.method == "POST":
        if form.is_valid():
            held.save(done="delivery", **form.cleaned_data)
            return onward(request, held, "delivery")
        if "later" in request.POST:
            return onward(request, held, "delivery")
    return show(
        request, held, "delivery", "portal/apply/delivery.html", {"form": form}, status=422 if form.is_bound else 200
    )
