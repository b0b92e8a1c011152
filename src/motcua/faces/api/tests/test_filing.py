"""Uploading and filing: errors at their fields, once only, nothing half done."""

from datetime import date
from threading import Thread

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from tests.world import CERTIFICATION, NOW, make_world

from motcua.casework.dossiers import selectors as dossiers
from motcua.casework.dossiers.models import Dossier, Party
from motcua.casework.dossiers.types import Proof
from motcua.faces.api.answers import read_answers
from motcua.faces.api.tests.conftest import IDENTITY, NAME, PERSONAL, PHONE, filing_for, submit, upload
from motcua.faces.api.tests.test_door import assert_problem
from motcua.foundation.accounts import services as accounts
from motcua.foundation.accounts.types import PUBLIC
from motcua.foundation.core.models import OutboxEvent

pytestmark = pytest.mark.django_db
NO_FILE = "01890000-0000-7000-8000-000000000000"


def test_a_dossier_goes_from_upload_to_tracking(client, world, program):
    file = upload(client, program).json()
    paper = client.get("/api/offers", {"procedure": "1.001612"}).json()["offers"][0]["cases"][0]["papers"][0]["id"]
    filing = filing_for(client, papers=[{"paper": paper, "files": [file["id"]]}])

    filed = submit(client, program, filing)

    assert filed.status_code == 201
    body = filed.json()
    assert filed["Location"] == f"/api/dossiers/{body['code']}"
    assert body["status"] == "awaiting_acceptance"
    assert body["tracking_url"].endswith(f"/tra-cuu/?ma={body['code']}")
    tracked = client.get(filed["Location"], headers=program).json()
    assert tracked == {"code": body["code"], "completion": "open", "dossier": None}
    way = client.get(filed["Location"], headers=program | {"X-Second-Factor": PHONE}).json()["dossier"]
    assert [item["kind"] for item in way["timeline"]] == ["filed"]
    slip = client.get(f"{filed['Location']}/receipt", headers=program | {"X-Second-Factor": IDENTITY})
    assert slip["Content-Type"] == "application/pdf"
    assert slip.content.startswith(b"%PDF")


def test_the_file_says_what_it_is(client, world, program):
    response = upload(client, program, name="đơn.pdf")

    assert response.status_code == 201
    body = response.json()
    assert (body["kind"], body["name"], body["pages"]) == ("pdf", "đơn.pdf", 1)
    assert len(body["sha256"]) == 64


@pytest.mark.parametrize(
    ("name", "content", "status", "code"),
    [
        ("rong.pdf", b"", 422, "file-empty"),
        ("la.exe", b"MZ" + b"x" * 90, 422, "file-kind"),
        ("gia.pdf", b"\x89PNG\r\n\x1a\n" + b"0" * 90, 422, None),
        ("qua-to.pdf", b"%PDF-1.7" + b"0" * 23 * 1024 * 1024, 413, "body-too-large"),
        ("to.pdf", b"%PDF-1.7" + b"0" * 21 * 1024 * 1024, 413, "file-too-large"),
    ],
)
def test_a_file_that_cannot_be_taken(client, world, program, name, content, status, code):
    response = client.post("/api/files", {"file": SimpleUploadedFile(name, content)}, headers=program)

    assert response.status_code == status
    assert response["Content-Type"] == "application/problem+json"
    assert response.json()["code"] == (code or "file-mismatch")


def test_a_call_without_a_file(client, program):
    response = client.post("/api/files", {"other": "x"}, headers=program)

    assert response.status_code == 422
    assert list(response.json()["fields"]) == ["file"]


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"answers": {"von": 5}}, {"answers.ten_ho"}),
        ({"answers": {"ten_ho": "A", "von": "nhiều"}}, {"answers.von"}),
        ({"answers": {"ten_ho": "A", "von": -5}}, {"answers.von"}),
        ({"answers": {"ten_ho": ["A"], "la": 1}}, {"answers.ten_ho", "answers.la"}),
        ({"answers": {"ten_ho": {"a": 1}}}, {"answers.ten_ho"}),
        ({"case": 999_999_999}, {"case"}),
        ({"agency": ""}, {"agency"}),
        ({"agency": "T01.02"}, {"agency"}),
        ({"parties": []}, {"parties"}),
        ({"parties": [{"full_name": NAME, "identity": "12", "phone": PHONE}]}, {"parties.0.identity"}),
        ({"parties": [{"full_name": NAME, "identity": IDENTITY, "phone": "12"}]}, {"parties.0.phone"}),
        ({"parties": [{"full_name": NAME, "identity": IDENTITY}]}, {"parties.0.phone"}),
        (
            {"parties": [{"full_name": NAME, "identity": IDENTITY, "phone": PHONE, "email": "khong"}]},
            {"parties.0.email"},
        ),
        ({"parties": [{"full_name": NAME, "identity": IDENTITY, "phone": PHONE, "role": "recipient"}]}, {"parties"}),
        ({"parties": [{"full_name": NAME, "role": "king"}]}, {"parties.0.role"}),
        (
            {"papers": [{"paper": 1, "files": ["01890000-0000-7000-8000-000000000000"]}]},
            {"papers.0.paper", "papers.0.files.0"},
        ),
        ({"papers": [{"paper": None, "files": []}]}, {"papers.0.files"}),
        ({"delivery": "post"}, {"delivery_address"}),
        ({"surprise": 1}, {"surprise"}),
        ({"offer": "abc"}, {"offer"}),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_is_filed(client, world, program, changes, fields):
    response = submit(client, program, filing_for(client, **changes))

    body = assert_problem(response, 422, "invalid")
    assert set(body["fields"]) == fields
    assert not Dossier.objects.exists()
    assert not OutboxEvent.objects.filter(topic="dossiers.filed").exists()
    assert not any(personal in response.content.decode() for personal in PERSONAL)


def test_sentences_are_those_of_the_form(client, world, program):
    response = submit(client, program, filing_for(client, answers={}))

    assert response.json()["fields"]["answers.ten_ho"] == ["Nhập tên hộ kinh doanh"]


def test_answers_are_stored_in_canonical_form(client, world, program):
    submit(client, program, filing_for(client, answers={"ten_ho": "  Bánh canh ", "von": "50.000.000", "nganh": None}))

    dossier_id = Dossier.objects.get().pk
    view = dossiers.party_view(actor=PUBLIC, dossier_id=dossier_id, at=NOW, proof=Proof(dossier_id))
    assert view.answers == {"ten_ho": "Bánh canh", "von": 50_000_000}
    assert Party.objects.filter(dossier_id=dossier_id).count() == 1


def test_nought_is_an_answer():
    schema = {
        "properties": {"con": {"type": "integer", "title": "Số con"}},
        "x-sections": [{"code": "a", "title": "A", "fields": ["con"]}],
    }

    assert read_answers(schema, {"con": 0}, on=date(2026, 11, 24)) == ({"con": 0}, {})


def test_a_hidden_field_is_not_asked_and_its_answer_is_dropped():
    schema = {
        "properties": {
            "co": {"type": "boolean", "title": "Có con"},
            "con": {"type": "integer", "title": "Số con", "x-show-if": {"field": "co", "equals": True}},
        },
        "required": ["con"],
        "x-sections": [{"code": "a", "title": "A", "fields": ["co", "con"]}],
    }

    assert read_answers(schema, {"co": False, "con": 3}, on=date(2026, 11, 24)) == ({"co": False}, {})
    assert list(read_answers(schema, {"co": True}, on=date(2026, 11, 24))[1]) == ["con"]


def test_an_offer_that_does_not_exist(client, world, program):
    filing = filing_for(client, offer="01890000-0000-7000-8000-000000000000")

    assert_problem(submit(client, program, filing), 404, "offer-not-found")


def test_a_procedure_of_the_desk_is_not_filed_online(client, world, program):
    offer = client.get("/api/offers", {"procedure": CERTIFICATION}).json()["offers"][0]
    filing = filing_for(client, offer=offer["id"], case=offer["cases"][0]["id"], answers={})

    assert_problem(submit(client, program, filing), 409, "not-offered")


def test_the_idempotency_key_is_needed(client, world, program):
    response = client.post("/api/dossiers", filing_for(client), content_type="application/json", headers=program)

    assert list(assert_problem(response, 422, "invalid")["fields"]) == ["Idempotency-Key"]


def test_the_same_key_and_content_file_once(client, world, program):
    file = upload(client, program).json()["id"]
    filing = filing_for(client, papers=[{"name": "Ủy quyền", "files": [file]}])

    first = submit(client, program, filing)
    again = submit(client, program, filing)

    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    assert Dossier.objects.count() == 1
    assert OutboxEvent.objects.filter(topic="dossiers.filed").count() == 1


def test_the_same_key_with_other_content_is_a_mistake(client, world, program):
    submit(client, program, filing_for(client))

    response = submit(client, program, filing_for(client, answers={"ten_ho": "Tiệm khác"}))

    assert_problem(response, 422, "idempotency-key-reused")
    assert Dossier.objects.count() == 1


def test_keys_of_two_programs_do_not_meet(client, world, issue):
    first = submit(client, issue(), filing_for(client))
    second = submit(client, issue(), filing_for(client))

    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json()["code"] != second.json()["code"]


def test_a_file_of_another_program_or_dossier_is_not_taken(client, world, issue):
    mine, theirs = issue(), issue()
    file = upload(client, theirs).json()["id"]
    filing = filing_for(client, papers=[{"name": "Khác", "files": [file]}])

    refused = submit(client, mine, filing)

    assert list(assert_problem(refused, 422, "invalid")["fields"]) == ["papers"]
    assert not Dossier.objects.exists()
    assert submit(client, theirs, filing).status_code == 201
    assert submit(client, theirs, filing, key="khoa-thu-0002").status_code == 422
    assert Dossier.objects.count() == 1


def test_nothing_personal_is_logged(client, world, program, capsys, caplog):
    filed = submit(client, program, filing_for(client))
    client.get(filed["Location"], headers=program | {"X-Second-Factor": PHONE})
    client.get(filed["Location"], headers=program | {"X-Second-Factor": "0900000000"})
    submit(client, program, filing_for(client, answers={}))

    said = caplog.text + capsys.readouterr().err
    for personal in (*PERSONAL, "0900000000", "Bánh canh", program["X-API-Key"]):
        assert personal not in said


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_four_programs_that_retry_at_once_file_one_dossier():
    make_world()
    issued = accounts.issue_api_key(name="x", scopes=["file"], at=NOW, valid_from=NOW.date())
    filing = filing_for(Client())
    answers = []

    def retry() -> None:
        answers.append(submit(Client(), {"X-API-Key": issued.key}, filing))
        connection.close()

    threads = [Thread(target=retry) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(answer.status_code for answer in answers) == [200, 200, 200, 201]
    assert len({answer.json()["code"] for answer in answers}) == 1
    assert Dossier.objects.count() == 1


def test_a_nul_in_a_name_is_refused_and_nothing_is_filed(client, world, program):
    filing = filing_for(client, parties=[{"full_name": "Trần\0Duyên", "identity": IDENTITY, "phone": PHONE}])

    assert_problem(submit(client, program, filing), 400, "bad-request")
    assert not Dossier.objects.exists()
