"""The lists: right rows and counts, a number of queries that does not follow the rows, files to take away."""

import io
import zipfile
from collections.abc import Callable
from datetime import timedelta

from django.test import Client
from django.urls import reverse
from tests.world import NOW, World

from motcua.casework.dossiers.models import Dossier

HOME = "/office/"


def test_the_work_list_asks_as_often_for_many_rows_as_for_few(world: World, sign_in, assert_flat_queries):
    client = sign_in("canbo")

    assert_flat_queries(
        lambda: client.get(HOME), grow=lambda n: [world.take_in(name=f"Người {i}") for i in range(n)], at_most=9
    )


def test_the_register_asks_as_often_for_many_rows_as_for_few(world: World, sign_in, assert_flat_queries):
    client = sign_in("tiepnhan")

    assert_flat_queries(
        lambda: client.get(reverse("office:register")), grow=lambda n: [world.take_in() for _ in range(n)]
    )


def test_the_inbox_asks_as_often_for_many_rows_as_for_few(world: World, sign_in, assert_flat_queries):
    client = sign_in("tiepnhan")

    assert_flat_queries(
        lambda: client.get(reverse("office:inbox")), grow=lambda n: [world.file_online() for _ in range(n)]
    )


def test_results_ask_as_often_for_many_rows_as_for_few(world: World, sign_in, assert_flat_queries):
    client = sign_in("tiepnhan")

    def grow(count: int) -> None:
        for _number in range(count):
            world.lead_to(world.take_in(), "return_result")

    assert_flat_queries(lambda: client.get(reverse("office:results")), grow=grow)


def test_the_batch_asks_as_often_for_many_rows_as_for_few(world: World, sign_in, assert_flat_queries):
    client = sign_in("vanthu")

    assert_flat_queries(
        lambda: client.get(reverse("office:certification-batch")),
        grow=lambda n: [world.take_in(code="2.000815") for _ in range(n)],
    )


def test_each_row_names_the_post_it_is_mine_in(world: World, sign_in: Callable[[str], Client]):
    world.take_in()
    world.lead_to(world.take_in(), "issue")

    page = sign_in("kiemnhiem").get(HOME).content.decode()

    assert "Công chức kinh tế" in page
    assert "Văn thư kiêm nhiệm" in page


def test_a_step_that_ends_after_its_dossier_says_when_the_dossier_is_due(world: World, sign_in):
    filed = world.take_in()
    assert "Cả hồ sơ" not in sign_in("canbo").get(HOME).content.decode()
    Dossier.objects.filter(pk=filed.dossier_id).update(due_at=NOW - timedelta(days=4))

    page = sign_in("canbo").get(HOME).content.decode()

    assert "Cả hồ sơ: Quá" in page


def test_counts_are_exact_and_lead_to_their_rows(world: World, sign_in: Callable[[str], Client]):
    world.take_in(at=NOW - timedelta(days=7))
    world.take_in()
    client = sign_in("canbo")

    page = client.get(HOME).content.decode()
    late = client.get(HOME, {"due": "overdue"}).content.decode()

    assert "<b>1</b>quá hạn" in page
    assert late.count("<tr><td") == 1


def test_the_filter_finds_names_without_their_marks(world: World, sign_in: Callable[[str], Client]):
    world.take_in(name="Đặng Hữu Nghĩa")
    world.take_in(name="Lâm Sà Rây")

    page = sign_in("canbo").get(HOME, {"q": "dang huu"}).content.decode()

    assert "Đặng Hữu Nghĩa" in page
    assert "Lâm Sà Rây" not in page


def test_an_empty_list_says_what_is_so(sign_in: Callable[[str], Client]):
    page = sign_in("canbo").get(HOME).content.decode()

    assert "mc-empty" in page
    assert "Hôm nay bạn không còn việc nào" in page


def test_pages_follow_one_another_without_gaps(world: World, sign_in: Callable[[str], Client]):
    for number in range(27):
        world.take_in(name=f"Người {number:02d}")
    client = sign_in("canbo")

    first = client.get(HOME)
    after = first.context["next_key"]
    second = client.get(HOME, {"after": after})

    assert first.context["count"] == 25
    assert second.context["count"] == 2


def test_nonsense_in_the_address_counts_as_not_said(sign_in: Callable[[str], Client]):
    client = sign_in("tiepnhan")

    for address in (
        "/office/?after=x_y&due=z&scope=q",
        "/office/inbox/?after=1_x",
        "/office/dossiers/?after=z&agency=-1",
    ):
        assert client.get(address).status_code == 200


def test_picked_tasks_are_taken_on(world: World, sign_in: Callable[[str], Client]):
    filed = world.take_in()
    task = world.tasks(filed)[0]

    answer = sign_in("canbo").post(HOME, {"pick": f"{task.public_id}:{filed.public_id}"})

    assert answer.status_code == 302
    assert world.tasks(filed)[0].person_id == world.people["canbo"]


def test_the_list_is_exported_for_spreadsheets(world: World, sign_in: Callable[[str], Client]):
    world.take_in(name="=HYPERLINK(1)")
    client = sign_in("canbo")

    excel = b"".join(client.get("/office/work/export.xlsx").streaming_content)
    text = b"".join(client.get("/office/work/export.csv").streaming_content).decode()
    register = b"".join(client.get("/office/dossiers/export.csv").streaming_content).decode()

    assert zipfile.ZipFile(io.BytesIO(excel)).testzip() is None
    assert "'=HYPERLINK(1)" in text
    assert "'=HYPERLINK(1)" in register
    assert client.get("/office/work/export.exe").status_code == 404


def test_one_exact_hit_opens_at_once(world: World, sign_in: Callable[[str], Client]):
    filed = world.take_in()
    client = sign_in("tiepnhan")

    by_code = client.get("/office/find/", {"q": filed.code.lower()})
    by_phone = client.get("/office/find/", {"q": "0913 000 128"})
    nothing = client.get("/office/find/", {"q": "T01.34-000000-0000"}, follow=True)

    assert by_code.url == by_phone.url == reverse("office:dossier", args=[filed.public_id])
    assert "Không thấy hồ sơ nào" in nothing.content.decode()
