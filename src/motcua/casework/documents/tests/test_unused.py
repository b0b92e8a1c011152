"""Files sent up and never handed in go after their days; what anything refers to stays."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.world import NOW, World, make_world

from motcua.casework.documents import keeping
from motcua.casework.documents import services as documents
from motcua.casework.documents.models import StoredFile
from motcua.casework.documents.tests import samples
from motcua.casework.dossiers.types import PaperInput

LATER = NOW + timedelta(days=3)


@pytest.fixture
def world(db: None) -> World:
    return make_world()


def _file(owner: str) -> StoredFile:
    upload = SimpleUploadedFile("to-khai.pdf", samples.pdf(), content_type="application/pdf")
    return documents.store_upload(file=upload, name="to-khai.pdf", purpose="component", at=NOW, owner_key=owner)


def test_what_nothing_refers_to_is_swept_and_what_is_used_stays(world):
    unused = [_file("api:1"), _file("draft:1"), _file("intake:1:abc")]
    kept, result = _file("api:1"), _file("result:7")
    component = world.choice().cases[0].submit[0].id
    world.take_in(papers=(PaperInput(component_id=component, originals=1, file_ids=(kept.pk,)),))

    swept = keeping.sweep_unused(at=LATER)

    assert swept == 3
    assert set(StoredFile.objects.values_list("pk", flat=True)) == {kept.pk, result.pk}
    assert not StoredFile.objects.filter(pk__in=[row.pk for row in unused]).exists()


def test_young_files_stay_and_the_days_are_a_setting(world, settings):
    _file("api:1")

    assert keeping.sweep_unused(at=NOW + timedelta(hours=30)) == 0
    settings.MOTCUA_UNUSED_FILE_DAYS = 1
    assert keeping.sweep_unused(at=NOW + timedelta(hours=30)) == 1
