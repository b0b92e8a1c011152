"""The power goes while people work: web server and worker are really killed; nothing is lost, nothing doubled."""

import random
import re
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress

import pytest
import requests
from pytest_django import DjangoDbBlocker

from motcua.casework.dossiers import selectors as dossiers
from motcua.casework.dossiers.models import CodeSequence, Dossier, JournalEntry
from motcua.engagement.notifications.models import Message
from motcua.foundation.accounts import services as accounts
from motcua.foundation.core import relay
from motcua.foundation.core.clock import civil_day
from motcua.insight.statistics import services as statistics
from motcua.insight.statistics.models import DossierFact
from tests.database import copied_database, pointed_at
from tests.journeys.province import Province, Served, forget_what_is_kept, served
from tests.world import BUSINESS, NOW, PASSWORD, make_world

pytestmark = pytest.mark.journey
CITIZENS, FILINGS_EACH, KILLS = 3, 4, 6
PATIENCE = 120
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
LOCK = re.compile(r'name="lock" value="(\d+)"')
WAITING = re.compile(r'href="(/office/inbox/[0-9a-f-]{36}/)"')


@pytest.fixture
def own_site(
    postgres_url: str, tmp_path_factory: pytest.TempPathFactory, django_db_blocker: DjangoDbBlocker
) -> Iterator[tuple[Province, Served]]:
    """A province of its own, as the others must not be killed."""
    home = tmp_path_factory.mktemp("killed")
    with django_db_blocker.unblock():
        database = copied_database(postgres_url, f"motcua_test_{home.name}_{time.time_ns()}")
        url = database.__enter__()
    try:
        with django_db_blocker.unblock(), pointed_at(url):
            world = make_world()
        site = served(home, url, NOW)
        site.start("web", "worker")
        try:
            site.wait_until_ready()
            place = Province(site.address, world, home, site.clock, url, django_db_blocker)
            yield place, site
        finally:
            site.end()
    finally:
        with django_db_blocker.unblock():
            database.__exit__(None, None, None)


def _insist(what: str, act: Callable[[], bool]) -> None:
    """Do it until it is done, as people do whose page did not come; what is said wrong is not repeated."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        with suppress(requests.RequestException):
            if act():
                return
        time.sleep(0.1)
    raise AssertionError(f"the site did not come back: {what}")


def _file_all(address: str, key: str, citizen: int, filed: dict[str, str]) -> None:
    """File several dossiers, each under one key, until the site says that it has it."""
    headers = {"X-API-Key": key, "X-Forwarded-For": f"10.9.0.{citizen + 1}"}
    offer: dict = {}

    def look() -> bool:
        answer = requests.get(f"{address}/api/offers", {"procedure": BUSINESS}, headers=headers, timeout=20)
        offer.update(answer.json()["offers"][0] if answer.ok else {})
        return answer.ok

    _insist("look", look)
    for number in range(FILINGS_EACH):
        name = f"may-{citizen}-{number:04d}"
        body = {
            "offer": offer["id"],
            "case": offer["cases"][0]["id"],
            "agency": "T01.34",
            "parties": [{"full_name": "Trần Thị Mỹ Duyên", "identity": "089187004127", "phone": "0913000128",
                         "email": f"{name}@example.vn"}],
            "answers": {"ten_ho": name, "von": 50_000_000},
        }  # fmt: skip

        def submit(body: dict = body, name: str = name) -> bool:
            answer = requests.post(
                f"{address}/api/dossiers", json=body, headers=headers | {"Idempotency-Key": name}, timeout=20
            )
            assert answer.status_code < 400 or answer.status_code >= 500, answer.text
            if answer.ok:
                filed[name] = answer.json()["code"]
            return answer.ok

        _insist("submit", submit)


def _accept_all(address: str, filed: dict[str, str], wanted: int) -> None:
    """Accept what lies in the inbox until nothing comes any more, pressing again where no page came."""
    desk = requests.Session()
    desk.headers["X-Forwarded-For"] = "10.9.1.1"

    def sign_in() -> bool:
        page = desk.get(f"{address}/office/sign-in/", timeout=20).text
        said = desk.post(
            f"{address}/office/sign-in/",
            {"username": "tiepnhan", "password": PASSWORD, "csrfmiddlewaretoken": TOKEN.search(page)[1]},
            timeout=20,
        )
        return said.ok and "/sign-in/" not in said.url

    def accept_some() -> bool:
        for path in dict.fromkeys(WAITING.findall(desk.get(f"{address}/office/inbox/", timeout=20).text)):
            page = desk.get(f"{address}{path}", timeout=20)
            if not LOCK.search(page.text):
                continue  # accepted by a click whose answer was lost
            data = {"lock": LOCK.search(page.text)[1], "csrfmiddlewaretoken": TOKEN.search(page.text)[1]}
            said = desk.post(f"{address}{path}accept/", data, timeout=20)
            assert said.status_code in {200, 409, 500, 502, 503}, said.text[:2000]
        return len(filed) == wanted and not WAITING.findall(desk.get(f"{address}/office/inbox/", timeout=20).text)

    _insist("sign_in", sign_in)
    _insist("accept_some", accept_some)


def _kill(site: Served, chance: random.Random) -> None:
    """Kill one of the two at any moment, and start it again, `KILLS` times."""
    for _round in range(KILLS):
        time.sleep(chance.uniform(0.2, 0.9))
        name = chance.choice(["web", "web", "worker"])
        site.kill(name)
        site.start(name)
        if name == "web":
            site.wait_until_ready()


def test_killing_web_and_worker_loses_and_doubles_nothing(own_site: tuple[Province, Served]):
    site, served_site = own_site
    with site.inside():
        key = accounts.issue_api_key(name="Ứng dụng thử", scopes=("file", "track"), valid_from=NOW.date(), at=NOW).key
    wanted, filed, failures = CITIZENS * FILINGS_EACH, {}, []

    def guarded(act: Callable, *given: object) -> threading.Thread:
        def run() -> None:
            try:
                act(*given)
            except BaseException as error:  # noqa: BLE001 - told by the test itself
                failures.append(error)

        thread = threading.Thread(target=run)
        thread.start()
        return thread

    people = [guarded(_file_all, site.url, key, number, filed) for number in range(CITIZENS)]
    people.append(guarded(_accept_all, site.url, filed, wanted))
    _kill(served_site, random.Random(20261123))
    for person in people:
        person.join()

    assert failures == []
    assert len(filed) == len(set(filed.values())) == wanted
    with site.inside():
        _wait_until_told(wanted)
        _assert_nothing_lost_or_doubled(set(filed.values()), wanted)
    letters = [letter["Message-ID"] for letter in site.letters()]
    with site.inside():
        assert len(set(letters)) == Message.objects.filter(state="sent").count()
    # A letter may come twice where the worker died behind the sending: it carries the same id, by which it is known.
    assert len(letters) - len(set(letters)) <= KILLS


def _wait_until_told(wanted: int) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if relay.waiting_events() == 0 and not Message.objects.exclude(state="sent").exists():
            return
        time.sleep(0.3)
    raise AssertionError(
        f"{relay.waiting_events()} events wait, {Message.objects.exclude(state='sent').count()} letters, of {wanted}"
    )


def _assert_nothing_lost_or_doubled(numbers: set[str], wanted: int) -> None:
    forget_what_is_kept()
    rows = list(Dossier.objects.order_by("id"))
    assert {row.intake_number for row in rows} == numbers
    assert sorted(int(row.code.rpartition("-")[2]) for row in rows) == list(range(1, wanted + 1))
    assert CodeSequence.objects.get(day=civil_day(NOW)).last == wanted
    assert dossiers.verify_journals().damages == ()
    acts = Counter(JournalEntry.objects.values_list("dossier_id", "act"))
    assert set(acts.values()) == {1}
    assert {act for _dossier, act in acts} >= {"filed", "accepted"}
    facts = _facts()
    assert len(facts) == wanted
    statistics.rebuild_statistics()
    assert _facts() == facts


def _facts() -> list[dict]:
    """Return the facts; which event wrote one last is not kept by a rebuild."""
    rows = DossierFact.objects.order_by("pk").values()
    return [{name: value for name, value in row.items() if name != "last_event_id"} for row in rows]
