"""Records, agencies and a loaded catalogue for the tests of this app."""

import json
from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any

import pytest
from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange

from motcua.casework.procedures import selectors, services
from motcua.casework.procedures.models import Procedure
from motcua.casework.procedures.types import ImportReport
from motcua.foundation.accounts.types import SYSTEM
from motcua.foundation.core.clock import VIETNAM
from motcua.foundation.organisations import selectors as organisations
from motcua.foundation.organisations.models import Agency, AgencyPeriod

AT = datetime(2026, 11, 23, 10, 12, tzinfo=VIETNAM)
TODAY = date(2026, 11, 23)
SINCE = date(2025, 7, 1)


def make_record(**changes: Any) -> dict[str, Any]:
    """Return a small sound record; `changes` replace its parts."""
    return {
        "code": "1.000001",
        "name": "Thủ tục đăng ký thử nghiệm",
        "decision_no": "1/QĐ-BTP",
        "decision_issuer": "BTP",
        "levels": ["xa"],
        "type": "TTHC được luật giao quy định chi tiết",
        "field": "Hộ tịch",
        "audience": ["Công dân Việt Nam"],
        "procedure_text": "Bước 1: Nộp hồ sơ.\nBước 2: Nhận kết quả.",
        "submission_methods": [
            {
                "channel": "direct",
                "time_value": 3,
                "time_unit": "working_day",
                "time_text": "3 ngày làm việc",
                "fees": [{"kind": None, "amount": 8000, "currency": "VND", "note": "Lệ phí"}],
                "description": "",
            }
        ],
        "dossier_cases": [
            {
                "case": "",
                "components": [{"name": "Tờ khai", "originals": 1, "copies": 0, "form_files": ["To khai.docx"]}],
            }
        ],
        "results": [{"name": "Giấy xác nhận", "code": "KQ.G15.000001"}],
        "legal_bases": [{"title": "Luật Hộ tịch", "number": "60/2014/QH13"}],
        "requirements": "Không có thông tin",
    } | changes


def run_import(*records: Any, valid_from: date = SINCE) -> ImportReport:
    """Import records (or raw lines) as one file."""
    lines = [record if isinstance(record, str) else json.dumps(record, ensure_ascii=False) for record in records]
    return services.import_records(lines, valid_from=valid_from, actor=SYSTEM, at=AT)


@pytest.fixture
def agency(db: None) -> Callable[..., int]:
    """Return a maker of agencies: kind and code in, id out."""

    def make(code: str, kind: str = "commune", level: str = "commune") -> int:
        row = Agency.objects.create(code=code, kind=kind, is_demonstration=True)
        AgencyPeriod.objects.create(
            agency=row, level=level, name=code, short_name=code, sort_key=code, valid=DateRange(SINCE, None)
        )
        organisations.forget_directory()
        return row.pk

    return make


@pytest.fixture(scope="module")
def packaged(django_db_setup: None, django_db_blocker: Any) -> Iterator[ImportReport]:
    """Load the packaged catalogue once for a module; its tables are emptied afterwards."""
    with django_db_blocker.unblock():
        selectors.forget_choices()
        report = services.load_packaged(valid_from=SINCE, actor=SYSTEM, at=AT)
    yield report
    with django_db_blocker.unblock():
        tables = [Procedure._meta.db_table, "procedures_field", "procedures_result_type"]
        tables += ["procedures_life_event", "procedures_synonym", "core_outbox_event"]
        with connection.cursor() as cursor:
            cursor.execute("SET session_replication_role = replica")  # append-only tables hang on these
            cursor.execute(f"TRUNCATE {', '.join(tables)} CASCADE")
            cursor.execute("SET session_replication_role = origin")
        selectors.forget_choices()
