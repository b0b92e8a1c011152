"""The second page of signing in, one's own sign-in, and the administrator's reset."""

import json
import re
from hashlib import sha256

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from django.test import Client
from django.urls import reverse
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import Aaguid, AttestationObject, AttestedCredentialData, AuthenticatorData, CollectedClientData
from tests.world import NOW, PASSWORD, World

from motcua.foundation.accounts import selectors, services
from motcua.foundation.accounts.models import Passkey, SecurityEvent, SignInSession

pytestmark = pytest.mark.django_db
LOGIN, SECOND, SET_UP = reverse("office:login"), reverse("office:second"), reverse("office:second-set-up")


@pytest.fixture
def demonstration(settings):
    settings.MOTCUA_SHOW_CODES = True


def give_password(client, username="lanhdao", **more):
    return client.post(LOGIN, {"username": username, "password": PASSWORD, **more})


def shown_code(page):
    return re.search(r"data-demo-code>(\d{6})<", page.content.decode())[1]


def set_up(client, username="lanhdao"):
    """Sign in for the first time; return the recovery codes."""
    give_password(client, username)
    client.post(SET_UP, {"code": shown_code(client.get(SET_UP))})
    page = client.get(reverse("office:account-codes"))
    return re.findall(r"<li>([a-z0-9-]{19})</li>", page.content.decode())


def is_in(client):
    return client.get(reverse("office:home")).status_code == 200


def test_the_password_alone_opens_nothing_for_a_leader(world: World):
    client = Client()

    assert give_password(client)["Location"] == SET_UP
    assert not is_in(client)
    assert "_auth_user_id" not in client.session


def test_an_officer_may_do_without(world: World):
    client = Client()

    assert give_password(client, "canbo")["Location"] == reverse("office:home")
    assert is_in(client)


def test_a_leader_sets_up_an_app_and_reads_the_recovery_codes_once(world: World, demonstration):
    client = Client()
    codes = set_up(client)

    assert len(codes) == 10
    assert is_in(client)
    assert client.get(reverse("office:account-codes")).status_code == 302


def test_the_next_time_a_code_is_asked_for(world: World, demonstration):
    set_up(Client())
    client = Client()

    assert give_password(client, next="/office/results/")["Location"] == SECOND
    assert client.post(SECOND, {"code": "000000"}).status_code == 422
    assert not is_in(client)
    answer = client.post(SECOND, {"code": shown_code(client.get(SECOND))})

    assert answer["Location"] == "/office/results/"
    assert is_in(client)
    line = SignInSession.objects.get(session_key=client.session.session_key)
    assert (line.method, line.second_factor) == ("password", "totp")


def test_a_recovery_code_opens_once(world: World, demonstration):
    codes = set_up(Client())
    for status in (302, 422):
        client = Client()
        give_password(client)
        assert client.post(SECOND, {"code": codes[3]}).status_code == status


def test_production_shows_no_code_on_any_page(world: World):
    client = Client()
    give_password(client)
    assert "data-demo-code" not in client.get(SET_UP).content.decode()


def test_production_settings_cannot_show_codes(monkeypatch):
    import importlib
    import sys

    for name in ("MOTCUA_SECRET_KEY", "MOTCUA_DATA_KEYS", "MOTCUA_DIGEST_KEY", "MOTCUA_HOSTS", "DATABASE_URL"):
        monkeypatch.setenv(name, "x")
    monkeypatch.setenv("DATABASE_URL", "postgresql:///x")
    monkeypatch.setenv("MOTCUA_SHOW_CODES", "1")
    monkeypatch.delitem(sys.modules, "motcua.config.settings.production", raising=False)
    production = importlib.import_module("motcua.config.settings.production")

    assert production.MOTCUA_SHOW_CODES is False
    assert production.MOTCUA_SMS_SENDER == "off"


def test_nobody_reaches_the_second_page_without_the_first(world: World):
    client = Client()

    assert client.get(SECOND)["Location"] == LOGIN
    assert client.get(SET_UP)["Location"] == LOGIN


def test_the_first_page_is_forgotten_after_ten_minutes_and_with_a_new_password(world: World, demonstration):
    import time_machine

    set_up(Client())
    client = Client()
    give_password(client)
    with time_machine.travel(NOW.timestamp() + 601, tick=False):
        assert client.get(SECOND)["Location"] == LOGIN

    give_password(client)
    services.change_password(user_id=world.users["lanhdao"], current=PASSWORD, new="quyết định số bảy", at=NOW)
    assert client.get(SECOND)["Location"] == LOGIN


def test_guessing_the_second_factor_waits(world: World, demonstration):
    set_up(Client())
    client = Client(REMOTE_ADDR="10.0.0.7")
    give_password(client)

    statuses = [client.post(SECOND, {"code": f"00000{number}"}).status_code for number in range(7)]

    assert statuses == [422] * 5 + [429] * 2


def test_signing_in_gives_the_device_a_cookie_that_scripts_cannot_read(world: World):
    client = Client()
    give_password(client, "canbo")

    cookie = client.cookies["motcua_device"]
    assert cookie["httponly"]
    assert "canbo" not in cookie.value


def test_the_owner_comes_in_from_a_known_device_while_others_guess(world: World):
    mine = Client(REMOTE_ADDR="10.0.0.1")
    give_password(mine, "canbo")
    mine.post(reverse("office:logout"))
    for number in range(130):
        Client(REMOTE_ADDR=f"10.7.0.{number}").post(LOGIN, {"username": "canbo", "password": "sai"})
    stranger = Client(REMOTE_ADDR="10.8.0.1").post(LOGIN, {"username": "canbo", "password": PASSWORD})

    assert stranger.status_code == 429
    assert give_password(mine, "canbo").status_code == 302


def test_an_officer_adds_and_removes_a_factor_by_choice(world: World, demonstration):
    client = Client()
    give_password(client, "canbo")
    page = reverse("office:account-factor")
    client.post(page, {"code": shown_code(client.get(page))})
    assert selectors.second_factors(world.users["canbo"], on=NOW.date()).has_any

    client.post(reverse("office:account-factor-remove"))
    assert not selectors.second_factors(world.users["canbo"], on=NOW.date()).has_any


def test_a_leader_cannot_remove_the_last_factor(world: World, demonstration):
    client = Client()
    set_up(client)
    client.post(reverse("office:account-factor-remove"))

    assert selectors.second_factors(world.users["lanhdao"], on=NOW.date()).has_any


def test_changes_ask_for_the_password_again_after_a_while(world: World, demonstration):
    import time_machine

    client = Client()
    give_password(client, "canbo")
    with time_machine.travel(NOW.timestamp() + 1000, tick=False):
        answer = client.get(reverse("office:account-factor"))
        assert answer["Location"].startswith(reverse("office:account-confirm"))
        assert client.post(reverse("office:account-confirm"), {"password": "sai"}).status_code == 422
        answer = client.post(
            reverse("office:account-confirm"), {"password": PASSWORD, "next": reverse("office:account-factor")}
        )
        assert answer["Location"] == reverse("office:account-factor")
        assert client.get(answer["Location"]).status_code == 200


def test_a_changed_password_ends_all_other_sessions(world: World):
    mine, lost = Client(), Client()
    for client in (mine, lost):
        give_password(client, "canbo")

    weak = mine.post(reverse("office:account-password"), {"password": PASSWORD, "new_password": "canbo12"})
    assert weak.status_code == 422
    mine.post(reverse("office:account-password"), {"password": PASSWORD, "new_password": "quyết định số bảy"})

    assert is_in(mine)
    assert not is_in(lost)


def test_an_administrator_resets_a_lost_factor_with_a_reason(world: World, demonstration):
    lost = Client()
    give_password(lost, "tinh.tiepnhan")
    page = reverse("office:account-factor")
    lost.post(page, {"code": shown_code(lost.get(page))})
    admin = Client()
    set_up(admin, "quantri")
    listing = admin.get(reverse("office:staff-accounts"), {"q": "Thạch"}).content.decode()
    reset = re.search(r'href="(/office/staff-accounts/[0-9a-f-]+/)"', listing)[1]

    assert admin.post(reset, {"reason": ""}).status_code == 422
    assert admin.post(reset, {"reason": "Mất điện thoại, đã gặp tại phòng"}).status_code == 302

    assert not is_in(lost)
    assert give_password(lost, "tinh.tiepnhan")["Location"] == reverse("office:home")
    shown = lost.get(reverse("office:account")).content.decode()
    assert "Mất điện thoại, đã gặp tại phòng" in shown
    assert "Ngô Quốc Bảo" in shown


def test_only_administrators_see_the_sign_ins_of_staff(world: World, sign_in):
    assert sign_in("canbo").get(reverse("office:staff-accounts")).status_code == 403


class SoftKey:
    """A security key in software: ES256, no attestation, a counter."""

    def __init__(self, origin, host):
        self.private, self.origin, self.host, self.counter = ec.generate_private_key(ec.SECP256R1()), origin, host, 0
        self.id = b"key-of-the-test-0001"

    def _data(self, flags, credential=None):
        self.counter += 1
        return AuthenticatorData.create(sha256(self.host.encode()).digest(), flags, self.counter, credential or b"")

    def _client(self, kind, options):
        return CollectedClientData.create(kind, options["publicKey"]["challenge"], self.origin)

    def register(self, options):
        public = ES256.from_cryptography_key(self.private.public_key())
        credential = AttestedCredentialData.create(Aaguid(b"\0" * 16), self.id, public)
        made = AttestationObject.create("none", self._data(0x41, credential), {})
        client = self._client(CollectedClientData.TYPE.CREATE, options)
        return self._answer({"clientDataJSON": websafe_encode(client), "attestationObject": websafe_encode(made)})

    def sign(self, options, *, counter=None):
        data = self._data(0x01)
        if counter is not None:
            self.counter = counter - 1
            data = self._data(0x01)
        client = self._client(CollectedClientData.TYPE.GET, options)
        signature = self.private.sign(data + client.hash, ec.ECDSA(SHA256()))
        return self._answer({
            "clientDataJSON": websafe_encode(client), "authenticatorData": websafe_encode(data),
            "signature": websafe_encode(signature),
        })  # fmt: skip

    def _answer(self, response):
        return json.dumps({
            "id": websafe_encode(self.id), "rawId": websafe_encode(self.id), "type": "public-key", "response": response,
        })  # fmt: skip


def options_of(page):
    from html import unescape

    return json.loads(unescape(re.search(r'data-options="([^"]+)"', page.content.decode())[1]))


@pytest.fixture
def key():
    return SoftKey("http://localhost", "localhost")


def passkey_client():
    return Client(SERVER_NAME="localhost")


def with_passkey(world, key):
    client = passkey_client()
    give_password(client)
    client.post(SET_UP, {"passkey": key.register(options_of(client.get(SET_UP))), "name": "Khóa của tôi"})
    return client


def test_a_passkey_is_set_up_and_opens_the_second_page(world: World, key):
    assert is_in(with_passkey(world, key))
    client = passkey_client()
    give_password(client)

    answer = client.post(SECOND, {"passkey": key.sign(options_of(client.get(SECOND)))})

    assert answer["Location"] == reverse("office:home")
    assert SignInSession.objects.get(session_key=client.session.session_key).second_factor == "passkey"


def test_an_answer_is_good_for_its_own_question_only(world: World, key):
    with_passkey(world, key)
    client = passkey_client()
    give_password(client)
    old = key.sign(options_of(client.get(SECOND)))
    client.get(SECOND)

    assert client.post(SECOND, {"passkey": old}).status_code == 422
    assert not is_in(client)


def test_another_site_and_another_key_are_refused(world: World, key):
    with_passkey(world, key)
    for other in (SoftKey("http://localhost.evil.example", "localhost"), SoftKey("http://localhost", "localhost")):
        if other.origin != key.origin:
            other.private = key.private
        client = passkey_client()
        give_password(client)
        assert client.post(SECOND, {"passkey": other.sign(options_of(client.get(SECOND)))}).status_code == 422


def test_a_copied_key_whose_counter_went_back_is_refused(world: World, key):
    with_passkey(world, key)
    client = passkey_client()
    give_password(client)

    assert client.post(SECOND, {"passkey": key.sign(options_of(client.get(SECOND)), counter=1)}).status_code == 422


@pytest.mark.parametrize("answer", ["", "{}", "[]", "null", "nonsense", '{"id":"x","rawId":"y"}'])
def test_nonsense_is_refused(world: World, key, answer):
    with_passkey(world, key)
    client = passkey_client()
    give_password(client)
    client.get(SECOND)

    assert client.post(SECOND, {"passkey": answer, "code": ""}).status_code == 422


def test_only_the_public_half_is_kept_and_removal_is_noted(world: World, key):
    client = with_passkey(world, key)
    row = Passkey.objects.get()
    secret = key.private.private_numbers().private_value.to_bytes(32, "big")
    assert secret not in bytes(row.credential)
    key2 = SoftKey("http://localhost", "localhost")
    key2.id = b"key-of-the-test-0002"
    page = client.get(reverse("office:account-factor"))
    client.post(reverse("office:account-factor"), {"passkey": key2.register(options_of(page)), "name": ""})

    client.post(reverse("office:account-factor-remove"), {"passkey": str(row.public_id)})

    assert Passkey.objects.count() == 1
    assert SecurityEvent.objects.filter(kind="passkey_removed").count() == 1


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_pages_stand_in_both_languages(world: World, demonstration, language):
    client = Client()
    client.cookies["django_language"] = language
    assert f'<html lang="{language}"' in client.get(LOGIN).content.decode()
    give_password(client)
    words = client.get(SET_UP).content.decode()
    assert ("Set up the second step" in words) is (language == "en")
