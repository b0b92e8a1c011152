"""Loading the organisation: once whole, twice the same."""

import json
from collections import Counter
from datetime import date, datetime
from uuid import UUID

import pytest

from motcua.demonstration import province
from motcua.demonstration.loading.organisation import load_organisation
from motcua.demonstration.loading.sign_in import load_accounts
from motcua.foundation.accounts import selectors as accounts
from motcua.foundation.accounts.models import PostHolding
from motcua.foundation.core.clock import VIETNAM
from motcua.foundation.organisations import selectors as organisations
from motcua.foundation.organisations import services
from motcua.foundation.organisations.models import Agency, Post

AT = datetime(2026, 11, 2, 9, 0, tzinfo=VIETNAM)


@pytest.mark.django_db
def test_the_whole_province_is_founded():
    load_organisation(at=AT)

    today = organisations.directory(on=AT.date())
    assert {card.code for card in today.agencies.values()} == {item.code for item in province.plan().agencies}
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


@pytest.mark.django_db
def test_the_reform_of_2025_was_carried_out_by_the_act():
    load_organisation(at=AT)

    eve, day = organisations.directory(on=date(2025, 6, 30)), organisations.directory(on=date(2025, 7, 1))
    kinds = Counter(card.kind for card in eve.agencies.values())
    assert kinds == {"province": 2, "district": 26, "commune": 298}
    assert len(day.agencies) == 679
    mapping = organisations.mapping_between(eve.on, day.on)
    assert mapping.keys() == eve.agencies.keys()
    communes = {card.id for card in day.agencies.values() if card.kind == "commune"}
    assert {heir for heirs in mapping.values() for heir in heirs} == communes | {day.by_code["H01"]}
    story = organisations.story_of(UUID(day.agencies[day.by_code["H01.155"]].public_id))
    assert "Ủy ban nhân dân thành phố Rạch Giá" in {kin.parent_name for kin in story.predecessors}
    acts = {card.title: card.state for card in organisations.reorganisations()}
    assert sorted(acts.values()) == ["carried_out", "draft"]


@pytest.mark.django_db
def test_agencies_of_an_earlier_version_are_linked_by_the_act_and_stay(small_province):
    plan = province.plan()
    ids = services.found_agencies(foundings=plan.agencies, since=plan.since, is_demonstration=True)

    load_organisation(at=AT)

    today = organisations.directory(on=AT.date())
    assert {card.code: card.id for card in today.agencies.values()} == ids
    assert today.heritage[ids["H01"]] == {
        organisations.agency_id_of("DVHC24.89"),
        organisations.agency_id_of("DVHC24.91"),
    }
