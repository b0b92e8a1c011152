"""Loading the organisation: once whole, twice the same."""

import json
from datetime import datetime

import pytest

from motcua.demonstration import province
from motcua.demonstration.loading.organisation import load_organisation
from motcua.demonstration.loading.sign_in import load_accounts
from motcua.foundation.accounts import selectors as accounts
from motcua.foundation.accounts.models import PostHolding
from motcua.foundation.core.clock import VIETNAM
from motcua.foundation.organisations import selectors as organisations
from motcua.foundation.organisations.models import Agency, Post

AT = datetime(2026, 11, 2, 9, 0, tzinfo=VIETNAM)


@pytest.mark.django_db
def test_the_whole_province_is_founded():
    load_organisation(at=AT)

    assert Agency.objects.count() == len(province.plan().agencies)
    assert PostHolding.objects.count() == len(province.plan().appointments)
    assert not Agency.objects.filter(is_demonstration=False).exists()
    names = [card.short_name for card in organisations.directory(on=AT.date()).agencies.values()]
    places = [names.index(name) for name in ("Xã An Biên", "Xã Bình An", "Xã Định Mỹ", "Xã Giang Thành")]
    assert places == sorted(places)


@pytest.mark.django_db
def test_loading_twice_founds_everything_once(small_province):
    load_organisation(at=AT)
    counts = (Agency.objects.count(), Post.objects.count(), PostHolding.objects.count())
    load_organisation(at=AT)

    assert (Agency.objects.count(), Post.objects.count(), PostHolding.objects.count()) == counts


@pytest.mark.django_db
def test_accounts_share_a_password_that_a_second_load_keeps(small_province, tmp_path, client):
    load_organisation(at=AT)
    file = tmp_path / "accounts.json"

    first = load_accounts(at=AT, file=file)
    second = load_accounts(at=AT, file=file)

    assert first == second == json.loads(file.read_text(encoding="utf-8"))
    assert {"rachgia.tiepnhan1", "congdan1", "congdan2"} <= {item["username"] for item in first}
    assert client.login(username="rachgia.tiepnhan1", password=first[0]["password"])


@pytest.mark.django_db
def test_one_officer_of_an_island_holds_four_posts(small_province):
    load_organisation(at=AT)
    person = accounts.person_ids({"honnghe.hotich1"})["honnghe.hotich1"]

    posts = accounts.held_posts(person, on=AT.date())

    assert len(posts) == 4
    assert {post.agency_name for post in posts} == {"Xã Hòn Nghệ"}
