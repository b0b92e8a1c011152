"""What surveys hold about a citizen. Private."""

from datetime import datetime

from django.utils.translation import gettext as _

from motcua.casework.dossiers import selectors as dossiers
from motcua.engagement.surveys.models import Rating
from motcua.engagement.surveys.types import Level, Reason
from motcua.foundation.accounts.types import Actor
from motcua.foundation.core.clock import VIETNAM
from motcua.foundation.core.held_data import HeldEntry, HeldItem, HeldSection, Provider


def ratings(actor: Actor, _at: datetime) -> HeldSection:
    """Return how the citizen rated the settling of dossiers."""
    codes = dossiers.own_codes(actor=actor)
    rows = Rating.objects.filter(dossier_id__in=codes).order_by("-pk")
    entries = tuple(
        HeldEntry(
            codes[row.dossier_id or 0],
            (
                HeldItem(_("Rating"), str(Level(row.level).label)),
                HeldItem(_("Reasons"), ", ".join(str(Reason(code).label) for code in row.reasons)),
                HeldItem(_("In your words"), row.comment),
                HeldItem(_("Given"), f"{row.given_at.astimezone(VIETNAM):%d/%m/%Y %H:%M}"),
            ),
        )
        for row in rows
    )
    why = _("To make the service better. The words go with the dossier; the score stays without naming it.")
    return HeldSection("ratings", _("Ratings"), why, entries)


PROVIDERS = (Provider("ratings", 50, ratings),)
