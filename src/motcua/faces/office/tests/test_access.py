"""Who may open which page: a table of roles and addresses, and that what is not one's own looks missing."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from tests.world import CERTIFICATION, World

from motcua.faces.office import urls
from motcua.foundation.accounts.registry import acts

ROLES = ("tiepnhan", "canbo", "truongphong", "lanhdao", "vanthu", "kiemsoat", "congdan")
DESK = {"tiepnhan"}
STAFF = set(ROLES) - {"congdan"}
BATCH = {"tiepnhan", "canbo", "lanhdao", "vanthu"}

# address -> who may open it; everybody else is told that they may not
OPEN_TO = {
    "home": STAFF, "register": STAFF, "procedures": STAFF, "find": STAFF, "inbox": DESK, "results": DESK,
    "counter": DESK, "counter-suggest": DESK, "certification": DESK, "certification-fee": DESK,
    "certification-batch": BATCH, "certification-sheet": BATCH, "certification-book": BATCH,
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(OPEN_TO))
def test_each_role_opens_its_own_pages_only(name: str, sign_in: Callable[[str], Client]):
    for role in ROLES:
        status = sign_in(role).get(reverse(f"office:{name}")).status_code

        assert status == (403 if role not in OPEN_TO[name] else 302 if name == "find" else 200), (role, name)


def test_every_address_carries_an_act_and_only_signing_in_is_public():
    public = set()
    for pattern in urls.urlpatterns:
        code = getattr(pattern.callback, "motcua_act", "")
        assert code in acts(), f"{pattern.name} has no act"
        if acts()[code].public:
            public.add(pattern.name)

    assert public == {"login", "second", "second-set-up", "sign-on", "sign-on-back"}


@pytest.mark.parametrize("name", sorted(OPEN_TO))
def test_nobody_gets_in_without_signing_in(name: str, client: Client, db: None):
    answer = client.get(reverse(f"office:{name}"))

    assert answer.status_code == 302
    assert answer.url.startswith(reverse("office:login"))


def test_a_dossier_of_another_agency_looks_missing(world: World, sign_in: Callable[[str], Client]):
    filed = world.take_in()
    task = world.tasks(filed)[0]
    stranger = sign_in("xa.tiepnhan")

    for address in (
        reverse("office:dossier", args=[filed.public_id]),
        reverse("office:taken-in", args=[filed.public_id]),
        reverse("office:dossier-process", args=[filed.public_id]),
        reverse("office:paper", args=[filed.public_id, "receipt"]),
        reverse("office:file", args=[filed.public_id, uuid4()]),
        reverse("office:task", args=[task.public_id]),
    ):
        assert stranger.get(address).status_code == 404, address
    assert stranger.post(reverse("office:task-do", args=[task.public_id]), {"outcome": "enough"}).status_code == 404


# nobody has handed it to them yet: they say first what for they read it
WITHOUT_A_TASK = {"vanthu"}


@pytest.mark.parametrize("name", ["dossier", "taken-in", "filing", "filing-supplement", "filing-refuse"])
def test_an_unknown_dossier_is_missing(name: str, sign_in: Callable[[str], Client]):
    assert sign_in("tiepnhan").get(reverse(f"office:{name}", args=[uuid4()])).status_code == 404


def test_an_unknown_paper_or_foreign_file_is_missing(world: World, sign_in: Callable[[str], Client]):
    filed = world.take_in()
    desk = sign_in("tiepnhan")

    assert desk.get(reverse("office:paper", args=[filed.public_id, "nothing"])).status_code == 404
    assert desk.get(reverse("office:paper", args=[filed.public_id, "refusal"])).status_code == 404
    assert desk.get(reverse("office:file", args=[filed.public_id, uuid4()])).status_code == 404
    assert desk.get(reverse("office:task", args=[uuid4()])).status_code == 404


def test_someone_without_the_post_may_look_but_not_act(world: World, sign_in: Callable[[str], Client]):
    filed = world.take_in()
    url = reverse("office:task", args=[world.tasks(filed)[0].public_id])
    clerk = sign_in("vanthu")

    asked = clerk.get(url)
    page = clerk.post(asked.url, {"purpose": "question", "next": url}, follow=True)
    done = clerk.post(f"{url}do/", {"outcome": "enough"})

    assert page.status_code == 200
    assert 'name="outcome"' not in page.content.decode()
    assert done.status_code == 403
    assert world.tasks(filed)[0].act == "examine"


def test_the_receipt_is_a_pdf(world: World, sign_in: Callable[[str], Client]):
    filed = world.take_in(code=CERTIFICATION)

    answer = sign_in("tiepnhan").get(reverse("office:paper", args=[filed.public_id, "receipt"]))

    assert answer.status_code == 200
    assert answer.content.startswith(b"%PDF")


# what staff of the commune, of the province above it, of elsewhere and citizens get to see of one dossier
SEEN_BY = {
    "tiepnhan": 200,
    "canbo": 200,
    "lanhdao": 200,
    "vanthu": 200,
    "kiemsoat": 200,
    "so.canbo": 404,
    "congdan": 403,
}


# nobody has handed it to them yet: they say first what for they read it
WITHOUT_A_TASK = {"vanthu"}


@pytest.mark.parametrize("name", ["dossier", "taken-in", "dossier-process"])
def test_a_dossier_is_seen_by_its_agencies_and_those_above(name: str, world: World, sign_in: Callable[[str], Client]):
    filed = world.take_in()

    for username, status in SEEN_BY.items():
        answer = sign_in(username).get(reverse(f"office:{name}", args=[filed.public_id]))
        if username in WITHOUT_A_TASK and name != "taken-in":
            assert answer.url.startswith(reverse("office:purpose", args=[filed.public_id])), (username, name)
            continue
        assert answer.status_code == status, (username, name)


@pytest.mark.parametrize("name", ["filing", "filing-supplement", "filing-refuse"])
def test_a_filing_is_opened_by_its_desk_only(name: str, world: World, sign_in: Callable[[str], Client]):
    filed = world.file_online()

    for username, status in {"tiepnhan": 200, "canbo": 403, "lanhdao": 403, "xa.tiepnhan": 404, "congdan": 403}.items():
        answer = sign_in(username).get(reverse(f"office:{name}", args=[filed.public_id]))
        assert answer.status_code == status, (username, name)


def test_the_register_keeps_to_a_procedure(world: World, sign_in: Callable[[str], Client]):
    world.take_in(name="Lâm Sà Rây")
    world.take_in(code=CERTIFICATION, name="Đặng Hữu Nghĩa")

    page = sign_in("tiepnhan").get(reverse("office:register"), {"procedure": CERTIFICATION}).content.decode()

    assert "Đặng Hữu Nghĩa" in page
    assert "Lâm Sà Rây" not in page
