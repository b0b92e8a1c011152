"""Addresses of the time of dossiers and of the limits of procedures."""

from django.urls import URLPattern, path

from motcua.faces.office.deadlines import again, changing, explaining, limits, reopening

_DOSSIER = "dossiers/<uuid:public_id>/"
urlpatterns: list[URLPattern] = [
    path(f"{_DOSSIER}ledger/", explaining.ledger, name="ledger"),
    path(f"{_DOSSIER}ledger.json", explaining.ledger_json, name="ledger-json"),
    path(f"{_DOSSIER}new-date/", changing.new_date, name="new-date"),
    path(f"{_DOSSIER}suspension/", changing.suspension, name="suspension"),
    path(f"{_DOSSIER}second-supplement/", again.ask, name="second-supplement"),
    path(f"{_DOSSIER}reopening/", reopening.reopening, name="reopening"),
    path("second-supplements/", again.approvals, name="second-supplements"),
    path("second-supplements/<int:approval_id>/", again.decide, name="second-supplement-decide"),
    path("new-dates/", changing.extensions, name="extensions"),
    path("new-dates/<int:extension_id>/", changing.decide, name="extension-decide"),
    path("procedures/limits/", limits.flagged, name="limits"),
    path("procedures/<str:code>/limits/", limits.sheet, name="limits-sheet"),
    path("procedures/<str:code>/limits/new/", limits.add, name="limit-new"),
    path("procedures/<str:code>/limits/<int:limit_id>/", limits.assign, name="limit"),
]
