"""Looking up: completion for anybody, the way for a proven party, attempts counted with those of the portal."""

from datetime import timedelta

import pytest
from tests.world import NOW

from motcua.casework.dossiers import selectors as dossiers
from motcua.casework.dossiers.types import PartyInput, SupplementItem
from motcua.faces.api.tests.conftest import EMAIL, IDENTITY, NAME, PHONE
from motcua.faces.api.tests.test_door import assert_problem
from motcua.foundation.core.throttling import count_attempt

pytestmark = pytest.mark.django_db
PARTIES = (PartyInput(full_name=NAME, identity=IDENTITY, phone=PHONE, email=EMAIL),)


@pytest.fixture
def code(world) -> str:
    return world.take_in(parties=PARTIES).code


def test_without_a_second_factor_only_code_and_completion(client, code):
    response = client.get(f"/api/dossiers/{code.lower()}")

    assert response.json() == {"code": code, "completion": "open", "dossier": None}
    assert response["Cache-Control"] == "no-store"


def test_an_unknown_code(client, world):
    assert_problem(client.get("/api/dossiers/T01.34-261123-9999"), 404, "not-found")


def test_a_code_that_is_too_long(client, world):
    assert_problem(client.get(f"/api/dossiers/{'9' * 51}"), 422, "invalid")


@pytest.mark.parametrize("factor", [PHONE, "+84 913 000 128", IDENTITY, "0891 8700 4127"])
def test_phone_or_identity_number_opens_the_way(client, code, factor):
    way = client.get(f"/api/dossiers/{code}", headers={"X-Second-Factor": factor}).json()["dossier"]

    assert way["status"] == "processing"
    assert way["status_text"] == "Đang giải quyết"
    assert way["due_at"].startswith("2026-11-27T17:00")
    assert [item["kind"] for item in way["timeline"]] == ["current", "step", "accepted"]
    assert not any(personal in str(way) for personal in (IDENTITY, PHONE, EMAIL, NAME))


def test_an_open_supplement_is_told(client, world):
    filed = world.take_in(parties=PARTIES)
    world.step(filed, "lacking", by="canbo", supplement=(SupplementItem(reason="Thiếu chữ ký"),))

    way = client.get(f"/api/dossiers/{filed.code}", headers={"X-Second-Factor": PHONE}).json()["dossier"]

    assert way["status"] == "awaiting_supplement"
    assert way["supplement"]["items"] == [{"paper": "", "reason": "Thiếu chữ ký"}]
    assert way["due_at"] is None


def test_a_wrong_second_factor_and_a_wrong_code_look_the_same(client, code):
    wrong = {"X-Second-Factor": "0900000000"}

    first = assert_problem(client.get(f"/api/dossiers/{code}", headers=wrong), 404, "proof-failed")
    second = assert_problem(client.get("/api/dossiers/T01.34-261123-9999", headers=wrong), 404, "proof-failed")

    assert {key: first[key] for key in ("title", "detail")} == {key: second[key] for key in ("title", "detail")}


def test_attempts_are_counted_by_code(client, code, settings):
    settings.MOTCUA_TRACKING_ATTEMPTS_PER_CODE = 2
    wrong = {"X-Second-Factor": "0900000000"}

    answers = [client.get(f"/api/dossiers/{code}", headers=wrong, REMOTE_ADDR=f"10.0.0.{n}") for n in range(3)]

    assert [answer.status_code for answer in answers] == [404, 404, 429]
    assert_problem(answers[2], 429, "too-many-attempts")
    assert int(answers[2]["Retry-After"]) > 0
    right = client.get(f"/api/dossiers/{code}", headers={"X-Second-Factor": PHONE}, REMOTE_ADDR="10.0.0.9")
    assert right.status_code == 429


def test_attempts_are_counted_by_address(client, world, settings):
    settings.MOTCUA_TRACKING_ATTEMPTS_PER_ADDRESS = 2
    wrong = {"X-Second-Factor": "0900000000"}

    answers = [client.get(f"/api/dossiers/T01.34-261123-000{n}", headers=wrong).status_code for n in range(3)]

    assert answers == [404, 404, 429]


def test_attempts_in_the_portal_count_here_too(client, code, settings):
    settings.MOTCUA_TRACKING_ATTEMPTS_PER_CODE = 1
    key = dossiers.counting_key(code)
    count_attempt(scope="tracking.code", key=key, limit=1, window=timedelta(hours=1), at=NOW)

    assert client.get(f"/api/dossiers/{code}", headers={"X-Second-Factor": PHONE}).status_code == 429


def test_completion_alone_is_not_counted_as_an_attempt(client, code, settings):
    settings.MOTCUA_TRACKING_ATTEMPTS_PER_CODE = 1

    assert [client.get(f"/api/dossiers/{code}").status_code for _ in range(3)] == [200, 200, 200]


def test_the_receipt_is_for_parties_only(client, code):
    assert_problem(client.get(f"/api/dossiers/{code}/receipt"), 403, "proof-needed")
    wrong = client.get(f"/api/dossiers/{code}/receipt", headers={"X-Second-Factor": "0900000000"})
    assert_problem(wrong, 404, "proof-failed")


def test_the_receipt_is_a_pdf(client, code):
    response = client.get(f"/api/dossiers/{code}/receipt", headers={"X-Second-Factor": PHONE})

    assert response.status_code == 200
    assert response["Content-Type"] == "application/pdf"
    assert code in response["Content-Disposition"]
    assert response.content.startswith(b"%PDF")


def test_the_ledger_of_any_instant_for_a_proven_party(client, code):
    address = f"/api/dossiers/{code}/ledger"

    found = client.get(address, {"at": "2026-11-26T09:00"}, headers={"X-Second-Factor": PHONE}).json()

    assert (found["due_at"], found["total_seconds"]) == ("2026-11-27T17:00:00+07:00", 36_000)
    assert {"from", "to", "counted", "ground", "holders"} <= found["ledger"][0].keys()
    assert found["holders"][0]["kind"] == "agency"
    assert client.get(address).status_code == 403
    before = client.get(address, {"at": "2026-11-01T09:00"}, headers={"X-Second-Factor": PHONE})
    assert_problem(before, 404, "not-found")
