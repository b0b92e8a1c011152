"""Books of results: opened by their first number, corrected in sight, signed, closed for good."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from tests.world import World

from motcua.casework.dossiers import numbering, services
from motcua.casework.dossiers import selectors as dossiers
from motcua.casework.dossiers.models import BookCorrection, BookLine, RegisterBook
from motcua.casework.dossiers.types import BookClosed, BookIsOpen, BookYearRuns, LineSigned
from motcua.foundation.core.types import Invalid, NotAllowed, NotFound


@pytest.fixture
def line(world: World) -> BookLine:
    filed = world.take_in()
    world.lead_to(filed, "return_result")
    return BookLine.objects.get(dossier_id=filed.dossier_id)


def _read(line, actor, world):
    card = dossiers.book_named(public_id=line.book.public_id, actor=actor, at=world.now)
    return dossiers.line_in(card=card, number=line.number)


def test_the_first_number_opens_the_book_and_closing_ends_it(world: World, line: BookLine) -> None:
    clerk, later = world.actor("vanthu"), world.now + timedelta(days=400)
    card = dossiers.book_card(book_id=line.book_id, actor=clerk, at=world.now)
    assert (card.opened_at, card.last, card.pages, card.may_close) == (line.entered_at, 1, 1, False)
    with pytest.raises(BookYearRuns):
        services.close_book(book_id=line.book_id, actor=clerk, at=world.now)
    with pytest.raises(NotAllowed):
        services.close_book(book_id=line.book_id, actor=world.actor("canbo"), at=later)

    services.close_book(book_id=line.book_id, note="Đủ số", actor=clerk, at=later)

    closed = dossiers.book_card(book_id=line.book_id, actor=clerk, at=later)
    assert (closed.closed_at, closed.closed_by, closed.may_keep) == (later, clerk.name, False)
    with pytest.raises(BookClosed):
        services.correct_line(line_id=line.pk, field="name", after="A", reason="B", actor=clerk, at=later)
    with pytest.raises(BookClosed), transaction.atomic():
        numbering.next_book_numbers(agency_id=card.agency_id, kind=card.kind, at=line.entered_at)
    assert RegisterBook.objects.get(pk=line.book_id).last == 1


def test_a_correction_keeps_the_old_text_and_who_signs(world: World, line: BookLine) -> None:
    clerk = world.actor("vanthu")
    before = _read(line, clerk, world).name
    correct = {"line_id": line.pk, "field": "name", "actor": clerk, "at": world.now}
    with pytest.raises(Invalid) as refused:
        services.correct_line(**correct, after=before, reason="")
    assert set(refused.value.fields) == {"after", "reason"}

    services.correct_line(**correct, after="Trần Thị B", reason="Ghi nhầm họ")
    services.correct_line(**correct, after="Trần Thị C", reason="Ghi nhầm tên")

    read = dossiers.book_page(book_id=line.book_id, actor=clerk, at=world.now, text="thị c").lines[0]
    assert (read.name, [item.before for item in read.struck("name")]) == ("Trần Thị C", [before, "Trần Thị B"])
    assert {item.by_name for item in read.corrections} == {clerk.name}
    with pytest.raises(IntegrityError), transaction.atomic():
        BookCorrection.objects.update(after="")


def test_the_citizen_signs_a_line_once(world: World, line: BookLine) -> None:
    clerk = world.actor("vanthu")
    given = {"line_id": line.pk, "how": "pad", "actor": clerk, "at": world.now}

    services.sign_line(**given, name="Trần Thị B")

    read = _read(line, clerk, world)
    assert read.signature is not None
    assert (read.signature.name, read.signature.how) == ("Trần Thị B", "pad")
    with pytest.raises(LineSigned):
        services.sign_line(**given, name="Trần Thị B")


def test_a_book_is_opened_by_hand_once_and_only_where_one_works(world: World, line: BookLine) -> None:
    clerk = world.actor("vanthu")
    agency_id = line.book.agency_id
    opened = services.open_book(agency_id=agency_id, kind="SCT-BS", actor=clerk, at=world.now)
    assert dossiers.book_page(book_id=opened, actor=clerk, at=world.now).lines == ()

    with pytest.raises(BookIsOpen):
        services.open_book(agency_id=agency_id, kind="SCT-BS", actor=clerk, at=world.now)
    with pytest.raises(NotFound):
        services.open_book(agency_id=agency_id, kind="XYZ", actor=clerk, at=world.now)
    with pytest.raises(NotFound):
        services.open_book(agency_id=0, kind="KQ", actor=clerk, at=world.now)
