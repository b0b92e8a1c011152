"""The running province and the people who use it."""

import os
import re
import shutil
from collections.abc import Iterator
from itertools import count

import pytest
from playwright.sync_api import Browser, StorageState, sync_playwright
from pytest_django import DjangoDbBlocker

from tests.database import copied_database, pointed_at
from tests.journeys.acts import sign_in
from tests.journeys.people import PHONE, Person, Visit
from tests.journeys.province import Province, running
from tests.world import NOW, make_world

CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]  # fmt: skip
PATIENCE_MS = 30_000
_telephones = count(1)
_signed_in: dict[str, StorageState] = {}


@pytest.fixture(scope="session")
def site(
    postgres_url: str, tmp_path_factory: pytest.TempPathFactory, django_db_blocker: DjangoDbBlocker
) -> Iterator[Province]:
    """Serve the small province, from Monday morning on."""
    who = f"{os.environ.get('MOTCUA_TEST_NAME') or os.getpid()}_{os.environ.get('PYTEST_XDIST_WORKER', '')}"
    name = re.sub("[^a-z0-9_]", "", f"motcua_test_journeys_{who.lower()}")
    with django_db_blocker.unblock():
        database = copied_database(postgres_url, name)
        url = database.__enter__()
    try:
        with django_db_blocker.unblock(), pointed_at(url):
            world = make_world()
        home = tmp_path_factory.mktemp("province")
        with running(home, url, NOW) as (address, clock):
            yield Province(address, world, home, clock, url, django_db_blocker)
    finally:
        with django_db_blocker.unblock():
            database.__exit__(None, None, None)


@pytest.fixture
def province(site: Province) -> Province:
    """The running province at nine o'clock on Monday, 23 November 2026."""
    site.clock.set(NOW)
    return site


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, alone on this machine."""
    former = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # playwright keeps a loop in this thread
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield opened
        opened.close()
    if former is None:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def visit(province: Province, browser: Browser) -> Iterator[Visit]:
    """Give somebody a browser of their own; with `signed_in` they sign in by the form the first time they come."""
    present: list[Person] = []

    def arrive(
        name: str, *, width: int = PHONE, scripts: bool = True, height: int = 844, signed_in: bool = False
    ) -> Person:
        number = next(_telephones)
        known = _signed_in.get(name) if signed_in else None
        context = browser.new_context(
            storage_state=known, viewport={"width": width, "height": height}, locale="vi-VN",
            java_script_enabled=scripts,
            extra_http_headers={"X-Forwarded-For": f"10.1.{number // 250}.{number % 250 + 1}"},
        )  # fmt: skip
        context.set_default_timeout(PATIENCE_MS)
        person = Person(name, province.url, context, context.new_page(), has_scripts=scripts)
        present.append(person)
        if known:
            person.go("/office/", looked_at=False)
        elif signed_in:
            sign_in(person)
            _signed_in[name] = context.storage_state()
        return person

    yield arrive
    for person in present:
        person.leave()
