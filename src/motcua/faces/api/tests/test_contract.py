"""The description is valid OpenAPI 3.1, stable, complete, in two languages; what is answered is what it says."""

import jsonschema
import pytest
from openapi_spec_validator import validate
from tests.world import BUSINESS

from motcua.faces.api import openapi
from motcua.faces.api.operations import DOORS
from motcua.faces.api.tests.conftest import PHONE, filing_for, submit, upload

ENGLISH = {"Accept-Language": "en"}
OPERATIONS = {
    "/api/procedures": {"get": "searchProcedures"},
    "/api/procedures/{code}": {"get": "getProcedure"},
    "/api/offers": {"get": "listOffers"},
    "/api/files": {"post": "uploadFile"},
    "/api/dossiers": {"post": "submitDossier"},
    "/api/dossiers/{code}": {"get": "trackDossier"},
    "/api/dossiers/{code}/receipt": {"get": "getDossierReceipt"},
    "/api/dossiers/{code}/ledger": {"get": "getDossierLedger"},
}


@pytest.fixture
def described(client) -> dict:
    return client.get("/api/openapi.json", headers=ENGLISH).json()


def assert_described(described: dict, path: str, method: str, response) -> None:
    """Check an answer by the schema that the description gives for it."""
    answer = described["paths"][path][method]["responses"][str(response.status_code)]
    if "$ref" in answer:
        answer = described["components"]["responses"][answer["$ref"].rpartition("/")[2]]
    shape = answer["content"][response["Content-Type"].partition(";")[0]]["schema"]
    jsonschema.Draft202012Validator(shape | {"components": described["components"]}).validate(response.json())


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_description_is_valid_openapi(client, language):
    response = client.get("/api/openapi.json", headers={"Accept-Language": language})

    assert response["Content-Type"] == "application/json"
    assert response.json()["openapi"].startswith("3.1")
    validate(response.json())


def test_operation_ids_are_stable(described):
    found = {
        path: {m: item["operationId"] for m, item in methods.items()} for path, methods in described["paths"].items()
    }

    assert found == OPERATIONS
    assert set(DOORS) == {name for methods in OPERATIONS.values() for name in methods.values()}


def test_every_operation_says_what_it_does_and_how_it_refuses(described):
    for methods in described["paths"].values():
        for operation in methods.values():
            assert operation["summary"]
            assert operation["description"]
            assert {"401", "405", "429", "500"} <= set(operation["responses"])
            assert all(item.get("description") for item in operation["parameters"])


def test_the_description_speaks_vietnamese_by_default(client):
    document = client.get("/api/openapi.json").json()

    assert document["paths"]["/api/procedures"]["get"]["summary"] == "Tìm thủ tục"
    untouched = openapi.document(language="en")["paths"]["/api/procedures"]["get"]["summary"]
    assert untouched == "Search procedures"


def test_answers_are_as_described(client, described, world, program):
    asked = {
        ("/api/procedures", "get"): client.get("/api/procedures", {"q": "ho kinh doanh"}),
        ("/api/procedures/{code}", "get"): client.get(f"/api/procedures/{BUSINESS}"),
        ("/api/offers", "get"): client.get("/api/offers", {"procedure": BUSINESS}),
        ("/api/files", "post"): upload(client, program),
        ("/api/dossiers", "post"): submit(client, program, filing_for(client)),
    }
    code = asked["/api/dossiers", "post"].json()["code"]
    for (path, method), response in asked.items():
        assert response.status_code in {200, 201}, (path, response.content)
        assert_described(described, path, method, response)

    for headers in ({}, {"X-Second-Factor": PHONE}):
        assert_described(described, "/api/dossiers/{code}", "get", client.get(f"/api/dossiers/{code}", headers=headers))


def test_refusals_are_as_described(client, described, world, program):
    for path, method, response in (
        ("/api/procedures", "get", client.get("/api/procedures", {"page": "0"})),
        ("/api/procedures/{code}", "get", client.get("/api/procedures/9.999999")),
        ("/api/dossiers", "post", submit(client, {}, {})),
        ("/api/dossiers", "post", submit(client, program, {})),
        ("/api/files", "post", upload(client, program, name="x.exe", content=b"MZ not a paper")),
    ):
        assert response["Content-Type"] == "application/problem+json"
        assert_described(described, path, method, response)


def test_the_page_for_people_names_every_operation(client):
    page = client.get("/api/", headers=ENGLISH).content.decode()

    assert "Search procedures" in page
    for path in OPERATIONS:
        assert path in page


def test_the_page_is_vietnamese_by_default(client):
    page = client.get("/api/").content.decode()

    assert "Tìm thủ tục" in page
    assert "Search procedures" not in page
