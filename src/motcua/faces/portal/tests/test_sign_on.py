"""Outside sign-on against a real OpenID Connect provider that runs on this machine."""

import json
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from urllib.error import HTTPError, URLError
from urllib.parse import parse_qs, urlencode, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener, urlopen

import pytest
from django.test import Client
from django.urls import reverse
from tests.journeys.province import free_port

from motcua.foundation.accounts import services
from motcua.foundation.accounts.models import OutsideIdentity, Person, SignInSession, User
from motcua.foundation.core import clock

PATIENCE = 30
PEOPLE = (
    {"sub": "089190004127", "name": "Lê Thị Lan"},
    {"sub": "staff-7", "name": "Nguyễn Hoàng Phúc", "preferred_username": "phuc"},
    {"sub": "staff-8", "name": "Người Lạ", "preferred_username": "nobody"},
)


class _Stay(HTTPRedirectHandler):
    def redirect_request(self, *args):
        return None


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    """Run the provider; yields its address."""
    port = free_port()
    command = [sys.executable, "-m", "oidc_provider_mock", "--port", str(port), "--require-nonce", "true"]
    for person in PEOPLE:
        command += ["--user-claims", json.dumps(person)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait(f"http://127.0.0.1:{port}/.well-known/openid-configuration", process)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(timeout=15)


def _wait(address: str, process: subprocess.Popen) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        try:
            with urlopen(address) as answer:  # noqa: S310 - this machine
                assert answer.status == 200
                return
        except URLError:
            time.sleep(0.2)
    raise AssertionError("the provider does not answer")


@pytest.fixture
def vneid(settings, issuer, monkeypatch):
    """Configure the provider for citizens and for staff."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    shared = {
        "metadata_url": f"{issuer}/.well-known/openid-configuration", "client_id": "motcua", "client_secret": "secret",
    }  # fmt: skip
    settings.MOTCUA_SIGN_ONS = [
        {"code": "vneid", "name": "VNeID", **shared},
        {"code": "so-noi-vu", "name": "Tài khoản cán bộ tỉnh", "audience": "staff", **shared},
    ]
    return issuer


def agree(address: str, subject: str) -> str:
    """Sign in at the provider as a person would; return the way back with the code."""
    form = urlencode({"sub": subject}).encode()
    try:
        build_opener(_Stay).open(Request(address, data=form))  # noqa: S310 - this machine
    except HTTPError as answer:
        if answer.code in {302, 303}:
            return answer.headers["Location"]
        raise
    raise AssertionError("the provider did not lead back")


def go(client: Client, subject: str, *, face: str = "portal", code: str = "vneid") -> str:
    """Go to the provider and sign in there; return the address it leads back to."""
    there = client.get(reverse(f"{face}:sign-on", args=[code]))
    assert there.status_code == 302
    back = agree(there["Location"], subject)
    assert urlsplit(back).path == reverse(f"{face}:sign-on-back", args=[code])
    return back


def come_back(client: Client, address: str):
    parts = urlsplit(address)
    return client.get(f"{parts.path}?{parts.query}")


pytestmark = pytest.mark.django_db


def test_a_citizen_comes_the_first_time_and_again(vneid):
    for _time in range(2):
        client = Client()
        answer = come_back(client, go(client, "089190004127"))
        assert answer["Location"] == reverse("portal:my")

    person = Person.objects.get()
    assert (person.full_name, person.is_officer) == ("Lê Thị Lan", False)
    assert SignInSession.objects.filter(user=person.user, method="outside").count() == 2
    assert b"089190004127" not in bytes(OutsideIdentity.objects.get().subject_digest)


def test_state_nonce_and_proof_key_are_asked(vneid):
    asked = parse_qs(urlsplit(Client().get(reverse("portal:sign-on", args=["vneid"]))["Location"]).query)

    assert asked["code_challenge_method"] == ["S256"]
    assert all(asked[name][0] for name in ("state", "nonce", "code_challenge"))
    assert asked["redirect_uri"] == ["http://testserver" + reverse("portal:sign-on-back", args=["vneid"])]


def test_an_answer_for_another_browser_opens_nothing(vneid):
    answer = come_back(Client(), go(Client(), "089190004127"))

    assert answer["Location"] == reverse("portal:login")
    assert not User.objects.exists()


def test_an_answer_is_good_once(vneid):
    client = Client()
    back = go(client, "089190004127")
    come_back(client, back)
    client.logout()

    assert come_back(client, back)["Location"] == reverse("portal:login")


def test_a_wrong_code_or_a_refusal_there_opens_nothing(vneid):
    client = Client()
    back = re.sub(r"code=[^&]+", "code=wrong", go(client, "089190004127"))
    assert come_back(client, back)["Location"] == reverse("portal:login")

    client = Client()
    state = parse_qs(urlsplit(client.get(reverse("portal:sign-on", args=["vneid"]))["Location"]).query)["state"][0]
    refused = client.get(reverse("portal:sign-on-back", args=["vneid"]), {"error": "access_denied", "state": state})
    assert refused["Location"] == reverse("portal:login")
    assert not User.objects.exists()


def test_a_name_typed_by_somebody_else_is_not_taken_over(vneid):
    services.register_citizen(
        username="khac", password=None, full_name="Lê Thị Lan", identity="089190004127", at=clock.now()
    )
    client = Client()
    come_back(client, go(client, "089190004127"))

    assert Person.objects.count() == 2


def test_staff_come_in_by_their_user_name_and_nobody_is_made(vneid):
    officer = services.register_officer(username="phuc", password=None, full_name="Nguyễn Hoàng Phúc", at=clock.now())
    client = Client()

    answer = come_back(client, go(client, "staff-7", face="office", code="so-noi-vu"))
    assert answer["Location"] == reverse("office:home")
    assert int(client.session["_auth_user_id"]) == officer.user_id

    stranger = Client()
    answer = come_back(stranger, go(stranger, "staff-8", face="office", code="so-noi-vu"))
    assert answer.status_code == 403
    assert User.objects.count() == 1


def test_another_person_there_may_not_take_a_linked_officers_name(vneid):
    services.register_officer(username="phuc", password=None, full_name="Nguyễn Hoàng Phúc", at=clock.now())
    other = services.register_officer(username="khac", password=None, full_name="Người Khác", at=clock.now())
    client = Client()
    come_back(client, go(client, "staff-7", face="office", code="so-noi-vu"))
    OutsideIdentity.objects.update(user=other.user)

    again = Client()
    assert come_back(again, go(again, "staff-7", face="office", code="so-noi-vu")).status_code == 403


def test_a_post_that_demands_it_still_shows_a_second_factor(vneid, settings):
    user = services.register_officer(username="phuc", password=None, full_name="Phúc", at=clock.now()).user
    User.objects.filter(pk=user.pk).update(is_superuser=True)
    client = Client()
    answer = come_back(client, go(client, "staff-7", face="office", code="so-noi-vu"))
    assert answer["Location"] == reverse("office:second-set-up")

    settings.MOTCUA_SIGN_ONS = [item | {"has_second_factor": True} for item in settings.MOTCUA_SIGN_ONS]
    client = Client()
    answer = come_back(client, go(client, "staff-7", face="office", code="so-noi-vu"))
    assert answer["Location"] == reverse("office:home")


def test_the_buttons_stand_where_they_belong(vneid, client):
    assert "VNeID" in client.get(reverse("portal:login")).content.decode()
    assert "Tài khoản cán bộ tỉnh" in client.get(reverse("office:login")).content.decode()
    assert "Tài khoản cán bộ tỉnh" not in client.get(reverse("portal:login")).content.decode()
    assert client.get(reverse("portal:sign-on", args=["so-noi-vu"])).status_code == 404


def test_a_provider_that_does_not_answer_is_said_politely(vneid, settings, client):
    settings.MOTCUA_SIGN_ONS = [
        settings.MOTCUA_SIGN_ONS[0]
        | {"metadata_url": f"http://127.0.0.1:{free_port()}/.well-known/openid-configuration"}
    ]

    answer = client.get(reverse("portal:sign-on", args=["vneid"]))
    assert answer["Location"] == reverse("portal:login")
