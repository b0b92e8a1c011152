"""Addresses of books and of the printed register of dossiers."""

from django.urls import URLPattern, path

from motcua.faces.office.books import register, views, writing

urlpatterns: list[URLPattern] = [
    path("books/", views.listing, name="books"),
    path("books/open/", writing.open_book, name="book-open"),
    path("books/register/", register.choose, name="register-print"),
    path("books/<uuid:public_id>/", views.book, name="book"),
    path("books/<uuid:public_id>/book.pdf", views.paper, name="book-paper"),
    path("books/<uuid:public_id>/lines.<str:kind>", views.export, name="book-export"),
    path("books/<uuid:public_id>/close/", writing.close, name="book-close"),
    path("books/<uuid:public_id>/<int:number>/", writing.line, name="book-line"),
    path("books/<uuid:public_id>/<int:number>/signature/", writing.signature, name="book-signature"),
]
