"""What is written into a book: opening, a correction, the citizen's signature, closing."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from motcua.casework.dossiers import selectors as dossiers
from motcua.casework.dossiers import services as dossier_services
from motcua.faces.office.books.forms import ClosingForm, CorrectionForm, SignatureForm
from motcua.faces.office.books.views import HERE
from motcua.faces.office.shell import page
from motcua.foundation.accounts.registry import act
from motcua.foundation.core import clock
from motcua.foundation.core.types import NotFound, Refusal


@act("books.keep")
@require_POST
def open_book(request: HttpRequest) -> HttpResponse:
    """Open this year's book of a kind by hand."""
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    agency, kind = request.POST.get("agency", ""), request.POST.get("kind", "")
    if not agency.isdecimal() or len(agency) > 18:
        raise NotFound
    try:
        book_id = dossier_services.open_book(agency_id=int(agency), kind=kind, actor=actor, at=at)
    except NotFound:
        raise
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("office:books")
    messages.success(request, _("The book is open."))
    return redirect("office:book", dossiers.book_card(book_id=book_id, actor=actor, at=at).public_id)


@act("books.keep")
@require_http_methods(["GET", "POST"])
def close(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Ask whether a book is to be closed for good, and close it."""
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    card = dossiers.book_named(public_id=public_id, actor=actor, at=at)
    form, status = ClosingForm(request.POST or None), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                dossier_services.close_book(book_id=card.id, note=form.cleaned_data["note"], actor=actor, at=at)
            except Refusal as refusal:
                status = form.refuse(refusal)
            else:
                messages.success(request, _("The book is closed. Print its closing page, sign and keep it."))
                return redirect("office:book", public_id)
    return page(request, "office/books/close.html", {"form": form, "book": card}, here=HERE, status=status, at=at)


@act("books.keep")
@require_http_methods(["GET", "POST"])
def line(request: HttpRequest, public_id: UUID, number: int) -> HttpResponse:
    """Show a line with all its corrections and take another."""
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    card = dossiers.book_named(public_id=public_id, actor=actor, at=at)
    row = dossiers.line_in(card=card, number=number)
    form, status = CorrectionForm(request.POST or None), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                told = {name: form.cleaned_data[name] for name in ("field", "after", "reason")}
                dossier_services.correct_line(line_id=row.id, actor=actor, at=at, **told)
            except Refusal as refusal:
                status = form.refuse(refusal)
            else:
                messages.success(request, _("The correction stands in the book with your name."))
                return redirect(_page_of(public_id, row.number, card.lines_per_page))
    context = {"form": form, "book": card, "line": row, "signing": SignatureForm(initial={"name": row.name})}
    return page(request, "office/books/line.html", context, here=HERE, status=status, at=at)


@act("books.keep")
@require_POST
def signature(request: HttpRequest, public_id: UUID, number: int) -> HttpResponse:
    """Record that the citizen signed the line."""
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    card = dossiers.book_named(public_id=public_id, actor=actor, at=at)
    row = dossiers.line_in(card=card, number=number)
    form, status = SignatureForm(request.POST), 422
    if form.is_valid():
        try:
            dossier_services.sign_line(
                line_id=row.id, name=form.cleaned_data["name"], how=form.cleaned_data["how"], actor=actor, at=at
            )
        except Refusal as refusal:
            status = form.refuse(refusal)
        else:
            messages.success(request, _("The signature is recorded."))
            return redirect(_page_of(public_id, row.number, card.lines_per_page))
    context = {"form": CorrectionForm(), "book": card, "line": row, "signing": form}
    return page(request, "office/books/line.html", context, here=HERE, status=status, at=at)


def _page_of(public_id: UUID, number: int, per_page: int) -> str:
    return f"{reverse('office:book', args=[public_id])}?page={(number - 1) // per_page + 1}"
