"""Following a dossier: by its code, in full after proof, supplement, result, rating, withdrawing, my dossiers."""

from datetime import timedelta

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.urls import reverse
from tests.world import NOW, World

from motcua.casework.documents import services as documents
from motcua.casework.documents.tests import samples
from motcua.casework.dossiers import services as dossiers
from motcua.casework.dossiers.models import Dossier, DossierPaper, Draft, PaperFile
from motcua.casework.dossiers.types import Filed, SignatureInput, StepInput, SupplementItem
from motcua.engagement.surveys.models import Rating
from motcua.faces.portal.tests.acting import Visitor, pdf

PHONE = "0913 000 128"


def proved(visitor: Visitor, code: str, number: str = PHONE) -> str:
    """Prove to be a party; return the address of the dossier."""
    answer = visitor.post(reverse("portal:track_prove"), code=code, number=number)
    assert answer.status_code == 302, answer.content.decode()
    return answer["Location"]


def finished(world: World) -> Filed:
    """Return a dossier with its result at the desk."""
    filed = world.file_online()
    dossiers.accept_filing(dossier_id=filed.dossier_id, actor=world.actor("tiepnhan"), at=NOW)
    for outcome, by in (("enough", "canbo"), ("agreed", "truongphong")):
        world.step(filed, outcome, by=by)
    document = documents.store_made(
        content=samples.pdf(), name="giay-chung-nhan.pdf", purpose="result", at=NOW, owner_key="x"
    )
    signature = SignatureInput(how="digital", signer_name="Trần Văn Lợi", signed_at=NOW)
    world.step(
        filed, "sign", by="lanhdao", signature=signature, result_title="Giấy chứng nhận", result_file_id=document.pk
    )
    world.step(filed, "issued", by="vanthu")
    world.step(filed, "brought", by="vanthu")
    return filed


def asked(world: World) -> Filed:
    """Return a filing of which one paper is asked again."""
    filed = world.file_online()
    paper = DossierPaper.objects.filter(dossier_id=filed.dossier_id).earliest("ordinal")
    given = StepInput(supplement=(SupplementItem("Ảnh mờ ở phần chữ ký.", paper.pk),))
    dossiers.ask_before_acceptance(dossier_id=filed.dossier_id, given=given, actor=world.actor("tiepnhan"), at=NOW)
    return filed


def test_without_proof_only_code_and_completion_are_told(visitor: Visitor, world: World) -> None:
    filed = world.file_online()

    answer = visitor.get(reverse("portal:track"), ma=filed.intake_number.lower())

    page = answer.content.decode()
    assert answer.status_code == 200
    assert filed.intake_number in page
    assert "Hồ sơ chưa giải quyết xong" in page
    assert not any(word in page for word in ("Mỹ Duyên", "hộ kinh doanh", "Long Xuyên", str(filed.public_id)))


@pytest.mark.parametrize("code", ["TN261123-AAAA-AAAA", "x" * 200, "'; --", "TN\x00"])
def test_an_unknown_code_is_said_with_its_mend(visitor: Visitor, code: str) -> None:
    answer = visitor.get(reverse("portal:track"), ma=code)

    assert answer.status_code == 404
    assert "Không thấy hồ sơ với mã này" in answer.content.decode()


def test_code_and_phone_or_identity_open_everything_for_half_an_hour(visitor: Visitor, world: World) -> None:
    filed = world.file_online()
    for number in (PHONE, "089187004127"):
        address = proved(visitor, filed.intake_number, number)

    page = visitor.get(address).content.decode()
    assert "Cán bộ đang kiểm tra hồ sơ bạn nộp" in page
    assert "Đã nộp trực tuyến" in page
    assert visitor.get(reverse("portal:track"), ma=filed.intake_number)["Location"] == address

    visitor.at = NOW + timedelta(minutes=31)
    assert visitor.get(address).status_code == 404


def test_wrong_code_and_wrong_number_look_the_same(visitor: Visitor, world: World) -> None:
    filed = world.file_online()

    wrong_number = visitor.post(reverse("portal:track_prove"), code=filed.intake_number, number="0999999999")
    wrong_code = visitor.post(reverse("portal:track_prove"), code="TN261123-AAAA-AAAA", number=PHONE)

    words = "Mã và số không khớp với hồ sơ nào"
    assert (wrong_number.status_code, wrong_code.status_code) == (404, 404)
    assert words in wrong_number.content.decode()
    assert words in wrong_code.content.decode()
    assert "chưa giải quyết xong" not in wrong_number.content.decode()


def test_guessing_is_stopped_per_code_and_per_address(visitor: Visitor, world: World, settings) -> None:
    settings.MOTCUA_TRACKING_ATTEMPTS_PER_CODE, settings.MOTCUA_TRACKING_ATTEMPTS_PER_ADDRESS = 2, 4
    filed = world.file_online()

    def guess(code: str) -> int:
        return visitor.post(reverse("portal:track_prove"), code=code, number="0999999999").status_code

    assert [guess(filed.intake_number) for _ in range(3)] == [404, 404, 429]
    assert [guess("TN-OTHER") for _ in range(2)] == [404, 429]


def test_a_foreign_dossier_looks_like_none(world: World) -> None:
    filed = world.file_online()
    stranger, staff = Visitor(world, username="congdan2"), Visitor(world, username="canbo")
    address = reverse("portal:dossier", args=[filed.public_id])

    for name in ("dossier", "dossier_supplement", "dossier_result", "dossier_rate", "dossier_withdraw", "apply_done"):
        own = reverse(f"portal:{name}", args=[filed.public_id])
        assert stranger.get(own).status_code == 404
        assert stranger.post(own).status_code in {404, 405}
    missing = reverse("portal:dossier", args=["019a0000-0000-7000-8000-000000000000"])
    assert stranger.get(address).content == stranger.get(missing).content.replace(
        b"019a0000-0000-7000-8000-000000000000", str(filed.public_id).encode()
    )
    assert staff.get(address).status_code == 404, "staff work in the office"


def test_the_ledger_holder_and_papers_after_acceptance(world: World) -> None:
    filed = world.file_online()
    dossiers.accept_filing(dossier_id=filed.dossier_id, actor=world.actor("tiepnhan"), at=NOW)
    mine = Visitor(world, username="congdan")

    page = mine.get(reverse("portal:dossier", args=[filed.public_id])).content.decode()

    assert "Vì sao là ngày này?" in page
    assert "17:00 thứ Sáu, 27/11/2026" in page
    assert "Phòng Kinh tế, Hạ tầng và Đô thị" in page
    assert "Trả kết quả" in page, "what is still to come"
    for kind in ("giay-hen", "bien-nhan"):
        sheet = mine.get(reverse("portal:dossier_paper", args=[filed.public_id, kind]))
        assert sheet["Content-Type"] == "application/pdf"
    calendar = mine.get(reverse("portal:dossier_calendar", args=[filed.public_id])).content.decode()
    assert "DTSTART:20261127T100000Z" in calendar
    assert mine.get(reverse("portal:dossier_paper", args=[filed.public_id, "tu-choi"])).status_code == 404
    assert mine.get(reverse("portal:dossier_paper", args=[filed.public_id, "khac"])).status_code == 404


def test_a_supplement_goes_up_paper_by_paper_and_is_handed_in_once(visitor: Visitor, world: World) -> None:
    filed = asked(world)
    paper = DossierPaper.objects.filter(dossier_id=filed.dossier_id).earliest("ordinal")
    address = proved(visitor, filed.intake_number) + "bo-sung/"
    name = f"giay-{paper.pk}"

    page = visitor.get(address).content.decode()
    assert "Ảnh mờ ở phần chữ ký." in page
    assert page.count('type="file"') == 1, "only the marked paper"
    assert visitor.post(address).status_code == 422, "nothing to hand in yet"

    visitor.post(address, **{name: pdf("moi.pdf"), "upload": name})
    assert "moi.pdf" in visitor.get(address).content.decode()
    assert visitor.post(address).status_code == 302
    assert PaperFile.objects.filter(paper=paper, superseded_at__isnull=True).count() == 1
    again = visitor.post(address)
    assert again.status_code == 409
    assert "Lúc này bạn chưa phải làm gì" in again.content.decode()


def test_a_bad_supplement_file_loses_nothing(visitor: Visitor, world: World) -> None:
    filed = asked(world)
    paper = DossierPaper.objects.filter(dossier_id=filed.dossier_id).earliest("ordinal")
    address = proved(visitor, filed.intake_number) + "bo-sung/"

    answer = visitor.post(address, **{f"giay-{paper.pk}": [pdf("tot.pdf"), ContentFile(b"", name="rong.pdf")]})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "tot.pdf" in page
    assert "rong.pdf" in page


def test_the_result_is_downloaded_by_its_party_only(visitor: Visitor, world: World) -> None:
    filed = finished(world)
    code = Dossier.objects.get(pk=filed.dossier_id).code
    address = proved(visitor, code)

    page = visitor.get(f"{address}ket-qua/").content.decode()
    assert "1/KQ" in page
    assert "Trần Văn Lợi" in page
    file_address = page.split('href="')
    file_address = next(part.split('"')[0] for part in file_address if part.split('"')[0].endswith("?tai"))
    download = visitor.get(file_address)
    assert download["Content-Disposition"].startswith("attachment")
    assert Visitor(world).get(file_address).status_code == 404


def test_a_result_that_is_not_issued_stays_with_the_agency(world: World) -> None:
    filed = world.file_online()
    dossiers.accept_filing(dossier_id=filed.dossier_id, actor=world.actor("tiepnhan"), at=NOW)
    for outcome, by in (("enough", "canbo"), ("agreed", "truongphong")):
        world.step(filed, outcome, by=by)
    document = documents.store_made(content=samples.pdf(), name="kq.pdf", purpose="result", at=NOW, owner_key="x")
    signature = SignatureInput(how="digital", signer_name="Trần Văn Lợi", signed_at=NOW)
    world.step(filed, "sign", by="lanhdao", signature=signature, result_title="Giấy", result_file_id=document.pk)
    mine = Visitor(world, username="congdan")

    assert mine.get(reverse("portal:dossier_result", args=[filed.public_id])).status_code == 404
    assert mine.get(reverse("portal:dossier_file", args=[filed.public_id, document.public_id])).status_code == 404


def test_one_tap_rates_and_a_second_is_refused(visitor: Visitor, world: World) -> None:
    filed = finished(world)
    address = proved(visitor, Dossier.objects.get(pk=filed.dossier_id).code)

    assert visitor.post(f"{address}danh-gia/", score="3").status_code == 302
    assert visitor.post(f"{address}danh-gia/", score="2").status_code == 409
    assert Rating.objects.get().level == "very_satisfied"
    assert "Bạn đánh giá: Rất hài lòng" in visitor.get(address).content.decode()


def test_not_satisfied_is_asked_why(visitor: Visitor, world: World) -> None:
    filed = finished(world)
    address = proved(visitor, Dossier.objects.get(pk=filed.dossier_id).code) + "danh-gia/"

    assert visitor.post(address, score="1").status_code == 200
    assert visitor.post(address, score="1", why="1").status_code == 422
    assert visitor.post(address, score="7").status_code == 422
    assert visitor.post(address, score="1", why="1", reasons=["late"]).status_code == 302
    assert Rating.objects.get().reasons == ["late"]


def test_withdrawing_asks_first_and_ends_it(visitor: Visitor, world: World) -> None:
    filed = world.file_online()
    address = proved(visitor, filed.intake_number)

    assert "Giữ hồ sơ" in visitor.get(f"{address}rut-ho-so/").content.decode()
    assert Dossier.objects.get().state == "filed"
    assert visitor.post(f"{address}rut-ho-so/", reason="Nộp nhầm").status_code == 302
    assert Dossier.objects.get().state == "withdrawn"
    assert visitor.post(f"{address}rut-ho-so/").status_code == 409
    assert "Bạn đã rút hồ sơ này" in visitor.get(address).content.decode()


def test_my_dossiers_in_groups(world: World) -> None:
    asked(world)
    finished(world)
    mine = Visitor(world, username="congdan")
    mine.start()

    page = mine.get(reverse("portal:my")).content.decode()

    for words in ("Cần bạn làm (1)", "Kết quả (1)", "Bản nháp (1)", "Bổ sung ngay", "Ảnh mờ ở phần chữ ký."):
        assert words in page, words
    assert mine.get(reverse("portal:track"), ma=Dossier.objects.exclude(code=None).first().code).status_code == 302


def test_my_dossiers_ask_to_sign_in(visitor: Visitor) -> None:
    answer = visitor.get(reverse("portal:my"))

    assert answer.status_code == 302
    assert answer["Location"].startswith("/dang-nhap/")


def test_an_empty_account_is_told_where_to_begin(world: World) -> None:
    page = Visitor(world, username="congdan2").get(reverse("portal:my")).content.decode()

    assert "Bạn chưa nộp hồ sơ nào" in page


def test_my_dossiers_need_as_many_queries_for_two_as_for_twelve(world: World, assert_flat_queries) -> None:
    mine = Visitor(world, username="congdan")

    def grow(count: int) -> None:
        for _ in range(count):
            world.file_online()
        with time_machine.travel(NOW, tick=False):
            for _ in range(count):
                mine.start()

    assert_flat_queries(lambda: mine.get(reverse("portal:my")), grow=grow, at_most=12)


def test_the_page_of_a_dossier_needs_no_more_queries_for_more_papers(world: World, assert_flat_queries) -> None:
    filed = world.file_online()
    mine = Visitor(world, username="congdan")

    def grow(count: int) -> None:
        top = DossierPaper.objects.filter(dossier_id=filed.dossier_id).count()
        for place in range(count):
            paper = DossierPaper.objects.create(dossier_id=filed.dossier_id, ordinal=top + place + 1, name="Giấy")
            stored = documents.store_made(
                content=samples.pdf(), name="a.pdf", purpose="component", at=NOW, owner_key="x"
            )
            PaperFile.objects.create(paper=paper, file_id=stored.pk, ordinal=1, added_at=NOW)

    assert_flat_queries(lambda: mine.get(reverse("portal:dossier", args=[filed.public_id])), grow=grow, at_most=30)
    assert not Draft.objects.exists()


def test_how_the_time_was_counted_names_agencies_without_posts(visitor: Visitor, world: World) -> None:
    filed = world.take_in()
    world.step(filed, "enough", by="canbo", at=NOW + timedelta(days=2))
    visitor.at = NOW + timedelta(days=3)
    address = proved(visitor, filed.code)

    words = visitor.get(address + "thoi-han/").content.decode()
    page = visitor.get(address).content.decode()

    assert "Thời hạn được tính thế nào" in page
    assert "Phòng Kinh tế, Hạ tầng và Đô thị" in words
    assert "Chuyên viên thụ lý" not in words
    totals = words[words.index("Ai giữ hồ sơ và bao lâu") :]
    assert totals.count("Phòng Kinh tế, Hạ tầng và Đô thị") == 1
    assert "Điều 147" in words


def test_a_suspension_says_why_and_an_apology_can_be_printed(visitor: Visitor, world: World) -> None:
    filed = world.take_in()
    dossiers.appoint_new_date(
        dossier_id=filed.dossier_id, reason="Bão", new_due_on=NOW.date() + timedelta(days=10),
        actor=world.actor("lanhdao"), at=NOW,
    )  # fmt: skip
    dossiers.suspend(
        dossier_id=filed.dossier_id, holder="court", reason="Tòa án thụ lý", ground="Điều 236",
        actor=world.actor("lanhdao"), at=NOW,
    )  # fmt: skip
    address = proved(visitor, filed.code)

    page = visitor.get(address).content.decode()

    assert "Hồ sơ đang tạm dừng giải quyết: Tòa án thụ lý" in page
    assert "Đã xin lỗi và hẹn lại ngày trả kết quả" in page
    assert visitor.get(address + "giay/xin-loi/")["Content-Type"] == "application/pdf"
