"""Ratings: once a dossier, by its parties, when it is settled."""

from datetime import date, timedelta

import pytest
from tests.world import NOW, World, make_world

from motcua.casework.dossiers.models import Dossier
from motcua.casework.dossiers.types import AlreadyRated, Filed, Proof
from motcua.engagement.surveys import selectors, services
from motcua.engagement.surveys.types import NotSettled
from motcua.foundation.accounts.types import PUBLIC
from motcua.foundation.core.types import Invalid, NotFound


@pytest.fixture
def world(db: None) -> World:
    return make_world()


@pytest.fixture
def settled(world: World) -> Filed:
    filed = world.file_online()
    Dossier.objects.filter(pk=filed.dossier_id).update(
        state="not_accepted", closed_at=NOW, waiting_for="", acceptance_due_at=None
    )
    return filed


def rate(world: World, filed: Filed, level: str = "satisfied", **more):
    values = {"actor": world.actor("congdan"), "at": NOW} | more
    return services.rate_dossier(dossier_id=filed.dossier_id, level=level, **values)


def test_a_party_rates_once(world: World, settled: Filed) -> None:
    given = rate(world, settled, comment="  Nhanh  ")

    assert (given.level, given.comment) == ("satisfied", "Nhanh")
    assert selectors.rating_of(dossier_id=settled.dossier_id) == given
    assert set(selectors.ratings_of(dossier_ids=[settled.dossier_id])) == {settled.dossier_id}
    with pytest.raises(AlreadyRated):
        rate(world, settled, "very_satisfied")


def test_a_proof_is_as_good_as_an_account(world: World, settled: Filed) -> None:
    given = rate(world, settled, actor=PUBLIC, proof=Proof(settled.dossier_id))

    assert given.level == "satisfied"


@pytest.mark.parametrize("username", ["congdan2", "canbo", "tiepnhan"])
def test_nobody_else_rates(world: World, settled: Filed, username: str) -> None:
    with pytest.raises(NotFound):
        rate(world, settled, actor=world.actor(username))
    with pytest.raises(NotFound):
        rate(world, settled, actor=PUBLIC, proof=Proof(settled.dossier_id + 1))


def test_only_what_is_settled_is_rated(world: World) -> None:
    with pytest.raises(NotSettled):
        rate(world, world.file_online())


@pytest.mark.parametrize(
    ("level", "reasons", "comment", "place"),
    [
        ("great", (), "", "level"),
        ("not_satisfied", ("weather",), "", "reasons"),
        ("not_satisfied", (), "  ", "reasons"),
    ],
)
def test_wrong_answers_are_named(world: World, settled: Filed, level, reasons, comment, place) -> None:
    with pytest.raises(Invalid) as refused:
        rate(world, settled, level, reasons=reasons, comment=comment)

    assert list(refused.value.fields) == [place]


def test_reasons_belong_to_dissatisfaction_only(world: World, settled: Filed) -> None:
    assert rate(world, settled, "satisfied", reasons=("late",)).reasons == ()


def test_the_month_counts_its_first_and_last_day(world: World, settled: Filed) -> None:
    rate(world, settled)
    other = world.file_online(name="Phan Thị Bích Trâm")
    Dossier.objects.filter(pk=other.dossier_id).update(
        state="not_accepted", closed_at=NOW, waiting_for="", acceptance_due_at=None
    )
    rate(world, other, "not_satisfied", reasons=("late",), at=NOW + timedelta(days=7))

    assert selectors.public_satisfaction(date(2026, 11, 1), date(2026, 11, 30)) == (1, 2)
    assert selectors.public_satisfaction(date(2026, 11, 23), date(2026, 11, 23)) == (1, 1)
    assert selectors.public_satisfaction(date(2026, 12, 1), date(2026, 12, 31)) == (0, 0)
