"""The test province, and a program with a key."""

from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from tests.world import BUSINESS, NOW, World, make_world

from motcua.casework.documents.tests import samples
from motcua.foundation.accounts import services as accounts

PHONE, IDENTITY, NAME, EMAIL = "0913000128", "089187004127", "Trần Thị Mỹ Duyên", "duyen@example.vn"
PERSONAL = (PHONE, IDENTITY, NAME, EMAIL)


@pytest.fixture(autouse=True)
def at_nine():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def world(db) -> World:
    return make_world()


@pytest.fixture
def issue(db) -> Callable[..., dict[str, str]]:
    """Make a key and return it as a header."""

    def made(*scopes: str, **changes: Any) -> dict[str, str]:
        values: dict[str, Any] = {"name": "Ứng dụng thử", "scopes": scopes or ("file", "track"), "at": NOW}
        issued = accounts.issue_api_key(**(values | {"valid_from": NOW.date()} | changes))
        return {"X-API-Key": issued.key}

    return made


@pytest.fixture
def program(issue) -> dict[str, str]:
    return issue()


def upload(
    client: Client, headers: dict[str, str], *, name: str = "giay-de-nghi.pdf", content: bytes = b""
) -> HttpResponse:
    """Upload a file."""
    file = SimpleUploadedFile(name, content or samples.pdf(), content_type="application/pdf")
    return client.post("/api/files", {"file": file}, headers=headers)


def filing_for(client: Client, **changes: Any) -> dict[str, Any]:
    """Return a complete filing made from what GET /api/offers says, as a program would."""
    offer = client.get("/api/offers", {"procedure": BUSINESS}).json()["offers"][0]
    filing: dict[str, Any] = {
        "offer": offer["id"],
        "case": offer["cases"][0]["id"],
        "agency": "T01.34",
        "parties": [{"full_name": NAME, "identity": IDENTITY, "phone": PHONE, "email": EMAIL}],
        "answers": {"ten_ho": "Bánh canh Mỹ Duyên", "von": 50_000_000},
    }
    return filing | changes


def submit(
    client: Client, headers: dict[str, str], filing: dict[str, Any], *, key: str = "khoa-thu-0001"
) -> HttpResponse:
    """Submit a filing."""
    return client.post(
        "/api/dossiers", filing, content_type="application/json", headers=headers | {"Idempotency-Key": key}
    )
