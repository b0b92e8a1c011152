"""Addresses of the API: every operation behind its door, and a problem document for all others."""

from django.urls import URLPattern, path, re_path

from motcua.faces.api import docs
from motcua.faces.api.door import guarded
from motcua.faces.api.operations import DOORS
from motcua.faces.api.service import api


def _guarded(pattern: URLPattern) -> URLPattern:
    name = str(pattern.name)
    return path(str(pattern.pattern), guarded(pattern.callback, DOORS[name]), name=name)


app_name = "api"
urlpatterns = [
    path("", docs.index, name="index"),
    path("openapi.json", docs.document, name="openapi"),
    *[_guarded(item) for item in api.urls[0] if isinstance(item, URLPattern) and item.name in DOORS],
    re_path(r"^(?P<rest>.+)$", docs.unknown, name="unknown"),
]
