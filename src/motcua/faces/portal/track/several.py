"""How far several dossiers are, by their codes alone: only whether each is done."""

from datetime import timedelta

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from motcua.casework.dossiers import selectors as dossiers
from motcua.casework.dossiers.types import Completion
from motcua.faces.portal import visitor
from motcua.foundation.accounts.registry import act
from motcua.foundation.core import clock
from motcua.foundation.core.throttling import count_attempt

MOST = 20


class CodesForm(forms.Form):
    """Codes or intake numbers, one a line."""

    use_required_attribute = False
    ma = forms.CharField(
        label=gettext_lazy("Codes of the dossiers, one on each line"),
        max_length=2000,
        help_text=gettext_lazy("At most 20. You learn whether each is done; for the rest open one of them."),
        error_messages={"required": gettext_lazy("Enter the codes, one on each line")},
        widget=forms.Textarea(
            attrs={"rows": 6, "autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )

    def clean_ma(self) -> list[str]:
        """Return the codes, each once."""
        codes = list(dict.fromkeys("".join(line.split()).upper() for line in self.cleaned_data["ma"].splitlines()))
        codes = [code for code in codes if code]
        if len(codes) > MOST:
            raise forms.ValidationError(_("These are %(n)s codes. Enter at most 20 at once.") % {"n": len(codes)})
        return codes


@never_cache
@act("portal.track", public=True)
@require_safe
def several(request: HttpRequest) -> HttpResponse:
    """Tell of each code whether it is done; looking up is counted per address.

    Law: Circular 01/2018/TT-VPCP, art. 16(2)(d): without proof only the code and how far it is.
    """
    form = CodesForm(request.GET if "ma" in request.GET else None)
    rows: tuple[Completion, ...] = ()
    status = 200
    if form.is_bound and form.is_valid():
        count_attempt(
            scope="tracking.several",
            key=visitor.address_of(request),
            limit=settings.MOTCUA_TRACKING_ATTEMPTS_PER_ADDRESS,
            window=timedelta(hours=1),
            at=clock.now(),
        )
        rows = dossiers.completions(codes=form.cleaned_data["ma"])
    elif form.is_bound:
        status = 422
    return render(request, "portal/track/several.html", {"form": form, "rows": rows}, status=status)
