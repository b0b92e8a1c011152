"""Drafts and keys go when their time is over."""

from datetime import timedelta

import pytest
from tests.keeping import removed_by_purge
from tests.world import World

from motcua.casework.dossiers import selectors, services
from motcua.casework.dossiers.models import Dossier, Draft, IdempotencyKey
from motcua.casework.dossiers.types import DraftExpired
from motcua.foundation.accounts.types import PUBLIC


def test_expired_draft_is_refused_then_deleted(world: World) -> None:
    started = services.start_draft(
        offer_id=world.choice().offer.id, competent_agency_id=world.units["commune"], actor=PUBLIC, at=world.now
    )
    later = world.now + timedelta(days=31)

    with pytest.raises(DraftExpired):
        selectors.draft_view(public_id=started.public_id, secret=started.secret, actor=PUBLIC, at=later)

    assert removed_by_purge("drafts", at=world.now) == 0
    assert removed_by_purge("drafts", at=later) == 1
    assert not Draft.objects.exists()


def test_the_trace_of_a_draft_handed_in_goes_after_thirty_days(world: World) -> None:
    started = services.start_draft(
        offer_id=world.choice().offer.id, competent_agency_id=world.units["commune"], actor=PUBLIC, at=world.now
    )
    dossier = Dossier.objects.get(pk=world.take_in().dossier_id)
    Draft.objects.filter(public_id=started.public_id).update(dossier_id=dossier.pk)

    assert removed_by_purge("submitted_drafts", at=world.now + timedelta(days=30)) == 0
    assert removed_by_purge("submitted_drafts", at=world.now + timedelta(days=30, seconds=1)) == 1


def test_old_keys_are_deleted(world: World) -> None:
    world.take_in()

    assert removed_by_purge("form_keys", at=world.now + timedelta(days=30)) == 0
    assert removed_by_purge("form_keys", at=world.now + timedelta(days=30, seconds=1)) == 1
    assert not IdempotencyKey.objects.exists()
