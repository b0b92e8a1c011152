"""Online, without an account: from the first page to the result, a draft taken up elsewhere, a page without scripts."""

import pytest

from motcua.casework.documents.tests import samples
from tests.journeys.acts import (
    CHECK,
    EXAMINE,
    FORM_PAPER,
    INTAKE,
    ISSUE,
    SIGN,
    TO_DESK,
    accept,
    begin,
    carry_on,
    fill_form,
    give_outcome,
    hand_in,
    hand_over,
    open_task,
    say_who,
    track,
)  # fmt: skip
from tests.journeys.people import DESK, Visit
from tests.journeys.province import Province

pytestmark = pytest.mark.journey


def test_a_citizen_hands_in_and_gets_the_result_and_says_how_it_was(province: Province, visit: Visit):
    citizen = visit("nguoi-dan")
    number = hand_in(citizen, "Trần Thị Mỹ Duyên", mail="duyen.mot@example.vn")
    assert number in str(province.mail_to("duyen.mot@example.vn").get_content())
    kind, slip = citizen.download(citizen.page.get_by_role("link", name="PDF"))
    assert (kind, slip[:4]) == ("application/pdf", b"%PDF")

    desk = visit("tiepnhan", width=DESK, height=900, signed_in=True)
    code = accept(desk, number)
    carry_on(visit, code, (EXAMINE, CHECK, SIGN))
    clerk = visit("vanthu", width=DESK, height=900, signed_in=True)
    open_task(clerk, code)
    give_outcome(clerk, ISSUE.outcome, file=("giay-chung-nhan.pdf", samples.pdf()))
    carry_on(visit, code, (TO_DESK,))
    hand_over(desk, code, "Trần Thị Mỹ Duyên")

    citizen.go("/")
    track(citizen, code, "0913000128")
    assert "Phòng Kinh tế" in citizen.words()
    kind, receipt = citizen.download(citizen.page.get_by_role("link", name="Giấy tiếp nhận").first)
    assert (kind, receipt[:4]) == ("application/pdf", b"%PDF")
    citizen.follow("Xem kết quả")
    assert citizen.download(citizen.page.get_by_role("link", name="Tải kết quả"))[1][:4] == b"%PDF"
    citizen.press("Rất hài lòng")
    assert "Rất hài lòng" in citizen.words()


def test_a_draft_is_taken_up_on_another_device_and_handed_in_once(visit: Visit):
    telephone = visit("dien-thoai")
    begin(telephone)
    telephone.write("Họ và tên", "Lê Văn Hai Máy")
    telephone.write("Số điện thoại", "0913 222 333")
    telephone.press("Lưu, làm tiếp sau")
    link = telephone.page.get_by_label("Liên kết bản nháp").input_value()

    laptop = visit("may-tinh", width=DESK, height=900)
    laptop.go(link)
    laptop.follow("Tiếp tục")
    assert laptop.page.get_by_label("Họ và tên").first.input_value() == "Lê Văn Hai Máy"
    say_who(laptop, "Lê Văn Hai Máy", "0913 222 333")
    fill_form(laptop, "Tạp hóa Hai Máy")
    laptop.attach(FORM_PAPER, "giay-de-nghi.pdf", samples.pdf())
    laptop.press("Tiếp tục")
    laptop.press("Tiếp tục")
    laptop.page.get_by_role("checkbox").check()
    laptop.page.get_by_role("button", name="Nộp hồ sơ").dblclick(no_wait_after=True)
    laptop.page.get_by_role("heading", name="đã nhận").wait_for()
    laptop.look()
    number = INTAKE.search(laptop.words())[0]

    telephone.page.reload()
    assert number in telephone.look().locator("main").inner_text()
    desk = visit("tiepnhan", width=DESK, height=900, signed_in=True)
    desk.go("/office/inbox/")
    assert desk.page.get_by_role("row").filter(has_text="Lê Văn Hai Máy").count() == 1


def test_everything_a_citizen_needs_works_without_scripts(province: Province, visit: Visit):
    citizen = visit("khong-js", scripts=False)
    citizen.go("/")
    citizen.page.locator("#q").fill("dang ky ho kinh doanh")
    citizen.type_key("Enter")
    begin(citizen)
    say_who(citizen, "Phan Văn Tắt Máy", "0913 444 555")
    fill_form(citizen, "Cà phê Tắt Máy")
    citizen.attach(FORM_PAPER, "giay-de-nghi.pdf", samples.pdf())
    citizen.press("Tải lên các tệp đã chọn")
    assert "giay-de-nghi.pdf" in citizen.words()
    citizen.press("Tiếp tục")
    citizen.press("Tiếp tục")
    citizen.page.get_by_role("checkbox").check()
    citizen.press("Nộp hồ sơ")
    number = INTAKE.search(citizen.words())[0]

    citizen.go("/tra-cuu/")
    citizen.write("Mã hồ sơ", number)
    citizen.press("Tra", within=citizen.page.locator("main"))  # this browser has handed it in and need not prove it
    assert number in citizen.words()
    citizen.follow("Rút hồ sơ")
