"""What happens around every request: its id and log line, its language, who acts, and polite refusals."""

import logging
import re
import secrets
import select
import time
from collections.abc import Callable
from typing import Any

import orjson
import structlog
from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.utils import translation
from django.utils.functional import SimpleLazyObject

from motcua.config import actors, errors, metrics
from motcua.foundation.core import clock
from motcua.foundation.core.types import Refusal

Handler = Callable[[HttpRequest], HttpResponse]
WELL_FORMED_ID = re.compile(r"[A-Za-z0-9_-]{8,64}")
log = logging.getLogger("motcua.access")


def request_id(get_response: Handler) -> Handler:
    """Give the request an id (X-Request-ID when it brings a well-formed one), log one line, count it."""

    def middleware(request: HttpRequest) -> HttpResponse:
        given = request.headers.get("X-Request-ID", "")
        request.request_id = given if WELL_FORMED_ID.fullmatch(given) else secrets.token_hex(8)  # type: ignore[attr-defined]
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=request.request_id)  # type: ignore[attr-defined]
        started = time.perf_counter()
        response = get_response(request)
        response["X-Request-ID"] = request.request_id  # type: ignore[attr-defined]
        if not request.path.startswith(settings.STATIC_URL):
            _record(request, response, time.perf_counter() - started)
        return response

    return middleware


def _record(request: HttpRequest, response: HttpResponse, seconds: float) -> None:
    """Log and count by the pattern of the address: the address itself may hold a code or a token."""
    match = request.resolver_match
    metrics.count_request(request.method or "-", match.view_name if match else "-", response.status_code, seconds)
    if log.isEnabledFor(logging.INFO):
        line = {
            "event": "request",
            "method": request.method,
            "route": match.route if match else "-",
            "status": response.status_code,
            "milliseconds": round(seconds * 1000, 1),
            "request_id": request.request_id,  # type: ignore[attr-defined]
            "level": "info",
            "timestamp": clock.now(),
        }
        log.info(orjson.dumps(line).decode())


def client_address(get_response: Handler) -> Handler:
    """Take the client's address from the trusted proxies before us, so that throttles count people, not proxies."""

    def middleware(request: HttpRequest) -> HttpResponse:
        proxies = settings.MOTCUA_TRUSTED_PROXIES
        if proxies:
            hops = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",") if hop.strip()]
            if len(hops) >= proxies:
                request.META["REMOTE_ADDR"] = hops[-proxies]
        return get_response(request)

    return middleware


def living_connection(get_response: Handler) -> Handler:
    """Drop a kept connection that the server has closed meanwhile, so that its restart costs nobody an error page.

    Asking the socket costs nothing; asking the server, as CONN_HEALTH_CHECKS does, costs each request a statement.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        kept = connection.connection
        if kept is not None and not connection.in_atomic_block and (kept.closed or _has_something_to_say(kept)):
            connection.close()
        return get_response(request)

    return middleware


def _has_something_to_say(kept: Any) -> bool:
    """Tell whether a connection at rest can be read: its end, or an error that announces it."""
    watched = select.poll()
    watched.register(kept.fileno(), select.POLLIN)
    return bool(watched.poll(0))


def language(get_response: Handler) -> Handler:
    """Choose the language: /en/ pages English, the office by its cookie, the API by its header, else Vietnamese."""

    def middleware(request: HttpRequest) -> HttpResponse:
        chosen = language_of(request)
        translation.activate(chosen)
        request.LANGUAGE_CODE = chosen
        response = get_response(request)
        response.headers.setdefault("Content-Language", chosen)
        return response

    return middleware


def language_of(request: HttpRequest) -> str:
    """Return the language code of a request."""
    path, wanted = request.path_info, ""
    if path == "/en" or path.startswith("/en/"):
        wanted = "en"
    elif path.startswith(("/office/", "/support/")):
        wanted = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    elif path.startswith("/api/"):
        wanted = request.headers.get("Accept-Language", "")[:2].lower()
    return wanted if wanted in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def no_nul(get_response: Handler) -> Handler:
    """Take NULs out of what is asked, and know no page with one in its address: no database takes them."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if "\0" in request.path_info:
            return errors.not_found(request)
        if "%00" in request.META.get("QUERY_STRING", ""):
            request.META["QUERY_STRING"] = request.META["QUERY_STRING"].replace("%00", "")
        return get_response(request)

    return middleware


def maintenance(get_response: Handler) -> Handler:
    """Answer 503 while the maintenance file exists; the probes go on answering."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if settings.MOTCUA_MAINTENANCE_FILE.exists() and request.path_info not in {"/healthz", "/metrics"}:
            return errors.maintenance(request)
        return get_response(request)

    return middleware


def actor(get_response: Handler) -> Handler:
    """Set `request.actor`, found when first asked for."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request.actor = SimpleLazyObject(lambda: actors.actor_of(request.user, at=clock.now()))  # type: ignore[attr-defined]
        return get_response(request)

    return middleware


def refusals(get_response: Handler) -> Handler:
    """Turn a Refusal that no view has caught into its page."""

    def middleware(request: HttpRequest) -> HttpResponse:
        return get_response(request)

    def process_exception(request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return errors.refused(request, exception) if isinstance(exception, Refusal) else None

    middleware.process_exception = process_exception  # type: ignore[attr-defined]
    return middleware


class SignInRequired(LoginRequiredMiddleware):
    """Django's rule that pages need a sign-in unless they say otherwise; each face leads to its own page for it."""

    def handle_no_permission(self, request: HttpRequest, view_func: Any) -> HttpResponseRedirect:
        """Lead to the page of the face."""
        own = getattr(view_func, "login_url", None)
        is_portal = bool(request.resolver_match and "portal" in request.resolver_match.namespaces)
        target = own or ("portal:login" if is_portal else settings.LOGIN_URL)
        path = request.get_full_path()
        return redirect_to_login(path, resolve_url(target), self.get_redirect_field_name(view_func))
