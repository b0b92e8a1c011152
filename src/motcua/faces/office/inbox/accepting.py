"""Accepting several online filings at once: each in a transaction of its own, each answered by itself."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from motcua.casework.dossiers import selectors as dossiers
from motcua.casework.dossiers import services as dossier_services
from motcua.faces.office.shell import page
from motcua.faces.office.work.bulk import Done, at_most, in_my_post, keep
from motcua.foundation.accounts.registry import act
from motcua.foundation.core import clock
from motcua.foundation.core.types import Refusal

HERE = "office:inbox"


@act("dossiers.receive")
@require_POST
def accept(request: HttpRequest) -> HttpResponse:
    """Name the filings and what acceptance begins; then accept them one by one and show what became of each."""
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    ids = dossiers.dossier_ids(public_ids=_picked(request), actor=actor)
    rows = dossiers.rows_for(ids=list(ids.values()), actor=actor, at=at)
    if not rows:
        messages.info(request, _("Pick filings in the list first."))
        return redirect(HERE)
    if "do" not in request.POST:
        return page(request, "office/inbox/accept_many.html", {"now": at, "rows": rows}, here=HERE, at=at)
    done = []
    for row in rows:
        words, dossier_id = "", ids[row.public_id]
        try:
            in_my_post(
                request,
                lambda dossier_id=dossier_id, **post: dossier_services.accept_filing(
                    dossier_id=dossier_id, actor=actor, at=at, **post
                ),
            )
        except Refusal as refusal:
            words = str(refusal)
        done.append(Done("", str(row.public_id), row.code, row.procedure_name, not words, words))
    keep(request, "accept", done, "", at=at)
    return redirect("office:work-bulk-done")


def _picked(request: HttpRequest) -> list[UUID]:
    found = []
    for value in at_most(request, request.POST.getlist("pick")):
        try:
            found.append(UUID(value))
        except ValueError:
            continue
    return list(dict.fromkeys(found))
