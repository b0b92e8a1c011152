"""Preferences are plain links, remembered in one cookie."""

import pytest

from motcua.faces.design.preferences import COOKIE


@pytest.mark.django_db
def test_a_link_sets_the_wish_and_comes_back(client):
    response = client.get("/cach-xem/", {"text": "lg", "next": "/tro-giup/"})

    assert response.status_code == 302
    assert response["Location"] == "/tro-giup/"
    assert 'data-text="lg"' in client.get("/tro-giup/").content.decode()


@pytest.mark.django_db
def test_one_wish_keeps_the_others(client):
    client.get("/cach-xem/", {"text": "xl"})
    client.get("/cach-xem/", {"contrast": "more"})

    assert 'data-text="xl" data-contrast="more"' in client.get("/tro-giup/").content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_the_way_back_never_leads_elsewhere(client, elsewhere):
    assert client.get("/cach-xem/", {"text": "lg", "next": elsewhere})["Location"] == "/"


@pytest.mark.django_db
def test_only_what_is_offered_is_remembered(client):
    response = client.get("/cach-xem/", {"text": "huge", "office": "../x", "lang": "xx"})

    assert "huge" not in response.cookies[COOKIE].value
    assert list(response.cookies) == [COOKIE]


@pytest.mark.django_db
def test_a_wish_cannot_be_posted(client):
    assert client.post("/cach-xem/", {"text": "lg"}).status_code == 405
