"""An offer is made only with a process that today's rules of publishing let pass."""

from datetime import date
from unittest.mock import patch

import pytest

from motcua.casework.procedures import services
from motcua.casework.procedures.models import Offer
from motcua.casework.procedures.tests.conftest import AT, SINCE, make_record, run_import
from motcua.casework.workflow import services as workflow
from motcua.casework.workflow.rules import sound_process
from motcua.casework.workflow.types import ProcessNotSound
from motcua.foundation.accounts.types import SYSTEM

pytestmark = pytest.mark.django_db

WITHOUT_INTAKE = """
id = "cu"
name = "Quy trình cũ"
flows = ["start -> T1 -> E1"]
[lanes.phong]
name = "Phòng"
role = "officer"
[tasks.T1]
name = "Thẩm định"
lane = "phong"
hours = 1
act = "examine"
outcomes = [["done", "Xong"]]
[ends.E1]
"""


def publish_offer(process_code: str, valid_from: date = SINCE) -> Offer:
    return services.publish_offer(
        procedure_code="1.000001",
        agency_id=None,
        level="commune",
        process_code=process_code,
        valid_from=valid_from,
        actor=SYSTEM,
        at=AT,
    )


def published_by_an_older_release(code: str) -> None:
    version_id = workflow.save_draft(code=code, name="Cũ", xml=workflow.draw(WITHOUT_INTAKE), at=AT)
    with patch("motcua.casework.workflow.services.publishing.checked_process", sound_process):
        workflow.publish(version_id=version_id, actor_person_id=None, at=AT, valid_from=SINCE, decision_number="01")


def test_no_offer_with_a_process_that_breaks_a_later_rule() -> None:
    run_import(make_record())
    published_by_an_older_release("cu")

    with pytest.raises(ProcessNotSound) as refused:
        publish_offer("cu")

    assert [(problem.code, problem.element_id) for problem in refused.value.problems] == [("intake-missing", "T1")]
    assert "bước tiếp nhận" in refused.value.fields["T1"][0]
    assert not Offer.objects.exists()


def test_a_process_that_is_published_later_is_checked_then() -> None:
    run_import(make_record())

    assert publish_offer("se_co").process_code == "se_co"
