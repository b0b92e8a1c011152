"""The registry of acts: what may be done, by which roles, and which views do it.

Each app registers its acts in AppConfig.ready(); each view carries `@act("...")`. A test fails on a view without one.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.functional import Promise

from motcua.foundation.accounts.types import Actor, ActorKind
from motcua.foundation.core.types import NotAllowed


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that may be done.

    Attributes:
        roles: posts with one of these roles may; empty means any staff.
        public: nobody needs to sign in.
        citizen: signed-in citizens may, for what is theirs.
    """

    code: str
    label: str | Promise
    roles: frozenset[str] = frozenset()
    public: bool = False
    citizen: bool = False


_acts: dict[str, Act] = {}


def register(*acts: Act) -> None:
    """Add acts; the same code twice with another meaning is an error of ours."""
    for item in acts:
        if item.code in _acts and _acts[item.code] != item:
            raise ValueError(f"act {item.code} registered twice")
        _acts[item.code] = item


def acts() -> dict[str, Act]:
    """Return all registered acts by code."""
    return dict(_acts)


def check(code: str, actor: Any) -> None:
    """Raise NotAllowed unless `actor` may do `code` in principle; the object's policy decides in the service."""
    item = _acts[code]
    if item.public:
        return
    if actor.kind == ActorKind.STAFF and (not item.roles or actor.has_role(*item.roles)):
        return
    if item.citizen and actor.kind == ActorKind.CITIZEN:
        return
    raise NotAllowed


View = Callable[..., HttpResponseBase]


def act(code: str, *, public: bool = False) -> Callable[[View], View]:
    """Mark a view with its act; `public=True` also lifts the login requirement."""

    def mark(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            check(code, request.actor)  # type: ignore[attr-defined]
            found = getattr(request.actor, "_wrapped", None)  # type: ignore[attr-defined]
            if isinstance(found, Actor):  # known now: the lazy wrapper would cost each of hundreds of looks at it
                request.actor = found  # type: ignore[attr-defined]
            return view(request, *args, **kwargs)

        guarded.motcua_act = code  # type: ignore[attr-defined]
        return login_not_required(guarded) if public else guarded

    return mark
