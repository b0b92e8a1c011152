"""The page that describes the API, in a real browser: narrow and wide, folded and unfolded, nothing that axe finds."""

import os
import shutil
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, sync_playwright

CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]  # fmt: skip
pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # playwright keeps a loop in this thread
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield opened
        opened.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.mark.parametrize("width", [320, 390, 1440])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_page_has_no_barrier(browser, live_server, width, language):
    page = browser.new_page(viewport={"width": width, "height": 800}, locale=language)
    page.goto(f"{live_server.url}/api/")
    for summary in page.locator("details > summary").all():
        summary.click()

    faults = [(fault["id"], fault["nodes"][0]["html"][:200]) for fault in Axe().run(page).response["violations"]]
    overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    page.close()

    assert faults == []
    assert overflow <= 0
