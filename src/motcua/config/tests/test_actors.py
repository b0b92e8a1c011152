"""What somebody may do is kept in a web process, and yet what was given or taken away counts at once."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.contrib.auth import get_user
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from tests.world import NOW, SINCE, World, make_world

from motcua.config import actors
from motcua.foundation.accounts import services
from motcua.foundation.accounts.models import InspectionOrder, Person, PostHolding, User
from motcua.foundation.accounts.types import Actor, OrderInput, StandIn
from motcua.foundation.organisations.models import Post

TODAY = NOW.date()
pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return make_world()


@pytest.fixture
def acting(world: World) -> Callable[[str], Actor]:
    """Return who acts in the next request of somebody's browser, in a process that keeps what it read."""
    clients: dict[str, Client] = {}

    def actor(username: str) -> Actor:
        if username not in clients:
            clients[username] = Client()
            clients[username].force_login(User.objects.get(pk=world.users[username]))
        request = RequestFactory().get("/")
        request.session = clients[username].session
        return actors.actor_of(get_user(request), at=NOW)

    return actor


def _order(world: World) -> object:
    order = OrderInput(
        number="12/QĐ-TTr", issued_on=TODAY, inspector_id=world.people["thanhtra"], purpose="Thanh tra công vụ",
        unit_ids=(world.units["commune"],), filed_since=date(2026, 1, 1), filed_until=date(2026, 12, 31),
        valid_since=TODAY, valid_until=TODAY + timedelta(days=10),
    )  # fmt: skip
    return services.order_inspection(order=order, actor=world.actor("lanhdao.tinh"), at=NOW)


def test_an_order_counts_with_the_next_request_and_its_revocation_too(world, acting):
    assert acting("thanhtra").orders == ()

    public_id = _order(world)
    assert [order.public_id for order in acting("thanhtra").orders] == [public_id]

    services.revoke_inspection(public_id=public_id, actor=world.actor("lanhdao.tinh"), at=NOW)
    assert acting("thanhtra").orders == ()
    assert InspectionOrder.objects.exists()


def test_leave_and_its_end_reach_the_substitute_with_the_next_request(world, acting):
    assert not acting("vanthu").stands_for
    leave = services.enter_absence(
        actor=world.actor("canbo"), person_id=world.people["canbo"], first=TODAY, last=TODAY, kind="leave",
        stand_ins=[StandIn(world.posts["canbo"][0], world.people["vanthu"])], at=NOW, on=TODAY,
    )  # fmt: skip
    assert not acting("vanthu").stands_for
    services.decide_absence(actor=world.actor("truongphong"), public_id=leave, approve=True, at=NOW, on=TODAY)
    assert acting("vanthu").stands_for == {world.people["canbo"]}

    PostHolding.objects.filter(person_id=world.people["canbo"]).delete()
    assert not acting("vanthu").stands_for, "the absent person holds the post no longer"


@pytest.mark.parametrize(
    "change",
    [
        lambda person_id, post_id: PostHolding.objects.filter(person_id=person_id).delete(),
        lambda person_id, post_id: PostHolding.objects.filter(person_id=person_id).update(valid=(SINCE, TODAY)),
        lambda person_id, post_id: Post.objects.filter(pk=post_id).update(role="clerk"),
        lambda person_id, post_id: Person.objects.filter(pk=person_id).update(is_officer=False),
        lambda person_id, post_id: User.objects.filter(person=person_id).update(is_active=False),
    ],
    ids=["holding gone", "holding ended", "post changed", "no officer", "user closed"],
)
def test_whatever_way_a_right_is_taken_it_is_gone_with_the_next_request(change, world, acting):
    before = acting("canbo")
    change(world.people["canbo"], world.posts["canbo"][0])

    assert acting("canbo") != before


def test_nothing_changed_costs_nothing(world, acting):
    kept = acting("canbo")

    with CaptureQueriesContext(connection) as asked:
        assert acting("canbo") is kept
    assert len(asked) == 2, "the session, and the version of the user's row: none for who acts"
    assert actors.actor_of(AnonymousUser(), at=NOW).user_id is None
