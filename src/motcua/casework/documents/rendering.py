"""Official papers as PDF: Typst templates in `papers/`, data as JSON, QR by segno.

A compiler keeps fonts and compiled templates warm and may serve one caller at a time, so compilers wait in a pool:
as many come to be as threads ever render at once. No transaction should be open while a paper is rendered.
"""

import io
import json
import queue
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import segno
import typst
from django.utils.functional import Promise

from motcua.casework.documents import paper_types as papers
from motcua.casework.documents.paper_parts import FormNotInSet, FormSet, PaperKind
from motcua.casework.documents.paper_types import Paper
from motcua.foundation.core.clock import VIETNAM

TEMPLATES = Path(__file__).resolve().parent / "papers"
FONTS = TEMPLATES / "fonts"
DATA: dict[PaperKind, type] = {
    PaperKind.RECEIPT: papers.Receipt,
    PaperKind.SUPPLEMENT_REQUEST: papers.SupplementRequest,
    PaperKind.REFUSAL: papers.RefusalNotice,
    PaperKind.APOLOGY: papers.Apology,
    PaperKind.STOP_NOTICE: papers.StopNotice,
    PaperKind.CONTROL_SLIP: papers.ControlSlip,
    PaperKind.INTAKE_SLIP: papers.IntakeSlip,
    PaperKind.CERTIFICATION_BATCH: papers.CertificationBatch,
    PaperKind.CERTIFICATION_BOOK: papers.CertificationBookPage,
    PaperKind.REGISTER_BOOK: papers.RegisterBookPaper,
    PaperKind.DOSSIER_REGISTER: papers.DossierRegister,
    PaperKind.HELD_DATA: papers.HeldData,
    PaperKind.POSTER: papers.Poster,
    PaperKind.STATUS_SHEET: papers.StatusSheet,
    PaperKind.HANDOVER_MINUTES: papers.HandoverMinutes,
}
# Law: Circular 01/2018/TT-VPCP, art. 9(1); Circular 03/2025/TT-VPCP, Appendix I.
FORM_NUMBERS: dict[FormSet, dict[PaperKind, str]] = {
    FormSet.CIRCULAR_01_2018: {
        PaperKind.RECEIPT: "01",
        PaperKind.SUPPLEMENT_REQUEST: "02",
        PaperKind.REFUSAL: "03",
        PaperKind.APOLOGY: "04",
        PaperKind.CONTROL_SLIP: "05",
        PaperKind.DOSSIER_REGISTER: "06",
    },
    FormSet.CIRCULAR_03_2025: {
        PaperKind.RECEIPT: "01",
        PaperKind.SUPPLEMENT_REQUEST: "02",
        PaperKind.REFUSAL: "03",
        PaperKind.APOLOGY: "04",
        PaperKind.STOP_NOTICE: "05",
        PaperKind.CONTROL_SLIP: "06",
        PaperKind.DOSSIER_REGISTER: "07",
    },
}
# Where a circular names a paper otherwise than its kind says.
TITLES = {(FormSet.CIRCULAR_01_2018, PaperKind.APOLOGY): "Phiếu xin lỗi và hẹn lại ngày trả kết quả"}
# In force from: Circular 03/2025/TT-VPCP.
NEW_FORMS_FROM = date(2025, 9, 15)
# Papers of the house itself and of other laws, which have no number in the sets.
UNNUMBERED = frozenset(
    {
        PaperKind.INTAKE_SLIP,
        PaperKind.CERTIFICATION_BATCH,
        PaperKind.CERTIFICATION_BOOK,
        PaperKind.REGISTER_BOOK,
        PaperKind.HELD_DATA,
        PaperKind.POSTER,
        PaperKind.STATUS_SHEET,
        PaperKind.HANDOVER_MINUTES,
    }
)

_compilers: "queue.LifoQueue[typst.Compiler]" = queue.LifoQueue()


def form_set_for(on: date) -> FormSet:
    """Return the set of forms in force on a day."""
    return FormSet.CIRCULAR_03_2025 if on >= NEW_FORMS_FROM else FormSet.CIRCULAR_01_2018


def form_number(kind: PaperKind | str, form_set: FormSet | str) -> str:
    """Return the number of a paper in a set of forms, '' for a paper that is no form of the circulars.

    Raises:
        FormNotInSet: the set has no such form, as 2018's has no stop notice.
    """
    kind, form_set = PaperKind(kind), FormSet(form_set)
    if kind in UNNUMBERED:
        return ""
    if kind not in FORM_NUMBERS[form_set]:
        raise FormNotInSet
    return FORM_NUMBERS[form_set][kind]


def render_paper(kind: PaperKind | str, data: Paper) -> bytes:
    """Return `data` printed as the PDF of `kind`: tagged for screen readers, A5, the batch sheet and the book A4.

    The same data give the same bytes; only what is given is printed.

    Raises:
        FormNotInSet: the data name a set of forms without this paper.
        TypeError: the data are of another paper.
    """
    kind = PaperKind(kind)
    if not isinstance(data, DATA[kind]):
        raise TypeError(f"{kind.value} is printed from {DATA[kind].__name__}, not {type(data).__name__}")
    return _compile(kind, _inputs(kind, data), made_at=data.letterhead.issued_at)


def _inputs(kind: PaperKind, data: Paper) -> dict[str, str]:
    form_set = getattr(data, "form_set", FormSet.CIRCULAR_03_2025)
    content = _plain(data) | {
        "title": TITLES.get((FormSet(form_set), kind), kind.label),
        "form_number": form_number(kind, form_set),
        "form_basis": FormSet(form_set).label,
    }
    if isinstance(data, papers.Poster):
        content["qr"] = [qr_code(sheet.address) for sheet in data.sheets]
    address = getattr(data, "tracking_url", "")
    return {"data": json.dumps(content, ensure_ascii=False), "qr": qr_code(address) if address else ""}


def _compile(kind: PaperKind, inputs: dict[str, str], *, made_at: datetime) -> bytes:
    try:
        compiler = _compilers.get_nowait()
    except queue.Empty:
        compiler = _new_compiler()
    try:
        pdf = compiler.compile(
            input=TEMPLATES / f"{kind.value}.typ",
            format="pdf",
            sys_inputs=inputs,
            pdf_standards=["ua-1"],
            timestamp=int(made_at.timestamp()),
        )
    finally:
        _compilers.put(compiler)
    if not isinstance(pdf, bytes):
        raise TypeError("the compiler returned no single document")
    return pdf


def _new_compiler() -> typst.Compiler:
    return typst.Compiler(root=TEMPLATES, font_paths=_fonts(), ignore_system_fonts=True)


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[FONTS])


def qr_code(address: str) -> str:
    """Return the QR code of an address as SVG without a size of its own."""
    picture = io.BytesIO()
    segno.make_qr(address, error="m").save(picture, kind="svg", border=2, xmldecl=False, svgns=True, omitsize=True)
    return picture.getvalue().decode()


def _plain(value: Any) -> Any:
    """Return what JSON can hold; instants become Vietnam's civil date and time in parts."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    if isinstance(value, Promise):
        return str(value)
    if isinstance(value, datetime):
        local = value.astimezone(VIETNAM)
        return {"year": local.year, "month": local.month, "day": local.day, "hour": local.hour, "minute": local.minute}
    if isinstance(value, date):
        return {"year": value.year, "month": value.month, "day": value.day}
    return value
