import dataclasses
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest

from motcua.casework.documents import services, types
from motcua.casework.documents.tests import paper_samples as papers
from motcua.casework.documents.tests.reading import read

A5, A4, A4_LANDSCAPE = (148, 210), (210, 297), (297, 210)
replace = dataclasses.replace


@pytest.mark.parametrize("kind", papers.ALL)
def test_every_paper_is_titled_tagged_and_vietnamese(kind):
    paper = read(services.render_paper(kind, papers.ALL[kind]))

    assert paper.title.startswith(types.PaperKind(kind).label)
    assert paper.language == "vi-VN"
    assert paper.is_tagged
    assert "\ufffd" not in paper.words
    assert "none" not in paper.words


@pytest.mark.parametrize(
    ("kind", "size", "pages"),
    [
        ("receipt", A5, 1),
        ("supplement_request", A5, 1),
        ("refusal", A5, 1),
        ("apology", A5, 1),
        ("stop_notice", A5, 1),
        ("control_slip", A5, 1),
        ("intake_slip", A5, 1),
        ("status_sheet", A5, 1),
        ("certification_batch", A4, 1),
        ("certification_book", A4_LANDSCAPE, 2),
        ("register_book", A4_LANDSCAPE, 5),
        ("dossier_register", A4_LANDSCAPE, 2),
        ("handover_minutes", A4, 1),
        ("poster", A4, 2),
    ],
)
def test_sheets_have_the_size_of_the_circular(kind, size, pages):
    assert read(services.render_paper(kind, papers.ALL[kind])).pages == [size] * pages


@pytest.mark.parametrize(
    ("kind", "sentences"),
    [
        ("receipt", [
            "ỦY BAN NHÂN DÂN PHƯỜNG LONG XUYÊN", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc",
            "Long Xuyên, ngày 09 tháng 11 năm 2026", "Số: 0008/TNHS", "Mẫu số 01, Thông tư số 03/2025/TT-VPCP",
            "Mã hồ sơ: H01.34-261109-0008", "Tiếp nhận hồ sơ của: Trần Thị Mỹ Duyên",
            "Địa chỉ: 128/5 Lý Thái Tổ, khóm Đông Thịnh 3, phường Long Xuyên", "Số điện thoại: 0913 555 128",
            "Số định danh: 0891 •••• 4127", "1. Thành phần hồ sơ nộp gồm", "1 Đơn đề nghị cấp giấy phép xây dựng 1",
            "2 Giấy chứng nhận quyền sử dụng đất đã đối chiếu 3", "3 Bản vẽ thiết kế xây dựng 2",
            "2. Số lượng hồ sơ: 01 bộ", "3. Thời gian giải quyết theo quy định: 10 ngày làm việc",
            "4. Thời gian nhận hồ sơ: 09 giờ 15 phút, ngày 09/11/2026",
            "5. Thời gian trả kết quả: 17 giờ 00 phút, ngày 23/11/2026", "Đăng ký nhận kết quả tại: quầy",
            "Lệ phí cấp giấy phép: 75.000 đồng, đã thu; Phí thẩm định: 1.250.000 đồng", "NGƯỜI NỘP HỒ SƠ",
            "Võ Thị Kim Ngân", "gọi 1022",
        ]),
        ("supplement_request", [
            "Mẫu số 02", "Thiếu mặt bằng định vị công trình.", "Trang 2 mờ ở phần chữ ký và dấu.",
            "Lý do: Hồ sơ chưa đủ giấy tờ", "trước 17 giờ 00 phút, ngày 09/12/2026", "số điện thoại 0296 3 841 100",
        ]),
        ("refusal", [
            "Mẫu số 03", "Số tiếp nhận trực tuyến: TT-261109-0418", "hành lang bảo vệ kênh",
            "Căn cứ: khoản 2 Điều 93", "Hướng dẫn: Ông (bà) có thể",
        ]),
        ("stop_notice", [
            "Mẫu số 05", "dừng giải quyết hồ sơ", "08 giờ 00 phút, ngày 10/12/2026", "KT. CHỦ TỊCH PHÓ CHỦ TỊCH",
        ]),
        ("control_slip", [
            "Mẫu số 06", "1. Giao: Trung tâm 2. Nhận: Phòng Kinh tế", "10 giờ 00 phút, ngày 09/11/2026",
            "Người nhận: Lê Quốc Thái", "Trước hạn", "phối hợp giải quyết hồ sơ: Văn phòng Đăng ký đất đai",
            "Thời gian làm việc đã dùng của thời hạn: 12:30", "cùng lúc 8:00",
        ]),
        ("apology", [
            "Mẫu số 04, Thông tư số 03/2025/TT-VPCP", "XIN LỖI VÀ ĐỀ NGHỊ GIA HẠN", "chưa trả lời ý kiến thẩm định",
            "hẹn trả kết quả: 17 giờ 00 phút, ngày 23/11/2026", "17 giờ 00 phút, ngày 03/12/2026", "xin lỗi ông (bà)",
        ]),
        ("intake_slip", [
            "Số tiếp nhận trực tuyến: TT-261123-0418", "1. Trần Thị Mỹ Duyên", "2. Lê Nguyễn Hoàng Phúc",
            "9f86d081" * 8, "60303ae2" * 8, "rất_dài_" * 15, "242 kB", "3,2 MB",
            "chưa phải là Giấy tiếp nhận hồ sơ và hẹn trả kết quả",
        ]),
        ("status_sheet", [
            "Mã hồ sơ: H01.34-261109-0008", "Ai giữ: Lê Quốc Thái, Phòng Kinh tế", "Chậm nhất 23/11/2026.",
            "09 giờ 15 phút, ngày 09/11/2026 Tiếp nhận Võ Thị Kim Ngân", "không thay giấy hẹn",
        ]),
        ("certification_batch", ["1203 Căn cước công dân", "Cộng: 2 bản chính 8 26.000", "Quyển số: 01/2026"]),
        ("register_book", [
            "Trần Mỹ Duyên Trần Thị Mỹ Duyên Đỗ Thị Hạnh, 10/11/2026: Ghi thiếu chữ lót", "Trang 2/3",
            "Quyển sổ này có 3 trang", "Tổng số: 30 số, từ số 1/KQ đến số 30/KQ", "Số lần sửa chữa trong sổ: 1",
            "người khóa sổ: Đỗ Thị Hạnh", "THỦ TRƯỞNG CƠ QUAN",
        ]),
        ("dossier_register", ["Mẫu số 07", "Từ ngày 01/11/2026 đến ngày 30/11/2026", "Cộng: 20 hồ sơ"]),
        ("certification_book", ["Quyển số: 01", "Năm: 2026", "60 09/11/2026 Trần Thị Mỹ Duyên", "Trang 12"]),
    ],
)  # fmt: skip
def test_what_was_given_is_printed(kind, sentences):
    paper = read(services.render_paper(kind, papers.ALL[kind]))

    assert [sentence for sentence in sentences if not paper.says(sentence)] == []


def test_what_was_not_given_is_not_printed():
    bare = replace(
        papers.RECEIPT, department="", result_place="", fees=(), hotline="", due_at=None,
        applicants=(types.Party("Ngô An"),), letterhead=replace(papers.HEAD, parent_name="", number=""),
    )  # fmt: skip

    paper = read(services.render_paper("receipt", bare))

    for label in ("Địa chỉ", "Số điện thoại", "Thư điện tử", "Số định danh", "Phí, lệ phí", "Số:", "gọi", "Quyển số"):
        assert not paper.says(label), label
    assert paper.says("5. Thời gian trả kết quả: theo thông báo")


def test_a_dossier_without_papers_prints_no_empty_table():
    receipt = read(services.render_paper("receipt", replace(papers.RECEIPT, components=())))
    slip = read(services.render_paper("intake_slip", replace(papers.INTAKE, files=())))

    assert receipt.says("1. Thành phần hồ sơ nộp gồm: không có giấy tờ phải nộp 2. Số lượng hồ sơ")
    assert slip.says("Hồ sơ nộp không kèm tệp.")
    assert not receipt.says("Bản chính")
    assert not slip.says("SHA-256")


def test_two_applicants_a_submitter_and_a_second_stage():
    wedding = replace(
        papers.RECEIPT,
        applicants=(papers.DUYEN, papers.PHUC),
        submitter=types.Party("Phạm Thị Út", phone="0909 000 111"),
        stages=(types.Stage("Giai đoạn 2", papers.at(2026, 11, 24, 8, 0), papers.at(2026, 11, 30, 17, 0)),),
    )

    paper = read(services.render_paper("receipt", wedding))

    assert paper.says("1. Trần Thị Mỹ Duyên")
    assert paper.says("2. Lê Nguyễn Hoàng Phúc")
    assert paper.says("Người nộp hồ sơ: Phạm Thị Út Số điện thoại: 0909 000 111")
    assert paper.says("6. Giai đoạn 2: nhận hồ sơ 08 giờ 00 phút, ngày 24/11/2026; trả kết quả 17 giờ 00 phút")


def test_a_certification_receipt_counts_pages_and_copies():
    receipt = replace(papers.RECEIPT, components=(), certifications=papers.LINES)

    assert read(services.render_paper("receipt", receipt)).says(
        "Số trang Số bản giấy Bản điện tử 1 Căn cước công dân 2 5"
    )


def test_long_names_and_many_papers_flow_to_further_pages():
    name = "Hợp tác xã Dịch vụ nông nghiệp và du lịch cộng đồng Kinh Cùng " * 3
    receipt = replace(
        papers.RECEIPT,
        applicants=(replace(papers.DUYEN, name=name),),
        components=tuple(types.ComponentLine(f"Giấy tờ thứ {number} " + "x" * 60, originals=1) for number in range(40)),
    )

    paper = read(services.render_paper("receipt", receipt))

    assert set(paper.pages) == {A5}
    assert len(paper.pages) > 2
    assert paper.says(name)
    assert all(paper.says(f"{number + 1} Giấy tờ thứ {number} " + "x" * 60) for number in range(40))
    assert paper.says(f"Trang 1/{len(paper.pages)}")


def test_words_of_citizens_are_data_not_markup():
    sly = '#panic("x") *đậm* $x$ @nhãn <a> \\ [b] "q" // ghi chú'
    receipt = replace(papers.RECEIPT, subject=sly, applicants=(types.Party(sly),))

    paper = read(services.render_paper("receipt", receipt))

    # Typst sets straight quotes as curly ones only in markup; data stay as they were typed.
    assert paper.says(f"Nội dung yêu cầu giải quyết: {sly}")


def test_the_same_data_give_the_same_bytes():
    assert services.render_paper("receipt", papers.RECEIPT) == services.render_paper("receipt", papers.RECEIPT)


@pytest.mark.parametrize(
    ("kind", "form_set", "number"),
    [
        ("receipt", "01/2018", "01"),
        ("receipt", "03/2025", "01"),
        ("control_slip", "01/2018", "05"),
        ("control_slip", "03/2025", "06"),
        ("stop_notice", "03/2025", "05"),
        ("intake_slip", "03/2025", ""),
    ],
)
def test_form_numbers_follow_the_circular(kind, form_set, number):
    assert services.form_number(kind, form_set) == number


def test_2018_has_no_stop_notice():
    with pytest.raises(types.FormNotInSet):
        services.render_paper("stop_notice", replace(papers.STOP, form_set=types.FormSet.CIRCULAR_01_2018))


@pytest.mark.parametrize(
    ("on", "form_set"),
    [(date(2025, 9, 14), "01/2018"), (date(2025, 9, 15), "03/2025"), (date(2026, 11, 23), "03/2025")],
)
def test_the_set_of_forms_follows_the_day(on, form_set):
    assert services.form_set_for(on) == form_set


def test_data_of_another_paper_are_an_error():
    with pytest.raises(TypeError, match="RefusalNotice"):
        services.render_paper("refusal", papers.RECEIPT)


def test_threads_do_not_mix_papers():
    receipts = [replace(papers.RECEIPT, code=f"H01.34-261109-{number:04}") for number in range(24)]

    with ThreadPoolExecutor(6) as threads:
        printed = list(threads.map(lambda receipt: services.render_paper("receipt", receipt), receipts))

    for receipt, content in zip(receipts, printed, strict=True):
        assert read(content).says(f"Mã hồ sơ: {receipt.code} ")
        assert content == services.render_paper("receipt", receipt)


def test_twenty_receipts_take_about_a_second_of_one_core():
    services.render_paper("receipt", papers.RECEIPT)

    # Half a second on an idle core; the rest is room for machines where other tests run beside.
    assert min(seconds_for_twenty(day) for day in (9, 10)) < 1.5


def seconds_for_twenty(day: int) -> float:
    """Return the processor time of twenty receipts that differ."""
    begin = time.process_time()
    for number in range(20):
        services.render_paper("receipt", replace(papers.RECEIPT, code=f"H01.34-2611{day:02}-{number:04}"))
    return time.process_time() - begin


def test_the_apology_has_its_number_in_both_sets_and_the_title_of_each():
    old = read(services.render_paper("apology", replace(papers.APOLOGY, form_set=types.FormSet.CIRCULAR_01_2018)))

    assert old.title.startswith("Phiếu xin lỗi và hẹn lại ngày trả kết quả")
    assert "Mẫusố04,Thôngtưsố01/2018/TT-VPCP" in old.words
    assert {services.form_number("apology", form_set) for form_set in types.FormSet.values} == {"04"}
