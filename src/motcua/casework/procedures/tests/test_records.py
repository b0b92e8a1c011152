"""Records whole: lossless out again, the other format, own keys, differences, missing parts, hostile input."""

import gzip
import io
import json
from datetime import date
from importlib.resources import files
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from motcua.casework.procedures import selectors, services
from motcua.casework.procedures.models import (
    Case,
    CaseComponent,
    Fee,
    FeeExemption,
    Procedure,
    ProcedureVersion,
    TimeLimit,
)
from motcua.casework.procedures.reading.canonical import canonical, parse
from motcua.casework.procedures.reading.drafts import Notebook
from motcua.casework.procedures.reading.files import RecordsFileRefused, RecordsFileTooLarge, lines_of
from motcua.casework.procedures.reading.foreign import from_record, to_record
from motcua.casework.procedures.reading.record import read_record
from motcua.casework.procedures.tests.conftest import AT, SINCE, TODAY, make_record, run_import
from motcua.casework.procedures.types import DifferenceKind, Outcome, RecordPart, RecordRefused, VersionOverlaps
from motcua.foundation.accounts.types import PUBLIC, SYSTEM
from motcua.foundation.core.models import OutboxEvent
from motcua.foundation.core.types import NotAllowed, NotFound

LATER = date(2026, 12, 1)
OWN = {
    "service_level": "partial",
    "partial_reason": "Phải kiểm tra thực địa",
    "old_level": 3,
    "nature": "procedure",
    "territorial": False,
    "one_stop": "between_levels",
    "receiving_agency": "Trung tâm Phục vụ hành chính công tỉnh",
    "exemptions": [{"who": "Hộ nghèo", "percent": 100, "basis": "Luật Phí và lệ phí, Điều 10"}],
}


def whole() -> dict[str, Any]:
    """Return a record of two cases that uses every key of our own."""
    record = make_record(motcua=dict(OWN))
    paper = {"name": "Căn cước", "originals": 0, "copies": 2, "form_files": []}
    paper["motcua"] = {
        "kind": "show", "certified": 1, "code": "000.00.00.G15-KQ0001",
        "held_by_state": "Cơ sở dữ liệu quốc gia về dân cư", "e_form": "khai-sinh", "template": "abc",
    }  # fmt: skip
    record["dossier_cases"][0]["case"] = "Cấp mới"
    record["dossier_cases"].append(
        {
            "case": "Cấp lại",
            "components": [paper],
            "motcua": {
                "steps": ["Nộp đơn", "Nhận kết quả"],
                "limits": [{"channel": "direct", "value": 1, "unit": "working_day"}],
                "fees": [{"channel": "direct", "kind": "le_phi", "amount": 5000, "note": "", "code": "LP01"}],
                "exemptions": [{"who": "Người cao tuổi", "percent": 50}],
            },
        }
    )
    record["submission_methods"][0]["motcua"] = {"reduced_value": 2, "reduced_by": "Quyết định số 5"}
    return record


def packaged_lines() -> list[bytes]:
    packed = (files("motcua.casework.procedures.data") / "procedures.jsonl.gz").read_bytes()
    return gzip.decompress(packed).splitlines()


@pytest.mark.django_db
def test_own_keys_land_in_columns_of_their_own_and_cases_keep_their_limits_apart() -> None:
    report = run_import(whole())

    assert report.problems == ()
    version = ProcedureVersion.objects.get()
    assert {key: getattr(version, key) for key in OWN if key != "exemptions"} == {
        key: value for key, value in OWN.items() if key != "exemptions"
    }
    new, again = Case.objects.order_by("position")
    assert again.steps == ["Nộp đơn", "Nhận kết quả"]
    limits = TimeLimit.objects.order_by("position").values_list("case", "statutory_value", "reduced_value")
    assert list(limits) == [(new.pk, 3, 2), (again.pk, 1, None)]
    assert list(Fee.objects.order_by("position").values_list("case", "amount_vnd", "code")) == [
        (new.pk, 8000, ""),
        (again.pk, 5000, "LP01"),
    ]
    assert list(FeeExemption.objects.order_by("position").values_list("case", "who", "percent")) == [
        (None, "Hộ nghèo", 100),
        (again.pk, "Người cao tuổi", 50),
    ]
    paper = CaseComponent.objects.get(case=again)
    assert (paper.kind, paper.is_confirmed, paper.certified_copies, paper.plain_copies) == ("show", True, 1, 1)
    assert (paper.held_by_state, paper.eform_code) == ("Cơ sở dữ liệu quốc gia về dân cư", "khai-sinh")


@pytest.mark.django_db
def test_every_packaged_record_comes_out_as_it_went_in_and_a_second_import_changes_nothing() -> None:
    lines = packaged_lines()
    report = services.import_records(lines, valid_from=SINCE, actor=SYSTEM, at=AT)
    events = OutboxEvent.objects.count()

    again = services.import_records(lines, valid_from=LATER, actor=SYSTEM, at=AT)

    assert (report.created, report.refused, again.unchanged) == (len(lines), 0, len(lines))
    assert (again.created, again.changed, OutboxEvent.objects.count()) == (0, 0, events)
    written = {record.code: record.content for record in selectors.written_records(on=TODAY)}
    raws = [json.loads(line) for line in lines]
    assert all(canonical(written[raw["code"]]) == canonical(raw) for raw in raws)
    one = whole() | {"code": raws[0]["code"]}
    assert services.publish_record(one, valid_from=LATER, actor=SYSTEM, at=AT) is Outcome.CHANGED
    assert canonical(selectors.record_of(one["code"], on=LATER)) == canonical(one)
    assert canonical(selectors.record_of(one["code"], on=TODAY)) == canonical(raws[0])


def test_the_format_of_lay_thu_tuc_loses_nothing_both_ways() -> None:
    for raw in [*(json.loads(line) for line in packaged_lines()), whole()]:
        foreign = from_record(raw)
        back = to_record(foreign, Notebook(1))
        assert canonical(back) == canonical(raw)
        assert canonical(from_record(back)) == canonical(foreign)


def test_a_foreign_record_is_read_with_its_cases_and_keeps_what_nobody_knows() -> None:
    foreign = {
        "MaTTHC": "1.000009", "TENTTHC": "Cấp giấy phép", "MACOQUANCONGBO": "G15", "TrangThai": "1",
        "LINHVUCTHUCHIEN": [{"MALINHVUC": "G15-HT01", "TENLINHVUC": "Hộ tịch"}],
        "TRINHTUTHUCHIEN": [{"TRUONGHOP": "Cấp lại", "TRINHTU": [{"TENTRINHTU": "Nộp đơn"}]}],
        "CACHTHUCTHUCHIEN": [{"KENH": 2, "THOIGIAN": [{"THOIGIANGIAIQUYET": 5, "DONVITINH": "Ngày làm việc",
            "PHILEPHI": [{"MAPHILEPHI": "LP1", "SOTIEN": 20000, "DONVI": "VND", "MOTA": ""}]}]}],
        "THANHPHANHOSO": [
            {"TRUONGHOP": "Cấp mới", "GIAYTO": [{"MAGIAYTO": "GT1", "TENGIAYTO": "Đơn", "URL": "https://x.vn"}]}
        ],
        "MucDo": "3",
    }  # fmt: skip
    notebook = Notebook(1)

    record = to_record(foreign, notebook)
    draft = read_record(record, notebook)

    assert draft is not None
    assert (draft.code, draft.field_name) == ("1.000009", "Hộ tịch")
    assert [(limit.channel, limit.value, limit.unit) for limit in draft.limits] == [("online", 5, "working_day")]
    assert [(case.name, case.steps) for case in draft.cases] == [("Cấp mới", ()), ("Cấp lại", ("Nộp đơn",))]
    assert draft.columns["service_level"] == "partial"
    assert draft.cases[0].components[0].paper_code == "GT1"
    again = from_record(record)
    assert again["TRANGTHAI"] == "1"
    assert again["LINHVUCTHUCHIEN"] == foreign["LINHVUCTHUCHIEN"]
    assert again["THANHPHANHOSO"][0]["GIAYTO"][0]["URL"] == "https://x.vn"


@pytest.mark.django_db
def test_words_not_kept_before_are_put_together_and_kept_when_the_same_record_comes_again() -> None:
    record = make_record()
    run_import(record)
    version = ProcedureVersion.objects.get()
    bare = selectors.record_of("1.000001", on=TODAY)
    assert bare == record

    from motcua.casework.procedures.selectors.page import loaded_versions
    from motcua.casework.procedures.selectors.rebuilding import rebuilt

    made = rebuilt(loaded_versions().get(pk=version.pk))
    left, right = (read_record(raw, Notebook(1)) for raw in (made, record))
    assert left is not None
    assert right is not None
    assert (left.limits, left.fees, left.results, left.legal_bases) == (
        right.limits,
        right.fees,
        right.results,
        right.legal_bases,
    )
    assert [case.components for case in left.cases] == [case.components for case in right.cases]


def test_the_eight_parts_are_asked_for() -> None:
    bare = {"code": "1.000001", "name": "Thủ tục", "field": "Hộ tịch"}

    assert [gap.part for gap in selectors.missing_parts(bare)] == [
        RecordPart.STEPS, RecordPart.WAYS, RecordPart.PAPERS, RecordPart.LIMITS, RecordPart.AUDIENCE,
        RecordPart.AGENCIES, RecordPart.RESULTS,
    ]  # fmt: skip
    full = make_record(executing_agency_text="UBND cấp xã")
    assert selectors.missing_parts(full) == []
    assert selectors.missing_parts(full | {"results": [], "motcua": {"no_result": True}}) == []
    assert "part.steps" in {problem.place for problem in selectors.check_record(bare)}


def test_a_difference_is_told_part_by_part_in_words() -> None:
    before, after = whole(), whole()
    after["name"] = "Thủ tục mới"
    after["submission_methods"][0]["time_value"] = 2
    after["dossier_cases"][1]["components"].append({"name": "Đơn", "originals": 1, "copies": 0})
    after["motcua"]["service_level"] = "full"

    changes = selectors.record_difference(before, after)

    assert [(change.part, change.place) for change in changes] == [
        ("Tên", ""),
        ("Cách thức nộp và thời hạn", "Tại quầy"),
        ("Giấy tờ", "Cấp lại – Đơn"),
        ("Dịch vụ", "Mức độ dịch vụ trực tuyến"),
    ]
    assert (changes[1].before, changes[1].after) == (
        "3 ngày làm việc → rút ngắn còn 2 ngày làm việc (Quyết định số 5)",
        "2 ngày làm việc → rút ngắn còn 2 ngày làm việc (Quyết định số 5)",
    )
    assert selectors.record_difference(before, whole() | {"sources": ["B"]}) == []


@pytest.mark.django_db
def test_a_file_beside_the_catalogue_names_new_changed_and_missing_and_writes_nothing() -> None:
    run_import(make_record(), make_record(code="1.000002"), make_record(code="1.000003"))
    later = [make_record(), make_record(code="1.000002", requirements="Đủ 18 tuổi"), make_record(code="1.000009")]

    found = selectors.compare_records([json.dumps(record) for record in [*later, {"code": "x"}]], on=TODAY)

    assert [(item.code, item.kind) for item in found.found] == [
        ("1.000002", DifferenceKind.CHANGED),
        ("1.000009", DifferenceKind.NEW),
    ]
    assert [item.code for item in found.missing] == ["1.000003"]
    assert {problem.line for problem in found.problems} == {4}
    assert Procedure.objects.count() == 3


@pytest.mark.django_db
def test_a_record_is_published_whole_or_not_at_all() -> None:
    with pytest.raises(NotAllowed):
        services.publish_record(make_record(), valid_from=SINCE, actor=PUBLIC, at=AT)
    with pytest.raises(RecordRefused):
        services.publish_record(make_record(field=""), valid_from=SINCE, actor=SYSTEM, at=AT)
    assert services.publish_record(make_record(), valid_from=SINCE, actor=SYSTEM, at=AT) is Outcome.CREATED
    with pytest.raises(VersionOverlaps):
        services.publish_record(make_record(name="Khác"), valid_from=SINCE, actor=SYSTEM, at=AT)
    with pytest.raises(NotFound):
        selectors.record_of("9.999999", on=TODAY)
    assert ProcedureVersion.objects.count() == 1


@pytest.mark.django_db
def test_a_trial_tells_what_an_import_would_do() -> None:
    run_import(make_record())
    changed = json.dumps(make_record(name="Khác"))

    late = services.import_records([changed], valid_from=SINCE, actor=SYSTEM, at=AT, is_trial=True)
    fine = services.import_records([changed], valid_from=LATER, actor=SYSTEM, at=AT, is_trial=True)

    assert (late.refused, fine.changed, ProcedureVersion.objects.count()) == (1, 1, 1)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(), max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@st.composite
def hostile(draw: st.DrawFn) -> dict[str, Any]:
    """A sound record with one or two parts, at any depth, replaced by anything JSON can say."""
    record = json.loads(json.dumps(whole()))
    for _round in range(draw(st.integers(1, 2))):
        spot: Any = record
        while True:
            keys = list(spot) if isinstance(spot, dict) else list(range(len(spot)))
            key = draw(st.sampled_from(keys))
            inner = spot[key]
            if not isinstance(inner, dict | list) or not inner or draw(st.booleans()):
                spot[key] = draw(JSON)
                break
            spot = inner
    return record


@pytest.mark.django_db
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(hostile())
def test_no_record_can_break_the_import_or_be_half_written(record: dict[str, Any]) -> None:
    report = services.import_records(
        [json.dumps(record), json.dumps(record | {"code": "1.000001"})], valid_from=SINCE, actor=SYSTEM, at=AT
    )
    codes = [code for code in report.created_codes if code]

    assert report.created + report.unchanged + report.refused == 2
    for code in codes:
        version = ProcedureVersion.objects.get(procedure__code=code)
        assert canonical(selectors.record_of(code, on=TODAY)) == canonical(version.record.content)
        selectors.procedure_page(code, on=TODAY)
    selectors.check_record(record)
    selectors.record_difference(record, whole())
    to_record(from_record(record), Notebook(1))
    Procedure.objects.filter(code="1.000001", versions=None).delete()


@pytest.mark.parametrize(
    "line",
    [b"\xff\xfe", b'{"a":' * 5000, b'{"code": NaN}', b"[1]", b"9" * 900_000, b'{"code": "1.0", "name": "\\ud800"}'],
)
def test_a_line_that_is_no_record_is_refused_with_a_sentence(line: bytes) -> None:
    notebook = Notebook(3)
    raw = parse(line, notebook)

    assert raw is None or read_record(raw, notebook) is None
    assert notebook.is_refused
    assert all(problem.message for problem in notebook.problems)


def test_files_are_told_apart_and_bounded() -> None:
    lines = [b'{"code": "1"}', b'{"code": "2"}']

    assert list(lines_of(io.BytesIO(b"\n".join(lines)))) == lines
    assert list(lines_of(io.BytesIO(gzip.compress(b"\n".join(lines))))) == lines
    assert [json.loads(line) for line in lines_of(io.BytesIO(b'[{"code": "1"},\n {"code": "2"}]'))] == [
        {"code": "1"},
        {"code": "2"},
    ]
    assert len(list(lines_of(io.BytesIO(b'{\n"result": [{"code": "1"}]}')))) == 1
    assert [len(line) for line in lines_of(io.BytesIO(b"x" * 3_000_000 + b"\n{}"))][-1] == 2
    with pytest.raises(RecordsFileTooLarge):
        list(lines_of(io.BytesIO(gzip.compress(b"\0" * 9_000_000)), most=8_000_000))
    with pytest.raises(RecordsFileRefused):
        list(lines_of(io.BytesIO(gzip.compress(b"{}" * 99)[:-9])))
