"""Problem documents (RFC 9457): how every refusal of the API is answered."""

from collections.abc import Mapping
from typing import Any

import orjson
import structlog
from django.core.exceptions import BadRequest as DjangoBadRequest
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja.errors import HttpError, ValidationError

from motcua.casework.procedures.types import ProcedureNotInForce
from motcua.faces.api.refusals import BadRequest, BodyTooLarge, MethodNotAllowed, RateExceeded, UnknownAddress
from motcua.foundation.core.types import Invalid, Refusal, TooMany

MEDIA_TYPE = "application/problem+json"
log = structlog.get_logger(__name__)
# Where pydantic found the fault -> not part of a field's path.
_SOURCES = {"body", "query", "path", "header", "form", "file", "cookie"}


def title_of(status: int) -> str:
    """Return the short sentence of a kind of problem."""
    return {
        400: _("The request could not be understood"),
        401: _("A key is needed"),
        403: _("You may not do this"),
        404: _("Not found"),
        405: _("This address does not take this method"),
        409: _("This cannot be done now"),
        410: _("No longer in force"),
        413: _("Too large"),
        415: _("The body is of the wrong kind"),
        422: _("Some entries need correcting"),
        429: _("Too many calls"),
        500: _("Something went wrong on our side"),
    }.get(status, _("This cannot be done now"))


def problem(
    request: HttpRequest, refusal: Refusal, *, headers: Mapping[str, str] | None = None, **more: Any
) -> HttpResponse:
    """Return the problem document of a refusal; `more` are further members."""
    return _answer(
        request, refusal.http_status, refusal.code, str(refusal), headers=_headers(refusal) | dict(headers or {}),
        **_members(refusal), **more,
    )  # fmt: skip


def _answer(
    request: HttpRequest, status: int, code: str, detail: str, *, headers: Mapping[str, str], **more: Any
) -> HttpResponse:
    body = {
        "type": f"urn:motcua:problem:{code}",
        "title": title_of(status),
        "status": status,
        "code": code,
        "detail": detail,
        "request_id": getattr(request, "request_id", ""),
        **more,
    }
    response = HttpResponse(orjson.dumps(body), status=status, content_type=MEDIA_TYPE)
    for name, value in headers.items():
        response[name] = value
    return response


def _headers(refusal: Refusal) -> dict[str, str]:
    if refusal.http_status == 401:
        return {"WWW-Authenticate": 'Bearer realm="motcua"'}
    if isinstance(refusal, MethodNotAllowed):
        return {"Allow": str(refusal.params["allowed"])}
    if isinstance(refusal, RateExceeded):
        return {"Retry-After": str(refusal.params["seconds"])}
    if isinstance(refusal, TooMany):
        return {"Retry-After": str(60 * int(refusal.params.get("minutes", 1)))}
    return {}


def _members(refusal: Refusal) -> dict[str, Any]:
    if isinstance(refusal, Invalid) and refusal.fields:
        return {"fields": refusal.fields}
    if isinstance(refusal, ProcedureNotInForce):
        successors = [{"code": item.code, "name": item.name} for item in refusal.successors]
        return {"ended_on": refusal.ended_on.isoformat() if refusal.ended_on else None, "successors": successors}
    return {}


def from_exception(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Return the problem document of whatever went wrong in an operation; a defect of ours is logged with its id."""
    if isinstance(exception, Refusal):
        return problem(request, exception)
    if isinstance(exception, ValidationError):
        return problem(request, Invalid(_fields(exception)))
    if isinstance(exception, Http404):
        return problem(request, UnknownAddress())
    if isinstance(exception, RequestDataTooBig):
        return problem(request, BodyTooLarge(limit=2))
    if isinstance(exception, DjangoBadRequest | SuspiciousOperation | HttpError):
        return problem(request, BadRequest())
    log.error("api_failed", exc_info=exception)
    detail = _("Something went wrong on our side. Nothing was filed twice; try again, or tell us the request id.")
    return _answer(request, 500, "internal-error", detail, headers={})


def _fields(exception: ValidationError) -> dict[str, list[str]]:
    """Return field path -> sentences; what was entered is never repeated."""
    fields: dict[str, list[str]] = {}
    for error in exception.errors:
        path = [str(part) for part in error["loc"]]
        # body parameters carry the source and the name of the argument first
        path = path[1:] if path and path[0] in _SOURCES else path
        path = path[1:] if len(path) > 1 and path[0] == "filing" else path
        fields.setdefault(".".join(path) or "body", []).append(_sentence(error))
    return fields


def _sentence(error: dict[str, Any]) -> str:
    context = error.get("ctx", {})
    sentences = {
        "missing": _("This is needed."),
        "extra_forbidden": _("There is no such field."),
        "string_too_long": _("At most %(max_length)s letters."),
        "string_too_short": _("At least %(min_length)s letters."),
        "too_long": _("At most %(max_length)s entries."),
        "too_short": _("At least %(min_length)s entries."),
        "greater_than_equal": _("%(ge)s or more."),
        "less_than_equal": _("%(le)s or less."),
        "literal_error": _("One of: %(expected)s."),
        "uuid_parsing": _("An identifier as given by the API."),
        "int_parsing": _("A whole number."),
        "date_from_datetime_parsing": _("A day written as 2026-11-23."),
        "date_parsing": _("A day written as 2026-11-23."),
    }
    sentence = sentences.get(str(error.get("type", "")), _("This cannot be accepted here."))
    try:
        return sentence % context
    except KeyError:
        return sentence
