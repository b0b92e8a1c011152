"""Probes for operators: is the process alive, can it serve, how far behind is it."""

import hmac

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from prometheus_client import CONTENT_TYPE_LATEST

from motcua.config import metrics
from motcua.foundation.accounts.registry import Act, act, register
from motcua.foundation.core import clock, privileges, relay
from motcua.foundation.core.types import NotFound

LATE_SECONDS = 300
LOOPBACK = {"127.0.0.1", "::1"}
register(Act("system.probe", label=_("Ask whether the system works"), public=True))
_migrated = False
_guarded = ""


@act("system.probe", public=True)
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """Answer as long as the process lives; touches nothing else."""
    return HttpResponse("ok", content_type="text/plain")


@act("system.probe", public=True)
@never_cache
def readyz(request: HttpRequest) -> HttpResponse:
    """Answer 200 when the database is there and migrated, else 503. A late relay is told but does not stop serving."""
    try:
        migrated = _is_migrated()
        waiting, age, _set_aside = relay.lag_seconds(at=clock.now()) if migrated else (0, 0.0, 0)
    except DatabaseError:
        return JsonResponse({"database": "does not answer"}, status=503)
    body = {
        "database": "ok",
        "migrations": "ok" if migrated else "missing",
        "journal": _guard() if migrated else "unknown",
        "relay": "late" if age > LATE_SECONDS else "ok",
        "relay_waiting": waiting,
        "relay_lag_seconds": round(age, 1),
    }
    return JsonResponse(body, status=200 if migrated else 503)


@act("system.probe", public=True)
@never_cache
def figures(request: HttpRequest) -> HttpResponse:
    """Show the metrics to this machine itself, or to who brings the token.

    Raises:
        NotFound: to everybody else.
    """
    if not (_is_local(request) or _has_token(request)):
        raise NotFound
    return HttpResponse(metrics.exposition(at=clock.now()), content_type=CONTENT_TYPE_LATEST)


def _is_migrated() -> bool:
    """Tell whether all migrations are applied; once they are, it is remembered."""
    global _migrated
    if not _migrated:
        executor = MigrationExecutor(connection)
        _migrated = not executor.migration_plan(executor.loader.graph.leaf_nodes())
    else:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    return _migrated


def _guard() -> str:
    """Tell what keeps the journal as it is: two roles, triggers alone, or less than that; asked once a process."""
    global _guarded
    if not _guarded:
        state = privileges.protection()
        kept = "guarded by roles" if state.is_split else "guarded by triggers alone"
        _guarded = "see motcua check_database" if state.missing else kept
    return _guarded


def _is_local(request: HttpRequest) -> bool:
    # A proxy on this machine also comes from the loopback address, but says for whom.
    return request.META.get("REMOTE_ADDR") in LOOPBACK and "X-Forwarded-For" not in request.headers


def _has_token(request: HttpRequest) -> bool:
    token = settings.MOTCUA_METRICS_TOKEN
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    return bool(token) and hmac.compare_digest(given.encode(), token.encode())
