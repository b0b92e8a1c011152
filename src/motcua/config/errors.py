"""The pages for what goes wrong, each saying what happened, what is safe, what to do next."""

import structlog
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.translation import gettext as _

from motcua.foundation.core.types import Refusal, TooMany

log = structlog.get_logger(__name__)
RETRY_SECONDS = 300
# A status without a page of its own is shown with the page of its kind.
PAGES = {400: "400", 403: "403", 404: "404", 409: "409", 410: "410", 413: "413", 422: "422", 429: "429", 500: "500"}
PAGES[503] = "maintenance"


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer a request that cannot be understood, or one that is too big."""
    status = 413 if isinstance(exception, RequestDataTooBig) else 400
    return _answer(request, status)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer somebody who may not."""
    return _answer(request, 403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer for a page that is missing, or that this person may not see."""
    return _answer(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer after a defect of ours; the request id finds it in the log."""
    return _answer(request, 500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form whose page was open too long or came from elsewhere."""
    return _answer(request, 403, page="csrf")


def maintenance(request: HttpRequest) -> HttpResponse:
    """Answer while the installation is being worked on."""
    response = _answer(request, 503)
    response["Retry-After"] = str(RETRY_SECONDS)
    return response


def refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """Answer with the refusal's own sentence and status."""
    response = _answer(request, refusal.http_status, message=str(refusal), code=refusal.code)
    if isinstance(refusal, TooMany):
        response["Retry-After"] = str(60 * int(refusal.params.get("minutes", 1)))
    return response


def _answer(request: HttpRequest, status: int, *, page: str = "", message: str = "", code: str = "") -> HttpResponse:
    name = page or PAGES.get(status, "400")
    context = {
        "status": status,
        "code": code,
        "message": message,
        "request_id": getattr(request, "request_id", ""),
        "title": _titles().get(name, ""),
    }
    if request.path_info.startswith("/api/"):
        return _problem(context)
    try:
        content: str = render_to_string(f"design/errors/{name}.html", context, request)
    except Exception:
        log.exception("error_page_failed", page=name)
        content = _plain(context)
    response = HttpResponse(content, status=status)
    if getattr(request, "htmx", False):
        response["HX-Retarget"] = "body"
        response["HX-Reswap"] = "innerHTML"
    return response


def _titles() -> dict[str, str]:
    return {
        "400": _("The request could not be understood"),
        "403": _("You may not do this"),
        "404": _("We could not find this page"),
        "409": _("This cannot be done now"),
        "413": _("The files are too large"),
        "429": _("Too many attempts"),
        "500": _("Something went wrong on our side"),
        "csrf": _("The form was open for too long"),
        "maintenance": _("The system is being maintained"),
    }


def _problem(context: dict[str, object]) -> HttpResponse:
    code = context["code"] or f"http-{context['status']}"
    body = {
        "type": f"urn:motcua:problem:{code}",
        "title": context["title"],
        "status": context["status"],
        "code": code,
        "detail": context["message"] or context["title"],
        "request_id": context["request_id"],
    }
    return JsonResponse(
        body,
        status=int(str(context["status"])),
        content_type="application/problem+json",
        json_dumps_params={"ensure_ascii": False},
    )


def _plain(context: dict[str, object]) -> str:
    return format_html(
        '<!doctype html><meta charset="utf-8"><title>{title}</title><h1>{title}</h1><p>{message}</p><p>{request_id}</p>'
        '<p><a href="/">{home}</a></p>',
        home=_("Home"),
        **context,
    )
