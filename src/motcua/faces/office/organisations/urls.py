"""Addresses of the structure of agencies and of reorganisations."""

from django.urls import URLPattern, path

from motcua.faces.office.organisations import agencies, items, reforms

urlpatterns: list[URLPattern] = [
    path("organisations/", agencies.tree, name="organisations"),
    path("organisations/agencies/<uuid:public_id>/", agencies.agency, name="agency"),
    path("organisations/agencies/<uuid:public_id>/edit/", agencies.edit, name="agency-edit"),
    path("organisations/reforms/", reforms.listing, name="reforms"),
    path("organisations/reforms/new/", reforms.begin, name="reform-new"),
    path("organisations/reforms/<uuid:public_id>/", reforms.reform, name="reform"),
    path("organisations/reforms/<uuid:public_id>/edit/", reforms.edit, name="reform-edit"),
    path("organisations/reforms/<uuid:public_id>/decision/", reforms.decision, name="reform-decision"),
    path("organisations/reforms/<uuid:public_id>/plan/", reforms.plan, name="reform-plan"),
    path("organisations/reforms/<uuid:public_id>/undo/", reforms.undo, name="reform-undo"),
    path("organisations/reforms/<uuid:public_id>/copy/", reforms.copy, name="reform-copy"),
    path("organisations/reforms/<uuid:public_id>/items/", items.add, name="reform-item"),
    path("organisations/reforms/<uuid:public_id>/items/remove/", items.remove, name="reform-item-remove"),
]
