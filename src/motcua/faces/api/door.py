"""The door of the API: before an operation is reached, who calls, how often, and in what form the body comes."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

from motcua.casework.documents import selectors as documents
from motcua.faces.api import problems
from motcua.faces.api.acts import READ
from motcua.faces.api.refusals import (
    BadRequest,
    BodyTooLarge,
    KeyNeeded,
    MethodNotAllowed,
    RateExceeded,
    ScopeMissing,
    WrongContentType,
)
from motcua.foundation.accounts import selectors as accounts
from motcua.foundation.accounts.registry import Act
from motcua.foundation.accounts.types import ApiClientCard
from motcua.foundation.core import clock
from motcua.foundation.core.throttling import count_attempt
from motcua.foundation.core.types import Refusal, TooMany

MINUTE = timedelta(minutes=1)
MEGABYTE = 1024 * 1024
JSON, MULTIPART = "application/json", "multipart/form-data"
View = Callable[..., HttpResponse]


@dataclass(frozen=True, slots=True)
class Door:
    """What one operation asks of a call.

    Attributes:
        scope: what a key must carry when one is given; '' when any valid key will do.
        needs_key: nobody passes without a key.
        content_type: the only form of body that is read; '' when there is none.
        cached: answers are public and may be kept for a minute.
    """

    act: Act = READ
    method: str = "GET"
    scope: str = ""
    needs_key: bool = False
    content_type: str = ""
    cached: bool = False


@dataclass(frozen=True, slots=True)
class Rate:
    """How much of a rate is used: `policy` is 'key' or 'address'."""

    policy: str
    limit: int
    remaining: int
    reset: int


def guarded(view: View, door: Door) -> View:
    """Return the operation's view behind its door, marked with its act for the registry."""

    @wraps(view)
    def entered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        rate: Rate | None = None
        try:
            _check_method(request, door)
            client, rate = _admit(request, at=clock.now())
            _check_key(client, door)
            _check_body(request, door)
            response = _run(view, request, client, *args, **kwargs)
        except Refusal as refusal:
            response = problems.problem(request, refusal)
            rate = rate or getattr(refusal, "rate", None)
        return _finished(response, door, rate)

    entered.motcua_act = door.act.code  # type: ignore[attr-defined]
    entered.csrf_exempt = True  # type: ignore[attr-defined]  # no cookie opens this door
    return login_not_required(entered)


def _check_method(request: HttpRequest, door: Door) -> None:
    allowed = [door.method, "HEAD"] if door.method == "GET" else [door.method]
    if request.method not in allowed:
        raise MethodNotAllowed(allowed=", ".join(allowed))


def _admit(request: HttpRequest, *, at: datetime) -> tuple[ApiClientCard | None, Rate]:
    """Return who calls, after counting the call: by key when it is valid, else by address."""
    key = key_of(request)
    client = accounts.api_client_for(key, on=clock.civil_day(at)) if key else None
    if client is not None:
        return client, _count("key", str(client.public_id), client.per_minute, at=at)
    rate = _count("address", request.META.get("REMOTE_ADDR", ""), settings.MOTCUA_API_PER_ADDRESS, at=at)
    if key:
        refusal = KeyNeeded()
        refusal.rate = rate  # type: ignore[attr-defined]
        raise refusal
    return None, rate


def key_of(request: HttpRequest) -> str:
    """Return the key that a call brings: X-API-Key, or as a bearer token."""
    scheme, _space, token = request.headers.get("Authorization", "").partition(" ")
    return request.headers.get("X-API-Key", "").strip() or (token.strip() if scheme.lower() == "bearer" else "")


def _count(policy: str, key: str, limit: int, *, at: datetime) -> Rate:
    reset = 60 - int(at.timestamp()) % 60
    try:
        used = count_attempt(scope=f"api.{policy}", key=key, limit=limit, window=MINUTE, at=at)
    except TooMany:
        refusal = RateExceeded(seconds=reset)
        refusal.rate = Rate(policy, limit, 0, reset)  # type: ignore[attr-defined]
        raise refusal from None
    return Rate(policy, limit, limit - used, reset)


def _check_key(client: ApiClientCard | None, door: Door) -> None:
    if client is None:
        if door.needs_key:
            raise KeyNeeded
        return
    if door.scope and door.scope not in client.scopes:
        raise ScopeMissing(scope=door.scope)


def _check_body(request: HttpRequest, door: Door) -> None:
    if not door.content_type:
        return
    if request.content_type != door.content_type:
        raise WrongContentType(wanted=door.content_type)
    most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    if door.content_type == MULTIPART:  # a file just above its limit is refused as a file, with its own sentence
        most = (documents.upload_limit_mb() + 2) * MEGABYTE
    if int(request.META.get("CONTENT_LENGTH") or 0) > most:
        raise BodyTooLarge(limit=max(1, most // MEGABYTE))
    if door.content_type == JSON and b"\\u0000" in request.body:  # no database takes it
        raise BadRequest


def _run(view: View, request: HttpRequest, client: ApiClientCard | None, *args: Any, **kwargs: Any) -> HttpResponse:
    request.api_client = client  # type: ignore[attr-defined]
    asked = request.method
    request.method = "GET" if asked == "HEAD" else asked
    try:
        return view(request, *args, **kwargs)
    finally:
        request.method = asked


def _finished(response: HttpResponse, door: Door, rate: Rate | None) -> HttpResponse:
    if rate is not None:
        response["RateLimit-Policy"] = f'"{rate.policy}";q={rate.limit};w=60'
        response["RateLimit"] = f'"{rate.policy}";r={max(0, rate.remaining)};t={rate.reset}'
    is_public = door.cached and response.status_code == 200
    response.headers.setdefault("Cache-Control", "public, max-age=60" if is_public else "no-store")
    patch_vary_headers(response, ("Accept-Language",))
    return response
