"""Search, one procedure with all its parts, and what an offer needs."""

import pytest
from tests.world import BUSINESS, CERTIFICATION, NOW

from motcua.casework.procedures import services as procedures
from motcua.foundation.accounts.types import SYSTEM

pytestmark = pytest.mark.django_db


def test_words_without_marks_find_the_procedure(client, world):
    found = client.get("/api/procedures", {"q": "dang ky ho kinh doanh"}).json()

    assert found["results"][0]["code"] == BUSINESS
    assert found["results"][0]["is_online"] is True
    assert found["total"] == len(found["results"])
    assert (found["page"], found["pages"]) == (1, 1)


def test_without_words_all_procedures_are_listed(client, world):
    found = client.get("/api/procedures", {"level": "commune"}).json()

    assert {item["code"] for item in found["results"]} == {BUSINESS, CERTIFICATION}


@pytest.mark.parametrize(
    ("query", "field"),
    [({"page": "0"}, "page"), ({"page": "51"}, "page"), ({"page": "hai"}, "page"), ({"q": "x" * 201}, "q")],
)
def test_a_query_that_cannot_be_is_refused_at_its_field(client, world, query, field):
    response = client.get("/api/procedures", query)

    assert response.status_code == 422
    assert list(response.json()["fields"]) == [field]


def test_a_nul_in_the_words_is_no_defect(client, world):
    assert client.get("/api/procedures", {"q": "ho\0kinh", "field": "\0"}).status_code == 200


def test_a_procedure_has_all_legal_parts(client, world):
    record = client.get(f"/api/procedures/{BUSINESS}").json()

    assert record["name"] == "Đăng ký thành lập hộ kinh doanh"
    assert record["steps"]
    assert record["channels"]
    assert record["cases"][0]["papers"][0]["name"] == "Giấy đề nghị đăng ký hộ kinh doanh"
    assert record["limits"][0]["text"] == "3 ngày làm việc"
    assert record["results"]
    assert record["legal_bases"][0]["number"] == "168/2025/NĐ-CP"
    assert record["audience"]
    assert record["valid_from"] == "2025-07-01"


@pytest.mark.parametrize("code", ["9.999999", "x' or 1=1"])
def test_an_unknown_procedure(client, world, code):
    assert client.get(f"/api/procedures/{code}").status_code in {404, 422}


def test_a_procedure_no_longer_in_force_is_gone(client, world):
    procedures.end_procedure(code=BUSINESS, ended_on=NOW.date(), actor=SYSTEM, at=NOW)

    response = client.get(f"/api/procedures/{BUSINESS}")

    assert response.status_code == 410
    body = response.json()
    assert (body["code"], body["ended_on"], body["successors"]) == ("procedure-not-in-force", "2026-11-23", [])


def test_an_offer_names_agencies_cases_papers_and_the_form(client, world):
    (offer,) = client.get("/api/offers", {"procedure": BUSINESS}).json()["offers"]

    assert [agency["code"] for agency in offer["agencies"]] == ["T01.34", "T01.35"]
    assert offer["cases"][0]["papers"][0]["originals"] == 1
    assert offer["form"]["properties"]["ten_ho"]["title"] == "Tên hộ kinh doanh"
    assert offer["is_online"] is True


def test_an_offer_at_the_desk_only_says_so(client, world):
    (offer,) = client.get("/api/offers", {"procedure": CERTIFICATION}).json()["offers"]

    assert offer["is_online"] is False
    assert offer["form"] is None


def test_offers_need_a_procedure(client, world):
    response = client.get("/api/offers")

    assert response.status_code == 422
    assert list(response.json()["fields"]) == ["procedure"]


def test_the_number_of_statements_does_not_follow_the_results(client, world, django_assert_max_num_queries):
    client.get("/api/procedures")
    with django_assert_max_num_queries(14):
        client.get("/api/procedures")
