"""Redraw the paper forms of a district's one-stop office of 2015 as forms of today; run once, kept for the record.

Usage: draw_district_forms.py FACTS.jsonl > src/motcua/casework/procedures/data/form_library.json

Only facts are read: the official name of the procedure, the labels of the official paper, whether an answer is
required and of which kind it is. Names of fields, sections, order inside a section and all wording around the labels
are ours. Left out: what officers enter (receipts, fees taken, numbers of sets, appointments), lists of papers (they are
the dossier's components now), what the law has ended since (household books, districts).
"""

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from motcua.foundation.core.folding import fold

Prop = dict[str, Any]
SOURCE = "tamviettech/e-par (2015): official labels and kinds of answer as facts; names, sections and layout redrawn"
_LEFT_OUT = re.compile(
    r"so luong (bo|ban|ho so)|so bien lai|le phi|hen ngay|anh chup|so ho so|ghi chu|so ho khau|so so ho khau|quan ?\(|"
    r"^quan |^thanh pho$|^tinh|nhap du lieu|cong trinh so|ngay den huong dan"
)
_PAPERS = re.compile(r"tai lieu kem|thanh phan ho so|giay to kem|ghi chu|so bien lai|le phi|so luong bo")
_PLACE = re.compile(r"^(thuoc )?(phuong|xa|thi tran)\b|phuong ?/ ?xa")
_STREET = re.compile(r"^(so nha|duong pho|duong|tai)$")
_PERSON = re.compile(
    r"ho (va )?ten|ten toi la|nguoi nop|nguoi dai dien|chuc vu|nam sinh|ngay sinh|ngay, thang, nam sinh|sinh ngay|cmnd|"
    r"chung minh|ho chieu|can cuoc|ngay cap|noi cap|co quan cap|dien thoai|email|fax|gioi tinh|dan toc|quoc tich|"
    r"nguyen quan|tru quan|noi sinh|ho khau|thuong tru|dia chi lien he|chu dau tu|nguoi khai|"
    r"nguoi su dung dat|^dia chi$|ton giao"
)
_AREA = re.compile(r"\(m2\)|\(m²\)|dien tich")


def labels_of(line: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield (label, kind, required) of what a line of the paper asks."""
    for item in line["items"]:
        label = clean(item["label"] or (item["name"] if item["type"] == "Checkbox" else ""))
        yield {"label": label, "kind": item["type"], "rule": item["validate"], "required": item["required"]}


def clean(text: str) -> str:
    """Return a label without numbering, colons and stray blanks."""
    text = re.sub(r"^\s*(?:\d+|[IVX]+)\s*[.)]\s*", "", text or "")
    text = re.sub(r"\s+", " ", text).replace(" :", ":").strip(" :")
    text = re.sub(r":\s*\(", " (", text).replace("m2", "m²")
    return (text[:1].upper() + text[1:]).strip()


def question(label: str, kind: str, rule: str) -> Prop:
    """Return our question for a label of the paper."""
    folded = fold(label)
    if re.search(r"cmnd|chung minh nhan dan", folded):
        title = "Số định danh cá nhân" if "ngay" not in folded else label
        return {
            "type": "string", "title": title, "x-widget": "identity", "pattern": "^[0-9]{12}$", "x-personal": True,
            "x-message": "Số định danh cá nhân gồm 12 chữ số", "x-width": "short",
        }  # fmt: skip
    if kind == "TextboxDate" or re.match(r"(ngay sinh|ngay cap|sinh ngay|ngay, thang)", folded):
        return {"type": "string", "title": label, "x-widget": "date", "format": "date", "x-width": "short"}
    if folded == "nam sinh":
        return {"type": "integer", "title": label, "minimum": 1900, "maximum": 2100, "x-width": "short"}
    if kind == "TextboxMoney" or rule == "money":
        return {
            "type": "integer",
            "title": re.sub(r" ?\((vnd|đồng|VNĐ)\)", "", label),
            "x-widget": "money",
            "minimum": 0,
        }
    if rule == "phone" or "dien thoai" in folded:
        return {
            "type": "string", "title": label, "x-widget": "phone", "pattern": "^0[0-9]{9,10}$", "x-personal": True,
            "x-message": "Số điện thoại bắt đầu bằng 0, gồm 10 hoặc 11 chữ số", "x-example": "0912345678",
        }  # fmt: skip
    if rule in {"email", "Email"} or "email" in folded:
        return {"type": "string", "title": "Thư điện tử", "x-widget": "email", "format": "email", "x-personal": True}
    if rule == "numberString" or _AREA.search(folded):
        return {"type": "number", "title": label, "minimum": 0}
    if folded == "gioi tinh":
        labels = {"nam": "Nam", "nu": "Nữ"}
        return {"type": "string", "title": label, "x-widget": "radio", "enum": list(labels), "x-labels": labels}
    if folded == "hinh thuc ho so":
        labels = {"cap_moi": "Cấp mới", "gia_han": "Gia hạn", "dieu_chinh": "Điều chỉnh", "cap_lai": "Cấp lại"}
        return {"type": "string", "title": label, "x-widget": "radio", "enum": list(labels), "x-labels": labels}
    if kind == "TextboxArea":
        return {"type": "string", "title": label, "x-widget": "textarea", "maxLength": 2000}
    personal = {"x-personal": True} if _PERSON.search(folded) else {}
    return {"type": "string", "title": label, "maxLength": 250} | personal


def heading_of(text: str) -> str:
    """Return the title of a section for a heading of the paper: short, without the name of one town."""
    plain = clean(text).replace("vể", "về").replace("tặng,cho", "tặng cho")
    folded = fold(plain)
    if "hop tac xa" in folded and len(plain) > 60:
        return "Thông tin hợp tác xã"
    if "cho nguoi co ten" in folded:
        return "Người được đề nghị"
    if folded == "trong do":
        return "Cơ cấu vốn"
    return plain if len(plain) <= 60 else "Nội dung đề nghị"


class Drawing:
    """One form being redrawn."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.properties: dict[str, Prop] = {}
        self.required: list[str] = []
        self.sections: list[dict[str, Any]] = [{"code": "nguoi-de-nghi", "title": "Người đề nghị", "fields": []}]
        self.prefilled: set[str] = set()

    def section(self, title: str) -> dict[str, Any]:
        """Return the section of that title, putting it in at the end."""
        for each in self.sections:
            if each["title"] == title:
                return each
        code = unique(title, {each["code"].replace("-", "_") for each in self.sections}).replace("_", "-")
        self.sections.append({"code": code, "title": title, "fields": []})
        return self.sections[-1]

    def put(self, section: dict[str, Any], prop: Prop, *, required: bool) -> None:
        """Put a question in, under a name after its own label."""
        name = unique(prop["title"], self.properties)
        self.properties[name] = prop
        section["fields"].append(name)
        if required:
            self.required.append(name)

    def known(self, prop: Prop) -> Prop:
        """Let the first question for each fact about the applicant be filled in from the account."""
        folded = fold(prop["title"])
        source = next(
            (
                code
                for pattern, code in (
                    (r"ho (va )?ten(?!.*(chong|me|cha|con))|ten toi la|nguoi nop", "full_name"),
                    (r"so dinh danh", "identity_no"), (r"ngay sinh", "birth_date"), (r"dien thoai", "phone"),
                    (r"thu dien tu", "email"),
                )
                if re.search(pattern, folded)
            ),
            "",
        )  # fmt: skip
        if not source or source in self.prefilled or prop["type"] != "string":
            return prop
        self.prefilled.add(source)
        return prop | {"x-prefill": source}

    def schema(self) -> Prop:
        """Return the finished form, with the declaration that every such paper ends with."""
        last = self.section("Cam đoan")
        words = "Tôi cam đoan những nội dung kê khai trên là đúng sự thật và chịu trách nhiệm trước pháp luật"
        self.put(last, {"type": "boolean", "title": words, "x-widget": "declaration"}, required=True)
        return {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "type": "object",
            "title": self.name,
            "properties": self.properties,
            "required": self.required,
            "x-sections": [each for each in self.sections if each["fields"]],
        }


def unique(label: str, taken: Any) -> str:
    """Return a free name after a label, four words at most."""
    words = re.sub(r"[^a-z0-9]+", "_", fold(label)).strip("_").split("_")
    plain = "_".join(words[:4])[:40] or "o"
    plain = f"o_{plain}" if plain[0].isdigit() or plain in {"in", "as", "text", "string", "type"} else plain
    name, number = plain, 2
    while name in taken:
        name, number = f"{plain}_{number}", number + 1
    return name


def draw(row: dict[str, Any]) -> dict[str, Any]:
    """Redraw one form."""
    name = re.sub(r"^(Thủ tục|Test) ", "", clean(row["name"])).strip(" .,")
    name = name[:1].upper() + name[1:]
    made, heading, choices = Drawing(name), "", []
    for line in row["lines"]:
        if line["label"]:
            _put_choices(made, heading, choices)
            heading, choices = heading_of(line["label"]), []
        if _PAPERS.search(fold(heading)):
            continue
        for asked in labels_of(line):
            if asked["kind"] == "Checkbox":
                choices += [asked["label"]] if asked["label"] and asked["label"] not in choices else []
            else:
                _put(made, heading, asked)
    _put_choices(made, heading, choices)
    return {"code": "mau-" + unique(name, ()).replace("_", "-"), "name": name, "schema": made.schema()}


def _put(made: Drawing, heading: str, asked: dict[str, Any]) -> None:
    label, folded = asked["label"], fold(asked["label"])
    if not label or asked["kind"] == "Button" or _LEFT_OUT.search(folded) or _STREET.match(folded):
        return
    own = (
        heading if heading and not re.search(r"thong tin (ca nhan|nguoi|dang ky)|nguoi ke khai", fold(heading)) else ""
    )
    is_person = bool(_PERSON.search(folded)) and not own
    section = made.sections[0] if is_person else made.section(own or "Nội dung đề nghị")
    if _PLACE.match(folded):
        where = {"type": "object", "title": "Địa chỉ (theo đơn vị hành chính hiện nay)", "x-widget": "address"}
        if not any(made.properties[each].get("x-widget") == "address" for each in section["fields"]):
            made.put(section, where | {"x-personal": True}, required=asked["required"])
        return
    if folded in {"dia chi", "dia chi lien he"} and asked["kind"] != "TextboxArea":
        prop: Prop = {"type": "string", "title": label, "maxLength": 250, "x-personal": True}
    else:
        prop = question(label, asked["kind"], asked["rule"])
    made.put(section, made.known(prop) if is_person else prop, required=asked["required"])


def _put_choices(made: Drawing, heading: str, choices: list[str]) -> None:
    """Put the boxes under a heading in as one question of several choices."""
    if len(choices) < 2 or _PAPERS.search(fold(heading)):
        return
    labels: dict[str, str] = {}
    for words in choices:
        labels[unique(words, labels)] = words
    title = heading or "Nội dung lựa chọn"
    prop = {
        "type": "array", "title": title, "x-widget": "checkboxes", "items": {"type": "string", "enum": list(labels)},
        "x-labels": labels,
    }  # fmt: skip
    made.put(made.section(title if len(title) < 60 else "Nội dung đề nghị"), prop, required=False)


def main() -> None:
    """Write the library to standard output."""
    rows = [json.loads(line) for line in Path(sys.argv[1]).read_text("utf-8").splitlines()]
    forms: list[dict[str, Any]] = []
    for row in rows:
        form = draw(row)
        codes = {each["code"] for each in forms}
        plain, number = form["code"], 2
        while form["code"] in codes:
            form["code"], number = f"{plain}-{number}", number + 1
        forms.append(form)
    json.dump({"source": SOURCE, "forms": forms}, sys.stdout, ensure_ascii=False, indent=1)


if __name__ == "__main__":
    main()
