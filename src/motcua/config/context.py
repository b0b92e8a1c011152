"""What every page knows: the province's brand, how the reader wants pages, the request's id."""

from typing import Any

from django.http import HttpRequest

from motcua.faces.design.brand import brand, theme_css
from motcua.faces.design.preferences import preferences_of


def site(request: HttpRequest) -> dict[str, Any]:
    """Return `brand`, `theme_css`, `view` (text size, contrast, theme), `actor` and `request_id`."""
    return {
        "brand": brand(),
        "theme_css": theme_css(),
        "view": preferences_of(request),
        "actor": getattr(request, "actor", None),
        "request_id": getattr(request, "request_id", ""),
    }
