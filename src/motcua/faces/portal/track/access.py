"""Opening a dossier for one of its parties: by account, or by a proof of this session."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from motcua.casework.dossiers import selectors as dossiers
from motcua.casework.dossiers.types import DossierView, Proof
from motcua.faces.portal import visitor
from motcua.foundation.accounts.registry import act
from motcua.foundation.accounts.types import Actor
from motcua.foundation.core import clock
from motcua.foundation.core.types import NotFound

View = Callable[..., HttpResponseBase]


@dataclass(frozen=True, slots=True)
class Mine:
    """A dossier before one of its parties at this moment."""

    view: DossierView
    proof: Proof | None
    actor: Actor
    at: datetime

    def keys(self) -> dict[str, Any]:
        """Return what every service for citizens asks."""
        return {"dossier_id": self.view.id, "actor": self.actor, "proof": self.proof, "at": self.at}


def own_page(view: View) -> View:
    """Give the page its dossier; missing, somebody else's and no longer proved look the same."""

    @wraps(view)
    def opened(request: HttpRequest, dossier: UUID, **kwargs: Any) -> HttpResponseBase:
        at, actor = clock.now(), visitor.actor_of(request)
        proof = visitor.proof_of(request, dossier, at=at)
        try:
            dossier_id = dossiers.get_dossier_for(actor=actor, public_id=dossier, proof=proof)
            shown = dossiers.party_view(actor=actor, dossier_id=dossier_id, at=at, proof=proof)
        except NotFound:
            return render(request, "portal/track/not_here.html", status=404)
        return view(request, Mine(shown, proof, actor, at), **kwargs)

    return never_cache(act("portal.own", public=True)(opened))
