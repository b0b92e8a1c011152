"""Addresses of offers."""

from django.urls import URLPattern, path

from motcua.faces.office.offers import assigning, figures, views

urlpatterns: list[URLPattern] = [
    path("offers/", views.listing, name="offers"),
    path("offers/export.<str:kind>", views.export, name="offers-export"),
    path("offers/assign/", assigning.assign, name="offers-assign"),
    path("offers/gaps/", figures.gaps, name="gaps"),
    path("offers/gaps/export.<str:kind>", figures.gaps_export, name="gaps-export"),
    path("offers/coverage/", figures.coverage, name="coverage"),
    path("offers/coverage/export.<str:kind>", figures.coverage_export, name="coverage-export"),
    path("offers/reception/", figures.reception, name="reception"),
    path("offers/reception/export.<str:kind>", figures.reception_export, name="reception-export"),
    path("offers/<uuid:public_id>/", views.offer, name="offer"),
    path("offers/<uuid:public_id>/end/", views.end, name="offer-end"),
]
