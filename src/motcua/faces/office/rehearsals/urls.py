"""Addresses of the test bench."""

from django.urls import URLPattern, path

from motcua.faces.office.rehearsals import records, replays, walks

urlpatterns: list[URLPattern] = [
    path("bench/processes/<str:code>/<int:number>/", walks.walk, name="bench"),
    path("bench/processes/<str:code>/<int:number>/keep/", walks.keep, name="bench-keep"),
    path("bench/processes/<str:code>/<int:number>/drop/", walks.drop, name="bench-drop"),
    path("bench/processes/<str:code>/<int:number>/dossiers/", replays.replay, name="bench-replay"),
    path("bench/processes/<str:code>/<int:number>/dossiers.<str:kind>", replays.export, name="bench-replay-export"),
    path("bench/records/<uuid:item_id>/", records.record, name="bench-record"),
    path("bench/records/<uuid:item_id>/dossiers.<str:kind>", records.export, name="bench-record-export"),
]
