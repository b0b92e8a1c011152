"""The packaged library: 79 paper forms redrawn as drafts to begin with, and blocks that most forms share."""

import json
from datetime import datetime
from functools import cache
from importlib import resources
from typing import Any

from django.db import transaction
from django.utils import translation

from motcua.casework.procedures import policies
from motcua.casework.procedures.eforms.starting import part
from motcua.casework.procedures.models import EForm, EFormBlock
from motcua.casework.procedures.services.forms import create_form, save_form_block
from motcua.foundation.accounts.types import Actor

NOTE = (
    "Vẽ lại theo nhãn của mẫu giấy năm 2015 ở bộ phận một cửa cấp huyện; "
    "đối chiếu quy định hiện hành trước khi ban hành"
)


@cache
def library_forms() -> tuple[dict[str, Any], ...]:
    """Return the packaged forms: code, name, schema."""
    text = resources.files("motcua.casework.procedures.data").joinpath("form_library.json").read_text("utf-8")
    return tuple(json.loads(text)["forms"])


@transaction.atomic
def load_form_library(*, actor: Actor, at: datetime) -> int:
    """Put the packaged forms in as drafts, and the blocks; what is there stays. Return how many forms are new.

    Raises:
        NotAllowed: the actor does not edit the catalogue.
    """
    policies.require_editor(actor)
    known = set(EForm.objects.values_list("code", flat=True))
    fresh = [form for form in library_forms() if form["code"] not in known]
    for form in fresh:
        create_form(
            code=form["code"], name=form["name"][:250], schema=form["schema"], source_note=NOTE, actor=actor, at=at
        )
    kept = set(EFormBlock.objects.values_list("code", flat=True))
    for code, name, content in _blocks():
        if code not in kept:
            save_form_block(code=code, name=name, content=content, actor=actor, at=at)
    return len(fresh)


def _blocks() -> list[tuple[str, str, dict[str, Any]]]:
    with translation.override("vi"):
        applicant = part("person", "Người nộp hồ sơ") | {"x-prefill": "full_name"}
        for name, source in (("ho_ten", "full_name"), ("so_dinh_danh", "identity_no"), ("dien_thoai", "phone")):
            applicant["properties"][name]["x-prefill"] = source
        applicant["required"] = ["ho_ten", "so_dinh_danh", "dien_thoai"]
        deputy = part("person", "Người được ủy quyền")
        paper = part("text", "Số và ngày văn bản ủy quyền")
        company = part("organisation", "Tổ chức, doanh nghiệp")
        truth = part("declaration", "Tôi cam đoan những nội dung kê khai trên là đúng sự thật")
        return [
            ("nguoi-nop-ho-so", *_content("Người nộp hồ sơ", {"nguoi_nop": applicant}, ["nguoi_nop"])),
            (
                "nguoi-duoc-uy-quyen",
                *_content("Người được ủy quyền", {"nguoi_uy_quyen": deputy, "van_ban": paper}, ["van_ban"]),
            ),
            ("to-chuc", *_content("Tổ chức, doanh nghiệp", {"to_chuc": company}, ["to_chuc"])),
            ("cam-doan", *_content("Cam đoan", {"cam_doan": truth}, ["cam_doan"])),
        ]


def _content(title: str, properties: dict[str, Any], required: list[str]) -> tuple[str, dict[str, Any]]:
    return title, {"title": title, "fields": list(properties), "properties": properties, "required": required}
