"""What a citizen is told besides the state: the forecast, whom the state waits for, several codes, the calendar."""

from datetime import timedelta

import pytest
from django.urls import reverse
from tests.world import BUSINESS, NOW, World

from motcua.casework.documents.tests.reading import read
from motcua.casework.dossiers import services as dossiers
from motcua.casework.dossiers.models import AccessLog, Dossier
from motcua.faces.portal.tests.acting import Visitor
from motcua.faces.portal.tests.test_follow import asked, finished, proved
from motcua.faces.portal.track import ics
from motcua.foundation.core.clock import civil_day
from motcua.insight.forecasts.models import Forecast
from motcua.insight.forecasts.types import Like

HOUR = 3600


# Tuesday, 24 November, is a public holiday: nobody works on the day after NOW.
def taken_in(world: World, *, half: int = 8, most: int = 24):
    """Return an accepted online filing, with a forecast of the commune for its like."""
    filed = world.file_online()
    dossiers.accept_filing(dossier_id=filed.dossier_id, actor=world.actor("tiepnhan"), at=NOW)
    known(world, filed.dossier_id, half=half, most=most)
    return filed


def known(world: World, dossier_id: int, *, half: int, most: int) -> None:
    row = Dossier.objects.select_related("case").get(pk=dossier_id)
    like = Like(BUSINESS, row.case.name, row.competent_agency_id)
    for case_key in (like.case_key, ""):
        Forecast.objects.create(
            procedure_code=BUSINESS, case_key=case_key, agency_id=row.competent_agency_id, count=40,
            median_seconds=half * HOUR, p90_seconds=most * HOUR, until_on=civil_day(NOW),
        )  # fmt: skip


def shown(world: World, filed, *, at=NOW) -> str:
    visitor = Visitor(world, at=at)
    return visitor.get(proved(visitor, filed.intake_number)).content.decode()


def test_the_forecast_stands_beside_the_legal_limit(world: World) -> None:
    page = shown(world, taken_in(world))

    assert "Thông thường xong khoảng thứ Tư, 25/11/2026 (một nửa số hồ sơ tương tự)." in page
    assert "9 trên 10 hồ sơ tương tự xong trước thứ Sáu, 27/11/2026." in page
    assert "Chậm nhất theo quy định: 17:00 thứ Sáu, 27/11/2026." in page
    assert "Tính từ 40 hồ sơ cùng loại tại cơ quan này" in page
    assert "Tiếp theo" in page


@pytest.mark.parametrize(
    ("days", "words"),
    [(3, "thuộc số cần nhiều thời gian hơn"), (4.2, "Hồ sơ này lâu hơn thường lệ"), (8, "thời điểm này đã qua")],
)
def test_a_dossier_that_takes_longer_is_told_so(world: World, days, words) -> None:
    assert words in shown(world, taken_in(world), at=NOW + timedelta(days=days))


def test_too_few_like_dossiers_are_said_plainly(world: World) -> None:
    filed = world.file_online()
    dossiers.accept_filing(dossier_id=filed.dossier_id, actor=world.actor("tiepnhan"), at=NOW)

    assert "quá ít hồ sơ tương tự" in shown(world, filed)


def test_before_acceptance_days_are_counted_from_it_and_the_state_waits_for_the_citizen(world: World) -> None:
    filed = asked(world)
    known(world, filed.dossier_id, half=9, most=24)

    page = shown(world, filed)
    assert "một nửa số hồ sơ tương tự xong trong 2 ngày làm việc, 9 trên 10 hồ sơ xong trong 3 ngày" in page
    assert "Cơ quan đang chờ bạn từ" in page


def test_a_result_at_the_desk_waits_for_the_citizen_and_needs_no_forecast(world: World) -> None:
    page = shown(world, finished(world))

    assert "Cơ quan đang chờ bạn đến nhận kết quả." in page
    assert "Khi nào xong?" not in page


def test_the_forecast_costs_one_statement(world: World, django_assert_max_num_queries) -> None:
    filed = taken_in(world)
    mine = Visitor(world, username="congdan")
    mine.get(reverse("portal:dossier", args=[filed.public_id]))

    with django_assert_max_num_queries(31) as asked_of:
        mine.get(reverse("portal:dossier", args=[filed.public_id]))
    assert sum("forecasts_forecast" in query["sql"] for query in asked_of.captured_queries) == 1


def test_the_page_of_a_procedure_says_how_long_it_really_takes(world: World) -> None:
    taken_in(world)
    page = Visitor(world).get(reverse("portal:procedure", args=[BUSINESS])).content.decode()
    assert "Thực tế thường mất" not in page, "of one agency only, and none was chosen"

    Forecast.objects.update(agency_id=0)
    page = Visitor(world).get(reverse("portal:procedure", args=[BUSINESS])).content.decode()
    assert "Thực tế thường mất 1 ngày làm việc, 9 trên 10 hồ sơ xong trong 3 ngày" in page


def test_my_dossiers_show_the_forecast_in_short_and_give_the_date_to_a_calendar(world: World) -> None:
    filed = taken_in(world)

    page = Visitor(world, username="congdan").get(reverse("portal:my")).content.decode()

    assert "Thường xong trong khoảng 25/11 đến 27/11." in page
    assert reverse("portal:dossier_calendar", args=[filed.public_id]) in page


def test_several_codes_tell_only_whether_each_is_done(visitor: Visitor, world: World) -> None:
    first, second = world.file_online(), finished(world)
    code = Dossier.objects.get(pk=second.dossier_id).code
    codes = f" {first.intake_number.lower()} \r\n\r\n{code}\nTN261123-AAAA-AAAA\n{code}"

    page = visitor.get(reverse("portal:track_several"), ma=codes).content.decode()

    assert "Hồ sơ chưa giải quyết xong" in page
    assert "Hồ sơ đã giải quyết xong" in page
    assert "Không có hồ sơ với mã này" in page
    assert page.count(f">{code}</a>") == 1
    assert not any(word in page for word in ("Mỹ Duyên", "hộ kinh doanh", str(second.public_id)))


@pytest.mark.parametrize(("typed", "words"), [("  ", "Nhập mã hồ sơ"), ("\n".join(map(str, range(21))), "21 mã")])
def test_no_code_and_too_many_are_said_at_the_field(visitor: Visitor, world: World, typed, words) -> None:
    answer = visitor.get(reverse("portal:track_several"), ma=typed)

    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_looking_up_many_is_bounded_per_address(visitor: Visitor, world: World, settings) -> None:
    settings.MOTCUA_TRACKING_ATTEMPTS_PER_ADDRESS = 1

    assert [visitor.get(reverse("portal:track_several"), ma="A").status_code for _ in range(2)] == [200, 429]


def test_the_calendar_holds_the_code_and_nothing_personal(world: World) -> None:
    filed = taken_in(world)
    code = Dossier.objects.get(pk=filed.dossier_id).code

    answer = Visitor(world, username="congdan").get(reverse("portal:dossier_calendar", args=[filed.public_id]))

    text = answer.content.decode().replace("\r\n ", "")
    assert all(len(line) <= 75 for line in answer.content.split(b"\r\n"))
    assert code in text
    assert not any(word in text for word in ("Duyên", "0913", "hộ kinh doanh"))


def test_calendar_lines_are_escaped_and_folded_inside_no_letter() -> None:
    assert ics.escaped("a;b,c\\d\r\ne\nf") == "a\\;b\\,c\\\\d\\ne\\nf"
    line = "SUMMARY:" + "Trả kết quả ở quầy " * 9

    folded = ics.folded(line)

    pieces = folded.split(b"\r\n ")
    assert b"".join(pieces).decode() == line
    assert [len(piece) <= 74 for piece in pieces[1:]] == [True] * (len(pieces) - 1)
    assert all(piece.decode() for piece in pieces)
    assert ics.folded("X" * 75) == b"X" * 75


def test_the_desk_prints_the_state_for_people_without_a_phone_and_it_counts_as_a_reading(world: World) -> None:
    filed = taken_in(world)
    officer = Visitor(world, username="canbo")

    answer = officer.get(reverse("office:paper", args=[filed.public_id, "status"]))

    assert answer["Content-Type"] == "application/pdf"
    sheet = read(answer.content)
    for part in ("TÌNH TRẠNG HỒ SƠ", "Ai giữ:", "Thông thường xong khoảng", "Chậm nhất theo quy định", "Tiếp theo:"):
        assert sheet.says(part), part
    assert not any(sheet.says(own) for own in ("0913", "4127", "Lý Thái Tổ")), "only names are carried about"
    assert AccessLog.objects.filter(dossier_id=filed.dossier_id, what="paper").count() == 1
