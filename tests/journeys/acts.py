"""What people do in several journeys: carry a dossier on, hand one in."""

import re
from dataclasses import dataclass

from motcua.casework.documents.tests import samples
from tests.journeys.people import DESK, Person, Visit
from tests.world import PASSWORD

FORM_PAPER, PROXY_PAPER = "Giấy đề nghị đăng ký hộ kinh doanh", "Bản sao văn bản ủy quyền"
ONWARD = re.compile("^Tiếp tục")
INTAKE = re.compile(r"TN26\d{4}-\w{4}-\w{4}")
CODE = re.compile(r"T01\.34-261\d{3}-\d{4,5}")


@dataclass(frozen=True)
class Turn:
    """One officer's step: who, what it is called, the words of the outcome, what is typed before it is confirmed."""

    by: str
    step: str
    outcome: str
    typed: tuple[tuple[str, str], ...] = ()
    asks: bool = True


EXAMINE = Turn("canbo", "Thẩm định hồ sơ", "Trình trưởng phòng", asks=False)
CHECK = Turn("truongphong", "Kiểm tra dự thảo", "Trình lãnh đạo ký", asks=False)
SIGN = Turn("lanhdao", "Ký kết quả", "Ký")
ISSUE = Turn("vanthu", "Cấp số, đóng dấu", "Phát hành")
TO_DESK = Turn("vanthu", "Chuyển kết quả ra quầy", "Đã chuyển", asks=False)
STRAIGHT_ON = (EXAMINE, CHECK, SIGN, ISSUE, TO_DESK)


def open_task(officer: Person, code: str) -> None:
    """Open the task of a dossier from the list of work."""
    officer.go("/office/", looked_at=False)
    officer.page.get_by_label("Lọc trong danh sách").fill(code)
    officer.press("Lọc")
    row = officer.page.get_by_role("row").filter(has_text=code)
    officer.follow(re.compile("."), within=row)


def take_turn(officer: Person, code: str, turn: Turn) -> None:
    """Do one step of a dossier by mouse, confirming it where the outcome asks for more."""
    open_task(officer, code)
    assert turn.step in officer.page.locator("main").inner_text()
    if turn.asks:
        give_outcome(officer, turn.outcome, turn.typed)
    else:
        officer.press(re.compile(f"^{turn.outcome}( [A-Z])?$"))


def give_outcome(
    officer: Person, outcome: str, typed: tuple[tuple[str, str], ...] = (), file: tuple[str, bytes] | None = None
) -> None:
    """Choose an outcome that asks for more, type what is wanted, and give it."""
    officer.follow(re.compile(f"^{outcome}( [A-Z])?$"))
    form = officer.page.locator("#act")
    for label, value in typed:
        form.get_by_label(label).first.fill(value)
    if file is not None:
        form.locator("input[type=file]").first.set_input_files(
            {"name": file[0], "mimeType": "application/pdf", "buffer": file[1]}
        )
    officer.press(re.compile(f"^{outcome}"), within=form)


def carry_on(visit: Visit, code: str, turns: tuple[Turn, ...]) -> dict[str, Person]:
    """Let the officers take their turns, each at a screen of their own."""
    present: dict[str, Person] = {}
    for turn in turns:
        if turn.by not in present:
            present[turn.by] = visit(turn.by, width=DESK, height=900, signed_in=True)
        take_turn(present[turn.by], code, turn)
    return present


def hand_over(desk: Person, code: str, to: str) -> None:
    """Give the result to the citizen at the desk."""
    desk.go("/office/results/")
    row = desk.page.get_by_role("row").filter(has_text=code)
    desk.follow("Trả kết quả", within=row)
    give_outcome(desk, "Đã trả", (("Người nhận", to),))


def begin(citizen: Person, procedure: str = "/thu-tuc/1.001612/") -> None:
    """Go from the page of the procedure to the first question."""
    citizen.go(procedure)
    citizen.page.get_by_role("link", name=re.compile("Nộp trực tuyến")).first.click()
    citizen.look()
    citizen.follow(re.compile("Phường Long Xuyên"), within=citizen.page.locator("main"))
    citizen.press("Bắt đầu khai")


def say_who(citizen: Person, name: str, phone: str, mail: str = "") -> None:
    """Say whom the dossier is for."""
    citizen.write("Họ và tên", name)
    citizen.write("Số định danh", "0891 8700 4127")
    citizen.write("Số điện thoại", phone)
    citizen.write("Thư điện tử", mail)
    citizen.write("Địa chỉ", "128/5 Lý Thái Tổ, phường Long Xuyên")
    citizen.press(ONWARD)


def fill_form(citizen: Person, business: str) -> None:
    """Fill in the electronic form."""
    citizen.write("Tên hộ kinh doanh", business)
    citizen.write("Vốn kinh doanh", "50.000.000")
    citizen.write("Ngành, nghề", "Bán cơm tấm")
    citizen.press(ONWARD)


def hand_in(citizen: Person, name: str, *, phone: str = "0913 000 128", mail: str = "") -> str:
    """Hand a dossier in online from the procedure's page on; return its intake number."""
    begin(citizen)
    say_who(citizen, name, phone, mail)
    fill_form(citizen, "Cơm tấm Mỹ Duyên")
    citizen.attach(FORM_PAPER, "giay-de-nghi.pdf", samples.pdf())
    citizen.look()
    citizen.press(ONWARD)
    citizen.press(ONWARD)
    citizen.page.get_by_role("checkbox").check()
    citizen.press("Nộp hồ sơ")
    found = INTAKE.search(citizen.words())
    assert found, citizen.words()
    return found[0]


def track(citizen: Person, code: str, number: str, *, status: int = 200) -> None:
    """Look a dossier up by its code and say the phone or identity number given, unless this browser did so before."""
    citizen.go("/tra-cuu/")
    citizen.write("Mã hồ sơ", code)
    citizen.press("Tra", within=citizen.page.locator("main"))
    if citizen.page.get_by_role("button", name="Xem hồ sơ").count():
        prove(citizen, number, status=status)


def prove(citizen: Person, number: str, *, status: int = 200) -> None:
    """Give the second factor on the page of a code."""
    citizen.page.locator("main").get_by_role("textbox").fill(number)
    citizen.press("Xem hồ sơ", status=status)


def open_filing(desk: Person, number: str) -> None:
    """Open a new online filing from the list of them."""
    desk.go("/office/inbox/")
    desk.follow(re.compile("."), within=desk.page.get_by_role("row").filter(has_text=number).first)


def accept(desk: Person, number: str) -> str:
    """Accept a filing; return the code of the dossier."""
    open_filing(desk, number)
    desk.press(re.compile("^Tiếp nhận, cấp giấy hẹn"))
    found = CODE.search(desk.words())
    assert found, desk.words()
    return found[0]


def sign_in(person: Person) -> None:
    """Sign in by the form; the name of the person is the name of the user."""
    person.go("/office/sign-in/")
    person.write("Tên đăng nhập", person.name)
    person.write("Mật khẩu", PASSWORD)
    person.press("Đăng nhập")
    second_step(person)


def second_step(person: Person) -> None:
    """Show the second factor where the post demands one, with the code that the demonstration's box names."""
    if "/sign-in/" not in person.page.url:
        return
    is_first_time = person.page.url.endswith("/set-up/")
    person.page.locator("input[name=code]").fill(shown_code(person))
    person.press("Xác nhận ứng dụng" if is_first_time else "Đăng nhập")
    if is_first_time:
        person.follow("Tôi đã cất giữ, tiếp tục")


def shown_code(person: Person) -> str:
    """Return the code in the demonstration's box."""
    return person.page.locator("[data-demo-code]").inner_text()
