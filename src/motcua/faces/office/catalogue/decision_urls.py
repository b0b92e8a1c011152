"""Addresses of decisions, of the records in them and of their figures."""

from django.urls import URLPattern, path

from motcua.faces.office.catalogue import decisions, figures, items, records

urlpatterns: list[URLPattern] = [
    path("decisions/", decisions.listing, name="decisions"),
    path("decisions/export.<str:kind>", decisions.export, name="decisions-export"),
    path("decisions/new/", decisions.begin, name="decision-new"),
    path("decisions/past/", decisions.past, name="decision-past"),
    path("decisions/figures/", figures.figures, name="decision-figures"),
    path("decisions/figures/export.<str:kind>", figures.export, name="decision-figures-export"),
    path("decisions/figures/procedures/", figures.behind, name="decision-figures-behind"),
    path("decisions/items/<uuid:item_id>/", records.overview, name="decision-item"),
    path("decisions/items/<uuid:item_id>/difference/", records.difference, name="decision-item-difference"),
    path("decisions/items/<uuid:item_id>/<slug:part>/", records.edit, name="decision-item-part"),
    path("decisions/<uuid:public_id>/", decisions.decision, name="decision"),
    path("decisions/<uuid:public_id>/head/", decisions.edit, name="decision-edit"),
    path("decisions/<uuid:public_id>/file/", decisions.file, name="decision-file"),
    path("decisions/<uuid:public_id>/items/", items.add, name="decision-item-add"),
    path("decisions/<uuid:public_id>/items/remove/", items.remove, name="decision-item-remove"),
    path("decisions/<uuid:public_id>/check/", decisions.check, name="decision-check"),
    path("decisions/<uuid:public_id>/reopen/", decisions.reopen, name="decision-reopen"),
    path("decisions/<uuid:public_id>/publish/", decisions.publish, name="decision-publish"),
    path("decisions/<uuid:public_id>/entered/", decisions.entered, name="decision-entered"),
    path("decisions/<uuid:public_id>/correct/", decisions.correct, name="decision-correct"),
    path("decisions/<uuid:public_id>/discard/", decisions.discard, name="decision-discard"),
]
