"""What every page knows: the province's brand, how the reader wants pages, the request's id."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from motcua.faces.design.brand import brand, theme_css
from motcua.faces.design.preferences import preferences_of
from motcua.foundation.core import clock
from motcua.foundation.organisations import selectors as organisations


def site(request: HttpRequest) -> dict[str, Any]:
    """Return `brand`, `theme_css`, `view` (size, contrast, theme), `actor`, `request_id` and `is_demonstration`."""
    return {
        "brand": brand(),
        "theme_css": theme_css(),
        "view": preferences_of(request),
        "actor": getattr(request, "actor", None),
        "request_id": getattr(request, "request_id", ""),
        "is_demonstration": SimpleLazyObject(_is_demonstration),
    }


def _is_demonstration() -> bool:
    """Say whether this installation's agencies are invented; asked only by pages that show it."""
    return organisations.directory(on=clock.civil_day(clock.now())).is_demonstration
