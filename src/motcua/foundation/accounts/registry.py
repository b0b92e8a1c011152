"""The one access module: who may do which act, to which objects, and the condition that keeps lists to them.

Each app registers its acts and its kinds of object in AppConfig.ready(); each view carries `@act("...")`. Services and
selectors ask `can()` for one object and `within()` for many: both come from the same Kind, and a test holds them equal.
docs/access.md is drawn from here; tests/access visits every address as every role and compares.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import wraps
from typing import Any, TypeVar

from django.contrib.auth.decorators import login_not_required
from django.db.models import Q
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.functional import Promise

from motcua.foundation.accounts.types import SIGHT, Actor, ActorKind, Scope
from motcua.foundation.core.types import NotAllowed
from motcua.foundation.organisations.types import APART, Role

Item = TypeVar("Item")
PAGE = "page"
ORDINARY = frozenset(Role.values) - APART
EVERYBODY_IN_THE_OFFICE = frozenset(Role.values)


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that may be done.

    Attributes:
        roles: posts with one of these roles may; empty means every role but those that stand apart (`types.APART`).
        public: nobody needs to sign in.
        citizen: signed-in citizens may, for what is theirs.
        staff: False for what is for citizens alone; roles are empty then.
        kind: code of the registered Kind that it is done to; 'page' when no object stands behind it.
        scope: which objects of the kind; '' takes what the role sees (`types.SIGHT`), and one's own for citizens.
    """

    code: str
    label: str | Promise
    roles: frozenset[str] = frozenset()
    public: bool = False
    citizen: bool = False
    kind: str = PAGE
    scope: str = ""
    staff: bool = True


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of object with its one scope: the same rule for one object and, as indexed columns, for a list.

    Attributes:
        sees: tells whether an actor sees one object; None when everybody who may do the act sees all.
        within: the same as a condition on the kind's table; None for kinds that lists take from the directory of
            agencies in memory (`seen` filters those by `sees`), and for those that no list shows.
        columns: the columns of the condition, for the table in the docs.
        dated: both rules take the day as well: `sees(actor, object, on)`, `within(actor, on)`.
    """

    code: str
    label: str | Promise
    sees: Callable[..., bool] | None = None
    within: Callable[..., Q] | None = None
    columns: tuple[str, ...] = ()
    dated: bool = False


_acts: dict[str, Act] = {}
_kinds: dict[str, Kind] = {}


def register(*acts: Act) -> None:
    """Add acts; the same code twice with another meaning is an error of ours."""
    for item in acts:
        if item.code in _acts and _acts[item.code] != item:
            raise ValueError(f"act {item.code} registered twice")
        _acts[item.code] = item


def register_kinds(*kinds: Kind) -> None:
    """Add kinds of object; the same code twice with another meaning is an error of ours."""
    for item in kinds:
        if item.code in _kinds and _kinds[item.code] != item:
            raise ValueError(f"kind {item.code} registered twice")
        _kinds[item.code] = item


def acts() -> dict[str, Act]:
    """Return all registered acts by code."""
    return dict(_acts)


def kinds() -> dict[str, Kind]:
    """Return all registered kinds of object by code."""
    return dict(_kinds)


def may(actor: Any, code: str) -> bool:
    """Tell whether the actor may do an act in principle; for the object ask `can`."""
    item = _acts[code]
    if item.public:
        return True
    if actor.kind == ActorKind.STAFF:
        return item.staff and _role_may(item, actor)
    return item.citizen and actor.kind == ActorKind.CITIZEN


def _role_may(item: Act, actor: Any) -> bool:
    if item.roles:
        return bool(actor.has_role(*item.roles))
    return not actor.posts or any(post.role not in APART for post in actor.posts)


def can(actor: Any, code: str, obj: Any = None) -> bool:
    """Tell whether the actor may do an act, and to this object when one is given."""
    if not may(actor, code):
        return False
    return obj is None or sees(_acts[code].kind, actor, obj)


def sees(kind: str, actor: Actor, obj: Any, *, on: date | None = None) -> bool:
    """Tell whether an object of this kind lies in what the actor sees, whatever is to be done to it.

    Args:
        on: the day, for kinds whose rule asks for it.
    """
    rule = _kinds[kind]
    if rule.sees is None:
        return True
    return rule.sees(actor, obj, on) if rule.dated else rule.sees(actor, obj)


def seen(kind: str, actor: Actor, items: Iterable[Item]) -> list[Item]:
    """Return those of the objects that the actor sees, in their order: for lists of what is kept in memory."""
    return [item for item in items if sees(kind, actor, item)]


def within(kind: str, actor: Actor, *, on: date | None = None, under: str = "") -> Q:
    """Return the condition that keeps a list of this kind to what the actor may see.

    Args:
        on: the day, for kinds whose rule asks for it.
        under: name of the relation that leads from the list's rows to the kind's table, '' for its own.
    """
    rule = _kinds[kind]
    if rule.within is None:
        raise LookupError(f"kind {kind} has no condition for lists")
    found = rule.within(actor, on) if rule.dated else rule.within(actor)
    return _moved(found, under) if under else found


def _moved(condition: Q, under: str) -> Q:
    """Return a condition on columns as one behind a relation."""
    made = Q(_connector=condition.connector, _negated=condition.negated)
    for child in condition.children:
        if isinstance(child, Q):
            made.children.append(_moved(child, under))
        elif isinstance(child, tuple):
            made.children.append((f"{under}__{child[0]}", child[1]))
        else:
            raise TypeError("only conditions on columns can stand behind a relation")
    return made


def check(code: str, actor: Any) -> None:
    """Raise NotAllowed unless `actor` may do `code` in principle; the object's policy decides in the service."""
    if not may(actor, code):
        raise NotAllowed


def reach(item: Act, role: str) -> str:
    """Return the Scope in which a role does an act, '' for not at all.

    Args:
        role: a Role, or 'nobody' or 'citizen'.
    """
    if role == "nobody":
        return (item.scope or Scope.PUBLIC) if item.public else ""
    if role == "citizen":
        return (item.scope or (Scope.PUBLIC if item.public else Scope.OWN)) if item.citizen or item.public else ""
    if item.public:
        return item.scope or Scope.PUBLIC
    if not item.staff or role not in (item.roles or ORDINARY):
        return ""
    return item.scope or (Scope.EVERYTHING if item.kind == PAGE else SIGHT.get(role, Scope.UNITS))


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
