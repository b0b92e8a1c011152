"""Pages of words alone."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from motcua.faces.design.brand import brand
from motcua.foundation.accounts.registry import act


@require_safe
@act("portal.read", public=True)
def help_page(request: HttpRequest) -> HttpResponse:
    """Show how to find, hand in and follow."""
    return render(request, "portal/pages/help.html", {"brand": brand()})


@require_safe
@act("portal.read", public=True)
def accessibility(request: HttpRequest) -> HttpResponse:
    """Show the accessibility statement."""
    return render(request, "portal/pages/accessibility.html", {"brand": brand()})


@require_safe
@act("portal.read", public=True)
def privacy(request: HttpRequest) -> HttpResponse:
    """Show what is done with personal data."""
    return render(request, "portal/pages/privacy.html", {"brand": brand()})
