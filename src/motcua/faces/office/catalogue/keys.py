"""Between the record's own keys and the plain data of each part; what a page does not show is left as it was."""

from collections.abc import Mapping
from typing import Any

from motcua.faces.office.catalogue.entries import AUDIENCES

Record = dict[str, Any]
Data = dict[str, Any]


def own(item: Mapping[str, Any]) -> Data:
    """Return the province's own keys of an object, {} where it has none."""
    found = item.get("motcua")
    return dict(found) if isinstance(found, dict) else {}


def put_own(item: Record, **values: Any) -> None:
    """Set own keys; what is empty goes, and the whole when nothing is left."""
    kept = own(item)
    for name, value in values.items():
        if value in ("", None, [], False):
            kept.pop(name, None)
        else:
            kept[name] = value
    if kept:
        item["motcua"] = kept
    else:
        item.pop("motcua", None)


def lines(text: str) -> list[str]:
    """Return the lines that say something."""
    return [line.strip() for line in (text or "").splitlines() if line.strip()]


def texts(items: Any) -> str:
    """Return a list of texts one a line."""
    return "\n".join(str(item) for item in items or ())


def _copy(record: Record, data: Data, *names: str) -> None:
    record.update({name: (data.get(name) or "").strip() for name in names})


def general_of(record: Record, _case: int) -> Data:
    """Name, field, kind and level."""
    kept = own(record)
    return {name: record.get(name) or "" for name in ("name", "field", "type", "keywords", "description")} | {
        "levels": list(record.get("levels") or ()),
        "nature": kept.get("nature") or "procedure",
        "one_stop": kept.get("one_stop") or "",
        "territorial": {"True": "yes", "False": "no"}.get(str(kept.get("territorial")), ""),
    }


def general_into(record: Record, data: Data, _case: int) -> None:
    """See `general_of`."""
    _copy(record, data, "name", "field", "type", "keywords", "description")
    record["levels"] = data["levels"]
    nature = data["nature"]
    put_own(record, nature="" if nature == "procedure" else nature, one_stop=data["one_stop"])
    if data["territorial"]:
        record["motcua"] = own(record) | {"territorial": data["territorial"] == "yes"}
    else:
        put_own(record, territorial=None)


def steps_of(record: Record, _case: int) -> Data:
    """The published order, and the steps of each case that has its own."""
    return {
        "procedure_text": record.get("procedure_text") or "",
        "cases": [{"case": name, "steps": texts(own(case).get("steps"))} for name, case in _named(record)],
    }


def steps_into(record: Record, data: Data, _case: int) -> None:
    """See `steps_of`. The national list of numbered steps is made by the reading of the text: it is left empty here."""
    text = (data["procedure_text"] or "").replace("\r\n", "\n").strip()
    if text != (record.get("procedure_text") or "").strip():
        record["procedure_text"], record["steps"] = text, []
    for case, row in zip(record.get("dossier_cases") or (), data["cases"], strict=False):
        put_own(case, steps=lines(row["steps"]))


def _named(record: Record) -> list[tuple[str, Record]]:
    cases = record.get("dossier_cases") or []
    return [(str(case.get("case") or ""), case) for case in cases]


_METHOD = ("channel", "time_value", "time_unit", "time_text", "description")
_REDUCED = ("reduced_value", "reduced_unit", "reduced_by", "place")
_LIMIT = ("channel", "value", "unit", "reduced_value", "reduced_unit", "reduced_by", "place", "note")
_CASE_FEE = ("channel", "kind", "amount", "note")
_EXEMPTION = ("who", "percent", "channel", "basis", "note")


def _some(item: Mapping[str, Any], names: tuple[str, ...]) -> Data:
    return {name: "" if item.get(name) is None else item.get(name) for name in names}


def ways_of(record: Record, _case: int) -> Data:
    """Ways of handing in with fees, exemptions, and what differs by case."""
    return {
        "methods": [
            _some(method, _METHOD)
            | {"time_value": _whole(method.get("time_value")), "time_unit": method.get("time_unit") or "other"}
            | _some(own(method), _REDUCED)
            | {"fees": [_fee_of(fee, number) for number, fee in enumerate(method.get("fees") or ())], "was": str(place)}
            for place, method in enumerate(record.get("submission_methods") or ())
        ],
        "exemptions": [_some(item, _EXEMPTION) for item in own(record).get("exemptions") or ()],
        "cases": [
            {
                "case": name,
                "limits": [_some(item, _LIMIT) for item in own(case).get("limits") or ()],
                "fees": [_some(item, _CASE_FEE) for item in own(case).get("fees") or ()],
                "exemptions": [_some(item, _EXEMPTION) for item in own(case).get("exemptions") or ()],
            }
            for name, case in _named(record)
        ],
    }


def _whole(value: Any) -> Any:
    return int(value) if isinstance(value, float) and value.is_integer() else "" if value is None else value


def _fee_of(fee: Mapping[str, Any], number: int) -> Data:
    return {
        "kind": fee.get("kind") or "", "amount": _whole(fee.get("amount")), "note": fee.get("note") or "",
        "was": str(number),
    }  # fmt: skip


def ways_into(record: Record, data: Data, _case: int) -> None:
    """See `ways_of`."""
    before = record.get("submission_methods") or []
    record["submission_methods"] = [_method(row, _former(before, row["was"]) or {}) for row in data["methods"]]
    put_own(record, exemptions=[_said(row, _EXEMPTION) for row in data["exemptions"]])
    for case, row in zip(record.get("dossier_cases") or (), data["cases"], strict=False):
        put_own(
            case,
            limits=[_said(item, _LIMIT) for item in row["limits"]],
            fees=[_said(item, _CASE_FEE) for item in row["fees"]],
            exemptions=[_said(item, _EXEMPTION) for item in row["exemptions"]],
        )


def _said(row: Data, names: tuple[str, ...]) -> Data:
    return {name: row[name] for name in names if row.get(name) not in ("", None)}


def _method(row: Data, former: Record) -> Record:
    made: Record = dict(former) | {name: row[name] for name in _METHOD}
    before = former.get("fees") or []
    made["fees"] = [
        {"currency": "VND"}
        | dict(_former(before, fee["was"]) or {})
        | {"kind": fee["kind"] or None, "amount": fee["amount"], "note": fee["note"]}
        for fee in row["fees"]
    ]
    if made["time_value"] != former.get("time_value") and made["time_text"] == former.get("time_text", ""):
        made["time_text"] = str(made["time_value"] or "")  # the words of the former limit
    put_own(made, **{name: row[name] for name in _REDUCED})
    return made


def cases_of(record: Record, _case: int) -> Data:
    """The names of the cases; `was` is the place where a case stood, so that it keeps its papers when moved."""
    cases = record.get("dossier_cases") or ()
    return {"cases": [{"case": case.get("case") or "", "was": str(number)} for number, case in enumerate(cases)]}


def cases_into(record: Record, data: Data, _case: int) -> None:
    """See `cases_of`."""
    before = record.get("dossier_cases") or []
    record["dossier_cases"] = [
        dict(_former(before, row["was"]) or {"components": []}) | {"case": row["case"].strip()} for row in data["cases"]
    ]


def _former(before: list[Record], was: str) -> Record | None:
    return before[int(was)] if was.isdecimal() and int(was) < len(before) else None


_PAPER_OWN = ("kind", "certified", "e_form", "template", "held_by_state", "code")


def papers_of(record: Record, case: int) -> Data:
    """The papers of one case."""
    cases = record.get("dossier_cases") or []
    papers = cases[case].get("components") or () if case < len(cases) else ()
    return {
        "papers": [
            {
                "name": paper.get("name") or "", "originals": paper.get("originals") or 0,
                "copies": paper.get("copies") or 0, "form_files": texts(paper.get("form_files")), "was": str(number),
            }
            | _some(own(paper), _PAPER_OWN)
            for number, paper in enumerate(papers)
        ]
    }  # fmt: skip


def papers_into(record: Record, data: Data, case: int) -> None:
    """See `papers_of`. A record without cases gets one without a name."""
    cases = record.setdefault("dossier_cases", [])
    if not cases:
        cases.append({"case": "", "components": []})
    chosen = cases[min(case, len(cases) - 1)]
    before = chosen.get("components") or []
    chosen["components"] = []
    for row in data["papers"]:
        paper = dict(_former(before, row["was"]) or {}) | {
            "name": row["name"].strip(), "originals": row["originals"] or 0, "copies": row["copies"] or 0,
            "form_files": lines(row["form_files"]),
        }  # fmt: skip
        put_own(paper, **{name: row[name] or "" for name in _PAPER_OWN})
        chosen["components"].append(paper)


_AGENCIES = (
    "executing_agency_text", "competent_agency", "receiving_address", "coordinating_agency", "authorized_agency",
)  # fmt: skip


def agencies_of(record: Record, _case: int) -> Data:
    """Who does what."""
    return {name: record.get(name) or "" for name in _AGENCIES} | {
        "executing_agencies": texts(record.get("executing_agencies")),
        "receiving_agency": own(record).get("receiving_agency") or "",
    }


def agencies_into(record: Record, data: Data, _case: int) -> None:
    """See `agencies_of`."""
    _copy(record, data, *_AGENCIES)
    record["executing_agencies"] = lines(data["executing_agencies"])
    put_own(record, receiving_agency=data["receiving_agency"].strip())


def audience_of(record: Record, _case: int) -> Data:
    """The audiences of the national list, and others."""
    kept = [str(item) for item in record.get("audience") or ()]
    return {"audience": [item for item in kept if item in AUDIENCES],
            "others": texts(item for item in kept if item not in AUDIENCES)}  # fmt: skip


def audience_into(record: Record, data: Data, _case: int) -> None:
    """See `audience_of`; those that stay keep their order."""
    wanted = [*data["audience"], *lines(data["others"])]
    before = [item for item in record.get("audience") or () if item in wanted]
    record["audience"] = list(dict.fromkeys([*before, *wanted]))


def results_of(record: Record, _case: int) -> Data:
    """The results."""
    return {
        "no_result": bool(own(record).get("no_result")),
        "results": [_some(item, ("name", "code")) for item in record.get("results") or ()],
    }


def results_into(record: Record, data: Data, _case: int) -> None:
    """See `results_of`."""
    put_own(record, no_result=data["no_result"])
    record["results"] = [{"name": row["name"].strip(), "code": row["code"].strip()} for row in data["results"]]


def requirements_of(record: Record, _case: int) -> Data:
    """Requirements and conditions."""
    return {"requirements": record.get("requirements") or ""}


def requirements_into(record: Record, data: Data, _case: int) -> None:
    """See `requirements_of`."""
    record["requirements"] = (data["requirements"] or "").replace("\r\n", "\n").strip()


def bases_of(record: Record, _case: int) -> Data:
    """The legal bases."""
    return {"bases": [_some(item, ("number", "title")) for item in record.get("legal_bases") or ()]}


def bases_into(record: Record, data: Data, _case: int) -> None:
    """See `bases_of`."""
    record["legal_bases"] = [{"title": row["title"].strip(), "number": row["number"].strip()} for row in data["bases"]]


def service_of(record: Record, _case: int) -> Data:
    """How much is done online, and events of life."""
    kept = own(record)
    return {
        "service_level": kept.get("service_level") or "",
        "partial_reason": kept.get("partial_reason") or "",
        "old_level": str(kept.get("old_level") or ""),
        "life_events": list(kept.get("life_events") or ()),
    }


def service_into(record: Record, data: Data, _case: int) -> None:
    """See `service_of`."""
    put_own(
        record,
        service_level=data["service_level"],
        partial_reason=data["partial_reason"].strip(),
        old_level=int(data["old_level"]) if data["old_level"] else None,
        life_events=data.get("life_events", own(record).get("life_events")),
    )
