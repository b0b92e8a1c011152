"""Orders of inspection, made by leaders and administrators, and the inspector's own pages with the random sample."""

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from motcua.casework.dossiers import selectors as dossiers
from motcua.casework.dossiers import services as dossier_services
from motcua.faces.office.forming import ActingForm
from motcua.faces.office.shell import page
from motcua.foundation.accounts import selectors as accounts
from motcua.foundation.accounts import services as account_services
from motcua.foundation.accounts.registry import act
from motcua.foundation.accounts.types import Actor, OrderInput
from motcua.foundation.core import clock
from motcua.foundation.core.clock import civil_day
from motcua.foundation.core.types import Refusal

ORDERS, MINE = "office:inspection-orders", "office:inspections"


class _Day(forms.DateField):
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class OrderForm(ActingForm):
    """A new order: who, where, which dossiers, what for, from when until when."""

    number = forms.CharField(label=gettext_lazy("Number of the order"), max_length=60)
    issued_on = _Day(label=gettext_lazy("Issued on"))
    inspector = forms.TypedChoiceField(label=gettext_lazy("Inspector"), coerce=int)
    purpose = forms.CharField(
        label=gettext_lazy("Purpose"),
        help_text=gettext_lazy("It stands beside every reading; applicants can see that it was an inspection."),
        max_length=300,
    )
    units = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Units"),
        help_text=gettext_lazy("With all below them. Hold Ctrl to choose several."),
        coerce=int,
    )
    filed_since = _Day(label=gettext_lazy("Dossiers filed from"))
    filed_until = _Day(label=gettext_lazy("Dossiers filed until"))
    valid_since = _Day(label=gettext_lazy("The inspector may read from"))
    valid_until = _Day(label=gettext_lazy("The inspector may read until"))

    def __init__(self, *args: Any, actor: Actor, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people, units = accounts.inspectors(on=on), accounts.inspection_units(actor, on=on)
        self.fields["inspector"].choices = [("", "—"), *people]  # type: ignore[attr-defined]
        self.fields["units"].choices = units  # type: ignore[attr-defined]
        self.fields["units"].widget.attrs["size"] = min(10, max(3, len(units)))

    def order(self) -> OrderInput:
        """Return what was entered."""
        entered = self.cleaned_data
        return OrderInput(
            number=entered["number"], issued_on=entered["issued_on"], inspector_id=entered["inspector"],
            purpose=entered["purpose"], unit_ids=tuple(entered["units"]), filed_since=entered["filed_since"],
            filed_until=entered["filed_until"], valid_since=entered["valid_since"], valid_until=entered["valid_until"],
        )  # fmt: skip


class SampleForm(ActingForm):
    """How many dossiers to draw, and by which seed."""

    size = forms.IntegerField(label=gettext_lazy("How many dossiers"), min_value=1, max_value=500, initial=30)
    seed = forms.CharField(
        label=gettext_lazy("Seed"),
        help_text=gettext_lazy("Leave it empty for one by chance. The same seed draws the same dossiers again."),
        max_length=40,
        required=False,
    )


@act("accounts.order_inspections")
@require_http_methods(["GET", "POST"])
def orders(request: HttpRequest) -> HttpResponse:
    """Show the orders over one's units, and make a new one."""
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    on = civil_day(at)
    form = OrderForm(
        *((request.POST,) if request.method == "POST" else ()), actor=actor, on=on,
        initial={"issued_on": on, "valid_since": on, "filed_since": on.replace(month=1, day=1), "filed_until": on},
    )  # fmt: skip
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                account_services.order_inspection(order=form.order(), actor=actor, at=at)
            except Refusal as refusal:
                status = form.refuse(refusal)
            else:
                messages.success(request, _("The order is made. It ends by itself on its last day."))
                return redirect(ORDERS)
    listed = accounts.inspection_orders(actor=actor, on=on)
    context = {"now": at, "form": form, "orders": listed}
    return page(request, "office/access/orders.html", context, here=ORDERS, status=status, at=at)


@act("accounts.order_inspections")
@require_POST
def revoke(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """End an order at once."""
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    account_services.revoke_inspection(public_id=public_id, actor=actor, at=at)
    messages.success(request, _("The order has ended. The inspector sees nothing more by it."))
    return redirect(ORDERS)


@act("dossiers.inspect")
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Show the inspector's orders, and where each leads."""
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    listed = accounts.inspection_orders(actor=actor, on=civil_day(at))
    return page(request, "office/access/inspections.html", {"now": at, "orders": listed}, here=MINE, at=at)


@act("dossiers.inspect")
@require_http_methods(["GET", "POST"])
def order(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Show a running order with its samples; draw another."""
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    drawn = dossiers.samples(actor=actor, order_id=public_id)
    listed = accounts.inspection_orders(actor=actor, on=civil_day(at))
    card = next((item for item in listed if item.public_id == public_id), None)
    if card is None:
        raise Http404
    form = SampleForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                made = dossier_services.draw_sample(
                    order_id=public_id, size=form.cleaned_data["size"], seed=form.cleaned_data["seed"], actor=actor,
                    at=at,
                )  # fmt: skip
            except Refusal as refusal:
                status = form.refuse(refusal)
            else:
                return redirect("office:inspection-sample", made)
    context = {"now": at, "order": card, "samples": drawn, "form": form}
    return page(request, "office/access/inspection.html", context, here=MINE, status=status, at=at)


@act("dossiers.inspect")
@require_GET
def sample(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Show the dossiers of a sample in the order drawn."""
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    card, rows, same = dossiers.sample(actor=actor, public_id=public_id, at=at)
    context = {"now": at, "sample": card, "rows": rows, "same": same, "total": len(rows)}
    return page(request, "office/access/sample.html", context, here=MINE, at=at)
