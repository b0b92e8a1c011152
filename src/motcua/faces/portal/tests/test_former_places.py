"""Counters are found by the names that communes had before a reform."""

from datetime import date, timedelta

import pytest
import time_machine
from tests.world import NOW, make_world

from motcua.foundation.organisations import selectors as organisations
from motcua.foundation.organisations import services
from motcua.foundation.organisations.types import Change, Decision, ItemAct

TOMORROW = NOW + timedelta(days=1)


@pytest.mark.django_db
def test_a_counter_is_found_by_the_name_of_a_commune_that_it_took_over(client):
    world = make_world()
    cards = organisations.directory(on=NOW.date()).agencies
    commune, heir = cards[world.units["commune"]], cards[world.units["other_commune"]]
    public_id = services.draft_reorganisation(
        title="Sáp nhập", on=TOMORROW.date(), decision=Decision(number="1", on=date(2026, 11, 1)), by=None, at=NOW,
        changes=[Change(ItemAct.MERGE, commune.code, target_code=heir.code)],
    )  # fmt: skip
    services.plan_reorganisation(public_id=public_id, by=None, at=NOW)
    services.carry_out_due(at=TOMORROW)

    with time_machine.travel(TOMORROW, tick=False):
        listed = client.get("/noi-tiep-nhan/?q=long+xuyen").content.decode()
        centre = cards[world.units["other_centre"]].public_id
        office = client.get(f"/noi-tiep-nhan/{centre}/").content.decode()

    assert "Trước đây là" in listed
    assert commune.short_name in listed
    assert commune.short_name in office
