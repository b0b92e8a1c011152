"""Opening a draft for a page: by the session that holds its link, or by the account that owns it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import wraps
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from motcua.casework.dossiers import selectors as dossiers
from motcua.casework.dossiers import services as dossier_services
from motcua.casework.dossiers.types import DraftExpired, DraftView
from motcua.casework.procedures import selectors as procedures
from motcua.casework.procedures.types import OfferNotFound, ProcedureNotInForce
from motcua.faces.portal import visitor
from motcua.faces.portal.apply.resuming import not_here
from motcua.foundation.accounts.registry import act
from motcua.foundation.accounts.types import Actor
from motcua.foundation.core import clock
from motcua.foundation.core.types import NotFound

View = Callable[..., HttpResponseBase]


@dataclass(frozen=True, slots=True)
class Held:
    """A draft in the hands of its owner at this moment."""

    view: DraftView
    secret: str
    actor: Actor
    at: datetime

    @property
    def owner_key(self) -> str:
        """Whose the uploaded files are."""
        return f"draft:{self.view.public_id}"

    def keys(self) -> dict[str, Any]:
        """Return what every service of drafts asks."""
        return {"public_id": self.view.public_id, "secret": self.secret, "actor": self.actor, "at": self.at}

    def save(self, *, done: str = "", undone: str = "", **changes: Any) -> None:
        """Keep what a step gave, and that the step is done."""
        steps = [step for step in self.view.done if step not in {done, undone}]
        dossier_services.save_draft(**self.keys(), done=[*steps, done] if done else steps, **changes)


def draft_page(view: View) -> View:
    """Give the page its draft; a page of its own for a draft that is not ours, is over, or cannot be handed in now."""

    @wraps(view)
    def opened(request: HttpRequest, draft: UUID, **kwargs: Any) -> HttpResponseBase:
        secret, actor, at = visitor.secret_of(request, draft), visitor.actor_of(request), clock.now()
        keys: dict[str, Any] = {"public_id": draft, "secret": secret, "actor": actor, "at": at}
        try:
            held = Held(dossiers.draft_view(**keys), secret, actor, at)
        except NotFound:
            return not_here(request)
        except DraftExpired:
            return render(request, "portal/apply/expired.html", {"code": _code(keys)}, status=410)
        except OfferNotFound:
            return _no_longer_offered(request, keys)
        if held.view.dossier_id is not None:
            return after_submission(request, held.view.dossier_id, held.actor, at=at)
        return view(request, held, **kwargs)

    return never_cache(act("portal.apply", public=True)(opened))


def after_submission(request: HttpRequest, dossier_id: int, actor: Actor, *, at: datetime) -> HttpResponse:
    """Say to whoever holds a submitted draft that it came in; the dossier itself opens by proof or account only.

    The link shows the number for MOTCUA_SUBMITTED_LINK_HOURS, then nothing any more.
    """
    submitted = dossiers.submitted(dossier_id=dossier_id)
    proof = visitor.proof_of(request, submitted.public_id, at=at)
    try:
        dossiers.get_dossier_for(actor=actor, public_id=submitted.public_id, proof=proof)
    except NotFound:
        until = submitted.filed_at + timedelta(hours=settings.MOTCUA_SUBMITTED_LINK_HOURS)
        if at >= until:
            return not_here(request)
        return render(request, "portal/apply/submitted.html", {"submitted": submitted, "until": until})
    return redirect("portal:apply_done", dossier=submitted.public_id)


def to_confirmation(request: HttpRequest, dossier_id: int, *, at: datetime) -> HttpResponse:
    """Lead whoever has just handed a draft in to the dossier that came of it."""
    proof = dossiers.proof_for_draft_owner(dossier_id=dossier_id)
    actor = visitor.actor_of(request)
    view = dossiers.party_view(actor=actor, dossier_id=dossier_id, at=at, proof=proof)
    if actor.person_id is None:  # an account needs no proof, and a deputy's would outlive the mandate
        visitor.keep_proof(request, proof, public_id=view.public_id, code=view.shown_code, at=at)
    return redirect("portal:apply_done", dossier=view.public_id)


def _code(keys: dict[str, Any]) -> str:
    return dossiers.draft_procedure(**keys)


def _no_longer_offered(request: HttpRequest, keys: dict[str, Any]) -> HttpResponse:
    code, context = _code(keys), {}
    try:
        procedures.procedure_page(code, on=keys["at"].date())
    except ProcedureNotInForce as ended:
        context = {"ended": ended}
    except NotFound:
        pass
    return render(request, "portal/apply/no_longer.html", {"code": code, **context}, status=410)
