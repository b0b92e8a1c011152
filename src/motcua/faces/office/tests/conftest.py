"""The test world under the office's pages, and people signed in at a fixed moment."""

from collections.abc import Callable, Iterator

import pytest
import time_machine
from django.contrib.auth import get_user_model
from django.test import Client
from tests.world import NOW, World, make_world

from motcua.casework.procedures import selectors as procedures
from motcua.casework.workflow import selectors as workflow
from motcua.foundation.calendars import selectors as calendars


@pytest.fixture(autouse=True)
def monday_morning() -> Iterator[None]:
    """Stand still at 9 o'clock on Monday, 23 November 2026."""
    procedures.forget_choices()
    workflow.forget_graphs()
    calendars.forget_calendars()
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def world(db: None) -> World:
    """A province to work in."""
    return make_world()


@pytest.fixture
def sign_in(world: World) -> Callable[[str], Client]:
    """Return a browser in which somebody is signed in."""

    def signed_in(username: str) -> Client:
        client = Client()
        client.force_login(get_user_model().objects.get(pk=world.users[username]))
        return client

    return signed_in
