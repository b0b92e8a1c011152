"""The packaged forms: each is sound, can be filled in to the end, and is loaded once."""

from datetime import date
from typing import Any

import pytest

from motcua.casework.procedures import selectors, services
from motcua.casework.procedures.models import EFormVersion
from motcua.casework.procedures.services.form_library import library_forms
from motcua.casework.procedures.tests.conftest import AT
from motcua.foundation.accounts.types import SYSTEM

ON = date(2026, 11, 24)
HOME = {"province": "01", "commune": "00004", "detail": "12"}
TEXTS = {"identity": "099186001234", "phone": "0912345678", "email": "duyen@example.vn", "date": "2020-01-31"}


def some_answer(prop: dict[str, Any]) -> Any:
    kind = selectors.widget_of(prop)
    if kind in TEXTS:
        return TEXTS[kind]
    if kind in {"number", "money"}:
        return max(prop.get("minimum", 1), 1)
    if kind in {"radio", "select"}:
        return prop["enum"][0]
    if kind == "checkboxes":
        return prop["items"]["enum"][:1]
    return {"declaration": True, "checkbox": True, "address": HOME}.get(kind, "Như trên giấy")


@pytest.fixture
def _no_directory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("motcua.foundation.organisations.selectors.own_province", lambda on: "")
    monkeypatch.setattr("motcua.foundation.organisations.selectors.places.own_province", lambda on: "")


@pytest.mark.usefixtures("_no_directory")
def test_every_form_is_sound_and_can_be_filled_in() -> None:
    assert len(library_forms()) == 79
    for form in library_forms():
        schema = form["schema"]
        selectors.check_schema(schema)
        given = {name: some_answer(prop) for name, prop in schema["properties"].items()}
        _answers, wrong = selectors.answer_form(schema, given, on=ON)
        assert wrong == {}, form["code"]


@pytest.mark.django_db
def test_the_library_is_loaded_once_as_drafts_with_its_blocks() -> None:
    assert services.load_form_library(actor=SYSTEM, at=AT) == 79
    assert services.load_form_library(actor=SYSTEM, at=AT) == 0

    assert set(EFormVersion.objects.values_list("state", flat=True)) == {"draft"}
    codes = {block.code for block in selectors.form_blocks()}
    assert {"nguoi-nop-ho-so", "nguoi-duoc-uy-quyen"} <= codes
    for block in selectors.form_blocks():
        form = selectors.form_editing.empty_form("Thử")
        selectors.check_schema(selectors.form_copying.with_block(form, block.code, block.revision, block.content))
