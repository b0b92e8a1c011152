"""Addresses of electronic forms."""

from django.urls import URLPattern, path

from motcua.faces.office.eforms import blocks, designing, fields, previewing, publishing, views

urlpatterns: list[URLPattern] = [
    path("forms/", views.listing, name="eforms"),
    path("forms/new/", views.new, name="eform-new"),
    path("forms/blocks/", blocks.listing, name="eform-blocks"),
    path("forms/<slug:code>/", views.form_, name="eform"),
    path("forms/<slug:code>/draft/", designing.designer, name="eform-design"),
    path("forms/<slug:code>/draft/start/", views.start, name="eform-start"),
    path("forms/<slug:code>/draft/field/<str:field>/", fields.field, name="eform-field"),
    path("forms/<slug:code>/draft/section/<slug:section>/", fields.section, name="eform-section"),
    path("forms/<slug:code>/draft/section/<slug:section>/block/", blocks.from_section, name="eform-to-block"),
    path("forms/<slug:code>/draft/section/<slug:section>/update/", blocks.update, name="eform-block-update"),
    path("forms/<slug:code>/draft/examples/", publishing.examples, name="eform-examples"),
    path("forms/<slug:code>/draft/publish/", publishing.publish, name="eform-publish"),
    path("forms/<slug:code>/draft/discard/", publishing.discard, name="eform-discard"),
    path("forms/<slug:code>/<int:number>/", previewing.preview, name="eform-preview"),
    path("forms/<slug:code>/<int:number>/frame/", previewing.frame, name="eform-frame"),
    path("forms/<slug:code>/<int:number>/form.json", views.export, name="eform-export"),
    path("forms/<slug:code>/difference/", previewing.difference, name="eform-difference"),
]
