"""The API as django-ninja serves it; what stands before and around each operation is in `door` and `problems`."""

from typing import Any

import orjson
from django.core.exceptions import BadRequest, SuspiciousOperation
from django.http import Http404, HttpRequest
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.renderers import BaseRenderer

from motcua.faces.api import catalogue, filing, problems, tracking
from motcua.foundation.core.types import Refusal


class FastJson(BaseRenderer):
    """JSON by orjson: dates, instants and identifiers as RFC 3339 and RFC 9562 write them."""

    media_type = "application/json"

    def render(self, request: HttpRequest, data: Any, *, response_status: int) -> bytes:
        """Return `data` as JSON."""
        return orjson.dumps(data)


api = NinjaAPI(
    title="Motcua",
    version="1.0.0",
    urls_namespace="motcua-api",
    openapi_url=None,
    docs_url=None,
    renderer=FastJson(),
)
api.add_router("", catalogue.router)
api.add_router("", filing.router)
api.add_router("", tracking.router)
for kind in (Refusal, ValidationError, HttpError, Http404, SuspiciousOperation, BadRequest, Exception):
    api.add_exception_handler(kind, problems.from_exception)  # type: ignore[arg-type]
