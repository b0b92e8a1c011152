"""What surrounds every request: ids, languages, actors, refusals."""

import json
import logging
from datetime import UTC, datetime

import psycopg
import pytest
from django.db import connection
from django.test import Client

from motcua.foundation.accounts import services as accounts

pytestmark = [pytest.mark.django_db, pytest.mark.urls("motcua.config.tests.addresses")]
AT = datetime(2026, 11, 2, 3, tzinfo=UTC)


def test_an_id_is_made_and_a_well_formed_one_is_kept(client):
    made = client.get("/healthz")["X-Request-ID"]
    kept = client.get("/healthz", headers={"X-Request-ID": "gateway-0001"})["X-Request-ID"]
    refused = client.get("/healthz", headers={"X-Request-ID": "bad id\n<script>"})["X-Request-ID"]

    assert len(made) == 16
    assert kept == "gateway-0001"
    assert "script" not in refused


def test_the_log_line_holds_neither_query_nor_address_parts(client, caplog):
    access = logging.getLogger("motcua.access")
    access.addHandler(caplog.handler)
    caplog.set_level(logging.INFO, logger="motcua.access")

    client.get("/try/fail/missing?phone=0913000128")

    access.removeHandler(caplog.handler)
    (line,) = [record.getMessage() for record in caplog.records if record.name == "motcua.access"]
    assert json.loads(line)["status"] == 404
    assert "try/fail/<str:name>" in line
    assert "0913000128" not in line
    assert "fail/missing" not in line


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("missing", 404),
        ("denied", 403),
        ("odd", 400),
        ("big", 413),
        ("stale", 409),
        ("not-allowed", 403),
        ("invalid", 422),
        ("too-many", 429),
        ("defect", 500),
    ],
)
def test_each_failure_has_its_page_with_the_id(name, status):
    response = Client(raise_request_exception=False).get(f"/try/fail/{name}")

    assert response.status_code == status
    assert response["X-Request-ID"] in response.content.decode()
    assert "<html" in response.content.decode().lower() or "<!doctype" in response.content.decode().lower()


def test_too_many_says_when_to_come_back(client):
    response = client.get("/try/fail/too-many")

    assert response["Retry-After"] == "420"
    assert "7" in response.content.decode()


def test_a_refusal_under_api_is_a_problem_document(client):
    response = client.get("/api/fail/stale", headers={"Accept-Language": "en"})

    assert response["Content-Type"] == "application/problem+json"
    assert response.json()["type"] == "urn:motcua:problem:stale"
    assert response.json()["detail"].startswith("Somebody changed")


@pytest.mark.parametrize(
    ("path", "cookie", "language"),
    [
        ("/try/who", "en", "vi"),
        ("/en/try/who", "", "en"),
        ("/office/try/who", "", "vi"),
        ("/office/try/who", "en", "en"),
        ("/office/try/who", "xx", "vi"),
    ],
)
def test_language_of_a_page(client, path, cookie, language):
    client.cookies["django_language"] = cookie

    response = client.get(path)

    assert language in response.content.decode().split()
    assert response["Content-Language"] == language


def test_a_form_without_token_gets_its_own_page():
    response = Client(enforce_csrf_checks=True).post("/try/form")

    assert response.status_code == 403
    assert response["X-Request-ID"] in response.content.decode()


def test_the_actor_is_public_without_a_session_and_costs_no_query(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = client.get("/try/who")

    assert response.content.decode().startswith("public")


def test_a_signed_in_citizen_costs_three_queries_then_two(client, django_assert_num_queries):
    person = accounts.register_citizen(username="lan", password="x", full_name="Lê Thị Lan", phone="0913000128", at=AT)
    client.force_login(person.user)

    with django_assert_num_queries(3):  # session, user, person
        first = client.get("/try/who")
    with django_assert_num_queries(2):
        client.get("/try/who")

    assert first.content.decode().startswith("citizen Lê Thị Lan")


def test_addresses_come_from_trusted_proxies_only(client, settings):
    forged = client.get("/try/who", headers={"X-Forwarded-For": "203.0.113.9"}).content.decode()
    settings.MOTCUA_TRUSTED_PROXIES = 1
    behind = client.get("/try/who", headers={"X-Forwarded-For": "198.51.100.1, 203.0.113.9"}).content.decode()

    assert forged.endswith("127.0.0.1")
    assert behind.endswith("203.0.113.9")


def test_maintenance_answers_503_but_the_probe_lives(client, settings, tmp_path):
    settings.MOTCUA_MAINTENANCE_FILE = tmp_path / "maintenance"
    settings.MOTCUA_MAINTENANCE_FILE.touch()

    page, probe = client.get("/try/who"), client.get("/healthz")

    assert (page.status_code, page["Retry-After"]) == (503, "300")
    assert probe.status_code == 200


def test_every_page_forbids_inline_script(client):
    first, second = (client.get("/try/who")["Content-Security-Policy"] for _ in range(2))

    assert first == second
    directives = dict(part.strip().split(" ", 1) for part in first.split(";"))
    assert directives["script-src"] == "'self'"
    assert directives["frame-ancestors"] == "'self'"
    assert "unsafe" not in first


def test_a_view_may_be_stricter_without_changing_other_pages(client):
    strict = client.get("/try/strict")["Content-Security-Policy"]

    assert strict == "sandbox"
    assert client.get("/try/who")["Content-Security-Policy"] != "sandbox"


@pytest.mark.race
def test_a_connection_that_the_server_ended_costs_nobody_an_error(transactional_db, database_url, client):
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (number,) = cursor.fetchone()
    with psycopg.connect(database_url, autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(%s, 5000)", [number])

    assert client.get("/readyz").status_code == 200


@pytest.mark.parametrize(("address", "status"), [("/try/fail/a%00b", 404), ("/healthz?q=%00", 200)])
def test_a_nul_in_the_address_is_no_defect(client, address, status):
    assert client.get(address).status_code == status


def test_the_line_about_a_defect_does_not_repeat_the_address(caplog):
    handler = logging.getLogger("django.request")
    handler.addHandler(caplog.handler)

    Client(raise_request_exception=False).get("/try/fail/defect")

    handler.removeHandler(caplog.handler)
    told = [record.getMessage() for record in caplog.records if record.name == "django.request"]
    assert told
    assert not [line for line in told if "fail/defect" in line]
