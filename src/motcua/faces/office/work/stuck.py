"""Stuck dossiers: what does not move, who answers for it, and what that person says is being done."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from motcua.casework.dossiers.selectors import stuck as reads
from motcua.casework.dossiers.services import stuck as services
from motcua.casework.dossiers.types.stuck import StuckWhy
from motcua.faces.office.shell import page
from motcua.foundation.accounts.registry import act
from motcua.foundation.core import clock
from motcua.foundation.core.types import Invalid, NotFound

HERE = "office:stuck"


@act("office.stuck")
@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Show the stuck dossiers of the units that I lead or answer for."""
    return _listing(request)


def _listing(request: HttpRequest, *, status: int = 200, **given: Any) -> HttpResponse:
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    after = request.GET.get("after", "")
    found = reads.stuck_dossiers(actor=actor, at=at, after=int(after[:18]) if after.isdecimal() else 0)
    context = {
        "now": at, "rows": [(row, StuckWhy(row.why).label) for row in found.rows], "total": found.total,
        "next_key": found.next_key, "refused": None,
    }  # fmt: skip
    hints = [(["J", "K"], _("down, up")), (["Enter"], _("open"))]
    return page(request, "office/work/stuck.html", context | given, here=HERE, status=status, hints=hints, at=at)


@act("office.stuck")
@require_POST
def acknowledge(request: HttpRequest) -> HttpResponse:
    """Keep what is being done about one of them."""
    note = request.POST.get("note", "")
    try:
        public_id = UUID(request.POST.get("stuck", ""))
    except ValueError:
        raise NotFound from None
    try:
        services.acknowledge_stuck(
            public_id=public_id, note=note, actor=request.actor, at=clock.now()  # type: ignore[attr-defined]
        )  # fmt: skip
    except Invalid as refusal:
        errors = [text for texts in refusal.fields.values() for text in texts]
        return _listing(request, status=422, refused={"id": public_id, "note": note[:2000], "errors": errors})
    messages.success(request, _("Kept. Others see that you look after it."))
    return redirect("office:stuck")
