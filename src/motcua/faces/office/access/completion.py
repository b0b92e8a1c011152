"""Whether any dossier of the province is done: for a citizen who asks at the wrong desk, and for guides at a kiosk."""

from datetime import datetime, timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from motcua.casework.dossiers import selectors as dossiers
from motcua.casework.dossiers.types import Completion
from motcua.faces.office.shell import page
from motcua.foundation.accounts.registry import act
from motcua.foundation.core import clock
from motcua.foundation.core.throttling import count_attempt
from motcua.foundation.core.types import NotFound

HERE = "office:completion"


@act("dossiers.completion")
@require_GET
def completion(request: HttpRequest) -> HttpResponse:
    """Say of a code whether its dossier is done, and nothing else.

    Law: Circular 01/2018: anybody may learn by the code whether a dossier is done.
    """
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    code, found, problem = request.GET.get("code", "").strip()[:60], None, ""
    if code:
        found, problem = _looked_up(code, actor.person_id, at=at)
    context = {"now": at, "code": code, "found": found, "problem": problem}
    return page(request, "office/access/completion.html", context, here=HERE, at=at)


def _looked_up(code: str, person_id: int | None, *, at: datetime) -> tuple[Completion | None, str]:
    most = settings.MOTCUA_PEOPLE_LOOKUPS_PER_HOUR
    count_attempt(scope="completion", key=str(person_id), limit=most, window=timedelta(hours=1), at=at)
    try:
        return dossiers.completion(code=code), ""
    except NotFound:
        return None, _("No dossier has this code. Compare it with the receipt: the letters, the dots and all digits.")
