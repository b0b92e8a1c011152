"""The acts that are measured, as a browser does them: signed in, with sessions, form tokens, permissions, throttles."""

import multiprocessing
import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from bench.clients import Browser, Plan, Request
from bench.seeds import PROCEDURE, Seeder
from motcua.casework.dossiers.models import Dossier
from motcua.casework.procedures import selectors as procedures
from motcua.casework.procedures.models import ProcedureVersion
from motcua.casework.workflow import selectors as workflow
from motcua.foundation.accounts.models import PostHolding, User

CLIENTS = 4
TAKEN = 3
PASSWORD = "bench-only-password"  # noqa: S105 - of a database that is thrown away


@dataclass(frozen=True, slots=True)
class Act:
    """An act, the bare view it is compared with, and one example for counting statements."""

    name: str
    ceiling: str
    plan: Plan


def _user(unit_id: int, role: str, place: int) -> str:
    holdings = PostHolding.objects.filter(post__unit_id=unit_id, post__role=role).select_related("person__user")
    user = _account(list(holdings.order_by("pk"))[place % holdings.count()])
    user.set_password(PASSWORD)
    user.save(update_fields=["password"])
    return user.username


def _account(holding: PostHolding) -> User:
    if holding.person.user is None:
        raise LookupError(f"{holding.person} has no account")
    return holding.person.user


class Cast:
    """Who acts in the benchmark: a desk, an officer and a leader of the communes that have the dossiers."""

    def __init__(self, seeder: Seeder) -> None:
        from motcua.foundation.organisations import selectors as organisations

        self.seeder = seeder
        self.desks = []
        self.officers = []
        for commune in seeder.communes:
            centre = organisations.child_unit(commune, kind="commune_centre", on=seeder.on) or commune
            economy = (
                organisations.child_unit(commune, kind="division", division_kind="economy", on=seeder.on) or commune
            )
            self.desks.append((commune, _user(centre, "receptionist", 0)))
            self.officers.append((economy, _user(economy, "officer", 0)))
        self.controller = self._controller()

    def _controller(self) -> str:
        holding = PostHolding.objects.filter(post__role="controller").select_related("person__user").order_by("pk")[0]
        user = _account(holding)
        user.password = User.objects.get(username=self.desks[0][1]).password
        user.save(update_fields=["password"])
        return user.username


def plans(cast: Cast) -> list[Act]:
    """Return the acts in the order in which they are measured."""
    coded = Dossier.objects.filter(code__isnull=False).order_by("?").values_list("code", flat=True)
    codes = [code for code in coded[:2000] if code]
    titles = list(ProcedureVersion.objects.values_list("name", flat=True)[:300])
    return [
        Act("track", "select", _track(codes)),
        Act("work list", "select", _work_list(cast)),
        Act("search", "select", _search(titles)),
        Act("figures", "select", _figures(cast)),
        Act("create", "insert", _create(cast)),
        Act("step", "insert", _step(cast)),
    ]


def _track(codes: list[str]) -> Plan:
    def plan(browser: Browser, number: int) -> Iterator[Request]:
        chosen = random.Random(number)  # noqa: S311 - load, not secrets
        while True:
            code = chosen.choice(codes)
            yield Request("GET", f"/tra-cuu/?ma={code}", holds=code.encode())

    return plan


def _work_list(cast: Cast) -> Plan:
    def plan(browser: Browser, number: int) -> Iterator[Request]:
        browser.sign_in(cast.officers[number][1], PASSWORD)
        while True:
            yield Request("GET", "/office/", holds=b"data-rows")

    return plan


def _search(titles: list[str]) -> Plan:
    from urllib.parse import quote_plus

    from motcua.foundation.core.folding import fold

    def plan(browser: Browser, number: int) -> Iterator[Request]:
        chosen = random.Random(number)  # noqa: S311 - load, not secrets
        while True:
            words = fold(chosen.choice(titles)).split()[:4]
            yield Request("GET", f"/thu-tuc/?q={quote_plus(' '.join(words))}", holds=b"mc-proc")

    return plan


def _figures(cast: Cast) -> Plan:
    def plan(browser: Browser, number: int) -> Iterator[Request]:
        browser.sign_in(cast.controller, PASSWORD)
        while True:
            yield Request("GET", "/office/figures/?kind=commune", holds=b"measure=")

    return plan


def _create(cast: Cast) -> Plan:
    forms = []
    for commune, _username in cast.desks:
        offer = procedures.offer_for(code=PROCEDURE, agency_id=commune, on=cast.seeder.on)
        forms.append((offer.public_id, procedures.intake_choice(offer.id, on=cast.seeder.on).cases[0]))

    def plan(browser: Browser, number: int) -> Iterator[Request]:
        offer_id, case = forms[number]
        browser.sign_in(cast.desks[number][1], PASSWORD)
        path = f"/office/counter/{offer_id}/"
        token = browser.token(path)
        chosen = random.Random(number)  # noqa: S311 - load, not secrets
        while True:
            yield Request("POST", path, _intake_form(token, case, cast.desks[number][0], chosen), status=302)

    return plan


def _intake_form(token: str, case: Any, commune: int, chosen: random.Random) -> list[tuple[str, Any]]:
    number = chosen.randint(10**9, 10**10 - 1)
    form = [
        ("csrfmiddlewaretoken", token), ("take_in", 1), ("key", uuid4().hex), ("case_id", case.id),
        ("channel", "counter"), ("competent", commune), ("people", 1), ("p0-full_name", "Người Thử Nghiệm"),
        ("p0-identity", f"08{number}"), ("p0-phone", f"09{number % 10**8:08d}"), ("p0-address", "1 Trần Phú"),
        ("p0-role", "applicant"), ("p0-kind", "citizen"), ("delivery", "desk"),
    ]  # fmt: skip
    for place, line in enumerate(case.papers):  # the page sends every line of the list, ticked or not
        form += [(f"c{line.id}-shown", 1), (f"c{line.id}-originals", 1)]
        form += [(f"c{line.id}-taken", "on")] if place < TAKEN else []
    return form


def _step(cast: Cast) -> Plan:
    tasks = []
    for unit_id, username in cast.officers:
        page = workflow.open_task_page([(unit_id, "officer")], person_id=None, limit=5000)
        tasks.append((username, [(task.public_id, task.outcomes[0].code) for task in page.tasks]))
    taken = multiprocessing.get_context("fork").Array("i", len(tasks))

    def plan(browser: Browser, number: int) -> Iterator[Request]:
        for place, cookies, token in _signed_in(browser, tasks, number):
            browser.cookies = cookies
            mine = tasks[place][1]
            while taken[place] < len(mine):
                public_id, outcome = mine[taken[place]]
                taken[place] += 1
                form = {"csrfmiddlewaretoken": token, "outcome": outcome, "note": ""}
                yield Request("POST", f"/office/tasks/{public_id}/do/", form, status=302)

    return plan


def _signed_in(browser: Browser, tasks: list[Any], number: int) -> list[tuple[int, dict[str, str], str]]:
    """Sign every officer of this client in before the first step is taken."""
    ready = []
    for place in range(number, len(tasks), CLIENTS):
        browser.cookies = {}
        browser.sign_in(tasks[place][0], PASSWORD)
        token = browser.token("/office/")
        ready.append((place, browser.cookies, token))
    return ready
