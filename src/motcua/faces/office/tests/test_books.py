"""Books in the office: pages, corrections, signatures, closing, print, and the register of dossiers."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from tests.world import NOW, World

from motcua.casework.dossiers.models import BookLine

SignIn = Callable[[str], Client]


@pytest.fixture
def line(world: World) -> BookLine:
    filed = world.take_in(name="Lâm Sà Rây")
    world.lead_to(filed, "return_result")
    return BookLine.objects.get(dossier_id=filed.dossier_id)


def test_a_line_is_corrected_signed_and_its_book_closed_and_printed(line: BookLine, sign_in: SignIn):
    clerk, book = sign_in("vanthu"), reverse("office:book", args=[line.book.public_id])
    correct = reverse("office:book-line", args=[line.book.public_id, line.number])
    kept = clerk.post(correct, {"field": "name", "after": "Lâm Sà Rậy", "reason": ""})
    assert kept.status_code == 422
    assert "Lâm Sà Rậy" in kept.content.decode()

    clerk.post(correct, {"field": "name", "after": "Lâm Sà Rậy", "reason": "Sai dấu"})
    clerk.post(
        reverse("office:book-signature", args=[line.book.public_id, line.number]),
        {"name": "Lâm Sà Rậy", "how": "paper"},
    )

    read = clerk.get(book, {"q": "rậy"}).content.decode()
    assert "Lâm Sà Rây</s>" in read
    assert "Sai dấu" in read
    assert clerk.get(reverse("office:book-export", args=[line.book.public_id, "csv"])).status_code == 200
    closing = reverse("office:book-close", args=[line.book.public_id])
    assert clerk.post(closing, {"is_sure": "on"}).status_code == 409
    with time_machine.travel(NOW + timedelta(days=60), tick=False):
        later = sign_in("vanthu")
        assert later.post(closing, {}).status_code == 422
        assert later.post(closing, {"is_sure": "on"}).status_code == 302
        assert "đã khóa" in later.get(reverse("office:books")).content.decode()
        assert later.post(correct, {"field": "note", "after": "A", "reason": "B"}).status_code == 409
        printed = later.get(reverse("office:book-paper", args=[line.book.public_id]))
    assert printed.content.startswith(b"%PDF")


def test_the_register_is_given_with_its_columns_or_refused_when_too_long(line: BookLine, sign_in: SignIn, settings):
    clerk, address = sign_in("vanthu"), reverse("office:register-print")
    assert line.dossier is not None
    asked = {"since": "01/11/2026", "until": "30/11/2026", "agency": line.dossier.competent_agency_id}
    assert clerk.get(address).status_code == 200

    assert clerk.get(address, asked).content.startswith(b"%PDF")
    assert "spreadsheet" in clerk.get(address, asked | {"as": "xlsx"})["Content-Type"]

    assert clerk.get(address, asked | {"until": "01/10/2026"}).status_code == 422
    settings.MOTCUA_REGISTER_MOST_ROWS = 0
    refused = clerk.get(address, asked)
    assert refused.status_code == 422
    assert "thời gian ngắn hơn" in refused.content.decode()
