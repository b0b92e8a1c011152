"""The applicant is told once that the heir of an agency goes on with the dossier."""

from datetime import date, timedelta

import pytest
from tests.world import NOW, make_world

from motcua.casework.dossiers.types import PartyInput
from motcua.engagement.notifications import sealing
from motcua.engagement.notifications.models import Message
from motcua.foundation.core import relay
from motcua.foundation.organisations import selectors as organisations
from motcua.foundation.organisations import services
from motcua.foundation.organisations.types import Change, Decision, ItemAct

TOMORROW = NOW + timedelta(days=1)
PARTY = PartyInput(full_name="Trần Thị Mỹ Duyên", identity="089187004127", phone="0913000128", email="d@example.vn")


@pytest.mark.django_db
def test_the_applicant_is_told_who_goes_on_and_that_the_date_stays(time_machine):
    world = make_world()
    filed = world.take_in(parties=(PARTY,))
    cards = organisations.directory(on=NOW.date()).agencies
    commune, heir = cards[world.units["commune"]], cards[world.units["other_commune"]]
    public_id = services.draft_reorganisation(
        title="Sáp nhập", on=TOMORROW.date(), decision=Decision(number="1", on=date(2026, 11, 1)), by=None, at=NOW,
        changes=[Change(ItemAct.MERGE, commune.code, target_code=heir.code)],
    )  # fmt: skip
    services.plan_reorganisation(public_id=public_id, by=None, at=NOW)
    services.carry_out_due(at=TOMORROW)

    time_machine.move_to(TOMORROW, tick=False)
    while relay.relay_batch(at=TOMORROW):
        pass

    message = Message.objects.get(kind="inherited")
    _address, letter = sealing.unseal(message.content_cipher)
    assert heir.short_name in letter.subject
    assert filed.code in letter.body
    assert "được giữ nguyên" in letter.body
