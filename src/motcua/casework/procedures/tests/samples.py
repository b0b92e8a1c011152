"""A sample form of a household business."""

from typing import Any

HOUSEHOLD_BUSINESS: dict[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "type": "object",
    "title": "Giấy đề nghị đăng ký hộ kinh doanh",
    "properties": {
        "chu_ho": {"type": "string", "title": "Họ và tên chủ hộ", "x-personal": True, "x-prefill": "full_name"},
        "so_dinh_danh": {"type": "string", "title": "Số định danh cá nhân", "x-widget": "identity", "x-personal": True},
        "ngay_sinh": {"type": "string", "format": "date", "title": "Ngày sinh", "x-personal": True},
        "dien_thoai": {
            "type": "string",
            "title": "Số điện thoại",
            "x-widget": "phone",
            "x-required-message": "Nhập số điện thoại để cán bộ báo khi hồ sơ thay đổi",
        },
        "ten_ho": {
            "type": "string",
            "title": "Tên hộ kinh doanh",
            "x-title-en": "Name of the business",
            "minLength": 2,
            "maxLength": 60,
        },
        "von": {"type": "integer", "title": "Vốn kinh doanh", "x-widget": "money", "minimum": 1},
        "so_lao_dong": {"type": "integer", "title": "Số lao động", "minimum": 1, "maximum": 10},
        "loai": {
            "type": "string",
            "title": "Ai đứng tên",
            "enum": ["ca_nhan", "gia_dinh"],
            "x-labels": {"ca_nhan": "Một cá nhân", "gia_dinh": "Các thành viên gia đình"},
            "x-labels-en": {"ca_nhan": "One person", "gia_dinh": "Members of a family"},
        },
        "thanh_vien": {
            "type": "string",
            "title": "Tên các thành viên",
            "x-widget": "textarea",
            "x-show-if": {"field": "loai", "equals": "gia_dinh"},
        },
        "nganh": {
            "type": "array",
            "title": "Ngành nghề",
            "items": {"type": "string", "enum": ["an_uong", "tap_hoa"]},
            "x-labels": {"an_uong": "Ăn uống", "tap_hoa": "Tạp hóa"},
        },
        "giay_attp": {
            "type": "boolean",
            "title": "Đã có giấy an toàn thực phẩm",
            "x-show-if": {"field": "nganh", "in": ["an_uong"]},
        },
        "cam_doan": {"type": "boolean", "title": "Tôi cam đoan lời khai là đúng"},
    },
    "required": ["chu_ho", "so_dinh_danh", "dien_thoai", "ten_ho", "von", "loai", "thanh_vien", "nganh", "cam_doan"],
    "x-sections": [
        {"code": "chu-ho", "title": "Người đứng tên", "fields": ["chu_ho", "so_dinh_danh", "ngay_sinh", "dien_thoai"]},
        {
            "code": "ho",
            "title": "Hộ kinh doanh của bạn",
            "title-en": "Your business",
            "fields": ["ten_ho", "von", "so_lao_dong", "loai", "thanh_vien", "nganh", "giay_attp"],
        },
        {
            "code": "cam-doan",
            "title": "Cam đoan",
            "fields": ["cam_doan"],
            "x-show-if": {"not": {"field": "von", "in": [None]}},
        },
    ],
}
HO = {"ten_ho": "Cơm tấm Mỹ Duyên", "von": "50.000.000", "loai": "ca_nhan", "nganh": "an_uong"}
