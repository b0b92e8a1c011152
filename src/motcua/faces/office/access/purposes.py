"""Why a dossier is opened: it follows from the reader's task, else it is asked once a day and dossier."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from motcua.casework.dossiers import selectors as dossiers
from motcua.casework.dossiers import services as dossier_services
from motcua.casework.dossiers.types import ASKED, Purpose, PurposeNeeded
from motcua.faces.office.shell import page
from motcua.foundation.accounts.registry import act
from motcua.foundation.core import clock
from motcua.foundation.core.clock import civil_day

KEPT = "reading_purposes"
MOST_KEPT = 50
# The pages of one file, and the file beside its page, are one reading.
ONE_READING = timedelta(minutes=10)

View = Callable[..., HttpResponseBase]


class PurposeForm(forms.Form):
    """The purpose, in words that the applicant will read."""

    use_required_attribute = False
    purpose = forms.ChoiceField(
        label=gettext_lazy("For what do you open it?"),
        choices=lambda: [(item.value, capfirst(str(item.label))) for item in ASKED],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose the purpose")},
    )
    reason = forms.CharField(
        label=gettext_lazy("In a few words"),
        help_text=gettext_lazy("Such as the number of the letter or the call that you answer."),
        max_length=200,
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """Ask for words where the purpose says nothing by itself."""
        entered = super().clean() or {}
        if entered.get("purpose") == Purpose.OTHER and not entered.get("reason", "").strip():
            self.add_error("reason", _("Write the reason in a few words"))
        return entered


def note_reading(
    request: HttpRequest, public_id: UUID, *, what: str, at: datetime, quiet: timedelta | None = None
) -> None:
    """Write down that the dossier is read, and why.

    Raises:
        NotFound: missing or forbidden. PurposeNeeded: it has to be asked first.
    """
    actor = request.actor  # type: ignore[attr-defined]
    ground = dossiers.reading_ground(actor=actor, public_id=public_id)
    purpose, reason = ground.purpose, ""
    if not purpose:
        purpose, reason = _said(request, public_id, at=at)
        if not purpose and settings.MOTCUA_ASK_READING_PURPOSE:
            raise PurposeNeeded
    dossier_services.log_reading(
        dossier_id=ground.dossier_id, actor=actor, what=what, at=at, purpose=purpose, reason=reason,
        order_id=ground.order_id, quiet=quiet,
    )  # fmt: skip


def reads(what: str, *, quiet: timedelta | None = None) -> Callable[[View], View]:
    """Let a view of one dossier write down its reading first, or ask for the purpose; goes right under `act`."""

    def mark(view: View) -> View:
        @wraps(view)
        def noted(request: HttpRequest, public_id: UUID, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.method in {"GET", "HEAD"}:
                try:
                    note_reading(request, public_id, what=what, at=clock.now(), quiet=quiet)
                except PurposeNeeded:
                    return asked(request, public_id)
            return view(request, public_id, *args, **kwargs)

        return noted

    return mark


def asked(request: HttpRequest, public_id: UUID) -> HttpResponseBase:
    """Send the reader to the question and back."""
    return redirect(f"{reverse('office:purpose', args=[public_id])}?{urlencode({'next': request.get_full_path()})}")


def _said(request: HttpRequest, public_id: UUID, *, at: datetime) -> tuple[str, str]:
    """Return purpose and reason that were given today for this dossier, '' when none were."""
    purpose, reason, day = request.session.get(KEPT, {}).get(str(public_id), ("", "", ""))
    return (purpose, reason) if day == civil_day(at).isoformat() else ("", "")


@act("dossiers.see")
@require_http_methods(["GET", "POST"])
def purpose(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Ask for what a dossier is opened in which the reader has no task; go on to it."""
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    ground = dossiers.reading_ground(actor=actor, public_id=public_id)
    form = PurposeForm(request.POST if request.method == "POST" else None)
    onward = _onward(request, public_id)
    if request.method == "POST" and form.is_valid():
        kept = dict(list(request.session.get(KEPT, {}).items())[-MOST_KEPT:])
        entered = form.cleaned_data
        kept[str(public_id)] = [entered["purpose"], entered["reason"].strip(), civil_day(at).isoformat()]
        request.session[KEPT] = kept
        return redirect(onward)
    context = {"now": at, "form": form, "code": ground.code, "next": onward}
    status = 422 if request.method == "POST" else 200
    return page(request, "office/access/purpose.html", context, here="office:register", status=status, at=at)


def _onward(request: HttpRequest, public_id: UUID) -> str:
    wanted = request.POST.get("next") or request.GET.get("next", "")
    safe = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if safe else reverse("office:dossier", args=[public_id])
