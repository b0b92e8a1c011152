"""Drafts of forms: worked on, taken back, tried, published; what stays as it is; blocks; files."""

import json
import time
from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import translation

from motcua.casework.procedures import selectors, services
from motcua.casework.procedures.models import EFormVersion
from motcua.casework.procedures.tests.conftest import AT
from motcua.casework.procedures.tests.samples import HOUSEHOLD_BUSINESS
from motcua.casework.procedures.types import (
    DraftExists,
    ExamplesFail,
    FormCodeTaken,
    FormFileUnreadable,
    NoDraft,
    NothingToUndo,
    SchemaRefused,
    VersionOverlaps,
)
from motcua.foundation.accounts.types import SYSTEM, Actor, ActorKind
from motcua.foundation.core.types import NotAllowed, NotFound, Stale

pytestmark = pytest.mark.django_db
BY: dict[str, Any] = {"actor": SYSTEM, "at": AT}
EDIT = selectors.form_editing


@pytest.fixture
def draft() -> EFormVersion:
    return services.create_form(code="ho-kinh-doanh", name="Hộ kinh doanh", schema=HOUSEHOLD_BUSINESS, **BY)


def save(draft: EFormVersion, schema: dict[str, Any], words: str = "Đổi") -> EFormVersion:
    return services.save_form_draft(code="ho-kinh-doanh", schema=schema, words=words, revision=draft.revision, **BY)


def test_a_draft_is_changed_taken_back_and_published_and_then_never_changes(draft: EFormVersion) -> None:
    changed = save(draft, EDIT.with_field(draft.schema, "ho", "text", "Ghi chú")[0], "Thêm ô Ghi chú")
    assert "ghi_chu" in changed.schema["properties"]
    with pytest.raises(Stale):
        save(draft, draft.schema)

    assert selectors.form_version("ho-kinh-doanh").undo == "Thêm ô Ghi chú"
    words = services.undo_form_change(code="ho-kinh-doanh", revision=changed.revision, **BY)
    seen = selectors.form_version("ho-kinh-doanh")
    assert (words, seen.schema, seen.undo) == ("Thêm ô Ghi chú", HOUSEHOLD_BUSINESS, "")
    with pytest.raises(NothingToUndo):
        services.undo_form_change(code="ho-kinh-doanh", revision=seen.revision, **BY)

    published = services.publish_form(code="ho-kinh-doanh", valid_from=date(2026, 12, 1), revision=seen.revision, **BY)
    with pytest.raises(NoDraft):
        save(published, HOUSEHOLD_BUSINESS)
    with pytest.raises(DatabaseError), transaction.atomic():
        EFormVersion.objects.filter(pk=published.pk).update(schema={})
    with pytest.raises(DatabaseError), transaction.atomic():
        published.delete()


def test_a_later_version_ends_the_earlier_one_and_only_one_draft_is_worked_on(draft: EFormVersion) -> None:
    services.publish_form(code="ho-kinh-doanh", valid_from=date(2026, 12, 1), revision=0, **BY)
    second = services.start_form_draft(code="ho-kinh-doanh", **BY)
    with pytest.raises(DraftExists):
        services.start_form_draft(code="ho-kinh-doanh", **BY)
    with pytest.raises(VersionOverlaps):
        services.publish_form(code="ho-kinh-doanh", valid_from=date(2026, 12, 1), revision=0, **BY)
    services.publish_form(code="ho-kinh-doanh", valid_from=date(2027, 1, 1), revision=second.revision, **BY)

    sheet = selectors.form_sheet("ho-kinh-doanh", on=date(2026, 12, 5))

    assert [(card.number, card.since, card.until) for card in sheet.versions] == [
        (2, date(2027, 1, 1), None),
        (1, date(2026, 12, 1), date(2027, 1, 1)),
    ]
    (row,) = selectors.form_rows(on=date(2026, 12, 5), text="ho kinh")
    assert (row.in_force, row.draft, row.fields, row.used_by) == (1, None, 12, 0)


def test_only_editors_change_forms_and_bad_ones_are_refused_whole(draft: EFormVersion) -> None:
    with pytest.raises(NotAllowed):
        services.create_form(code="x", name="X", actor=Actor(kind=ActorKind.CITIZEN, name="Duyên"), at=AT)
    with pytest.raises(FormCodeTaken):
        services.create_form(code="ho-kinh-doanh", name="Khác", **BY)
    capital = HOUSEHOLD_BUSINESS["properties"]["von"] | {"x-checks": [{"rule": "von >", "message": "x"}]}
    bad = EDIT.with_changed(HOUSEHOLD_BUSINESS, "von", capital, required=True)
    with pytest.raises(SchemaRefused) as caught:
        save(draft, bad)
    assert list(caught.value.fields) == ["properties/von/x-checks/0"]
    assert selectors.form_version("ho-kinh-doanh").schema == HOUSEHOLD_BUSINESS


def test_examples_run_before_publishing(draft: EFormVersion) -> None:
    answers = {"chu_ho": "Duyên", "so_dinh_danh": "1"}
    example = {"name": "Thiếu số", "answers": answers, "messages": {"so_dinh_danh": ""}}
    kept = services.save_form_examples(code="ho-kinh-doanh", examples=[example], revision=0, **BY)
    (told,) = selectors.example_outcomes(HOUSEHOLD_BUSINESS, [example], on=date(2026, 12, 1))
    assert not told.is_met
    assert {"so_dinh_danh", "von", "loai"} <= told.said.keys()
    with pytest.raises(ExamplesFail):
        services.publish_form(code="ho-kinh-doanh", valid_from=date(2026, 12, 1), revision=kept.revision, **BY)

    right = example | {"messages": dict.fromkeys(told.said, "")}
    kept = services.save_form_examples(code="ho-kinh-doanh", examples=[right], revision=kept.revision, **BY)
    services.publish_form(code="ho-kinh-doanh", valid_from=date(2026, 12, 1), revision=kept.revision, **BY)


def test_a_form_goes_out_and_comes_in_as_a_file(draft: EFormVersion) -> None:
    content = json.dumps(selectors.form_file("ho-kinh-doanh", 1)).encode()

    copy_ = services.import_form(content=content, code="ban-sao", **BY)

    assert copy_.schema == draft.schema
    for bad in (b"{", b"[]", b'{"kind": "x", "schema": {}, "name": "y"}'):
        with pytest.raises(FormFileUnreadable):
            services.import_form(content=bad, code="hong", **BY)
    services.discard_form_draft(code="ban-sao", **BY)
    with pytest.raises(NotFound):
        selectors.form_sheet("ban-sao", on=date(2026, 12, 1))


def test_a_block_is_copied_in_and_its_later_revision_shows_as_a_difference(draft: EFormVersion) -> None:
    services.block_of_section(code="ho-kinh-doanh", section="chu-ho", block="chu-ho", name="Chủ hộ", **BY)
    block = selectors.form_block("chu-ho")
    other = selectors.form_copying.with_block(EDIT.empty_form("Đơn khác"), block.code, block.revision, block.content)
    section = other["x-sections"][-1]
    assert section["x-block"]["revision"] == 1

    richer = block.content | {
        "properties": block.content["properties"] | {"chu_ho": {"type": "string", "title": "Tên"}}
    }
    later = services.save_form_block(code="chu-ho", name="Chủ hộ", content=richer, **BY)
    assert later.revision == 2
    told = selectors.form_copying.update_difference(other, section["code"], 2, richer)
    assert [change.before for change in told if change.after == "Tên"] == ["Họ và tên chủ hộ"]
    selectors.check_schema(selectors.form_copying.updated(other, section["code"], 2, richer))


def test_the_difference_of_versions_is_said_in_words(draft: EFormVersion) -> None:
    new = EDIT.without_field(EDIT.moved(draft.schema, "von", -1), "giay_attp")
    prop = new["properties"]["so_lao_dong"] | {"maximum": 20, "x-show-if": {"field": "loai", "equals": "gia_dinh"}}
    new = EDIT.with_changed(EDIT.moved(new, "loai", -1), "so_lao_dong", prop, required=True)

    with translation.override("en"):
        told = {(change.place, change.before, change.after) for change in selectors.form_difference(draft.schema, new)}

    assert ("Field “Số lao động”", "10", "20") in told
    assert any("“Ai đứng tên” is Các thành viên gia đình" in after for _place, _before, after in told)
    assert any(place == "Field “Đã có giấy an toàn thực phẩm”" and not after for place, _before, after in told)
    assert selectors.form_difference(draft.schema, draft.schema) == []


def test_a_field_that_others_look_at_is_known() -> None:
    assert EDIT.lookers(HOUSEHOLD_BUSINESS, "loai") == ["Tên các thành viên"]


def test_a_form_of_a_hundred_fields_saves_in_under_a_second() -> None:
    schema = EDIT.empty_form("Lớn")
    for number in range(99):
        schema, name = EDIT.with_field(schema, "chung", "money" if number % 2 else "text", f"Ô {number}")
        if number % 2:
            schema["properties"][name]["x-computed" if number % 4 == 3 else "x-show-if"] = (
                "years('2000-01-01', '2020-01-01') * 2" if number % 4 == 3 else 'ho_va_ten != ""'
            )
    draft = services.create_form(code="lon", name="Lớn", schema=schema, **BY)
    changed = EDIT.with_field(schema, "chung", "text", "Một trăm lẻ một")[0]

    began = time.perf_counter()
    services.save_form_draft(code="lon", schema=changed, words="Thêm", revision=draft.revision, **BY)

    assert time.perf_counter() - began < 1.0


def test_two_drafts_of_a_form_cannot_be(draft: EFormVersion) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        EFormVersion.objects.create(eform=draft.eform, number=9, state="draft", schema={})
