"""Addresses of the figures, included by the office."""

from django.urls import path

from motcua.faces.office.figures import views

urlpatterns = [
    path("figures/", views.figures, name="figures"),
    path("figures/behind/", views.behind, name="figures-behind"),
    path("figures/export.<str:kind>", views.export, name="figures-export"),
]
