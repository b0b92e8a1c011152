"""The small province that the tests of handing in and following stand on."""

from collections.abc import Iterator

import pytest
from django.utils import translation
from tests.world import World, make_world

from motcua.faces.portal.tests.acting import Visitor


@pytest.fixture
def world(db: None) -> World:
    """Return a freshly built province."""
    return make_world()


@pytest.fixture(autouse=True)
def vietnamese() -> Iterator[None]:
    """Let each test begin in Vietnamese, whatever page an earlier one asked for last."""
    with translation.override("vi"):
        yield


@pytest.fixture
def visitor(world: World) -> Visitor:
    """Return a visitor without an account."""
    return Visitor(world)
