"""The small province that the tests of handing in and following stand on."""

import pytest
from tests.world import World, make_world

from motcua.faces.portal.tests.acting import Visitor


@pytest.fixture
def world(db: None) -> World:
    """Return a freshly built province."""
    return make_world()


@pytest.fixture
def visitor(world: World) -> Visitor:
    """Return a visitor without an account."""
    return Visitor(world)
