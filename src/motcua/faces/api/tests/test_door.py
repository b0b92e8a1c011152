"""Who may pass the door, how often, with what; every refusal is a problem document."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import TooManyFilesSent
from django.test import Client
from tests.world import BUSINESS, NOW

from motcua.casework.procedures import selectors as procedures
from motcua.faces.api.tests.conftest import filing_for, submit, upload
from motcua.foundation.accounts import services as accounts
from motcua.foundation.accounts.models import User

pytestmark = pytest.mark.django_db
ENGLISH = {"Accept-Language": "en"}


def assert_problem(response, status: int, code: str) -> dict:
    assert response.status_code == status, response.content
    assert response["Content-Type"] == "application/problem+json"
    body = response.json()
    assert (body["status"], body["code"], body["type"]) == (status, code, f"urn:motcua:problem:{code}")
    assert body["title"]
    assert body["detail"]
    assert body["request_id"] == response["X-Request-ID"]
    assert response["Cache-Control"] == "no-store"
    return body


@pytest.mark.parametrize("path", ["/api/nothing", "/api/procedures/", "/api/dossiers/a/b/c"])
def test_an_address_that_does_not_exist(client, path):
    assert_problem(client.get(path), 404, "not-found")


def test_sending_something_to_an_address_that_does_not_exist():
    strict = Client(enforce_csrf_checks=True)

    assert_problem(strict.post("/api/nothing", {"a": "b"}), 404, "not-found")
    assert_problem(strict.post("/api/openapi.json", {"a": "b"}), 405, "method-not-allowed")
    assert_problem(strict.post("/api/dossiers", {"a": "b"}), 401, "key-needed")


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("post", "/api/", "GET, HEAD"),
        ("post", "/api/procedures", "GET, HEAD"),
        ("delete", "/api/dossiers/T01.34-261123-0001", "GET, HEAD"),
        ("get", "/api/files", "POST"),
        ("put", "/api/dossiers", "POST"),
    ],
)
def test_a_method_that_is_not_taken(client, method, path, allowed):
    response = getattr(client, method)(path)

    assert_problem(response, 405, "method-not-allowed")
    assert response["Allow"] == allowed


def test_head_answers_like_get_without_a_body(client, world):
    response = client.head("/api/procedures")

    assert (response.status_code, response.content) == (200, b"")


@pytest.mark.parametrize(
    "content_type", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"]
)
def test_a_dossier_is_taken_as_json_only(client, program, content_type):
    response = client.post("/api/dossiers", b"{}", content_type=content_type, headers=program)

    assert_problem(response, 415, "wrong-content-type")


def test_a_file_is_taken_as_multipart_only(client, program):
    assert_problem(
        client.post("/api/files", b"{}", content_type="application/json", headers=program), 415, "wrong-content-type"
    )


@pytest.mark.parametrize("body", [b"{", b"\xff\xfe", b"[1,"])
def test_json_that_cannot_be_read(client, program, body):
    headers = program | {"Idempotency-Key": "khoa-thu-0001"}

    assert_problem(
        client.post("/api/dossiers", body, content_type="application/json", headers=headers), 400, "bad-request"
    )


@pytest.mark.parametrize("body", [b"[]", b'"text"', b"null", b"5"])
def test_json_of_another_shape(client, program, body):
    headers = program | {"Idempotency-Key": "khoa-thu-0001"}
    response = client.post("/api/dossiers", body, content_type="application/json", headers=headers)

    assert_problem(response, 422, "invalid")


def test_a_body_that_is_too_large_is_refused_before_it_is_read(client, program):
    response = client.post("/api/dossiers", b" " * 2_600_000, content_type="application/json", headers=program)

    assert_problem(response, 413, "body-too-large")


def test_a_multipart_body_that_cannot_be_read(client, program, monkeypatch):
    monkeypatch.setattr(
        "django.http.multipartparser.MultiPartParser.parse",
        lambda self: (_ for _ in ()).throw(TooManyFilesSent("many")),
    )

    assert_problem(upload(client, program), 400, "bad-request")


@pytest.mark.parametrize("headers", [{}, {"X-API-Key": "mc_unknown"}, {"Authorization": "Basic abc"}])
def test_filing_needs_a_key(client, world, headers):
    body = assert_problem(submit(client, headers | ENGLISH, filing_for(client)), 401, "key-needed")

    assert "X-API-Key" in body["detail"]


def test_a_refused_key_is_told_how_to_bring_one(client):
    assert client.post("/api/files")["WWW-Authenticate"].startswith("Bearer")


def test_a_wrong_key_is_refused_even_where_none_is_needed(client):
    assert_problem(client.get("/api/procedures", headers={"X-API-Key": "mc_unknown"}), 401, "key-needed")


def test_a_key_may_come_as_a_bearer_token(client, world, program):
    bearer = {"Authorization": f"Bearer {program['X-API-Key']}"}

    assert upload(client, bearer).status_code == 201


def test_a_revoked_key_and_one_out_of_its_days_no_longer_work(client, world, issue):
    ended = issue(valid_from=NOW.date() - timedelta(days=9), valid_until=NOW.date())
    assert_problem(upload(client, ended), 401, "key-needed")
    issued = accounts.issue_api_key(name="x", scopes=["file"], at=NOW, valid_from=NOW.date())
    accounts.revoke_api_key(public_id=issued.client.public_id, at=NOW)
    assert_problem(upload(client, {"X-API-Key": issued.key}), 401, "key-needed")


@pytest.mark.parametrize(
    ("scopes", "call"),
    [
        (["track"], lambda client, key: upload(client, key)),
        (["read"], lambda client, key: submit(client, key, {})),
        (["file"], lambda client, key: client.get("/api/dossiers/T01.34-261123-0001", headers=key)),
    ],
)
def test_a_key_without_the_scope_is_refused(client, issue, scopes, call):
    assert_problem(call(client, issue(*scopes)), 403, "scope-missing")


def test_any_key_may_read(client, world, issue):
    assert client.get("/api/procedures", headers=issue("track")).status_code == 200


def test_a_key_has_a_rate_of_its_own(client, world, issue):
    key = issue("read", per_minute=2)

    first = client.get("/api/procedures", headers=key)
    second = client.get("/api/procedures", headers=key)
    third = client.get("/api/procedures", headers=key)

    assert first["RateLimit-Policy"] == '"key";q=2;w=60'
    assert [first["RateLimit"], second["RateLimit"]] == ['"key";r=1;t=60', '"key";r=0;t=60']
    assert_problem(third, 429, "rate-exceeded")
    assert third["Retry-After"] == "60"
    assert third["RateLimit"] == '"key";r=0;t=60'
    with time_machine.travel(NOW + timedelta(seconds=60), tick=False):
        assert client.get("/api/procedures", headers=key).status_code == 200


def test_addresses_are_counted_apart_and_a_key_is_not_counted_by_address(client, world, issue, settings):
    settings.MOTCUA_API_PER_ADDRESS = 1

    assert client.get("/api/procedures").status_code == 200
    assert_problem(client.get("/api/procedures"), 429, "rate-exceeded")
    assert client.get("/api/procedures", REMOTE_ADDR="10.0.0.9").status_code == 200
    assert client.get("/api/procedures", headers=issue()).status_code == 200


def test_guessing_keys_is_counted_by_address(client, settings):
    settings.MOTCUA_API_PER_ADDRESS = 2

    answers = [client.post("/api/files", headers={"X-API-Key": f"mc_{guess}"}).status_code for guess in range(3)]

    assert answers == [401, 401, 429]


def test_a_defect_of_ours_is_a_problem_without_its_cause(client, world, monkeypatch, capsys):
    def broken(*_args, **_kwargs):
        raise RuntimeError("the secret cause")

    monkeypatch.setattr(procedures, "search", broken)

    body = assert_problem(client.get("/api/procedures", headers=ENGLISH), 500, "internal-error")

    assert "secret cause" not in str(body)


def test_sentences_follow_the_language_of_the_call(client):
    vietnamese = client.get("/api/nothing").json()
    english = client.get("/api/nothing", headers=ENGLISH).json()

    assert vietnamese["title"] == "Không tìm thấy"
    assert english["title"] == "Not found"
    assert vietnamese["code"] == english["code"]


def test_no_session_is_opened_and_no_cookie_counts(client, world, program):
    client.force_login(User.objects.get(pk=world.users["tiepnhan"]))

    response = client.post("/api/dossiers", {}, content_type="application/json")

    assert_problem(response, 401, "key-needed")
    assert not client.get("/api/procedures", {"q": BUSINESS}).cookies


def test_reading_may_be_kept_for_a_minute_and_nothing_else(client, world, program):
    assert client.get("/api/procedures")["Cache-Control"] == "public, max-age=60"
    assert upload(client, program)["Cache-Control"] == "no-store"
