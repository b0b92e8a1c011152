"""Time in the office: ledger at any instant, a new date with an apology, suspensions, limits that a person settles."""

import json
from datetime import datetime
from typing import Any

import pytest
import time_machine
from django.urls import reverse
from tests.world import BUSINESS, NOW

from motcua.casework.dossiers import selectors as dossiers
from motcua.casework.dossiers import services
from motcua.casework.dossiers.models import Dossier, Extension, Pause
from motcua.casework.procedures import selectors as procedures
from motcua.casework.procedures.models import LimitChange, ProcedureVersion, TimeLimit
from motcua.foundation.core.clock import VIETNAM


def at(day: int, hour: int, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=VIETNAM)


def address(name: str, filed: Any) -> str:
    return reverse(f"office:{name}", args=[filed.public_id])


NEW_DATE = {"reason": "Cơ quan phối hợp chưa trả lời", "new_due_on": "03/12/2026"}


def test_the_ledger_explains_the_date_and_who_held_it(world, sign_in):
    filed = world.take_in()
    with time_machine.travel(at(26, 9), tick=False):
        client = sign_in("canbo")
        page = client.get(address("ledger", filed)).content.decode()

    assert "Bảng tính thời hạn" in page
    assert "Phòng Kinh tế, Hạ tầng và Đô thị, Chuyên viên thụ lý" in page
    assert "10\N{NO-BREAK SPACE}giờ" in page
    assert "17:00" in page


def test_the_ledger_of_a_past_instant_and_one_that_is_not_understood(world, sign_in):
    filed = world.take_in()
    with time_machine.travel(at(26, 9), tick=False):
        client = sign_in("canbo")
        past = client.get(address("ledger", filed), {"on": "25/11/2026", "hour": "9:00"})
        before = client.get(address("ledger", filed), {"on": "20/11/2026"})
        wrong = client.get(address("ledger", filed), {"on": "hôm qua"})

    assert "2\N{NO-BREAK SPACE}giờ" in past.content.decode()
    assert "Khi đó chưa tính thời hạn giải quyết" in before.content.decode()
    assert wrong.status_code == 422


def test_the_ledger_as_json_and_nothing_for_strangers(world, sign_in):
    filed = world.take_in()

    answer = sign_in("canbo").get(address("ledger-json", filed), {"at": "2026-11-26T09:00"})

    found = json.loads(answer.content)
    assert (found["due_at"], found["total_seconds"]) == ("2026-11-27T17:00:00+07:00", 36000)
    for name in ("ledger", "ledger-json"):
        assert sign_in("xa.tiepnhan").get(address(name, filed)).status_code == 404
    assert sign_in("canbo").get(address("ledger-json", filed), {"at": "x"}).status_code == 422


def test_an_officer_asks_a_leader_grants_and_form_04_is_printed(world, sign_in):
    filed = world.take_in()
    with time_machine.travel(at(25, 9), tick=False):
        sign_in("canbo").post(address("new-date", filed), NEW_DATE)
        row = Extension.objects.get()
        leader = sign_in("lanhdao")
        assert "Nguyễn Hoàng Phúc" in leader.get(reverse("office:extensions")).content.decode()
        leader.post(reverse("office:extension-decide", args=[row.pk]), {"decision": "grant"})
        page = leader.get(address("dossier", filed)).content.decode()
        paper = leader.get(reverse("office:paper", args=[filed.public_id, "apology"]))

    assert Dossier.objects.get(pk=filed.dossier_id).due_at == at(3, 17, month=12)
    assert "Văn bản xin lỗi và hẹn lại, mẫu 04" in page
    assert "Đã xin lỗi và hẹn lại ngày trả kết quả" in page
    assert paper["Content-Type"] == "application/pdf"


def test_a_leader_who_declines_says_why(world, sign_in):
    filed = world.take_in()
    with time_machine.travel(at(25, 9), tick=False):
        sign_in("canbo").post(address("new-date", filed), NEW_DATE)
        leader, url = sign_in("lanhdao"), reverse("office:extension-decide", args=[Extension.objects.get().pk])
        without = leader.post(url, {"decision": "decline"})
        leader.post(url, {"decision": "decline", "answer": "Còn kịp"})
        page = sign_in("canbo").get(address("new-date", filed)).content.decode()

    assert without.status_code == 422
    assert Extension.objects.get().state == "declined"
    assert "Còn kịp" in page


def test_too_late_only_a_leader_with_a_reason(world, sign_in):
    filed = world.take_in()
    with time_machine.travel(at(27, 9), tick=False):
        officer = sign_in("canbo").post(address("new-date", filed), NEW_DATE)
        leader = sign_in("lanhdao").post(address("new-date", filed), NEW_DATE)
        done = sign_in("lanhdao").post(address("new-date", filed), NEW_DATE | {"override_reason": "Bão"})

    assert (officer.status_code, leader.status_code, done.status_code) == (422, 422, 302)
    assert "Cơ quan phối hợp chưa trả lời" in officer.content.decode()
    assert Extension.objects.get().override_reason == "Bão"


def test_a_head_suspends_and_ends_it(world, sign_in):
    filed = world.take_in()
    given = {"holder": "court", "reason": "Tòa thụ lý", "ground": "Điều 236 Luật Đất đai"}
    with time_machine.travel(at(25, 9), tick=False):
        head = sign_in("truongphong")
        assert head.post(address("suspension", filed), {"holder": "court"}).status_code == 422
        head.post(address("suspension", filed), given)
        assert "Kết thúc tạm dừng" in head.get(address("suspension", filed)).content.decode()
        assert sign_in("canbo").get(address("suspension", filed)).status_code == 403
    with time_machine.travel(at(26, 9), tick=False):
        sign_in("truongphong").post(address("suspension", filed))

    assert Pause.objects.get().holder == "court"
    assert Dossier.objects.get(pk=filed.dossier_id).due_at == at(30, 17)


@pytest.mark.parametrize(("effect", "stored"), [("resume", "resume"), ("restart", "restart"), ("", "resume")])
def test_the_form_of_a_supplement_asks_which_of_the_two_rules(world, sign_in, effect, stored):
    filed = world.take_in()
    task = world.tasks(filed)[0]
    client = sign_in("canbo")
    page = client.get(reverse("office:task", args=[task.public_id]), {"outcome": "lacking"}).content.decode()
    assert "thời hạn tính lại từ đầu khi nhận đủ hồ sơ" in page

    given = {"outcome": "lacking", "general": "Thiếu chữ ký", "note": "x", "effect": effect}
    client.post(reverse("office:task-do", args=[task.public_id]), given)

    assert Pause.objects.get(dossier_id=filed.dossier_id).effect == stored


def test_after_the_days_of_return_only_the_pause_is_offered(world, sign_in):
    task = world.tasks(world.take_in())[0]
    with time_machine.travel(at(30, 9), tick=False):
        page = sign_in("canbo").get(reverse("office:task", args=[task.public_id]), {"outcome": "lacking"})
    assert "thời hạn tính lại từ đầu khi nhận đủ hồ sơ" not in page.content.decode()


def flag(name: str = "by_channel") -> TimeLimit:
    row = TimeLimit.objects.filter(version__procedure__code=BUSINESS, channel="online").get()
    row.flag, row.needs_review = name, True
    row.save()
    return row


def test_a_controller_settles_a_flagged_limit_and_it_is_written_down(world, sign_in):
    row = flag()
    client = sign_in("kiemsoat")
    assert "Đăng ký thành lập hộ kinh doanh" in client.get(reverse("office:limits")).content.decode()
    assert (
        "Khác nhau theo cách thức nộp" in client.get(reverse("office:limits-sheet", args=[BUSINESS])).content.decode()
    )
    url = reverse("office:limit", args=[BUSINESS, row.pk])
    given = {
        "channel": "online", "case": "", "place_kind": "remote", "statutory_value": "13",
        "statutory_unit": "working_day", "reduced_value": "10", "reduced_unit": "working_day",
        "reduced_by": "QĐ 12/QĐ-UBND", "note": "", "reason": "Cộng 10 ngày ở xã miền núi",
    }  # fmt: skip

    longer = client.post(url, given | {"reduced_value": "20"})
    client.post(url, given)

    assert longer.status_code == 422
    row.refresh_from_db()
    assert (row.flag, row.needs_review, row.place_kind, row.reduced_value) == ("", False, "remote", 10)
    change = LimitChange.objects.get()
    assert (change.before["statutory_value"], change.after["statutory_value"]) == (3, 13)
    assert change.person_id == world.people["kiemsoat"]
    assert "Cộng 10 ngày ở xã miền núi" in client.get(reverse("office:limits-sheet", args=[BUSINESS])).content.decode()


def test_an_addition_for_remote_communes_is_entered_beside_the_limit(world, sign_in):
    client, url = sign_in("kiemsoat"), reverse("office:limit-new", args=[BUSINESS])
    given = {"channel": "online", "place_kind": "remote", "holds": "addition", "statutory_value": "10",
             "statutory_unit": "month", "reason": "Nghị định về hộ kinh doanh"}  # fmt: skip

    refused = client.post(url, given)
    assert refused.status_code == 422
    assert "Hãy dùng cùng đơn vị" in refused.content.decode()
    assert client.post(url, given | {"statutory_unit": "working_day"}).status_code == 302

    row = TimeLimit.objects.get(is_addition=True)
    assert (row.place_kind, row.statutory_value, row.flag) == ("remote", 10, "")
    shown = client.get(reverse("office:limits-sheet", args=[BUSINESS])).content.decode()
    assert "+ 10 ngày làm việc" in shown
    assert "Cộng thêm vào thời hạn chung" in shown


def test_a_dossier_keeps_the_rules_of_counting_of_its_reception(world, sign_in):
    from motcua.foundation.calendars import selectors as calendars

    rule = next(card for card in calendars.known_rules(on=NOW.date()) if not card.is_default)
    before = world.take_in()
    sign_in("kiemsoat").post(reverse("office:limits-sheet", args=[BUSINESS]), {"rules": [rule.code], "why": "Luật"})
    procedures.forget_choices()
    after = world.take_in()

    assert ProcedureVersion.objects.get(procedure__code=BUSINESS).deadline_rules == [rule.code]
    kept = [Dossier.objects.get(pk=filed.dossier_id).deadline_rules for filed in (before, after)]
    assert kept == [[], [rule.code]]


@pytest.mark.parametrize("who", ["canbo", "lanhdao", "tiepnhan"])
def test_limits_are_for_those_who_keep_the_catalogue(world, sign_in, who):
    row = flag()
    for url in (reverse("office:limits"), reverse("office:limit", args=[BUSINESS, row.pk])):
        assert sign_in(who).get(url).status_code == 403


def test_the_appointment_lies_within_reception_and_never_moves_the_due_date(world):
    filed = world.take_in()
    services.recompute_due_dates(agency_ids=None, reason="", actor_id=None, at=NOW)
    paper = dossiers.receipt_data(dossier_id=filed.dossier_id, at=NOW)
    assert paper.due_at is not None
    assert paper.due_at >= Dossier.objects.get(pk=filed.dossier_id).due_at
