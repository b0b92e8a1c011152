"""Certified copies: twenty copies of three originals, one signature for the batch, one number per original."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests.world import CERTIFICATION, NOW, World

from motcua.casework.dossiers import selectors as dossiers
from motcua.casework.dossiers.models import Dossier
from motcua.faces.office.tests.test_counter import picture

ORIGINALS = {
    "o0-description": "Căn cước", "o0-pages": "2", "o0-copies": "10", "o1-description": "Bằng đại học", "o1-pages": "3",
    "o1-copies": "5", "o2-description": "Học bạ", "o2-pages": "1", "o2-copies": "5",
}  # fmt: skip
VISIT: dict[str, Any] = ORIGINALS | {
    "key": "c" * 32, "rows": "3", "full_name": "Lâm Sà Rây", "is_counted": "on", "take_in": "1",
}  # fmt: skip
INK = {
    "how": "paper",
    "signer_name": "Trần Văn Lợi",
    "capacity": "KT.",
    "signed_on": "23/11/2026",
    "signed_time": "08:30",
}


def test_twenty_copies_of_three_originals_are_one_dossier(world: World, sign_in: Callable[[str], Client]):
    answer = sign_in("tiepnhan").post(reverse("office:certification"), VISIT)

    assert answer.status_code == 302
    view = dossiers.dossier_view(actor=world.actor("tiepnhan"), public_id=Dossier.objects.get().public_id, at=NOW)
    # 2 pages: 4,000; 3 pages: 5,000; 1 page: 2,000 a copy (Circular 226/2016)
    assert [item.fee_vnd for item in view.certified] == [40_000, 25_000, 10_000]
    assert view.fee_vnd == 75_000
    assert len(view.papers) == 1


def test_the_fee_is_reckoned_while_one_types(sign_in: Callable[[str], Client]):
    desk = sign_in("tiepnhan")

    whole = desk.get(reverse("office:certification-fee"), ORIGINALS).content.decode()
    half = desk.get(
        reverse("office:certification-fee"), {"o0-description": "Căn cước", "o0-pages": "x"}
    ).content.decode()

    assert "75.000" in whole
    assert "20 bản sao từ 3 bản chính" in whole
    assert ">0" in half


@pytest.mark.parametrize(
    ("change", "target"),
    [({"full_name": ""}, "id_full_name"), ({"o1-pages": ""}, "id_o1-pages"), ({"o0-copies": "0"}, "id_o0-copies")],
)
def test_what_is_wrong_is_told_at_its_place(sign_in: Callable[[str], Client], change: dict[str, str], target: str):
    answer = sign_in("tiepnhan").post(reverse("office:certification"), VISIT | change)
    page = answer.content.decode()

    assert answer.status_code == 422
    assert f'href="#{target}"' in page
    assert 'value="Học bạ"' in page
    assert not Dossier.objects.exists()


def test_more_rows_are_added_without_losing_the_others(sign_in: Callable[[str], Client]):
    data = {name: value for name, value in VISIT.items() if name != "take_in"} | {"add_row": "1"}

    page = sign_in("tiepnhan").post(reverse("office:certification"), data).content.decode()

    assert 'name="o4-description"' in page
    assert 'value="Bằng đại học"' in page


def test_the_clerk_records_ink_for_the_whole_batch(world: World, sign_in: Callable[[str], Client]):
    filed = [world.take_in(code=CERTIFICATION, name=f"Người {number}") for number in range(3)]
    clerk, url = sign_in("vanthu"), reverse("office:certification-batch")

    data = INK | {"pick": [str(item.public_id) for item in filed[:2]], "scan": picture("danh-sach.png")}
    done = clerk.post(url, data)
    page = clerk.get(url).content.decode()

    assert done.status_code == 302
    assert "1/SCT-BS" in page
    assert "2/SCT-BS" in page
    assert [world.tasks(item)[0].act for item in filed] == ["return_result", "return_result", "sign"]
    book = clerk.get(reverse("office:certification-book"))
    assert book.content.startswith(b"%PDF")


def test_what_the_batch_cannot_do_is_said_item_by_item(world: World, sign_in: Callable[[str], Client]):
    signed, waiting = world.take_in(code=CERTIFICATION), world.take_in(code=CERTIFICATION)
    world.step(signed, "sign", by="lanhdao")
    leader, url = sign_in("lanhdao"), reverse("office:certification-batch")

    leader.post(url, {"how": "digital", "pick": [str(signed.public_id), str(waiting.public_id)]})
    page = leader.get(url).content.decode()

    assert page.count("mc-tag mc-danger") == 1
    assert page.count("mc-tag mc-ok") == 1
    assert world.tasks(waiting)[0].act == "issue"


@pytest.mark.parametrize(
    ("name", "target"), [("signer_name", "id_signer_name"), ("signed_on", "id_signed_on"), ("scan", "id_scan")]
)
def test_ink_is_recorded_whole_or_not_at_all(world: World, sign_in: Callable[[str], Client], name: str, target: str):
    filed = world.take_in(code=CERTIFICATION)
    data = INK | {"pick": [str(filed.public_id)], "scan": picture()}
    del data[name]

    answer = sign_in("vanthu").post(reverse("office:certification-batch"), data)

    assert answer.status_code == 422
    assert f'href="#{target}"' in answer.content.decode()
    assert world.tasks(filed)[0].act == "sign"


def test_nothing_picked_is_told(world: World, sign_in: Callable[[str], Client]):
    world.take_in(code=CERTIFICATION)

    answer = sign_in("vanthu").post(reverse("office:certification-batch"), INK)

    assert answer.status_code == 422


def test_the_leader_signs_the_batch_digitally(world: World, sign_in: Callable[[str], Client]):
    filed = world.take_in(code=CERTIFICATION)

    sign_in("lanhdao").post(
        reverse("office:certification-batch"), {"how": "digital", "capacity": "KT.", "pick": [str(filed.public_id)]}
    )

    assert world.tasks(filed)[0].act == "issue"


def test_the_sheet_for_the_leader_is_a_pdf(world: World, sign_in: Callable[[str], Client]):
    world.take_in(code=CERTIFICATION)

    assert sign_in("tiepnhan").get(reverse("office:certification-sheet")).content.startswith(b"%PDF")


def test_an_agency_without_the_procedure_says_so(sign_in: Callable[[str], Client]):
    assert sign_in("tinh.tiepnhan").get(reverse("office:certification")).status_code == 404
