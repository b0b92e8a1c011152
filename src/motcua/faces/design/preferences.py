"""How a person wants the pages: text size, contrast, dark or light, keys. Kept in one cookie, set by plain links."""

import re
from dataclasses import asdict, dataclass, replace
from urllib.parse import parse_qsl, urlencode

from django.http import HttpRequest, HttpResponse

COOKIE = "mc_view"
YEAR = 365 * 24 * 3600
OFFICE = re.compile(r"[0-9a-f-]{36}")
CHOICES = {
    "text": ("sm", "md", "lg", "xl"),
    "contrast": ("", "more", "less"),
    "theme": ("light", "dark"),
    "keys": ("on", "off"),
}


@dataclass(frozen=True, slots=True)
class Preferences:
    """The wishes of one browser; the defaults are what a first visit gets. `office` is a public id."""

    text: str = "md"
    contrast: str = ""
    theme: str = "light"
    keys: str = "on"
    office: str = ""


def preferences_of(request: HttpRequest) -> Preferences:
    """Return what the cookie says; anything not offered is ignored."""
    return _change(Preferences(), dict(parse_qsl(request.COOKIES.get(COOKIE, ""))))


def remember(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Set the cookie from the query of `request` on `response`."""
    wanted = _change(preferences_of(request), request.GET.dict())
    response.set_cookie(
        COOKIE, urlencode(asdict(wanted)), max_age=YEAR, httponly=True, samesite="Lax", secure=request.is_secure()
    )
    return response


def _change(old: Preferences, values: dict[str, str]) -> Preferences:
    offered = {key: value for key, value in values.items() if value in CHOICES.get(key, ())}
    if OFFICE.fullmatch(values.get("office", "-")):
        offered["office"] = values["office"]
    return replace(old, **offered)
