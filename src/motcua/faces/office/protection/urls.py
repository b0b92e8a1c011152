"""Addresses of data protection, included by the office."""

from django.urls import path

from motcua.faces.office.protection import corrections, keeping

urlpatterns = [
    path("corrections/", corrections.listing, name="corrections"),
    path("corrections/<uuid:public_id>/", corrections.correction, name="correction"),
    path("corrections/<uuid:public_id>/paper/", corrections.evidence, name="correction-paper"),
    path("keeping/", keeping.keeping, name="keeping"),
]
