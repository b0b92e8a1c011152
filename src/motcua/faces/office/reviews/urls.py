"""Addresses of review and simplification."""

from django.urls import URLPattern, path

from motcua.faces.office.reviews import plans, views, writing

urlpatterns: list[URLPattern] = [
    path("reviews/", views.listing, name="reviews"),
    path("reviews/export.<str:kind>", views.export, name="reviews-export"),
    path("reviews/plans/", plans.listing, name="review-plans"),
    path("reviews/new/", writing.choose, name="review-choose"),
    path("reviews/new/<str:code>/", writing.begin, name="review-new"),
    path("reviews/<uuid:public_id>/", views.proposal, name="review"),
    path("reviews/<uuid:public_id>/edit/", writing.edit, name="review-edit"),
    path("reviews/<uuid:public_id>/hand-in/", views.hand_in, name="review-hand-in"),
    path("reviews/<uuid:public_id>/take-back/", views.take_back, name="review-take-back"),
    path("reviews/<uuid:public_id>/decide/", views.decide, name="review-decide"),
    path("reviews/<uuid:public_id>/done/", views.carry_out, name="review-done"),
]
