"""A clerk records ink for a named leader only when that person held the signing post on that day."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.world import NOW, World

from motcua.casework.documents import services as documents
from motcua.casework.documents.tests import samples
from motcua.casework.dossiers.models import Result
from motcua.casework.dossiers.types import SignatureInput
from motcua.foundation.core.types import Invalid


def _ink(world: World, name: str, *, signed_at=NOW):
    filed = world.take_in(at=NOW - timedelta(hours=1))
    task = world.lead_to(filed, "sign")
    upload = SimpleUploadedFile("ky.pdf", samples.pdf(), content_type="application/pdf")
    scan = documents.store_upload(file=upload, name="ky.pdf", purpose="result", at=NOW, owner_key="result:1")
    signature = SignatureInput(how="paper", signer_name=name, signed_at=signed_at, scan_file_id=scan.pk)
    world.step(filed, task.outcomes[0].code, by="vanthu", at=NOW + timedelta(hours=2), signature=signature)
    return Result.objects.get(dossier_id=filed.dossier_id)


def test_a_leader_of_that_day_is_written_down_as_the_signer(world):
    result = _ink(world, "  trần văn  LỢI ")

    assert result.signer_person_id == world.people["lanhdao"]


@pytest.mark.parametrize("name", ["Nguyễn Hoàng Phúc", "Ai Đó"])
def test_somebody_without_the_signing_post_is_refused_and_the_holders_are_named(world, name):
    with pytest.raises(Invalid) as refused:
        _ink(world, name)

    assert "Trần Văn Lợi" in str(refused.value.fields["signer_name"][0])


def test_nobody_held_the_post_on_a_day_before_it_was_there(world):
    with pytest.raises(Invalid):
        _ink(world, "Trần Văn Lợi", signed_at=NOW - timedelta(days=900))
