"""The catalogue as open data: the same columns as CSV and JSON."""

import csv
import io
import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils import translation

from motcua.casework.procedures.types import CatalogueRow
from motcua.faces.portal.hits import fee_of
from motcua.faces.portal.procedure import presenting
from motcua.faces.portal.publishing.posters import address
from motcua.foundation.core.clock import VIETNAM

# Name of a column -> what is in it, for people who read the data.
COLUMNS: dict[str, str] = {
    "code": "Mã thủ tục trên Cơ sở dữ liệu quốc gia về thủ tục hành chính",
    "name": "Tên thủ tục",
    "field": "Lĩnh vực",
    "levels": "Cấp giải quyết: province (tỉnh), commune (xã), ministry (bộ), other (khác); cách nhau bằng dấu |",
    "audience": "Đối tượng thực hiện, cách nhau bằng dấu |",
    "agencies": "Cơ quan thực hiện theo quyết định công bố, cách nhau bằng dấu |",
    "channels": "Cách nộp: online (trực tuyến), direct (tại quầy), postal (bưu chính); cách nhau bằng dấu |",
    "is_taken_online": "true khi cơ quan của tỉnh đang nhận hồ sơ trực tuyến",
    "service_level": "full (toàn trình), partial (một phần), information (cung cấp thông tin); trống khi chưa công bố",
    "nature": "procedure (thủ tục hành chính) hoặc company_service (dịch vụ của doanh nghiệp, tính riêng)",
    "time_limit": "Thời hạn giải quyết ngắn nhất đã công bố, bằng lời",
    "fee": "Phí, lệ phí, bằng lời",
    "decision_no": "Số quyết định công bố",
    "decision_issuer": "Cơ quan ban hành quyết định",
    "valid_from": "Ngày bản ghi này có hiệu lực (YYYY-MM-DD)",
    "page": "Địa chỉ trang thủ tục",
    "national_page": "Địa chỉ trên Cổng Dịch vụ công quốc gia, nếu có",
}
LISTS = ("levels", "audience", "agencies", "channels")
LICENCE = "Dữ liệu công khai của cơ quan nhà nước; được dùng lại, xin ghi nguồn."


def as_csv(rows: Iterable[CatalogueRow]) -> bytes:
    """Return the rows as CSV in UTF-8 with a byte order mark, lists joined by |."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    for row in rows:
        values = _values(row)
        writer.writerow(["|".join(value) if name in LISTS else _cell(value) for name, value in values.items()])
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def as_json(rows: Iterable[CatalogueRow], *, at: datetime) -> bytes:
    """Return the rows as one JSON object: when, licence, what each column means, the procedures."""
    found = [_values(row) for row in rows]
    content = {
        "made_at": at.astimezone(VIETNAM).isoformat(timespec="seconds"),
        "licence": LICENCE,
        "columns": COLUMNS,
        "count": len(found),
        "procedures": found,
    }
    return json.dumps(content, ensure_ascii=False).encode()


def _values(row: CatalogueRow) -> dict[str, Any]:
    hit = row.hit
    with translation.override("vi"):
        limit, fee = presenting.limit_words(hit.limit), fee_of(hit)
    return {
        "code": hit.code,
        "name": hit.name,
        "field": hit.field_name,
        "levels": list(hit.levels),
        "audience": list(row.audience),
        "agencies": list(row.agencies),
        "channels": list(hit.channels),
        "is_taken_online": row.is_taken_online,
        "service_level": row.service_level,
        "nature": row.nature,
        "time_limit": limit,
        "fee": fee,
        "decision_no": row.decision_no,
        "decision_issuer": row.decision_issuer,
        "valid_from": row.valid_from.isoformat(),
        "page": address(hit.code),
        "national_page": row.portal_url,
    }


def _cell(value: Any) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text
