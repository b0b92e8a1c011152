"""Records in the format of the national service LayThuTuc: told apart, turned into our format and written out in it.

Keys are read in capitals or not. What has no place in our format (codes of fields and agencies, keys nobody knows) is
kept under "motcua.lay_thu_tuc" beside the name of the line it belongs to and written out there again; what has no
place in theirs is written under "MOTCUA". So both ways nothing is lost.
"""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_noop as _

from motcua.casework.procedures.reading.drafts import Notebook
from motcua.casework.procedures.types import RecordJson

# Codes of the service; MUCDO as provinces store it: 4 wholly online, 3 partly, 2 information only.
_CHANNELS = {"1": "direct", "2": "online", "3": "postal"}
_UNITS = {
    "working_day": "Ngày làm việc", "day": "Ngày", "hour": "Giờ", "month": "Tháng", "year": "Năm", "other": "",
}  # fmt: skip
_SERVICE = {"4": "full", "3": "partial", "2": "information"}
_FEES = {"phi": "Phí", "le_phi": "Lệ phí"}
_PLAIN = {
    "MATTHC": "code", "TENTTHC": "name", "QUYETDINHCONGBO": "decision_no", "MACOQUANCONGBO": "decision_issuer",
    "CAPTHUCHIEN": "levels", "LOAITTHC": "type", "COQUANCOTHAMQUYEN": "competent_agency",
    "DIACHITIEPNHAN": "receiving_address", "COQUANUYQUYEN": "authorized_agency",
    "COQUANPHOIHOP": "coordinating_agency", "YEUCAU": "requirements", "TUKHOA": "keywords", "MOTA": "description",
}  # fmt: skip
_NAMES = {"DOITUONGTHUCHIEN": ("audience", "TENDOITUONG"), "COQUANTHUCHIEN": ("executing_agencies", "TENDONVI")}
_PAIRS = {
    "KETQUATHUCHIEN": ("results", {"TENKETQUA": "name", "MAKETQUA": "code"}),
    "CANCUPHAPLY": ("legal_bases", {"TENVANBAN": "title", "SOVANBAN": "number"}),
}
_LISTS = {"LINHVUCTHUCHIEN", "TRINHTUTHUCHIEN", "CACHTHUCTHUCHIEN", "THANHPHANHOSO", *_NAMES, *_PAIRS}
_FIRST = _PLAIN | dict.fromkeys((*_LISTS, "MUCDO", "LAPHIDIAGIOI", "THUTUCKHONGCOKETQUA", "MOTCUA"), "")
Left = dict[str, dict[str, Any]]


def is_foreign(raw: Mapping[str, Any]) -> bool:
    """Say whether a record is in the format of LayThuTuc."""
    return any(str(key).upper() in {"MATTHC", "TENTTHC"} for key in raw)


def to_record(raw: RecordJson, notebook: Notebook) -> RecordJson:
    """Return the record in our format; one that is in it already is returned as it is."""
    if not is_foreign(raw):
        return raw
    top = {str(key).upper(): value for key, value in raw.items()}
    record, left = _read(top, notebook)
    own = top.get("MOTCUA")
    if isinstance(own, dict):
        rest = own.get("record")
        record |= rest if isinstance(rest, dict) else {}
        for key in _listed(own.get("without")):
            record.pop(str(key), None)
    if left:
        known = record.get("motcua")
        record["motcua"] = (known if isinstance(known, dict) else {}) | {"lay_thu_tuc": left}
    return record


def from_record(record: RecordJson) -> RecordJson:
    """Return a record of ours in the format of LayThuTuc."""
    said = record.get("motcua")
    own: dict[str, Any] = said if isinstance(said, dict) else {}
    given = own.get("lay_thu_tuc")
    written = _write(record, own, given if isinstance(given, dict) else {})
    plain = dict(record)
    if isinstance(given, dict):
        plain["motcua"] = {key: value for key, value in own.items() if key != "lay_thu_tuc"}
        if not plain["motcua"]:
            del plain["motcua"]
    back, _left = _read(written, Notebook(line=0))
    rest = {key: value for key, value in plain.items() if key not in back or back[key] != value}
    without = sorted(back.keys() - plain.keys())
    if rest or without:
        written["MOTCUA"] = {"record": rest, "without": without}
    return written


def _read(top: Mapping[str, Any], notebook: Notebook) -> tuple[RecordJson, Left]:
    left: Left = {}
    unknown = {key: value for key, value in top.items() if key not in _FIRST}
    if unknown:
        left[""] = unknown
    record: RecordJson = {ours: top.get(theirs, [] if ours == "levels" else "") for theirs, ours in _PLAIN.items()}
    fields = _items(top, "LINHVUCTHUCHIEN", "TENLINHVUC", left, notebook)
    record["field"] = fields[0].get("TENLINHVUC") if fields else ""
    for theirs, (ours, name) in _NAMES.items():
        record[ours] = [item.get(name) for item in _items(top, theirs, name, left, notebook)]
    record["executing_agency_text"] = ", ".join(str(name) for name in record["executing_agencies"])
    for theirs, (ours, keys) in _PAIRS.items():
        items = _items(top, theirs, next(iter(keys)), left, notebook, known=set(keys))
        record[ours] = [{key: item.get(name) for name, key in keys.items()} for item in items]
    record["submission_methods"] = _methods(top, left, notebook)
    record["dossier_cases"] = _cases(top, left, notebook)
    record |= _steps(top, record["dossier_cases"], left, notebook)
    own = _own(top)
    return record | ({"motcua": own} if own else {}), left


def _own(top: Mapping[str, Any]) -> dict[str, Any]:
    own: dict[str, Any] = {}
    if str(top.get("MUCDO")) in _SERVICE:
        own["service_level"] = _SERVICE[str(top["MUCDO"])]
    if "LAPHIDIAGIOI" in top:
        own["territorial"] = not _is_yes(top["LAPHIDIAGIOI"])
    if "THUTUCKHONGCOKETQUA" in top:
        own["no_result"] = _is_yes(top["THUTUCKHONGCOKETQUA"])
    return own


def _is_yes(value: Any) -> bool:
    return str(value).strip().lower() in {"1", "true", "co", "có"}


def _items(
    holder: Mapping[str, Any], key: str, name: str, left: Left, notebook: Notebook, *, known: set[str] | None = None,
    place: str = "",
) -> list[dict[str, Any]]:  # fmt: skip
    """Objects of a list with their keys in capitals; what is not known of them is put aside by its place."""
    value = holder.get(key)
    listed = [value] if isinstance(value, dict) else value if isinstance(value, list) else []
    if value is not None and not isinstance(value, dict | list):
        notebook.note(key, _("is no list, left out"))
    found: list[dict[str, Any]] = []
    for number, item in enumerate(listed):
        where = f"{place}{key}[{number}]"
        if not isinstance(item, dict):
            notebook.note(where, _("is no object, left out"))
            continue
        line = {str(part).upper(): content for part, content in item.items()}
        more = {part: content for part, content in line.items() if part not in (known or {name})}
        if more:
            left[f"{place}{key}[{len(found)}]"] = {"=": line.get(name), **more}
        found.append(line)
    return found


def _methods(top: Mapping[str, Any], left: Left, notebook: Notebook) -> list[dict[str, Any]]:
    units = {name.lower(): unit for unit, name in _UNITS.items()}
    methods: list[dict[str, Any]] = []
    ways = _items(top, "CACHTHUCTHUCHIEN", "KENH", left, notebook, known={"KENH", "THOIGIAN"})
    for number, way in enumerate(ways):
        place = f"CACHTHUCTHUCHIEN[{number}]."
        known = {"THOIGIANGIAIQUYET", "DONVITINH", "MOTA", "PHILEPHI"}
        times = _items(way, "THOIGIAN", "MOTA", left, notebook, known=known, place=place)
        for index, time in enumerate(times):
            value, unit = time.get("THOIGIANGIAIQUYET"), time.get("DONVITINH")
            word = str(unit or "").strip().lower()
            methods.append({
                "channel": _CHANNELS.get(str(way.get("KENH")), way.get("KENH")),
                "time_value": value,
                "time_unit": None if value is None else units.get(word, "other"),
                "time_text": "" if value is None else f"{value} {word}".strip(),
                "fees": _fees(time, left, notebook, f"{place}THOIGIAN[{index}]."),
                "description": time.get("MOTA", ""),
            })  # fmt: skip
    return methods


def _fees(time: Mapping[str, Any], left: Left, notebook: Notebook, place: str) -> list[dict[str, Any]]:
    kinds = {name.lower(): kind for kind, name in _FEES.items()}
    known = {"MAPHILEPHI", "SOTIEN", "DONVI", "MOTA", "LOAIPHILEPHI"}
    fees: list[dict[str, Any]] = []
    for item in _items(time, "PHILEPHI", "MOTA", left, notebook, known=known, place=place):
        fee: dict[str, Any] = {
            "kind": kinds.get(str(item.get("LOAIPHILEPHI") or "").lower()),
            "amount": item.get("SOTIEN"),
            "currency": item.get("DONVI") or None,
            "note": item.get("MOTA", ""),
        }
        fees.append(fee | ({"motcua": {"code": item["MAPHILEPHI"]}} if item.get("MAPHILEPHI") else {}))
    return fees


def _cases(top: Mapping[str, Any], left: Left, notebook: Notebook) -> list[dict[str, Any]]:
    known = {"MAGIAYTO", "TENGIAYTO", "TENMAUDON", "SOBANCHINH", "SOBANSAO"}
    cases: list[dict[str, Any]] = []
    for number, case in enumerate(
        _items(top, "THANHPHANHOSO", "TRUONGHOP", left, notebook, known={"TRUONGHOP", "GIAYTO"})
    ):
        place = f"THANHPHANHOSO[{number}]."
        papers = _items(case, "GIAYTO", "TENGIAYTO", left, notebook, known=known, place=place)
        cases.append({"case": case.get("TRUONGHOP", ""), "components": [_paper(paper) for paper in papers]})
    return cases


def _paper(item: Mapping[str, Any]) -> dict[str, Any]:
    forms = str(item.get("TENMAUDON") or "")
    paper: dict[str, Any] = {
        "name": item.get("TENGIAYTO", ""),
        "originals": item.get("SOBANCHINH", 0),
        "copies": item.get("SOBANSAO", 0),
        "form_files": forms.split("; ") if forms else [],
    }
    return paper | ({"motcua": {"code": item["MAGIAYTO"]}} if item.get("MAGIAYTO") else {})


def _steps(top: Mapping[str, Any], cases: list[dict[str, Any]], left: Left, notebook: Notebook) -> dict[str, Any]:
    """Steps of one unnamed case are the procedure's; those of named cases are put into the cases of that name."""
    common: list[str] = []
    for number, item in enumerate(
        _items(top, "TRINHTUTHUCHIEN", "TRUONGHOP", left, notebook, known={"TRUONGHOP", "TRINHTU"})
    ):
        place = f"TRINHTUTHUCHIEN[{number}]."
        lines = _items(item, "TRINHTU", "TENTRINHTU", left, notebook, place=place)
        texts, name = [str(line.get("TENTRINHTU") or "") for line in lines], str(item.get("TRUONGHOP") or "")
        if not name:
            common.extend(texts)
            continue
        case = next((case for case in cases if case["case"] == name and "motcua" not in case), None)
        if case is None:
            case = {"case": name, "components": []}
            cases.append(case)
        case["motcua"] = {"steps": texts}
    return {"procedure_text": "\n".join(common), "steps": common if len(common) > 1 else []}


def _write(record: RecordJson, own: Mapping[str, Any], left: Mapping[str, Any]) -> RecordJson:
    top: RecordJson = {theirs: record[ours] for theirs, ours in _PLAIN.items() if ours in record}
    top["LINHVUCTHUCHIEN"] = [{"TENLINHVUC": record["field"]}] if record.get("field") else []
    for theirs, (ours, name) in _NAMES.items():
        top[theirs] = [{name: value} for value in _listed(record.get(ours))]
    for theirs, (ours, keys) in _PAIRS.items():
        top[theirs] = [{name: item.get(key) for name, key in keys.items()} for item in _dicts(record.get(ours))]
    top["CACHTHUCTHUCHIEN"] = _ways(record)
    cases = _dicts(record.get("dossier_cases"))
    top["THANHPHANHOSO"] = [
        {"TRUONGHOP": case.get("case", ""), "GIAYTO": [_giay_to(paper) for paper in _dicts(case.get("components"))]}
        for case in cases
    ]
    top["TRINHTUTHUCHIEN"] = _trinh_tu(record, cases)
    levels = {level: code for code, level in _SERVICE.items()}
    if str(own.get("service_level")) in levels:
        top["MUCDO"] = levels[str(own["service_level"])]
    if own.get("territorial") is not None:
        top["LAPHIDIAGIOI"] = int(not own["territorial"])
    if own.get("no_result") is not None:
        top["THUTUCKHONGCOKETQUA"] = int(bool(own["no_result"]))
    _put_back(top, left)
    return top


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _dicts(value: Any) -> list[dict[str, Any]]:
    return [item for item in _listed(value) if isinstance(item, dict)]


def _ways(record: RecordJson) -> list[dict[str, Any]]:
    """Neighbouring methods of one channel are one way with several times."""
    codes = {channel: code for code, channel in _CHANNELS.items()}
    ways: list[dict[str, Any]] = []
    for method in _dicts(record.get("submission_methods")):
        code = codes.get(str(method.get("channel")), method.get("channel"))
        if not ways or ways[-1]["KENH"] != code:
            ways.append({"KENH": code, "THOIGIAN": []})
        ways[-1]["THOIGIAN"].append({
            "THOIGIANGIAIQUYET": method.get("time_value"),
            "DONVITINH": _UNITS.get(str(method.get("time_unit")), ""),
            "MOTA": method.get("description", ""),
            "PHILEPHI": [_phi(fee) for fee in _dicts(method.get("fees"))],
        })  # fmt: skip
    return ways


def _phi(fee: Mapping[str, Any]) -> dict[str, Any]:
    own = fee.get("motcua")
    code = own.get("code") if isinstance(own, dict) else None
    return {
        "MAPHILEPHI": code or "",
        "LOAIPHILEPHI": _FEES.get(str(fee.get("kind")), ""),
        "SOTIEN": fee.get("amount"),
        "DONVI": fee.get("currency"),
        "MOTA": fee.get("note", ""),
    }


def _giay_to(paper: Mapping[str, Any]) -> dict[str, Any]:
    own = paper.get("motcua")
    files = paper.get("form_files")
    return {
        "MAGIAYTO": (own.get("code") if isinstance(own, dict) else None) or "",
        "TENGIAYTO": paper.get("name", ""),
        "TENMAUDON": "; ".join(str(name) for name in files) if isinstance(files, list) else "",
        "SOBANCHINH": paper.get("originals", 0),
        "SOBANSAO": paper.get("copies", 0),
    }


def _trinh_tu(record: RecordJson, cases: list[dict[str, Any]]) -> list[dict[str, Any]]:
    steps, text = record.get("steps"), record.get("procedure_text")
    whole = isinstance(steps, list) and len(steps) > 1 and "\n".join(map(str, steps)) == text
    common = steps if whole and steps else [text] if text else []
    found = [{"TRUONGHOP": "", "TRINHTU": [{"TENTRINHTU": step} for step in common]}] if common else []
    for case in cases:
        own = case.get("motcua")
        lines = own.get("steps") if isinstance(own, dict) else None
        if isinstance(lines, list) and lines:
            found.append({"TRUONGHOP": case.get("case", ""), "TRINHTU": [{"TENTRINHTU": step} for step in lines]})
    return found


def _put_back(top: RecordJson, left: Mapping[str, Any]) -> None:
    """Put what was kept aside where it came from, as long as a line of that name still stands there."""
    for place, more in left.items():
        if not isinstance(more, dict):
            continue
        if not place:
            top |= more
            continue
        line = _at(top, place)
        if line is not None and more.get("=") in line.values():
            line |= {key: value for key, value in more.items() if key != "="}


def _at(top: RecordJson, place: str) -> dict[str, Any] | None:
    spot: Any = top
    for piece in place.split("."):
        name, _bracket, number = piece.rstrip("]").partition("[")
        lines = spot.get(name) if isinstance(spot, dict) else None
        if not isinstance(lines, list) or not number.isdigit() or int(number) >= len(lines):
            return None
        spot = lines[int(number)]
    return spot if isinstance(spot, dict) else None
