"""Handing in and following in a real browser: axe on every page, by keyboard alone, without JavaScript, large text."""

import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer
from tests.world import BUSINESS, World, make_world

from motcua.casework.documents.tests import samples
from motcua.faces.portal.tests.acting import public_id_of

CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]  # fmt: skip
ENTRIES = {
    "p0-full_name": "Trần Thị Mỹ Duyên", "p0-identity": "089187004127", "p0-phone": "0913000128",
    "p0-address": "128/5 Lý Thái Tổ",
}  # fmt: skip
TABS = 80
pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # playwright keeps a loop in this thread
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield opened
        opened.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def world(live_server: LiveServer) -> World:
    return make_world()


@pytest.fixture
def paper(tmp_path: Path) -> str:
    path = tmp_path / "giay-de-nghi.pdf"
    path.write_bytes(samples.pdf())
    return str(path)


def start_address(site: LiveServer, world: World) -> str:
    return f"{site.url}/nop-ho-so/{BUSINESS}/?noi={public_id_of(world, 'commune')}"


def faults(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    wrong = [f"{fault['id']}: {fault['nodes'][0]['html'][:120]}" for fault in found]
    wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    return wrong + (["sideways"] if wide else [])


def go_on(page: Page, words: str = "Tiếp tục") -> None:
    page.click(f"main button:not([aria-hidden]):has-text('{words}')")
    page.wait_for_load_state()


def hand_in(page: Page, address: str, paper: str, look: Callable[[Page], None]) -> str:
    """Hand a dossier in, looking at each page; return its number."""
    page.goto(address)
    look(page)
    go_on(page, "Bắt đầu khai")
    look(page)
    go_on(page)
    look(page)  # with its errors
    for name, value in ENTRIES.items():
        page.fill(f"[name={name}]", value)
    go_on(page)
    look(page)
    page.fill("[name=ten_ho]", "Cơm tấm Mỹ Duyên")
    go_on(page)
    look(page)
    upload(page, paper)
    look(page)
    go_on(page)
    look(page)
    go_on(page)
    look(page)
    page.check("[name=declared]")
    go_on(page, "Nộp hồ sơ")
    look(page)
    return page.inner_text(".mc-bigcode")


def upload(page: Page, paper: str) -> None:
    page.set_input_files("input[type=file] >> nth=0", paper)
    button = page.locator("button[name=upload]")
    if button.is_visible():
        button.click()
    page.wait_for_selector("button[name=remove]")


@pytest.mark.parametrize(("width", "view"), [(1440, ""), (390, "text=xl"), (320, "contrast=more")])
def test_no_page_on_the_way_has_a_barrier(browser, live_server, world, paper, width, view) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800})
    page, found = context.new_page(), {}
    if view:
        page.goto(f"{live_server.url}/cach-xem/?{view}&next=/")

    def look(shown: Page) -> None:
        if wrong := faults(shown):
            found[shown.url] = wrong

    number = hand_in(page, start_address(live_server, world), paper, look)
    page.click("text=Theo dõi hồ sơ này")
    look(page)
    own = page.url
    for path in ("rut-ho-so/", "bo-sung/", "ket-qua/", "danh-gia/"):
        page.goto(own + path)
        look(page)
    stranger = browser.new_page(viewport={"width": width, "height": 800})
    for path in ("/tra-cuu/", f"/tra-cuu/?ma={number}", "/tra-cuu/?ma=TN-0", f"/nop-ho-so/{BUSINESS}/"):
        stranger.goto(live_server.url + path)
        look(stranger)
    context.close()

    assert found == {}


def test_without_javascript_a_dossier_comes_in_just_as_well(browser, live_server, world, paper) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 800}, java_script_enabled=False)
    page = context.new_page()

    number = hand_in(page, start_address(live_server, world), paper, lambda shown: None)

    assert re.fullmatch(r"TN\d{6}-\w{4}-\w{4}", number)
    context.close()


def test_a_refused_file_is_told_at_its_paper_and_the_good_one_stays(
    browser, live_server, world, paper, tmp_path
) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 800})
    page.goto(start_address(live_server, world))
    go_on(page, "Bắt đầu khai")
    page.goto(page.url.replace("nguoi-nop", "giay-to"))
    upload(page, paper)
    empty = tmp_path / "rong.pdf"
    empty.touch()

    page.set_input_files("input[type=file] >> nth=1", str(empty))
    page.wait_for_selector(".mc-errorsum")

    assert "rong.pdf" in page.inner_text(".mc-file.is-bad")
    assert page.locator("button[name=remove]").count() == 1
    assert faults(page) == []
    page.close()


def test_a_dossier_is_handed_in_and_found_by_keyboard_alone(browser, live_server, world) -> None:
    page = browser.new_page(viewport={"width": 1440, "height": 800})

    def reach(selector: str) -> None:
        for _ in range(TABS):
            if page.evaluate("find => document.activeElement.matches(find)", selector):
                return
            page.keyboard.press("Tab")
        raise AssertionError(f"{selector} is not reached at {page.url}")

    def press(selector: str) -> None:
        reach(selector)
        with page.expect_navigation():
            page.keyboard.press("Enter")

    page.goto(start_address(live_server, world))
    press("main button.btn-primary")
    for name, value in ENTRIES.items():
        reach(f"[name={name}]")
        page.keyboard.type(value)
    press("main .btn-primary")
    reach("[name=ten_ho]")
    page.keyboard.type("Cơm tấm Mỹ Duyên")
    press("main .btn-primary")
    reach("input[type=file]")
    press("main .btn-primary")
    press("main .btn-primary")
    reach("[name=declared]")
    page.keyboard.press("Space")
    press("main button.btn-primary")

    number = page.inner_text(".mc-bigcode")
    page.goto(f"{live_server.url}/tra-cuu/")
    reach("[name=ma]")
    page.keyboard.type(number)
    page.keyboard.press("Enter")
    page.wait_for_selector("text=Cán bộ đang kiểm tra hồ sơ bạn nộp")
    page.close()
