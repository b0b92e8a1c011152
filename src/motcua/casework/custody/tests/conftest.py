"""The small province that these tests stand on."""

import pytest
from tests.world import World, make_world


@pytest.fixture
def world(db: None) -> World:
    """Return a freshly built province."""
    return make_world()
