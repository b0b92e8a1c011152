"""What every page knows: the province's brand, how the reader wants pages, the request's id."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from motcua.faces.design.brand import brand, theme_css
from motcua.faces.design.preferences import preferences_of
from motcua.faces.portal.account.acting import acting_for
from motcua.foundation.core import clock
from motcua.foundation.organisations import selectors as organisations


def site(request: HttpRequest) -> dict[str, Any]:
    """Return `brand`, `theme_css`, `view` (size, contrast, theme), `actor`, `request_id`,
    `is_demonstration` and `acting_for` (whom a citizen stands for, None for themselves)."""
    return {
        "brand": brand(),
        "theme_css": theme_css(),
        "view": preferences_of(request),
        "actor": getattr(request, "actor", None),
        "request_id": getattr(request, "request_id", ""),
        "is_demonstration": SimpleLazyObject(_is_demonstration),
        "acting_for": SimpleLazyObject(lambda: acting_for(request)),
    }


def _is_demonstration() -> bool:
    """Say whether this installation's agencies are invented; asked only by pages that show it."""
    return organisations.directory(on=clock.civil_day(clock.now())).is_demonstration
