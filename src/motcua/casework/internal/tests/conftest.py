"""The small province with an internal procedure in force."""

import pytest
from tests.world import World, make_world

from motcua.casework.internal.tests import stage


@pytest.fixture
def world(db: None) -> World:
    """Return a freshly built province whose agencies draft documents by a set process."""
    made = make_world()
    stage.publish()
    return made
