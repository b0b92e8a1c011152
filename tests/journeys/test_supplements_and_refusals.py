"""When something is missing, or the law says no."""

import re
from datetime import datetime

import pytest

from motcua.casework.documents.tests import samples
from motcua.foundation.core.clock import VIETNAM
from tests.journeys.acts import (
    FORM_PAPER,
    Turn,
    accept,
    give_outcome,
    open_filing,
    open_task,
    sign_in,
    take_turn,
    track,
)
from tests.journeys.people import DESK, Person, Visit
from tests.journeys.province import Province

pytestmark = pytest.mark.journey
PHONE_NUMBER = "0913000128"
FRIDAY = datetime(2026, 11, 27, 10, 0, tzinfo=VIETNAM)


def _mark(officer: Person, reason: str) -> None:
    officer.page.get_by_role("checkbox", name=FORM_PAPER).check()
    officer.page.get_by_label(f"Chỗ cần sửa: {FORM_PAPER}").fill(reason)


def _answer(citizen: Person, code: str) -> None:
    track(citizen, code, PHONE_NUMBER)
    assert "Thiếu chữ ký" in citizen.words()
    citizen.follow("Bổ sung ngay")
    citizen.attach(FORM_PAPER, "da-ky.pdf", samples.pdf())
    citizen.look()
    citizen.press("Nộp bổ sung")


def test_the_desk_asks_for_a_paper_before_it_accepts(province: Province, visit: Visit):
    with province.inside() as world:
        number = world.file_online(name="Trần Thị Bổ Sung").intake_number
    desk = visit("tiepnhan", width=DESK, height=900, signed_in=True)
    open_filing(desk, number)
    desk.follow(re.compile("^Yêu cầu bổ sung"))
    _mark(desk, "Thiếu chữ ký của chủ hộ")
    desk.type_key("Control+Enter")

    citizen = visit("nguoi-dan")
    _answer(citizen, number)

    code = accept(desk, number)
    track(citizen, code, PHONE_NUMBER)
    assert "27/11/2026" in citizen.words()


def test_an_officer_asks_and_the_clock_waits_until_the_citizen_has_answered(province: Province, visit: Visit):
    with province.inside() as world:
        code = world.take_in(name="Trần Thị Chờ Đợi").code
    officer = visit("canbo", width=DESK, height=900, signed_in=True)
    open_task(officer, code)
    officer.follow(re.compile("^Yêu cầu bổ sung"))
    _mark(officer, "Thiếu chữ ký của chủ hộ")
    officer.press(re.compile("^Yêu cầu bổ sung"), within=officer.page.locator("#act"))

    province.clock.set(FRIDAY)
    citizen = visit("nguoi-dan")
    _answer(citizen, code)

    track(citizen, code, PHONE_NUMBER)
    citizen.page.get_by_text("Vì sao là ngày này").click()
    citizen.look()
    # asked at 9:00 on Monday, answered at 10:00 on Friday; 24 November is a holiday: 19 working hours are added
    assert "10:00 thứ Tư, 02/12/2026" in citizen.words()
    assert "Tạm dừng 19 giờ" in citizen.words()
    sign_in(officer)  # the session of Monday is over
    open_task(officer, code)
    assert "da-ky.pdf" in officer.words()


def test_a_filing_is_not_accepted_for_a_reason_of_law(province: Province, visit: Visit):
    with province.inside() as world:
        number = world.file_online(name="Trần Thị Không Nhận").intake_number
    desk = visit("tiepnhan", width=DESK, height=900, signed_in=True)
    open_filing(desk, number)
    desk.follow(re.compile("^Không tiếp nhận"))
    desk.press(re.compile("^Không tiếp nhận"), status=422)
    desk.write("Lý do", "Ngành nghề cấm đầu tư kinh doanh")
    desk.write("Căn cứ pháp lý", "Điều 6 Luật Đầu tư 2025")
    desk.press(re.compile("^Không tiếp nhận"))

    citizen = visit("nguoi-dan")
    track(citizen, number, PHONE_NUMBER)
    assert "Ngành nghề cấm đầu tư kinh doanh" in citizen.words()
    assert "Điều 6 Luật Đầu tư 2025" in citizen.words()
    kind, form_03 = citizen.download(citizen.page.get_by_role("link", name="từ chối").first)
    assert (kind, form_03[:4]) == ("application/pdf", b"%PDF")


def test_a_request_is_refused_after_examination(province: Province, visit: Visit):
    with province.inside() as world:
        code = world.take_in(name="Trần Thị Từ Chối").code
    officer = visit("canbo", width=DESK, height=900, signed_in=True)
    open_task(officer, code)
    give_outcome(officer, "Đề nghị từ chối", (("Lý do", "Trụ sở nằm trong khu vực cấm"),))
    leader = visit("lanhdao", width=DESK, height=900, signed_in=True)
    open_task(leader, code)
    give_outcome(leader, "Ký từ chối")
    clerk = visit("vanthu", width=DESK, height=900, signed_in=True)
    take_turn(clerk, code, Turn("vanthu", "Cấp số, đóng dấu", "Phát hành"))

    citizen = visit("nguoi-dan")
    track(citizen, code, PHONE_NUMBER)
    citizen.follow("Xem kết quả")
    assert "từ chối" in citizen.words().lower()
