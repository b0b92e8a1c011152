"""A few views that fail in every way, for the tests of what surrounds a request."""

from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path
from django.utils.translation import get_language

from motcua.config.urls import *  # noqa: F403
from motcua.config.urls import urlpatterns as real
from motcua.foundation.accounts.registry import act
from motcua.foundation.core.types import Invalid, NotAllowed, Stale, TooMany

FAILURES = {
    "missing": Http404,
    "denied": PermissionDenied,
    "odd": SuspiciousOperation,
    "big": RequestDataTooBig,
    "stale": Stale,
    "not-allowed": NotAllowed,
    "invalid": Invalid,
    "defect": ZeroDivisionError,
}


@act("system.probe", public=True)
def fail(request: HttpRequest, name: str) -> HttpResponse:
    if name == "too-many":
        raise TooMany(minutes=7)
    raise FAILURES[name]


@act("system.probe", public=True)
def who(request: HttpRequest) -> HttpResponse:
    return HttpResponse(f"{request.actor.kind} {request.actor.name} {get_language()} {request.META['REMOTE_ADDR']}")


@act("system.probe", public=True)
def strict(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok", headers={"Content-Security-Policy": "sandbox"})


@act("system.probe", public=True)
def form(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok")


urlpatterns = [
    path("try/fail/<str:name>", fail),
    path("api/fail/<str:name>", fail),
    path("try/who", who),
    path("en/try/who", who),
    path("office/try/who", who),
    path("try/form", form),
    path("try/strict", strict),
    *real,
]
