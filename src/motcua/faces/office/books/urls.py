"""Addresses of books and of the printed register of dossiers."""

from django.urls import URLPattern, path

from motcua.faces.office.books import register, views, writing

urlpatterns: list[URLPattern] = [
    path("books/", views.listing, name="books"),
    path("books/open/", writing.open_book, name="book-open"),
    path("books/register/", register.choose, name="register-print"),
    path("books/<int:book_id>/", views.book, name="book"),
    path("books/<int:book_id>/book.pdf", views.paper, name="book-paper"),
    path("books/<int:book_id>/lines.<str:kind>", views.export, name="book-export"),
    path("books/<int:book_id>/close/", writing.close, name="book-close"),
    path("books/lines/<int:line_id>/", writing.line, name="book-line"),
    path("books/lines/<int:line_id>/signature/", writing.signature, name="book-signature"),
]
