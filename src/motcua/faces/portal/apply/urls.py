"""Addresses of handing in. Only the link of a draft holds its secret; every other page knows it from the session."""

from django.urls import path

from motcua.faces.portal.apply.case import case
from motcua.faces.portal.apply.check import check
from motcua.faces.portal.apply.delivery import delivery
from motcua.faces.portal.apply.done import done
from motcua.faces.portal.apply.form import section
from motcua.faces.portal.apply.overview import discard, open_link, overview
from motcua.faces.portal.apply.papers import file, papers
from motcua.faces.portal.apply.resuming import resume
from motcua.faces.portal.apply.start import start
from motcua.faces.portal.apply.who import who

_DRAFT = "nhap/<uuid:draft>/"
urlpatterns = [
    path("mo-lai/", resume, name="apply_resume"),
    path(_DRAFT, overview, name="apply_draft"),
    path(f"{_DRAFT}mo/<str:secret>/", open_link, name="apply_open"),
    path(f"{_DRAFT}xoa/", discard, name="apply_discard"),
    path(f"{_DRAFT}truong-hop/", case, name="apply_case"),
    path(f"{_DRAFT}nguoi-nop/", who, name="apply_who"),
    path(f"{_DRAFT}to-khai/<str:section>/", section, name="apply_form"),
    path(f"{_DRAFT}giay-to/", papers, name="apply_papers"),
    path(f"{_DRAFT}tep/<uuid:file>/", file, name="apply_file"),
    path(f"{_DRAFT}nhan-ket-qua/", delivery, name="apply_delivery"),
    path(f"{_DRAFT}kiem-tra/", check, name="apply_check"),
    path("da-nop/<uuid:dossier>/", done, name="apply_done"),
    path("<str:code>/", start, name="apply_start"),
]
