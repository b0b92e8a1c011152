"""Drafts and keys go when their time is over."""

from datetime import timedelta

import pytest
from tests.world import World

from motcua.casework.dossiers import selectors, services
from motcua.casework.dossiers.models import Draft, IdempotencyKey
from motcua.casework.dossiers.types import DraftExpired
from motcua.foundation.accounts.types import PUBLIC


def test_expired_draft_is_refused_then_deleted(world: World) -> None:
    started = services.start_draft(
        offer_id=world.choice().offer.id, competent_agency_id=world.units["commune"], actor=PUBLIC, at=world.now
    )
    later = world.now + timedelta(days=31)

    with pytest.raises(DraftExpired):
        selectors.draft_view(public_id=started.public_id, secret=started.secret, actor=PUBLIC, at=later)

    assert services.sweep_drafts(at=world.now) == 0
    assert services.sweep_drafts(at=later) == 1
    assert not Draft.objects.exists()


def test_old_keys_are_deleted(world: World) -> None:
    world.take_in()

    assert services.sweep_keys(before=world.now) == 0
    assert services.sweep_keys(before=world.now + timedelta(seconds=1)) == 1
    assert not IdempotencyKey.objects.exists()
