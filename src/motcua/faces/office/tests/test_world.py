"""The shared test world itself: a dossier runs through it from the counter to the result."""

import pytest
from tests.world import CERTIFICATION, make_world

pytestmark = pytest.mark.django_db


def test_a_dossier_runs_from_the_counter_to_its_result():
    world = make_world()
    filed = world.take_in()

    task = world.lead_to(filed, "return_result")
    step = world.step(filed, "returned", by="tiepnhan", recipient_name="Trần Thị Mỹ Duyên")

    assert task.act == "return_result"
    assert step.ended
    assert filed.code.startswith("T01.34-261123-")


def test_certified_copies_wait_for_the_leader():
    world = make_world()
    filed = world.take_in(code=CERTIFICATION)

    assert world.tasks(filed)[0].act == "sign"
