"""Addresses of processes. Those with fixed words come before a process's own code."""

from django.urls import URLPattern, path

from motcua.faces.office.processes import deciding, designing, listing, moving, sheet, views

urlpatterns: list[URLPattern] = [
    path("dossiers/<uuid:public_id>/process/", views.of_dossier, name="dossier-process"),
    path("processes/", listing.processes, name="processes"),
    path("processes/begin/", listing.begin, name="process-new"),
    path("processes/<str:code>/", views.process, name="process"),
    path("processes/<str:code>/versions/", sheet.versions, name="process-versions"),
    path("processes/<str:code>/compare/", sheet.compare, name="process-compare"),
    path("processes/<str:code>/move/", moving.move, name="process-move"),
    path("processes/<str:code>/draft/", designing.draft, name="process-draft"),
    path("processes/<str:code>/draft/start/", designing.start, name="process-start"),
    path("processes/<str:code>/draft/check/", designing.check, name="process-check"),
    path("processes/<str:code>/draft/save/", designing.save, name="process-save"),
    path("processes/<str:code>/draft/upload/", designing.upload, name="process-upload"),
    path("processes/<str:code>/draft/discard/", deciding.discard, name="process-discard"),
    path("processes/<str:code>/draft/approve/", deciding.approve, name="process-approve"),
    path("processes/<str:code>/draft/publish/", deciding.publish, name="process-publish"),
    path("processes/<str:code>/<int:number>/", views.process, name="process"),
    path("processes/<str:code>/<int:number>/file.bpmn", sheet.file, name="process-file"),
    path("processes/<str:code>/<int:number>/decision/", sheet.decision, name="process-decision"),
    path("procedures/", views.procedures_, name="procedures"),
]
