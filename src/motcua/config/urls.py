"""Addresses of all faces."""

from importlib.util import find_spec

from django.urls import include, path

urlpatterns = []
for prefix, module in (("office/", "motcua.faces.office.urls"), ("api/", "motcua.faces.api.urls"), ("", "motcua.faces.portal.urls")):
    if find_spec(module):
        urlpatterns.append(path(prefix, include(module)))
