"""A citizen comes in by a code, a leader by a second factor."""

import re

import pytest
from playwright.sync_api import BrowserContext

from motcua.foundation.accounts.models import Authenticator, Passkey, RecoveryCode
from tests.journeys.acts import second_step
from tests.journeys.people import DESK, Visit
from tests.journeys.province import Province
from tests.world import PASSWORD

pytestmark = pytest.mark.journey


@pytest.fixture
def nothing_set_up(province: Province):
    """Let the two begin without a second factor, whatever other journeys set up, and leave none behind."""
    _take_off(province)
    yield
    _take_off(province)


def _take_off(province: Province) -> None:
    with province.inside():
        for kind in (Authenticator, Passkey, RecoveryCode):
            kind.objects.filter(user__username__in=["quantri", "xa.tiepnhan"]).delete()


def test_a_new_citizen_signs_up_by_a_code_from_the_mail_without_scripts(province: Province, visit: Visit):
    citizen = visit("moi", scripts=False)
    citizen.go("/tai-khoan/")
    citizen.write("Số điện thoại hoặc thư điện tử", "moi.nguoi@example.vn")
    citizen.press("Gửi mã cho tôi")
    letter = province.mail_to("moi.nguoi@example.vn")
    code = re.search(r"\b\d{6}\b", letter.get_content())[0]
    assert code not in letter["Subject"]

    citizen.write("Mã 6 chữ số", "000000" if code != "000000" else "111111")
    citizen.press("Tiếp tục", status=422)
    citizen.write("Mã 6 chữ số", code)
    citizen.press("Tiếp tục")
    citizen.write("Họ và tên", "Nguyễn Người Mới")
    citizen.page.get_by_role("checkbox").check()
    citizen.press("Tạo tài khoản")
    citizen.go("/tai-khoan/")

    assert "moi.nguoi@example.vn" in citizen.words()
    assert "Phiên này" in citizen.words()


@pytest.mark.usefixtures("nothing_set_up")
def test_a_leader_sets_up_an_app_and_shows_it_the_next_time(province: Province, visit: Visit):
    leader = visit("quantri", width=DESK, height=900)
    for is_first_time in (True, False):
        leader.go("/office/")
        leader.write("Tên đăng nhập", "quantri")
        leader.write("Mật khẩu", PASSWORD)
        leader.press("Đăng nhập")
        assert leader.page.url.endswith("/set-up/") is is_first_time
        second_step(leader)
        assert leader.page.url.endswith("/office/")
        leader.go("/office/account/")
        assert "Ứng dụng xác thực" in leader.words()
        leader.page.locator("details.mc-menu summary").last.click()
        leader.press("Đăng xuất")


@pytest.mark.usefixtures("nothing_set_up")
def test_a_passkey_opens_the_second_step(province: Province, visit: Visit):
    officer = visit("xa.tiepnhan", width=DESK, height=900)
    officer.site = officer.site.replace("127.0.0.1", "localhost")  # passkeys belong to names
    _give_a_key(officer.context, officer)
    officer.go("/office/account/")
    officer.write("Tên đăng nhập", "xa.tiepnhan")
    officer.write("Mật khẩu", PASSWORD)
    officer.press("Đăng nhập")
    officer.follow("Đặt bước xác nhận thứ hai")
    officer.write("Tên khóa truy cập", "Máy quầy")
    officer.press("Đặt khóa truy cập")
    assert "Mã khôi phục của bạn" in officer.words()
    officer.follow("Tôi đã cất giữ, tiếp tục")
    assert "Máy quầy" in officer.words()

    officer.page.locator("details.mc-menu summary").last.click()
    officer.press("Đăng xuất")
    officer.go("/office/account/")
    officer.write("Tên đăng nhập", "xa.tiepnhan")
    officer.write("Mật khẩu", PASSWORD)
    officer.press("Đăng nhập")
    officer.press("Dùng khóa truy cập")

    assert officer.page.url.endswith("/office/account/")


def _give_a_key(context: BrowserContext, person) -> None:
    """Put a security key into the browser."""
    tools = context.new_cdp_session(person.page)
    tools.send("WebAuthn.enable")
    tools.send("WebAuthn.addVirtualAuthenticator", {"options": {
        "protocol": "ctap2", "transport": "usb", "hasResidentKey": False, "hasUserVerification": True,
        "isUserVerified": True, "automaticPresenceSimulation": True,
    }})  # fmt: skip
