"""The page of figures: who sees what, what each figure opens, files, flat queries."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from tests.world import World, make_world

from motcua.foundation.core import relay

PAGE = "/office/figures/"


@pytest.fixture
def world(db: None) -> World:
    return make_world()


@pytest.fixture(autouse=True)
def on_that_day(world: World):
    with time_machine.travel(world.now + timedelta(hours=2), tick=False):
        yield


def signed_in(world: World, username: str) -> Client:
    from motcua.foundation.accounts.models import User

    client = Client()
    client.force_login(User.objects.get(pk=world.users[username]))
    return client


def deliver(world: World) -> None:
    while relay.relay_batch(at=world.now):
        pass


def test_one_agency_sees_its_fields_and_opens_the_dossiers_behind(world: World) -> None:
    filed = world.take_in()
    deliver(world)

    page = signed_in(world, "lanhdao").get(PAGE, {"period": "today"}).content.decode()
    assert "Thành lập và hoạt động doanh nghiệp" in page
    link = f"{reverse('office:figures-behind')}?period=today&amp;by=field"
    assert link in page

    behind = signed_in(world, "lanhdao").get("/office/figures/behind/?period=today&by=field&measure=counter")
    assert filed.code in behind.content.decode()


def test_procedure_control_sees_every_agency(world: World) -> None:
    world.take_in()
    deliver(world)

    page = signed_in(world, "kiemsoat").get(PAGE).content.decode()

    assert "Phường Long Xuyên" in page
    assert "Sở Xây dựng" in page


def test_another_agency_sees_nothing_of_it(world: World) -> None:
    filed = world.take_in()
    deliver(world)
    client = signed_in(world, "xa.tiepnhan")

    assert ">1</a>" not in client.get(PAGE).content.decode()
    asked = f"/office/figures/behind/?measure=counter&agency={world.units['commune']}"
    assert filed.code not in client.get(asked).content.decode()


@pytest.mark.parametrize(("kind", "start"), [("csv", b"\xef\xbb\xbf"), ("xlsx", b"PK")])
def test_the_table_as_a_file(world: World, kind: str, start: bytes) -> None:
    world.take_in()
    deliver(world)

    answer = signed_in(world, "lanhdao").get(f"/office/figures/export.{kind}")

    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    assert answer.status_code == 200
    assert content.startswith(start)


def test_unknown_words_in_the_address_are_not_an_error(world: World) -> None:
    client = signed_in(world, "lanhdao")

    for query in ("?period=x&by=y&kind=z&agency=-1&page=a", "?period=own&since=2026-13-01&until=b", "?page=99"):
        assert client.get(PAGE + query).status_code == 200
    assert client.get("/office/figures/behind/?measure=x").status_code == 404
    assert client.get("/office/figures/export.pdf").status_code == 404


def test_own_period(world: World) -> None:
    world.take_in(at=world.now - timedelta(days=40))
    deliver(world)
    client = signed_in(world, "lanhdao")

    october = client.get("/office/figures/behind/?period=own&since=2026-10-01&until=2026-10-31&measure=counter")
    november = client.get("/office/figures/behind/?period=month&measure=counter")

    assert "T01.34-261014-0001" in october.content.decode()
    assert "T01.34-261014-0001" not in november.content.decode()


def test_strangers_and_citizens_are_kept_out(world: World) -> None:
    assert Client().get(PAGE).status_code == 302
    assert signed_in(world, "congdan").get(PAGE).status_code == 403


def test_queries_do_not_grow(world: World, assert_flat_queries) -> None:
    client = signed_in(world, "lanhdao")

    def grow(rows: int) -> None:
        for _ in range(rows):
            world.take_in()
        deliver(world)

    assert_flat_queries(lambda: client.get(PAGE), grow=grow, at_most=16)
    assert_flat_queries(lambda: client.get("/office/figures/behind/?measure=counter"), grow=grow, at_most=12)
