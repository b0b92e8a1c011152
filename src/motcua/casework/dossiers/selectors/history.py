"""How the due date of a dossier moved, and the new dates asked for with an apology, as people read them."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from motcua.casework.dossiers.models import Dossier, DueDateChange, Extension
from motcua.casework.dossiers.selectors import names
from motcua.casework.dossiers.services.extending import notice_until as noticed_until
from motcua.casework.dossiers.types import DueChange, ExtensionState, ExtensionView
from motcua.foundation.accounts import registry
from motcua.foundation.accounts import selectors as accounts
from motcua.foundation.accounts.types import Actor

REASONS: dict[str, str | Promise] = {
    "wait_supplement": _("A supplement was asked for: the clock stands"),
    "wait_payment": _("A financial obligation is to be met: the clock stands"),
    "wait_agency": _("Another agency was asked: the clock stands"),
    "returned": _("Returned as not eligible: the limit starts from zero when it is complete"),
    "suspended": _("Suspended: the clock stands"),
    "resumed": _("The rest of the limit goes on"),
    "restarted": _("The dossier is complete: the limit starts from zero"),
    "extension": _("Put off with an apology"),
    "calendar": _("The working calendar changed"),
    "downtime": _("A system stood still"),
    "reopened": _("Opened again by a leader"),
    "limit": _("The limit, which was in doubt, was settled"),
}


def reason_words(code: str) -> str:
    """Return the words of a reason code."""
    return str(REASONS.get(code, _("The clock stands")))


def due_history(*, dossier_id: int, until: datetime | None = None) -> tuple[DueChange, ...]:
    """Return every change of the due date up to an instant, oldest first. Two queries."""
    rows = DueDateChange.objects.filter(dossier_id=dossier_id).order_by("pk")
    found = list(rows.filter(changed_at__lte=until) if until else rows)
    people = accounts.person_names({row.person_id for row in found if row.person_id})
    return tuple(
        DueChange(
            old=row.old_due_at,
            new=row.new_due_at,
            reason_code=row.reason_code,
            reason=reason_words(row.reason_code),
            note=row.reason,
            form=row.form,
            by=people.get(row.person_id or 0, ""),
            at=row.changed_at,
        )
        for row in found
    )


def notice_until(*, dossier_id: int) -> datetime | None:
    """Return until when a new date may be asked for without a leader's reason; None while no due date runs."""
    dossier = Dossier.objects.filter(pk=dossier_id).first()
    return noticed_until(dossier) if dossier is not None else None


def extension_of(*, dossier_id: int) -> ExtensionView | None:
    """Return the newest extension of a dossier, proposed, granted or declined."""
    row = Extension.objects.filter(dossier_id=dossier_id).select_related("dossier").order_by("-pk").first()
    return _views([row])[0] if row else None


def extensions_to_decide(*, actor: Actor, limit: int = 100) -> tuple[ExtensionView, ...]:
    """Return the proposals that the actor's leader posts may decide, the nearest due date first. Three queries."""
    rows = Extension.objects.filter(registry.within("extension_to_decide", actor), state=ExtensionState.PROPOSED)
    return tuple(_views(rows.select_related("dossier").order_by("old_due_at", "pk")[:limit]))


def extensions_decided(*, actor: Actor, limit: int = 50) -> tuple[ExtensionView, ...]:
    """Return what was last decided about dossiers of the actor's agencies, newest first. Three queries."""
    mine = registry.within("own_dossier", actor, under="dossier")
    rows = Extension.objects.filter(mine).exclude(state=ExtensionState.PROPOSED)
    return tuple(_views(rows.select_related("dossier").order_by("-decided_at", "-pk")[:limit]))


def _views(rows: Iterable[Extension]) -> list[ExtensionView]:
    found = list(rows)
    people = accounts.person_names({row.proposed_by for row in found if row.proposed_by})
    titles = names.procedure_names(row.dossier.procedure_version_id for row in found)
    return [
        ExtensionView(
            id=row.pk,
            dossier_id=row.dossier_id,
            dossier_public_id=row.dossier.public_id,
            code=row.dossier.shown_code,
            procedure_name=titles[row.dossier.procedure_version_id][1],
            state=row.state,
            reason=row.reason,
            old_due_at=row.old_due_at,
            new_due_at=row.new_due_at,
            proposed_at=row.proposed_at,
            proposed_by=people.get(row.proposed_by or 0, ""),
            decided_at=row.decided_at,
            approver_name=row.approver_name,
            override_reason=row.override_reason,
            answer=row.answer,
        )
        for row in found
    ]
