"""Signing in and out."""

import pytest
from django.test import Client
from django.urls import reverse
from tests.world import PASSWORD, World

LOGIN = "/office/sign-in/"


def test_staff_come_to_their_work(world: World, client: Client):
    answer = client.post(LOGIN, {"username": "canbo", "password": PASSWORD})

    assert answer.status_code == 302
    assert answer.url == reverse("office:home")


def test_citizens_come_to_their_own_page(world: World, client: Client):
    answer = client.post(LOGIN, {"username": "congdan", "password": PASSWORD})

    assert answer.status_code == 302
    assert not answer.url.startswith("/office/")


def test_a_wrong_password_says_so_and_keeps_the_name(world: World, client: Client):
    answer = client.post(LOGIN, {"username": "canbo", "password": "sai"})
    page = answer.content.decode()

    assert answer.status_code == 422
    assert 'value="canbo"' in page
    assert "mc-errorsum" in page


@pytest.mark.parametrize(
    ("wanted", "allowed"),
    [
        ("/office/inbox/", True),
        ("https://example.com/", False),
        ("//example.com/", False),
        ("javascript:alert(1)", False),
    ],
)
def test_only_an_address_of_this_site_is_gone_to(world: World, client: Client, wanted: str, allowed: bool):
    answer = client.post(LOGIN, {"username": "tiepnhan", "password": PASSWORD, "next": wanted})

    assert answer.url == (wanted if allowed else reverse("office:home"))


def test_too_many_attempts_are_told_apart(world: World, client: Client):
    for _attempt in range(10):
        client.post(LOGIN, {"username": "canbo", "password": "sai"})

    answer = client.post(LOGIN, {"username": "canbo", "password": PASSWORD})

    assert answer.status_code == 429
    assert "mc-errorsum" in answer.content.decode()


def test_signing_out_needs_a_post_and_ends_the_session(world: World, client: Client):
    client.post(LOGIN, {"username": "canbo", "password": PASSWORD})

    assert client.get("/office/sign-out/").status_code == 405
    assert client.post("/office/sign-out/").status_code == 302
    assert client.get("/office/").status_code == 302
