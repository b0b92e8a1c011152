"""Files handed in at the office: read by the job, decided difference by difference, published once."""

import json
from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from motcua.casework.procedures import selectors, services
from motcua.casework.procedures.models import ProcedureVersion, RecordsFile
from motcua.casework.procedures.reading.files import RecordsFileRefused, RecordsFileTooLarge
from motcua.casework.procedures.services import comparing
from motcua.casework.procedures.tests.conftest import AT, TODAY, make_record, run_import
from motcua.casework.procedures.types import DifferenceKind, DifferenceState, ProcedureNotInForce, RecordsFileState
from motcua.foundation.accounts.types import PUBLIC, SYSTEM
from motcua.foundation.core.types import Invalid, NotAllowed, NotFound

pytestmark = pytest.mark.django_db
SOON = date(2026, 12, 1)


def hand_in(*records: Any) -> Any:
    content = "\n".join(json.dumps(record, ensure_ascii=False) for record in records).encode()
    file_id = services.hand_in_records(name="moi.jsonl", chunks=[content], actor=SYSTEM, at=AT)
    assert services.read_file(file_id=RecordsFile.objects.get(public_id=file_id).pk, at=AT)
    return file_id


def decide(file_id: Any, ids: list[int], *, is_accepted: bool = True) -> int:
    return services.decide_differences(
        file_id=file_id, ids=ids, is_accepted=is_accepted, effective_on=SOON, actor=SYSTEM, at=AT
    )


def test_what_differs_is_listed_and_accepted_one_by_one() -> None:
    run_import(make_record(), make_record(code="1.000002"), make_record(code="1.000003"))
    changed = make_record(code="1.000002", requirements="Đủ 18 tuổi")
    file_id = hand_in(make_record(), changed, make_record(code="1.000009"), {"code": "x"})

    file = selectors.records_file(file_id)
    lines = {line.code: line for line in selectors.differences(file_id)}

    assert (file.state, file.named, file.same, file.open, file.refused) == (RecordsFileState.READ, 4, 1, 3, 1)
    assert {code: line.kind for code, line in lines.items()} == {
        "1.000002": DifferenceKind.CHANGED,
        "1.000009": DifferenceKind.NEW,
        "1.000003": DifferenceKind.MISSING,
    }
    assert [(change.part, change.before, change.after) for change in lines["1.000002"].changes] == [
        ("Yêu cầu, điều kiện", "", "Đủ 18 tuổi")
    ]
    assert decide(file_id, [lines["1.000009"].id], is_accepted=False) == 1
    assert decide(file_id, [lines["1.000002"].id, lines["1.000003"].id]) == 2
    assert decide(file_id, [lines["1.000002"].id]) == 0
    assert selectors.record_of("1.000002", on=SOON) == changed
    assert selectors.record_of("1.000002", on=TODAY) == make_record(code="1.000002")
    with pytest.raises(ProcedureNotInForce):
        selectors.procedure_page("1.000003", on=SOON)
    with pytest.raises(NotFound):
        selectors.record_of("1.000009", on=SOON)
    assert selectors.records_file(file_id).states == {"accepted": 2, "refused": 1}
    assert RecordsFile.objects.get().packed is None


def test_a_difference_whose_basis_changed_since_is_not_published() -> None:
    run_import(make_record())
    file_id = hand_in(make_record(requirements="Đủ 18 tuổi"))
    services.publish_record(make_record(requirements="Đủ 20 tuổi"), valid_from=TODAY, actor=SYSTEM, at=AT)
    versions = ProcedureVersion.objects.count()

    decide(file_id, selectors.difference_ids(file_id))

    line = selectors.differences(file_id)[0]
    assert line.state == DifferenceState.FAILED
    assert line.note
    assert ProcedureVersion.objects.count() == versions


def test_many_are_left_to_the_job(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(comparing, "_AT_ONCE", 1)
    file_id = hand_in(*(make_record(code=f"1.00000{number}") for number in range(3)))

    decide(file_id, selectors.difference_ids(file_id))
    assert selectors.records_file(file_id).states == {"chosen": 3}
    services.publish_chosen(file_id=RecordsFile.objects.get().pk, at=AT)

    assert selectors.records_file(file_id).states == {"accepted": 3}
    assert {record.code for record in selectors.written_records(on=SOON)} == {"1.000000", "1.000001", "1.000002"}


def test_what_is_no_file_of_records_is_turned_away(monkeypatch: pytest.MonkeyPatch) -> None:
    for content in (b"", b"PK\x03\x04", b"code;name"):
        with pytest.raises(RecordsFileRefused):
            services.hand_in_records(name="x", chunks=[content], actor=SYSTEM, at=AT)
    monkeypatch.setattr(comparing, "MOST_UPLOAD", 10)
    with pytest.raises(RecordsFileTooLarge):
        services.hand_in_records(name="x", chunks=[b"{" * 6, b"{" * 6], actor=SYSTEM, at=AT)
    with pytest.raises(NotAllowed):
        services.hand_in_records(name="x", chunks=[b"{}"], actor=PUBLIC, at=AT)
    assert not RecordsFile.objects.exists()
    monkeypatch.undo()
    file_id = services.hand_in_records(name="x.gz", chunks=[b"\x1f\x8bno gzip"], actor=SYSTEM, at=AT)
    again = services.hand_in_records(name="x.gz", chunks=[b"\x1f\x8bno gzip"], actor=SYSTEM, at=AT)
    assert file_id == again
    services.read_file(file_id=RecordsFile.objects.get().pk, at=AT)
    assert selectors.records_file(file_id).state == RecordsFileState.FAILED
    with pytest.raises(Invalid):
        services.decide_differences(file_id=file_id, ids=[1], is_accepted=True, actor=SYSTEM, at=AT)
    with pytest.raises(NotFound):
        decide(uuid4(), [1])
