"""Addresses of files of records: handing one in, what differs, deciding it."""

from django.urls import URLPattern, path

from motcua.faces.office.catalogue import imports

urlpatterns: list[URLPattern] = [
    path("catalogue/imports/", imports.listing, name="imports"),
    path("catalogue/imports/<uuid:file_id>/", imports.one, name="import"),
    path("catalogue/imports/<uuid:file_id>/problems/", imports.problems, name="import-problems"),
    path("catalogue/imports/<uuid:file_id>/differences.<str:kind>", imports.export, name="import-export"),
    path("catalogue/imports/<uuid:file_id>/decide/", imports.decide, name="import-decide"),
    path("catalogue/imports/<uuid:file_id>/<int:number>/", imports.difference, name="import-difference"),
]
