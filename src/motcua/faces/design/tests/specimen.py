"""One of everything, as the guide shows it."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django import forms
from django.template import engines

from motcua.casework.procedures.eforms.drawing import eform_form
from motcua.faces.design.marks import STATES
from motcua.foundation.core.clock import VIETNAM

GUIDE = Path(__file__).parent / "guide.html"
NOW = datetime(2026, 11, 23, 10, 12, tzinfo=VIETNAM)


class SpecimenForm(forms.Form):
    """Each kind of field once."""

    name = forms.CharField(label="Tên hộ kinh doanh", help_text="Viết phần tên riêng.", min_length=50)
    email = forms.EmailField(label="Thư điện tử", required=False)
    commune = forms.ChoiceField(label="Xã, phường", choices=[("1", "Phường Long Xuyên")])
    case = forms.ChoiceField(label="Trường hợp", choices=[("a", "Một mình"), ("b", "Cả nhà")], widget=forms.RadioSelect)
    agree = forms.BooleanField(label="Tôi cam đoan lời khai là đúng.")
    note = forms.CharField(label="Ghi chú", widget=forms.Textarea, required=False)


ASKED = {
    "type": "object",
    "required": ["ten", "so_con"],
    "properties": {
        "ten": {"type": "string", "title": "Tên người được uỷ quyền"},
        "so_con": {"type": "integer", "title": "Số con", "minimum": 0},
    },
    "x-sections": [{"code": "nguoi", "title": "Người được uỷ quyền", "fields": ["ten", "so_con"]}],
}


def context() -> dict[str, Any]:
    """Return what design/guide.html needs."""
    hour, day = timedelta(hours=1), timedelta(days=1)
    return {
        "now": NOW,
        "form": SpecimenForm({"name": "Cơm tấm", "commune": "1"}),
        "section": eform_form(ASKED, None, "nguoi"),
        "states": list(STATES),
        "dues": [
            {"due_at": NOW + 4 * day, "left": 3 * 28800.0, "used": 0.4},
            {"due_at": NOW + 2 * day, "left": 20880.0, "used": 0.68},
            {"due_at": NOW + 6 * hour, "left": 20000.0, "used": 0.92},
            {"due_at": NOW - day, "left": -28800.0, "used": 1},
            {"due_at": NOW, "paused": True, "paused_days": 3, "title": "chờ công dân bổ sung", "used": 0.2},
            {"due_at": NOW, "finished_at": NOW - day, "left": 28800.0},
        ],
        "ledger_rows": [
            {"dates": "10–13/11", "reason": "4 ngày", "holder": "N.H. Phúc", "seconds": 115200, "counted": True},
            {"dates": "24/11", "reason": "Nghỉ lễ", "holder": "", "seconds": 0, "counted": False},
        ],
        "events": [
            {"kind": "next", "icon": "package-check", "title": "Trả kết quả"},
            {"kind": "now", "icon": "scan-text", "title": "Thẩm định hồ sơ", "who": "N.H. Phúc", "at": NOW},
            {
                "kind": "wait",
                "icon": "file-plus-2",
                "title": "Yêu cầu bổ sung",
                "at": NOW - day,
                "text": "Thiếu chữ ký.",
            },
            {
                "kind": "done",
                "icon": "check",
                "title": "Tiếp nhận",
                "at": NOW - 2 * day,
                "url": "#",
                "link": "Giấy hẹn",
            },
        ],
        "steps": ["Trường hợp", "Thông tin", "Giấy tờ"],
        "tasks": [{"title": "Người nộp", "state": state, "url": "#"} for state in ("done", "doing", "mend", "closed")],
        "answers": [
            {"term": "Tên", "answer": "Cơm tấm Mỹ Duyên", "url": "#"},
            {"term": "Thành viên", "answers": ["A", "B"]},
        ],
        "paper": {"title": "Hợp đồng thuê", "state": "empty"},
        "known": {"title": "Thẻ căn cước", "state": "known", "detail": "Đã có từ VNeID."},
        "bad": {
            "title": "Giấy chứng nhận",
            "state": "bad",
            "files": [{"name": "a.zip", "note": "Không nhận tệp nén", "remove_value": "1", "url": "#"}],
            "message": "Tệp này chưa nộp được.",
            "detail": "Chọn PDF hoặc ảnh.",
        },
        "short_facts": [{"icon": "clock", "term": "Thời hạn", "answer": "3 ngày làm việc", "note": "Thường sớm hơn"}],
        "figures": [{"count": 1204, "label": "quá hạn", "url": "#", "tone": "bad"}],
        "tabs": [{"label": "Của tôi", "url": "#", "count": 14, "current": True}, {"label": "Phòng tôi", "url": "#"}],
    }


def guide() -> str:
    """Return the page that shows every component once."""
    return engines["django"].from_string(GUIDE.read_text(encoding="utf-8")).render(context())
