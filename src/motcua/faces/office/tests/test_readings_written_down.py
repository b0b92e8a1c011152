"""What leaves the house as a file or on paper is a reading too, and is written down as one."""

from collections import Counter

import pytest
from django.urls import reverse

from motcua.casework.dossiers.models import AccessLog


def _log() -> Counter[tuple[str, str]]:
    return Counter(AccessLog.objects.values_list("what", "purpose"))


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("name", ["register-export", "work-export"])
def test_every_line_of_an_exported_list_is_a_reading(world, sign_in, kind, name):
    taken = [world.take_in(name=f"Người nộp {number}") for number in range(3)]

    answer = sign_in("canbo").get(reverse(f"office:{name}", args=[kind]))
    content = b"".join(answer.streaming_content)

    assert content
    assert _log() == {("export", "export"): 3}
    assert set(AccessLog.objects.values_list("dossier_id", flat=True)) == {filed.dossier_id for filed in taken}
    assert set(AccessLog.objects.values_list("person_id", flat=True)) == {world.people["canbo"]}


def test_an_export_writes_only_what_it_holds(world, sign_in):
    filed, _other = world.take_in(name="Trần Thị Mỹ Duyên"), world.take_in(name="Phan Văn Khá")

    answer = sign_in("canbo").get(reverse("office:register-export", args=["csv"]), {"q": filed.code})
    b"".join(answer.streaming_content)

    assert AccessLog.objects.get().dossier_id == filed.dossier_id


def test_an_export_needs_no_more_statements_for_more_rows(world, sign_in, assert_flat_queries):
    client, address = sign_in("canbo"), reverse("office:register-export", args=["csv"])

    def grow(count: int) -> None:
        for _ in range(count):
            world.take_in()

    assert_flat_queries(lambda: b"".join(client.get(address).streaming_content), grow=grow, rows=(2, 12), at_most=14)


def test_a_printed_paper_and_the_sheets_of_certified_copies_are_readings(world, sign_in):
    filed = world.take_in(code="2.000815")
    client = sign_in("tiepnhan")

    client.get(reverse("office:paper", args=[filed.public_id, "receipt"]))
    assert _log() == {("paper", "desk"): 1}

    waiting = AccessLog.objects.count()
    client.get(reverse("office:certification-sheet"))
    client.get(reverse("office:certification-book"))
    assert AccessLog.objects.count() - waiting <= 1


def test_the_page_of_a_dossier_tells_an_export_from_a_print(world, sign_in):
    filed = world.take_in()
    desk = sign_in("tiepnhan")
    desk.get(reverse("office:paper", args=[filed.public_id, "receipt"]))
    b"".join(sign_in("canbo").get(reverse("office:register-export", args=["csv"])).streaming_content)

    page = desk.get(reverse("office:dossier", args=[filed.public_id])).content.decode()

    assert "in phiếu" in page
    assert "xuất danh sách" in page
