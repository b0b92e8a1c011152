"""The reading pages in a real browser: nothing that axe finds, nothing to move sideways, all by keyboard."""

import os
import shutil
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer
from tests.world import BUSINESS, make_world

CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]  # fmt: skip
WIDTHS = (390, 1440)
NARROWEST = 320
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
def site(live_server: LiveServer) -> str:
    make_world()
    return live_server.url


def paths() -> list[str]:
    found = ["/thu-tuc/?q=ho+kih+doanh", "/thu-tuc/?q=zzzz", f"/thu-tuc/{BUSINESS}/", f"/en/thu-tuc/{BUSINESS}/"]
    lists = ["/", "/thu-tuc/tat-ca/", "/thu-tuc/a-z/", "/noi-tiep-nhan/"]
    return [*lists, *found, "/tro-giup/", "/kha-nang-tiep-can/", "/khong-co/"]


def faults(page: Page, **options: object) -> list[str]:
    found = Axe().run(page, options=options or None).response["violations"]
    return [f"{fault['id']}: {fault['nodes'][0]['html'][:120]}" for fault in found]


def overflow(page: Page) -> int:
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


def test_no_page_has_a_barrier_that_axe_finds(browser, site):
    found = {}
    for width in WIDTHS:
        page = browser.new_page(viewport={"width": width, "height": 800})
        for path in paths():
            page.goto(site + path)
            if wrong := faults(page) + (["sideways"] if overflow(page) > 0 else []):
                found[f"{path} at {width}"] = wrong
        page.close()

    assert found == {}


def test_nothing_has_to_be_moved_sideways_on_the_narrowest_screen(browser, site):
    page = browser.new_page(viewport={"width": NARROWEST, "height": 600})
    wide = []
    for path in paths():
        page.goto(site + path)
        wide += [path] if overflow(page) > 0 else []
    page.close()

    assert wide == []


@pytest.mark.parametrize("wish", ["text=xl", "contrast=more"])
def test_large_text_and_high_contrast_stay_whole(browser, site, wish):
    page = browser.new_page(viewport={"width": 390, "height": 800})
    found = {}
    page.goto(f"{site}/cach-xem/?{wish}&next=/")
    for path in paths():
        page.goto(site + path)
        if wrong := faults(page) + (["sideways"] if overflow(page) > 0 else []):
            found[path] = wrong
    page.close()

    assert found == {}


def test_forced_colours_and_reduced_motion_are_followed(browser, site):
    page = browser.new_page(forced_colors="active", reduced_motion="reduce", viewport={"width": 390, "height": 800})
    page.goto(site + f"/thu-tuc/{BUSINESS}/")

    # the browser itself replaces the colours, so their contrast is the person's own choice
    assert faults(page, rules={"color-contrast": {"enabled": False}}) == []
    page.close()


def test_a_procedure_is_found_and_read_by_keyboard_without_javascript(browser, site):
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 800})
    page = context.new_page()
    page.goto(site)
    page.keyboard.press("Tab")
    assert page.locator(".mc-skip").evaluate("node => node === document.activeElement") is True

    page.locator("#q").focus()
    page.keyboard.type("dang ky ho kinh doanh")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Đăng ký thành lập hộ kinh doanh").click()

    assert page.url.endswith(f"/thu-tuc/{BUSINESS}/")
    assert page.get_by_role("heading", level=1).inner_text() == "Đăng ký thành lập hộ kinh doanh"
    context.close()


def test_no_page_breaks_its_own_content_policy(browser, site):
    page = browser.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type in {"error", "warning"} else None)
    for path in paths()[:-1]:
        page.goto(site + path)
    page.close()

    assert said == []
