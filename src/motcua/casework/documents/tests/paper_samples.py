"""Papers as real dossiers have them; the people are invented."""

from datetime import date, datetime

from motcua.casework.documents import types
from motcua.foundation.core.clock import VIETNAM


def at(*parts: int) -> datetime:
    """Return an instant in Vietnam."""
    return datetime(*parts, tzinfo=VIETNAM)


CODE = "H01.34-261109-0008"
ADDRESS = f"https://motcua.example/t/{CODE}"
HEAD = types.Letterhead(
    parent_name="Ủy ban nhân dân phường Long Xuyên",
    agency_name="Trung tâm Phục vụ hành chính công",
    place="Long Xuyên",
    issued_at=at(2026, 11, 9, 9, 15),
    number="0008/TNHS",
)
DUYEN = types.Party(
    name="Trần Thị Mỹ Duyên",
    address="128/5 Lý Thái Tổ, khóm Đông Thịnh 3, phường Long Xuyên",
    phone="0913 555 128",
    identity="0891 •••• 4127",
)
PHUC = types.Party(name="Lê Nguyễn Hoàng Phúc", address="45 ấp Tân Thuận, xã Ô Lâm", email="phuc@example.vn")
RECEIPT = types.Receipt(
    letterhead=HEAD,
    code=CODE,
    tracking_url=ADDRESS,
    applicants=(DUYEN,),
    subject="Cấp giấy phép xây dựng mới: nhà ở riêng lẻ",
    components=(
        types.ComponentLine("Đơn đề nghị cấp giấy phép xây dựng", originals=1),
        types.ComponentLine("Giấy chứng nhận quyền sử dụng đất", copies=3, note="đã đối chiếu"),
        types.ComponentLine("Bản vẽ thiết kế xây dựng", certified=2),
    ),
    sets=1,
    limit_text="10 ngày làm việc",
    received_at=at(2026, 11, 9, 9, 15),
    due_at=at(2026, 11, 23, 17, 0),
    receiver_name="Võ Thị Kim Ngân",
    department="Trung tâm Phục vụ hành chính công phường Long Xuyên",
    result_place="quầy phường Long Xuyên và bản điện tử",
    fees=(types.FeeLine("Lệ phí cấp giấy phép", 75_000, is_paid=True), types.FeeLine("Phí thẩm định", 1_250_000)),
    hotline="1022",
)
SUPPLEMENT = types.SupplementRequest(
    letterhead=HEAD,
    code=CODE,
    tracking_url=ADDRESS,
    applicant=DUYEN,
    subject=RECEIPT.subject,
    lines=(
        types.SupplementLine("Bản vẽ thiết kế xây dựng", "Thiếu mặt bằng định vị công trình.", originals=2),
        types.SupplementLine("Giấy chứng nhận quyền sử dụng đất", "Trang 2 mờ ở phần chữ ký và dấu."),
    ),
    guide_name="Võ Thị Kim Ngân",
    guide_phone="0296 3 841 100",
    reason="Hồ sơ chưa đủ giấy tờ theo quy định.",
    due_at=at(2026, 12, 9, 17, 0),
)
REFUSAL = types.RefusalNotice(
    letterhead=HEAD,
    code="TT-261109-0418",
    is_intake_number=True,
    tracking_url=ADDRESS,
    applicant=DUYEN,
    subject=RECEIPT.subject,
    reason="Thửa đất số 128 nằm trong hành lang bảo vệ kênh đã công bố.",
    refuser_name="Võ Thị Kim Ngân",
    legal_basis="khoản 2 Điều 93 Luật Xây dựng số 50/2014/QH13",
    guidance="Ông (bà) có thể đề nghị giấy phép xây dựng có thời hạn.",
)
STOP = types.StopNotice(
    letterhead=HEAD,
    code=CODE,
    tracking_url=ADDRESS,
    applicant=DUYEN,
    subject=RECEIPT.subject,
    received_at=RECEIPT.received_at,
    stopped_at=at(2026, 12, 10, 8, 0),
    reason="Quá thời hạn bổ sung mà người nộp không gửi bổ sung.",
    signer_name="Nguyễn Văn Bình",
    capacity="KT. Chủ tịch",
    signer_title="Phó Chủ tịch",
)
APOLOGY = types.Apology(
    letterhead=HEAD,
    code=CODE,
    tracking_url=ADDRESS,
    applicant=DUYEN,
    subject=RECEIPT.subject,
    received_at=RECEIPT.received_at,
    due_at=at(2026, 11, 23, 17, 0),
    new_due_at=at(2026, 12, 3, 17, 0),
    reason="Cơ quan phối hợp chưa trả lời ý kiến thẩm định.",
    signer_name="Nguyễn Văn Bình",
    capacity="KT. Chủ tịch",
    signer_title="Phó Chủ tịch",
    hotline="1022",
)
CONTROL = types.ControlSlip(
    letterhead=HEAD,
    code=CODE,
    tracking_url=ADDRESS,
    applicant=DUYEN,
    subject=RECEIPT.subject,
    received_at=RECEIPT.received_at,
    due_at=RECEIPT.due_at,
    handling_agency="Phòng Kinh tế, Hạ tầng và Đô thị",
    coordinating_agencies=("Văn phòng Đăng ký đất đai",),
    rows=(
        types.HandoverLine(
            "Trung tâm", "Phòng Kinh tế", at(2026, 11, 9, 10, 0), "Võ Thị Kim Ngân", "Lê Quốc Thái", "early"
        ),
        types.HandoverLine("Phòng Kinh tế", "Lãnh đạo phường", None),
    ),
    holders=(
        types.HolderLine("Phòng Kinh tế, Chuyên viên", "12:30", "14:00"),
        types.HolderLine("Văn phòng Đăng ký đất đai", "0:00", "16:00", "cùng lúc 8:00"),
    ),
    used="12:30",
)
INTAKE = types.IntakeSlip(
    letterhead=HEAD,
    intake_number="TT-261123-0418",
    tracking_url=ADDRESS,
    applicants=(DUYEN, PHUC),
    subject=RECEIPT.subject,
    submitted_at=at(2026, 11, 23, 10, 14),
    files=(
        types.FileLine("Đơn đề nghị", "Đơn đề nghị (đã ký).pdf", 248_000, "9f86d081" * 8, 2),
        types.FileLine("Bản vẽ", "IMG_" + "rất_dài_" * 15 + ".jpg", 3_400_000, "60303ae2" * 8, 1),
    ),
    accept_by=at(2026, 11, 25, 10, 14),
)
LINES = (
    types.CertificationLine(
        "Căn cước công dân", pages=2, copies=5, number="1203", requester=DUYEN.name, fee_vnd=20_000
    ),
    types.CertificationLine("Bằng tốt nghiệp", pages=1, copies=3, number="1204", requester=PHUC.name, fee_vnd=6_000),
)
BATCH = types.CertificationBatch(
    letterhead=HEAD, lines=LINES, presenter_name="Võ Thị Kim Ngân", signer_name="Nguyễn Văn Bình", book="01/2026"
)
BOOK = types.CertificationBookPage(
    letterhead=HEAD,
    book="01",
    year=2026,
    lines=tuple(
        types.CertificationLine(
            "Căn cước công dân",
            2,
            5,
            str(number),
            DUYEN.name,
            20_000,
            certified_on=date(2026, 11, 9),
            signer="N. V. Bình",
        )
        for number in range(1, 61)
    ),
    first_page=12,
)
REGISTER_BOOK = types.RegisterBookPaper(
    letterhead=HEAD,
    book_title="Sổ cấp số kết quả giải quyết thủ tục hành chính",
    kind="KQ",
    year=2026,
    lines=tuple(
        types.BookPrintLine(
            number=f"{number}/KQ",
            entered_at=at(2026, 11, 9, 9, 15),
            code=CODE,
            name=DUYEN.name,
            subject="Trích lục khai sinh (bản sao)",
            signer="CHỦ TỊCH Nguyễn Văn Bình",
            asks_signature=True,
            signature=DUYEN.name if number % 2 else "",
            changes=(types.BookChange("name", "Trần Mỹ Duyên", "Ghi thiếu chữ lót", "Đỗ Thị Hạnh", at(2026, 11, 10)),)
            if number == 3
            else (),
        )
        for number in range(1, 31)
    ),
    lines_per_page=12,
    opened_at=at(2026, 1, 2, 8, 0),
    closed_at=at(2027, 1, 4, 8, 0),
    closed_by="Đỗ Thị Hạnh",
    asks_signature=True,
)
HANDOVER_MINUTES = types.HandoverMinutes(
    letterhead=HEAD,
    number="2026/000123",
    tracking_url="https://motcua.example/lo/123",
    from_unit="Trung tâm Phục vụ hành chính công",
    to_unit="Phòng Kinh tế, Hạ tầng và Đô thị",
    lines=tuple(types.LotLine(code=CODE, applicant=DUYEN.name, originals=2, note="Đã nhận") for _number in range(4)),
    courier="Người của cơ quan",
    courier_name="Nguyễn Văn Giao",
    seal="NP-0001",
    sent_at=at(2026, 11, 9, 10, 5),
)
DOSSIER_REGISTER = types.DossierRegister(
    letterhead=HEAD,
    of="Trung tâm Phục vụ hành chính công",
    since=date(2026, 11, 1),
    until=date(2026, 11, 30),
    rows=tuple(
        types.RegisterPrintRow(
            code=CODE, procedure="Đăng ký khai sinh", sets=1, applicant=DUYEN.name,
            contact=f"{DUYEN.address}; {DUYEN.phone}", agency="Ủy ban nhân dân phường Long Xuyên",
            accepted_at=at(2026, 11, 9, 9, 15), due_at=at(2026, 11, 12, 17, 0), returned_at=None, delivery="Tại quầy",
        )
        for _number in range(20)
    ),
)  # fmt: skip
HELD = types.HeldData(
    letterhead=HEAD,
    name=DUYEN.name,
    parts=(
        types.HeldPart(
            "Tài khoản",
            "Để biết ai thực hiện.",
            (types.HeldThing(DUYEN.name, (types.HeldLine("Họ và tên", DUYEN.name), types.HeldLine("Để trống", ""))),),
        ),
        types.HeldPart("Bản nháp", "Để làm tiếp.", ()),
    ),
)
POSTER = types.Poster(
    letterhead=HEAD,
    hotline="1022",
    sheets=tuple(
        types.PosterSheet(
            code=code,
            name=name,
            field="Hộ tịch",
            address=f"https://motcua.example/thu-tuc/{code}/",
            papers=tuple((f"Giấy tờ số {number} " + "có tên dài " * 12, "1 bản chính") for number in range(papers)),
            limit="3 ngày làm việc",
            fee="Miễn phí",
            place="Trung tâm Phục vụ hành chính công phường Long Xuyên",
            ways="Trực tuyến, Tại quầy",
            result="Giấy khai sinh",
            more_papers=papers // 5,
            case="Trẻ em sinh tại Việt Nam",
            more_cases=papers // 6,
            basis="Công bố theo quyết định: 123/QĐ-BTP",
        )
        for code, name, papers in (
            ("1.001193", "Đăng ký khai sinh", 2),
            ("1.115369", "Đăng ký biến động quyền sử dụng đất, " * 30, 10),
        )
    ),
)
STATUS = types.StatusSheet(
    letterhead=HEAD,
    code=RECEIPT.code,
    tracking_url=ADDRESS,
    applicants=(DUYEN,),
    subject=RECEIPT.subject,
    lines=(
        types.StatusLine("Ai giữ", ("Lê Quốc Thái, Phòng Kinh tế, từ 10:00 thứ Hai, 09/11/2026",)),
        types.StatusLine("Khi nào xong", ("Thông thường xong khoảng thứ Năm, 19/11/2026.", "Chậm nhất 23/11/2026.")),
    ),
    events=(types.StatusEvent(at(2026, 11, 9, 9, 15), "Tiếp nhận", "Võ Thị Kim Ngân"),),
    hotline="1022",
)
ALL: dict[str, types.Paper] = {
    "receipt": RECEIPT,
    "supplement_request": SUPPLEMENT,
    "refusal": REFUSAL,
    "apology": APOLOGY,
    "stop_notice": STOP,
    "control_slip": CONTROL,
    "intake_slip": INTAKE,
    "status_sheet": STATUS,
    "certification_batch": BATCH,
    "certification_book": BOOK,
    "register_book": REGISTER_BOOK,
    "dossier_register": DOSSIER_REGISTER,
    "handover_minutes": HANDOVER_MINUTES,
    "held_data": HELD,
    "poster": POSTER,
}
