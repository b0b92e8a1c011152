"""Import through the service: idempotent, a version at a time, problems by place."""

import gzip
import json
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from motcua.casework.procedures import selectors, services
from motcua.casework.procedures.models import (
    CaseComponent,
    Field,
    LegalBasis,
    Procedure,
    ProcedureVersion,
    TimeLimit,
)
from motcua.casework.procedures.tests.conftest import AT, SINCE, TODAY, make_record, run_import
from motcua.foundation.accounts.types import PUBLIC, SYSTEM
from motcua.foundation.core.models import OutboxEvent
from motcua.foundation.core.types import NotAllowed

pytestmark = pytest.mark.django_db


def test_a_record_becomes_a_version_with_all_parts() -> None:
    report = run_import(make_record())

    assert (report.created, report.refused, report.problems) == (1, 0, ())
    page = selectors.procedure_page("1.000001", on=TODAY)
    assert page.name == "Thủ tục đăng ký thử nghiệm"
    assert [step.heading for step in page.steps] == ["Bước 1", "Bước 2"]
    assert [(line.channel, line.value, line.unit) for line in page.limits] == [("direct", 3, "working_day")]
    assert [(line.amount_vnd, line.kind) for line in page.fees] == [(8000, "charge")]
    assert [paper.name for paper in page.cases[0].submit] == ["Tờ khai"]
    assert [result.code for result in page.results] == ["KQ.G15.000001"]
    assert [(basis.number, basis.title) for basis in page.legal_bases] == [("60/2014/QH13", "Luật Hộ tịch")]
    assert [form.name for form in page.forms] == ["To khai.docx"]
    assert page.requirements == ()


def test_importing_twice_changes_nothing() -> None:
    run_import(make_record())
    before = [
        list(model.objects.order_by("pk").values_list()) for model in (ProcedureVersion, CaseComponent, TimeLimit)
    ]
    events = OutboxEvent.objects.count()

    report = run_import(make_record(sources=["B"]))

    assert (report.created, report.changed, report.unchanged) == (0, 0, 1)
    assert before == [
        list(model.objects.order_by("pk").values_list()) for model in (ProcedureVersion, CaseComponent, TimeLimit)
    ]
    assert OutboxEvent.objects.count() == events


def test_a_changed_record_starts_a_new_version_and_the_old_one_stays_as_it_was() -> None:
    run_import(make_record())
    change = date(2026, 6, 1)

    report = run_import(make_record(legal_bases=[]), valid_from=change)

    assert report.changed == 1
    old, new = ProcedureVersion.objects.order_by("valid")
    assert (old.valid, new.valid) == (DateRange(SINCE, change), DateRange(change, None))
    assert LegalBasis.objects.filter(version=old).count() == 1
    assert selectors.procedure_page("1.000001", on=date(2026, 5, 31)).version_id == old.pk
    assert selectors.procedure_page("1.000001", on=change).version_id == new.pk


def test_two_versions_never_overlap_in_the_database() -> None:
    run_import(make_record())
    version = ProcedureVersion.objects.get()
    version.pk = None
    version.public_id = Procedure.objects.get().public_id

    with pytest.raises(IntegrityError, match="procedure_version_no_overlap"), transaction.atomic():
        ProcedureVersion.objects.bulk_create([version])


def test_a_second_change_from_the_same_day_is_refused_and_leaves_no_trace() -> None:
    run_import(make_record())

    report = run_import(make_record(legal_bases=[]))

    assert report.refused == 1
    assert report.problems[0].is_fatal
    assert ProcedureVersion.objects.count() == 1


def test_a_refused_record_does_not_stop_the_others() -> None:
    report = run_import("{broken", make_record(code="x"), "", make_record(), "[1]")

    assert (report.created, report.refused) == (1, 3)
    assert [problem.line for problem in report.problems if problem.is_fatal] == [1, 2, 5]


def test_what_a_person_confirmed_is_kept_when_the_same_words_are_published_again() -> None:
    run_import(make_record())
    component = CaseComponent.objects.get()
    services.confirm_component(public_id=component.public_id, kind="show", actor=SYSTEM, at=AT)

    run_import(make_record(decision_no="2/QĐ-BTP"), valid_from=date(2026, 6, 1))

    newest = CaseComponent.objects.order_by("pk").last()
    assert newest is not None
    assert (newest.kind, newest.is_confirmed) == ("show", True)


def test_fields_that_fold_alike_get_codes_of_their_own() -> None:
    run_import(make_record(), make_record(code="1.000002", field="Hộ tích"))

    codes = set(Field.objects.values_list("code", flat=True))
    assert len(codes) == 2
    assert "ho-tich" in codes


def test_only_those_who_control_procedures_may_import() -> None:
    with pytest.raises(NotAllowed):
        services.import_records([], valid_from=SINCE, actor=PUBLIC, at=AT)


def test_the_command_reads_gzip_and_reports(tmp_path: Path) -> None:
    file = tmp_path / "records.jsonl.gz"
    bad = make_record(code="1.000003")
    bad["submission_methods"][0]["time_unit"] = "other"
    file.write_bytes(gzip.compress("\n".join(json.dumps(r) for r in (make_record(), bad)).encode()))
    out = StringIO()

    call_command("procedures", "import", str(file), "--from", "2026-01-01", stdout=out)

    assert "line 2 1.000003 submission_methods[0].time_unit: doubtful" in out.getvalue()
    assert "2 new, 0 changed, 0 unchanged, 0 refused" in out.getvalue()


def test_the_command_fails_on_a_missing_file_and_on_refused_records(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="Cannot read or write"):
        call_command("procedures", "import", str(tmp_path / "none.jsonl"))
    file = tmp_path / "records.jsonl"
    file.write_text('{"code"', encoding="utf-8")
    with pytest.raises(CommandError, match="1 records were refused"):
        call_command("procedures", "import", str(file), stdout=StringIO())
