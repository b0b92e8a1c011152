"""The demonstration's lots: one in each state, made once."""

from datetime import timedelta

import pytest
from tests.world import NOW, make_world

from motcua.casework.custody.models import Lot
from motcua.demonstration.loading.lots import load_lots


@pytest.mark.django_db
def test_a_ward_has_lots_in_each_state():
    world = make_world()
    for number in range(16):
        world.take_in(name=f"Người Nộp {number}")
    at = NOW + timedelta(hours=2)
    assert load_lots(world.units["commune"], at=at) == 4
    assert load_lots(world.units["commune"], at=at) == 0
    assert list(Lot.objects.order_by("pk").values_list("state", flat=True)) == ["settled", "received", "sent", "open"]
