"""The pages for what goes wrong, each saying what happened, what is safe, what to do next."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form whose page was open too long or came from elsewhere."""
    return render(request, "design/errors/csrf.html", status=403)
