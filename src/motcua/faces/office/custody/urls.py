"""Addresses of hand-over in lots."""

from django.urls import URLPattern, path

from motcua.faces.office.custody import lots, views

urlpatterns: list[URLPattern] = [
    path("custody/", views.waiting, name="custody"),
    path("custody/folders/", views.folders, name="folders"),
    path("custody/folders/<uuid:public_id>/", views.folder, name="folder"),
    path("custody/lots/", lots.listing, name="lots"),
    path("custody/lots/export.<str:kind>", lots.export, name="lots-export"),
    path("custody/lots/<uuid:public_id>/", lots.lot, name="lot"),
    path("custody/lots/<uuid:public_id>/receive/", lots.receive, name="lot-receive"),
    path("custody/lots/<uuid:public_id>/minutes.pdf", lots.minutes, name="lot-minutes"),
]
