"""Addresses of handing in. Only the link of a draft holds its secret; every other page knows it from the session."""

from django.urls import path

from motcua.faces.portal.apply import case, check, delivery, done, form, overview, papers, start, who

_DRAFT = "nhap/<uuid:draft>/"
urlpatterns = [
    path(_DRAFT, overview.overview, name="apply_draft"),
    path(f"{_DRAFT}mo/<str:secret>/", overview.open_link, name="apply_open"),
    path(f"{_DRAFT}xoa/", overview.discard, name="apply_discard"),
    path(f"{_DRAFT}truong-hop/", case.case, name="apply_case"),
    path(f"{_DRAFT}nguoi-nop/", who.who, name="apply_who"),
    path(f"{_DRAFT}to-khai/<str:section>/", form.section, name="apply_form"),
    path(f"{_DRAFT}giay-to/", papers.papers, name="apply_papers"),
    path(f"{_DRAFT}tep/<uuid:file>/", papers.file, name="apply_file"),
    path(f"{_DRAFT}nhan-ket-qua/", delivery.delivery, name="apply_delivery"),
    path(f"{_DRAFT}kiem-tra/", check.check, name="apply_check"),
    path("da-nop/<uuid:dossier>/", done.done, name="apply_done"),
    path("<str:code>/", start.start, name="apply_start"),
]
