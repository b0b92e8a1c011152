"""How long each kind of data is kept, and what would go now."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from motcua.faces.office.shell import page
from motcua.foundation.accounts.registry import act
from motcua.foundation.core import clock
from motcua.foundation.core import keeping as kept

HERE = "office:keeping"


@act("accounts.see_keeping")
@require_GET
def keeping(request: HttpRequest) -> HttpResponse:
    """Show periods with their source, what a purge would delete now, and what the last one deleted; change nothing."""
    at = clock.now()
    context = {"now": at, "rows": kept.what_would_go(at=at)}
    return page(request, "office/protection/keeping.html", context, here=HERE, at=at)
