"""The content security policy of every page: no inline script, styles inline only under a nonce."""

from csp.constants import HEADER
from csp.middleware import CSPMiddleware
from django.http import HttpRequest
from django.http.response import HttpResponseBase


class ContentPolicy(CSPMiddleware):
    """django-csp's middleware, which builds the header anew each time, remembering the header of plain pages."""

    _plain: str | None = None

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Set the header; a page with a nonce or with its own policy gets one of its own."""
        if HEADER in response:  # a stored file says its own, stricter one
            return response
        own = getattr(request, "_csp_nonce", None) or any(name.startswith("_csp") for name in vars(response))
        if own or self._plain is None:
            response = super().process_response(request, response)
            if not own and HEADER in response:
                self._plain = response[HEADER]
        else:
            response[HEADER] = self._plain
        return response
