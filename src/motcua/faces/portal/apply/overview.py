"""The list of what is to do, the link to come back with, and giving a draft up."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from motcua.casework.dossiers import selectors as dossiers
from motcua.casework.dossiers import services as dossier_services
from motcua.casework.dossiers.types import DraftExpired
from motcua.casework.procedures.types import OfferNotFound
from motcua.faces.portal import visitor
from motcua.faces.portal.apply.drafts import Held, draft_page
from motcua.faces.portal.apply.resuming import not_here
from motcua.faces.portal.apply.steps import first_open, pages, show
from motcua.foundation.accounts.registry import act
from motcua.foundation.core import clock
from motcua.foundation.core.types import NotFound


@draft_page
@require_safe
def overview(request: HttpRequest, held: Held) -> HttpResponse:
    """Show the parts of the draft with their states, and how to come back to it."""
    found = pages(held.view)
    items = [
        {"title": page.title, "url": "" if page.state == "closed" else page.url, "state": page.state} for page in found
    ]
    path = reverse("portal:apply_open", kwargs={"draft": held.view.public_id, "secret": held.secret or "-"})
    context = {
        "items": items,
        "done_count": sum(page.state == "done" for page in found),
        "all_count": len(found),
        "next_page": first_open(held.view),
        "link": request.build_absolute_uri(path) if held.secret else "",
    }
    return show(request, held, "check", "portal/apply/overview.html", context)


@never_cache
@act("portal.apply", public=True)
@require_safe
def open_link(request: HttpRequest, draft: UUID, secret: str) -> HttpResponse:
    """Take the secret of the link into the session and go on at an address without it."""
    try:
        dossiers.draft_view(public_id=draft, secret=secret, actor=visitor.actor_of(request), at=clock.now())
    except NotFound:
        return not_here(request)
    except (DraftExpired, OfferNotFound):
        pass  # the page itself says so, at an address without the secret
    visitor.remember_draft(request, draft, secret)
    return redirect("portal:apply_draft", draft=draft)


@draft_page
@require_http_methods(["GET", "POST"])
def discard(request: HttpRequest, held: Held) -> HttpResponse:
    """Ask once, then delete the draft with its papers."""
    if request.method == "POST":
        dossier_services.discard_draft(**held.keys())
        visitor.forget_draft(request, held.view.public_id)
        messages.success(request, _("The draft and its papers are deleted."))
        return redirect("portal:my" if held.actor.person_id else "portal:home")
    return render(request, "portal/apply/discard.html", {"held": held, "draft": held.view})
