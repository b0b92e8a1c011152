"""What the approved process wants at a step, papers attached and a digital signature, is wanted of the officer."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests import world_data
from tests.world import BUSINESS

from motcua.casework.documents import selectors as documents
from motcua.casework.documents.tests import samples
from motcua.casework.procedures.models import Offer
from motcua.casework.workflow import services as workflow
from motcua.faces.office.drafts import draft_key

pytestmark = pytest.mark.django_db
MINUTES = "Biên bản kiểm tra thực địa"


@pytest.fixture
def filed(world):
    """A dossier on a process whose examination wants minutes and whose signature is digital."""
    drawing = workflow.draw(world_data.PROCESSES[0] | {"id": "co_giay_to"}).decode()
    examine = 'act="examine" labelEn="Examine">'
    drawing = drawing.replace(examine, f'{examine}<mc:paper name="{MINUTES}"/>', 1)
    drawing = drawing.replace('act="sign"', 'act="sign" signature="digital"', 1)
    version_id = workflow.save_draft(code="co_giay_to", name="Thử", xml=drawing.encode(), at=world.now)
    workflow.publish(
        version_id=version_id, at=world.now, actor_person_id=None, valid_from=world.now.date(), decision_number="02"
    )
    Offer.objects.filter(procedure__code=BUSINESS).update(process_code="co_giay_to")
    return world.take_in()


def test_a_step_goes_on_only_with_its_papers(world, filed, sign_in):
    browser, task = sign_in("canbo"), world.tasks(filed)[0]
    address = f"/office/tasks/{task.public_id}/do/"

    refused = browser.post(address, {"outcome": "enough"})
    assert refused.status_code == 422
    assert f"Đính kèm: {MINUTES}" in refused.content.decode()
    file = SimpleUploadedFile("bb.pdf", samples.pdf(), content_type="application/pdf")
    assert browser.post(address, {"outcome": "enough", "paper_0": file}).status_code == 302

    assert [card.name for card in documents.files_of(draft_key(filed.dossier_id))] == ["bb.pdf"]
    assert world.tasks(filed)[0].node != task.node


def test_a_signature_in_ink_does_not_do_where_a_digital_one_is_wanted(world, filed, sign_in):
    world.step(filed, "enough", by="canbo", paper_file_ids=(1,))
    while world.tasks(filed)[0].act != "sign":
        task = world.tasks(filed)[0]
        world.step(filed, task.spec.outcomes[0].code, by="truongphong")
    task = world.tasks(filed)[0]

    page = (
        sign_in("lanhdao").get(f"/office/tasks/{task.public_id}/?outcome={task.spec.outcomes[0].code}").content.decode()
    )
    assert 'value="digital"' in page
    assert 'value="paper"' not in page
