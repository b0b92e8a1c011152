"""Addresses of internal cases."""

from django.urls import URLPattern, path

from motcua.faces.office.internal import acting, starting, views

urlpatterns: list[URLPattern] = [
    path("internal/", views.listing, name="internal"),
    path("internal/export.<str:kind>", views.export, name="internal-export"),
    path("internal/new/", starting.choose, name="internal-choose"),
    path("internal/new/<slug:code>/", starting.start, name="internal-new"),
    path("internal/<uuid:public_id>/", views.case, name="internal-case"),
    path("internal/<uuid:public_id>/files/<uuid:file_id>/", views.file, name="internal-file"),
    path("internal/<uuid:public_id>/steps/<uuid:task_id>/", acting.step, name="internal-step"),
    path("internal/<uuid:public_id>/withdraw/", acting.withdraw, name="internal-withdraw"),
]
