"""Saved views of the work list: kept, opened by link, shared without widening anybody's rights."""

from collections.abc import Callable

from django.test import Client
from django.urls import reverse
from tests.world import World

from motcua.casework.dossiers.models import SavedView

HOME, SAVE = reverse("office:home"), reverse("office:work-view-save")
VIEWS, CHANGE = reverse("office:work-views"), reverse("office:work-view-change")
Client_ = Callable[[str], Client]


def _save(client: Client, **given: object) -> str:
    answer = client.post(SAVE, {"name": "Việc mới", "due": "new", "column": ["code", "since"]} | given)
    assert answer.status_code == 302, answer.content.decode()[:2000]
    return answer.url


def test_a_view_keeps_filters_and_columns_and_opens_by_its_link(world: World, sign_in: Client_):
    world.take_in(name="Trần Thị Mỹ Duyên")
    client = sign_in("canbo")

    page = client.get(_save(client)).content.decode()

    head = page.split("<thead>")[1].split("</thead>")[0]
    assert "Trần Thị Mỹ Duyên" in page
    assert "Ở đây từ" in head
    assert "Trạng thái" not in head
    assert SavedView.objects.get().filters == {"due": "new"}


def test_a_shared_link_opens_a_colleagues_own_tasks_and_nothing_more(world: World, sign_in: Client_):
    world.take_in(name="Trần Thị Mỹ Duyên")
    link = _save(sign_in("canbo"), shared="on", scope="mine")

    colleague = sign_in("tiepnhan").get(link).content.decode()
    stranger = sign_in("xa.tiepnhan").get(link).content.decode()

    assert "Trần Thị Mỹ Duyên" not in colleague
    assert "Chế độ xem này không còn" not in colleague
    assert "Chế độ xem này không còn" in stranger
    assert "view-name" in stranger
    assert "Việc mới</span>" not in stranger


def test_what_is_not_shared_opens_for_nobody_else_and_is_changed_by_nobody_else(world: World, sign_in: Client_):
    link = _save(sign_in("canbo"))
    view = SavedView.objects.get()
    other = sign_in("canbo2")

    assert "Chế độ xem này không còn" in other.get(link).content.decode()
    assert other.post(CHANGE, {"view": view.public_id, "do": "delete"}).status_code == 404
    assert SavedView.objects.filter(pk=view.pk).exists()


def test_a_view_is_renamed_shared_made_the_beginning_and_deleted(world: World, sign_in: Client_):
    world.take_in()
    client = sign_in("canbo")
    _save(client)
    view = {"view": SavedView.objects.get().public_id}

    for change in ({"do": "rename", "name": "Sáng nay"}, {"do": "share"}, {"do": "default"}):
        assert client.post(CHANGE, view | change).status_code == 302
    opened = client.get(HOME).content.decode()
    plain = client.get(HOME, {"scope": "mine"}).content.decode()
    refused = client.post(CHANGE, view | {"do": "rename", "name": " "})

    assert "Ở đây từ</th>" in opened
    assert "Ở đây từ</th>" not in plain
    assert "Sáng nay" in plain
    assert refused.status_code == 422
    assert client.post(CHANGE, view | {"do": "delete"}).status_code == 302
    assert "Bạn chưa lưu chế độ xem nào" in client.get(VIEWS).content.decode()


def test_what_the_list_does_not_know_any_more_is_said(world: World, sign_in: Client_):
    client = sign_in("canbo")
    link = _save(client)
    SavedView.objects.update(filters={"due": "new", "colour": "red"}, columns=["code", "moon"])

    page = client.get(link).content.decode()

    assert "colour=red, moon" in page


def test_a_view_without_a_name_loses_nothing_entered(world: World, sign_in: Client_):
    answer = sign_in("canbo").post(SAVE, {"name": " ", "due": "soon", "column": ["unit"], "shared": "on"})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'name="due" value="soon"' in page
    assert 'value="unit" checked' in page


def test_the_list_asks_no_more_often_with_many_views_and_not_at_all_without_one_chosen(
    world: World, sign_in: Client_, assert_flat_queries
):
    client = sign_in("canbo")
    names = iter(range(100))

    def grow(count: int) -> None:
        for _number in range(count):
            world.take_in()
            _save(client, name=f"Xem {next(names)}", shared="on")

    assert_flat_queries(lambda: client.get(HOME), grow=grow, at_most=9)
    link = f"{HOME}?view={SavedView.objects.first().public_id}"
    assert_flat_queries(lambda: client.get(link), grow=grow, rows=(1, 3), at_most=13)
