"""The three answers to an online filing."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from tests.world import NOW, World

from motcua.casework.dossiers import selectors as dossiers
from motcua.casework.dossiers import services
from motcua.casework.dossiers.types import DossierView, Filed


def _view(world: World, filed: Filed) -> DossierView:
    return dossiers.dossier_view(actor=world.actor("tiepnhan"), public_id=filed.public_id, at=NOW)


@pytest.fixture
def filed(world: World) -> Filed:
    return world.file_online()


def test_accepting_gives_a_code_and_a_receipt(world: World, filed: Filed, sign_in: Callable[[str], Client]):
    desk = sign_in("tiepnhan")

    answer = desk.post(reverse("office:filing-accept", args=[filed.public_id]), {"lock": 0})
    receipt = desk.get(answer.url).content.decode()

    assert answer.url == reverse("office:taken-in", args=[filed.public_id])
    assert _view(world, filed).code in receipt
    assert "17:00 thứ Năm, 26/11/2026" in receipt or "27/11/2026" in receipt


def test_an_old_page_is_told_what_happened_meanwhile(world: World, filed: Filed, sign_in: Callable[[str], Client]):
    answer = sign_in("tiepnhan").post(reverse("office:filing-accept", args=[filed.public_id]), {"lock": 7})

    assert answer.status_code == 409
    assert "Hồ sơ đã thay đổi" in answer.content.decode()
    assert _view(world, filed).state == "filed"


def test_a_filing_dealt_with_by_a_colleague_is_told(world: World, filed: Filed, sign_in: Callable[[str], Client]):
    services.accept_filing(dossier_id=filed.dossier_id, actor=world.actor("tiepnhan"), at=NOW)

    answer = sign_in("kiemnhiem").post(reverse("office:filing-accept", args=[filed.public_id]), {"lock": 0})

    assert answer.status_code == 409
    assert _view(world, filed).code in answer.content.decode()


def test_who_holds_two_desks_is_asked_for_the_post_once(world: World, filed: Filed, sign_in: Callable[[str], Client]):
    desk, url = sign_in("tiepnhan2"), reverse("office:filing-accept", args=[filed.public_id])

    asked = desk.post(url, {"lock": 0})
    done = desk.post(url, {"lock": 0, "post_id": world.posts["tiepnhan2"][1]})
    later = desk.get(reverse("office:filing", args=[world.file_online().public_id])).content.decode()

    assert asked.status_code == 422
    assert "Công chức tiếp nhận, quầy 2" in asked.content.decode()
    assert done.status_code == 302
    checked = later[later.index(f'value="{world.posts["tiepnhan2"][1]}"') :][:120]
    assert "checked" in checked


def test_a_supplement_needs_a_reason_for_each_mark(world: World, filed: Filed, sign_in: Callable[[str], Client]):
    desk, url = sign_in("tiepnhan"), reverse("office:filing-supplement", args=[filed.public_id])
    paper = _view(world, filed).papers[0]

    wrong = desk.post(url, {"lock": 0, f"mark_{paper.id}": "on", "note": "Xem giúp"})
    right = desk.post(url, {"lock": 0, f"mark_{paper.id}": "on", f"reason_{paper.id}": "Thiếu chữ ký", "note": ""})

    assert wrong.status_code == 422
    assert "Xem giúp" in wrong.content.decode()
    assert "mc-errorsum" in wrong.content.decode()
    assert right.status_code == 302
    view = _view(world, filed)
    assert view.open_supplement.items == ((paper.id, paper.name, "Thiếu chữ ký"),)
    assert desk.get(reverse("office:paper", args=[filed.public_id, "supplement"])).content.startswith(b"%PDF")


def test_nothing_typed_is_lost_when_the_filing_changed(world: World, filed: Filed, sign_in: Callable[[str], Client]):
    desk = sign_in("tiepnhan")
    paper = _view(world, filed).papers[0]
    services.accept_filing(dossier_id=filed.dossier_id, actor=world.actor("tiepnhan"), at=NOW)

    answer = desk.post(
        reverse("office:filing-supplement", args=[filed.public_id]),
        {"lock": 0, f"reason_{paper.id}": "Ảnh mờ ở trang hai", "note": "Nhờ chụp lại"},
    )
    page = answer.content.decode()

    assert answer.status_code == 409
    assert "Ảnh mờ ở trang hai" in page
    assert "Nhờ chụp lại" in page


def test_refusing_needs_reason_and_article(world: World, filed: Filed, sign_in: Callable[[str], Client]):
    desk, url = sign_in("tiepnhan"), reverse("office:filing-refuse", args=[filed.public_id])

    wrong = desk.post(url, {"lock": 0, "reason": "Không đúng nơi"})
    right = desk.post(url, {"lock": 0, "reason": "Không đúng nơi", "legal_basis": "Điều 82"})

    assert wrong.status_code == 422
    assert "Không đúng nơi" in wrong.content.decode()
    assert right.status_code == 302
    assert _view(world, filed).state == "not_accepted"
    assert desk.get(reverse("office:paper", args=[filed.public_id, "refusal"])).content.startswith(b"%PDF")


def test_a_filing_that_is_no_longer_one_opens_as_a_dossier(
    world: World, filed: Filed, sign_in: Callable[[str], Client]
):
    services.accept_filing(dossier_id=filed.dossier_id, actor=world.actor("tiepnhan"), at=NOW)

    answer = sign_in("tiepnhan").get(reverse("office:filing", args=[filed.public_id]))

    assert answer.url == reverse("office:dossier", args=[filed.public_id])
