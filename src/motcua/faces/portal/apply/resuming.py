"""Coming back to a draft that this browser does not know: by the link that was kept."""

import re

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from motcua.foundation.accounts.registry import act

_LINK = re.compile(r"/nhap/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/mo/([A-Za-z0-9_-]{10,60})/?\s*$")


class LinkForm(forms.Form):
    """The link of a draft, pasted whole."""

    use_required_attribute = False
    link = forms.CharField(
        label=_("Link of the draft"),
        max_length=400,
        help_text=_("The whole link that you copied when you began. It ends like this: /mo/hT5…/"),
        error_messages={"required": _("Paste the link of the draft")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "autocapitalize": "off"}),
    )

    def clean_link(self) -> tuple[str, str]:
        """Return the draft and its secret."""
        found = _LINK.search(self.cleaned_data["link"].strip())
        if found is None:
            raise forms.ValidationError(
                _("This is not the link of a draft. Copy it whole, from http to the last stroke.")
            )
        return found[1], found[2]


def not_here(request: HttpRequest) -> HttpResponse:
    """Answer for a draft that is missing, somebody else's, or not known to this browser: all look the same."""
    return render(request, "portal/apply/not_here.html", {"form": LinkForm()}, status=404)


@never_cache
@act("portal.apply", public=True)
@sensitive_post_parameters("link")
@require_POST
def resume(request: HttpRequest) -> HttpResponse:
    """Open the pasted link; whether there is such a draft is said by its own page."""
    form = LinkForm(request.POST)
    if not form.is_valid():
        return render(request, "portal/apply/not_here.html", {"form": form}, status=422)
    draft, secret = form.cleaned_data["link"]
    return redirect("portal:apply_open", draft=draft, secret=secret)
