"""Who visits: a citizen by account, or somebody who holds the link of a draft or proved to be a party of a dossier.

Links and proofs live in the session, encrypted, so that neither an address nor a row of sessions gives them away.
"""

import base64
import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.http import HttpRequest

from motcua.casework.dossiers.types import Proof
from motcua.foundation.accounts.types import PUBLIC, Actor, ActorKind
from motcua.foundation.core import personal_data
from motcua.foundation.organisations.types import Role

PROOF_KEPT = timedelta(minutes=30)
MOST_KEPT = 20
_DRAFTS, _PROOFS, _PURPOSE = "portal.drafts", "portal.proofs", "portal.session"


@dataclass(frozen=True, slots=True)
class Proved:
    """A proof with the code it was given for and when it ends."""

    proof: Proof
    public_id: str
    code: str
    until: datetime


def actor_of(request: HttpRequest) -> Actor:
    """Return the citizen of this visit; staff look at the portal as anybody does and do their work in the office."""
    actor = request.actor  # type: ignore[attr-defined]
    if actor.kind == ActorKind.CITIZEN:
        found: Actor = getattr(actor, "_wrapped", actor)
        return found
    return PUBLIC


def guide_of(request: HttpRequest) -> Actor | None:
    """Return the guide who is signed in at this kiosk: they help, the citizen before them hands in."""
    actor = request.actor  # type: ignore[attr-defined]
    return actor if actor.kind == ActorKind.STAFF and actor.has_role(Role.GUIDE) else None


def forget_citizen(request: HttpRequest) -> None:
    """Forget the drafts and proofs of whoever stood at this kiosk before."""
    for name in (_DRAFTS, _PROOFS):
        request.session.pop(name, None)


def address_of(request: HttpRequest) -> str:
    """Return the address that attempts are counted by."""
    return str(request.META.get("REMOTE_ADDR", ""))


def remember_draft(request: HttpRequest, draft: UUID, secret: str) -> None:
    """Bind the draft to this session, so that its address needs no secret from now on."""
    known = _read(request, _DRAFTS)
    known.pop(str(draft), None)
    known[str(draft)] = secret
    _write(request, _DRAFTS, known)


def secret_of(request: HttpRequest, draft: UUID) -> str:
    """Return the secret of a draft bound to this session, '' when it is not."""
    return str(_read(request, _DRAFTS).get(str(draft), ""))


def forget_draft(request: HttpRequest, draft: UUID) -> None:
    """Unbind the draft."""
    known = _read(request, _DRAFTS)
    if known.pop(str(draft), None) is not None:
        _write(request, _DRAFTS, known)


def keep_proof(request: HttpRequest, proof: Proof, *, public_id: UUID, code: str, at: datetime) -> None:
    """Keep a proof for half an hour in this session."""
    known = _read(request, _PROOFS)
    known.pop(str(public_id), None)
    known[str(public_id)] = [proof.dossier_id, code, (at + PROOF_KEPT).timestamp()]
    _write(request, _PROOFS, known)


def proof_of(request: HttpRequest, public_id: UUID, *, at: datetime) -> Proof | None:
    """Return the proof for a dossier, if it was given in this session less than half an hour ago."""
    found = next((item for item in _proofs(request, at=at) if item.public_id == str(public_id)), None)
    return found.proof if found else None


def proved_by_code(request: HttpRequest, code: str, *, at: datetime) -> Proved | None:
    """Return what was proved in this session for a typed code."""
    return next((item for item in _proofs(request, at=at) if item.code == code), None)


def _proofs(request: HttpRequest, *, at: datetime) -> list[Proved]:
    found = [
        Proved(Proof(int(dossier_id)), public_id, code, datetime.fromtimestamp(until, tz=at.tzinfo))
        for public_id, (dossier_id, code, until) in _read(request, _PROOFS).items()
    ]
    return [item for item in found if item.until > at]


def _read(request: HttpRequest, name: str) -> dict[str, Any]:
    stored = request.session.get(name)
    if not stored:
        return {}
    kept: dict[str, Any] = json.loads(personal_data.decrypt(base64.b64decode(stored), purpose=_PURPOSE))
    return kept


def _write(request: HttpRequest, name: str, values: dict[str, Any]) -> None:
    newest = dict(list(values.items())[-MOST_KEPT:])
    sealed = personal_data.encrypt(json.dumps(newest), purpose=_PURPOSE)
    request.session[name] = base64.b64encode(sealed).decode()
