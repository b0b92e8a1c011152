"""What the pages of offers are asked for in their address."""

from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.core.paginator import Page, Paginator
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from motcua.faces.office.fields import DayField
from motcua.foundation.core import clock
from motcua.foundation.core.clock import civil_day

HERE = "office:offers"
ON_A_PAGE = 50
EARLIEST = date(2000, 1, 1)


def day_of(request: HttpRequest, name: str = "day") -> date:
    """Return the day asked for, today when none was or it cannot be read."""
    today = civil_day(clock.now())
    try:
        found = DayField(required=False).clean(request.GET.get(name, "")) or today
    except ValidationError:
        return today
    return found if EARLIEST <= found <= today + timedelta(days=3660) else today


def whole(request: HttpRequest, name: str, otherwise: int) -> int:
    """Return a whole number of the address."""
    text = request.GET.get(name, "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 9 else otherwise


def words(request: HttpRequest, name: str) -> str:
    """Return a text of the address."""
    return request.GET.get(name, "").replace("\0", "").strip()[:100]


def paged(request: HttpRequest, rows: tuple[Any, ...]) -> Page[Any]:
    """Return the page asked for; one beyond the end is the last."""
    return Paginator(rows, ON_A_PAGE).get_page(whole(request, "page", 1))


def tabs(current: str) -> dict[str, list[dict[str, Any]]]:
    """Return the four pages of this subject, the current one marked."""
    pages = (
        ("offers", _("Who takes what")),
        ("gaps", _("What is missing")),
        ("coverage", _("Covered by processes")),
        ("reception", _("By reception level")),
    )
    return {
        "tabs": [
            {"label": label, "url": reverse(f"office:{name}"), "current": name == current} for name, label in pages
        ]
    }
