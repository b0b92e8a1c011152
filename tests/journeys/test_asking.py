"""Other agencies are asked for their opinion, one stays silent; then the dossier goes back to a step done before."""

import re
from datetime import timedelta

import pytest

from motcua.casework.dossiers import services as dossiers
from motcua.casework.dossiers.tests.test_events import DRAWING, publish
from motcua.casework.procedures.models import Offer
from motcua.casework.workflow.models import Timer
from tests.journeys.acts import open_task
from tests.journeys.people import DESK, PHONE, Visit
from tests.journeys.province import Province
from tests.world import BUSINESS

pytestmark = pytest.mark.journey


@pytest.mark.parametrize("width", [DESK, PHONE])
def test_agencies_are_asked_and_the_dossier_goes_back_a_step(province: Province, visit: Visit, width: int) -> None:
    with province.inside() as world:
        offers = Offer.objects.filter(procedure__code=BUSINESS)
        former = offers.values_list("process_code", flat=True)[0]
        code = f"hoi_y_kien_{width}"
        publish(DRAWING | {"id": code})
        offers.update(process_code=code)
        filed = world.take_in()
        offers.update(process_code=former)

    officer = visit("canbo", width=width, height=900, signed_in=True)
    open_task(officer, filed.code)
    officer.follow(re.compile("^Lấy ý kiến"))
    officer.press(re.compile("^Lấy ý kiến"), within=officer.page.locator("#act"), status=422)
    assert "Chọn các cơ quan được lấy ý kiến." in officer.words()
    officer.page.get_by_label("Sở Xây dựng tỉnh An Giang").check()
    officer.page.get_by_label("Ủy ban nhân dân xã Mỹ Đức").check()
    officer.press(re.compile("^Lấy ý kiến"), within=officer.page.locator("#act"))

    with province.inside() as world:
        for node in ("N", "L"):
            for timer in Timer.objects.filter(run__subject_label=str(filed.public_id), node=node, closed_at=None):
                dossiers.fire_timer(timer_id=timer.pk, run_id=timer.run_id, at=timer.due_at)
        dossiers.deliver_message(
            dossier_id=filed.dossier_id, name="tax_notice", key="1", actor=world.actor("canbo"),
            at=world.now + timedelta(days=30),
        )  # fmt: skip
        task = world.tasks(filed)[0].public_id
    officer.go(f"/office/tasks/{task}/")
    assert "Quá hạn trả lời" in officer.words()
    officer.press(re.compile("^Đã có"))

    with province.inside() as world:
        task = world.tasks(filed)[0].public_id
    officer.go(f"/office/tasks/{task}/")
    officer.follow("Trả lại bước trước…")
    officer.press(re.compile("^Trả lại"), within=officer.page.locator("main"), status=422)
    officer.page.get_by_label("Thẩm định").check()
    officer.write("Lý do", "Cần thẩm định lại theo ý kiến của Sở")
    officer.press(re.compile("^Trả lại"), within=officer.page.locator("main"))
    assert "đã được trả về bước “Thẩm định”" in officer.words()
