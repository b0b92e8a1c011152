"""Addresses of following. The code stands in the query, because QR codes on paper hold that address."""

from django.urls import path

from motcua.faces.portal.mine import views as mine
from motcua.faces.portal.results import rating
from motcua.faces.portal.results import views as results
from motcua.faces.portal.supplement import views as supplement
from motcua.faces.portal.track import dossier, files, lookup, readers, several, time, withdrawing

_OWN = "ho-so/<uuid:dossier>/"
urlpatterns = [
    path("tra-cuu/", lookup.track, name="track"),
    path("tra-cuu/nhieu-ho-so/", several.several, name="track_several"),
    path("tra-cuu/xem-day-du/", lookup.prove, name="track_prove"),
    path("ho-so-cua-toi/", mine.my, name="my"),
    path(_OWN, dossier.dossier, name="dossier"),
    path(f"{_OWN}bo-sung/", supplement.supplement, name="dossier_supplement"),
    path(f"{_OWN}ket-qua/", results.result, name="dossier_result"),
    path(f"{_OWN}danh-gia/", rating.rate, name="dossier_rate"),
    path(f"{_OWN}rut-ho-so/", withdrawing.withdraw, name="dossier_withdraw"),
    path(f"{_OWN}tep/<uuid:file>/", files.file, name="dossier_file"),
    path(f"{_OWN}giay/<slug:kind>/", files.paper, name="dossier_paper"),
    path(f"{_OWN}ai-da-xem/", readers.readers, name="dossier_readers"),
    path(f"{_OWN}thoi-han/", time.time, name="dossier_time"),
    path(f"{_OWN}lich.ics", files.calendar, name="dossier_calendar"),
]
