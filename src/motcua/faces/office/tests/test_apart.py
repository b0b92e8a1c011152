"""Roles that stand apart: postal desk, secretary, inspector, guide, data protection officer; and why one reads."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.urls import reverse
from tests.world import NOW, World

from motcua.casework.dossiers import selectors as dossiers
from motcua.casework.dossiers import services as dossier_services
from motcua.casework.dossiers.models import AccessLog, Dossier, Preparation, UnusualReading
from motcua.foundation.accounts import services as accounts
from motcua.foundation.accounts.types import OrderInput
from motcua.foundation.core.types import Invalid, NotAllowed, NotFound

SignIn = Callable[[str], Client]


def _order(world: World, **changes: object) -> OrderInput:
    values = {
        "number": "12/QĐ-TTr", "issued_on": NOW.date(), "inspector_id": world.people["thanhtra"],
        "purpose": "Thanh tra công vụ", "unit_ids": (world.units["commune"],), "filed_since": date(2026, 1, 1),
        "filed_until": date(2026, 12, 31), "valid_since": NOW.date(), "valid_until": NOW.date() + timedelta(days=10),
    }  # fmt: skip
    return OrderInput(**(values | changes))


def _ordered(world: World, **changes: object):
    return accounts.order_inspection(order=_order(world, **changes), actor=world.actor("lanhdao.tinh"), at=NOW)


# ---- postal receptionist


def test_the_postal_receptionist_takes_in_and_hands_over_and_sees_nothing_behind(world: World, sign_in: SignIn):
    post = sign_in("buudien")
    filed = world.take_in(by="buudien")

    assert post.get(reverse("office:home")).url == reverse("office:results")
    assert post.get(reverse("office:taken-in", args=[filed.public_id])).status_code == 200
    assert post.get(reverse("office:paper", args=[filed.public_id, "receipt"])).content.startswith(b"%PDF")
    assert post.get(reverse("office:paper", args=[filed.public_id, "control"])).status_code == 404
    for address in (
        reverse("office:dossier", args=[filed.public_id]),
        reverse("office:register"),
        reverse("office:inbox"),
    ):
        assert post.get(address).status_code == 403, address

    world.lead_to(filed, "return_result")
    url = reverse("office:hand-over", args=[filed.public_id])
    assert post.post(url, {"recipient": "Trần Thị Mỹ Duyên"}).status_code == 422, "the papers were not compared"
    done = post.post(url, {"recipient": "Trần Thị Mỹ Duyên", "checked": "on"})

    assert done.status_code == 302
    assert Dossier.objects.get(pk=filed.dossier_id).state == "returned"
    assert post.get(url).status_code == 404, "it no longer lies at the desk"


def test_the_postal_receptionist_cannot_accept_examine_or_look_people_up(world: World):
    online = world.file_online()
    actor = world.actor("buudien")

    with pytest.raises(NotAllowed):
        dossier_services.accept_filing(dossier_id=online.dossier_id, actor=actor, at=NOW)
    with pytest.raises(NotAllowed):
        dossier_services.look_people_up(actor=actor, text="089187004127", at=NOW)
    with pytest.raises(NotAllowed):
        world.step(world.take_in(), "enough", by="buudien")


# ---- secretary


def test_the_secretary_prepares_and_the_leader_alone_signs(world: World, sign_in: SignIn):
    filed = world.take_in()
    task = world.lead_to(filed, "sign")
    secretary = sign_in("thuky")
    url = reverse("office:queue-task", args=[task.public_id])

    assert filed.code in secretary.get(reverse("office:queue")).content.decode()
    sent = secretary.post(url, {"outcome": "sign", "note": "Đủ giấy tờ, đề nghị ký."})
    assert sent.status_code == 302
    assert Preparation.objects.get().outcome == "sign"
    assert (
        "Đủ giấy tờ, đề nghị ký."
        in sign_in("lanhdao").get(reverse("office:task", args=[task.public_id])).content.decode()
    )

    assert secretary.post(reverse("office:task-do", args=[task.public_id]), {"outcome": "sign"}).status_code == 422
    with pytest.raises(NotAllowed):
        world.step(filed, "sign", by="thuky")
    assert world.tasks(filed)[0].act == "sign"


def test_only_the_secretary_of_the_unit_prepares(world: World):
    task = world.lead_to(world.take_in(), "sign")

    with pytest.raises(NotAllowed):
        dossier_services.prepare_task(
            task_id=task.public_id, outcome="sign", note="", actor=world.actor("vanthu"), at=NOW
        )
    with pytest.raises(Invalid):
        dossier_services.prepare_task(
            task_id=task.public_id, outcome="nothing", note="", actor=world.actor("thuky"), at=NOW
        )


# ---- inspector


def test_an_inspector_sees_what_the_order_names_while_it_runs(world: World, sign_in: SignIn):
    filed = world.take_in()
    address = reverse("office:dossier", args=[filed.public_id])
    assert sign_in("thanhtra").get(address).status_code == 404

    public_id = _ordered(world)
    inspector = sign_in("thanhtra")
    assert inspector.get(address).status_code == 200
    assert filed.code in inspector.get(reverse("office:register")).content.decode()
    line = AccessLog.objects.get(dossier_id=filed.dossier_id)
    assert (line.purpose, line.order_id is not None) == ("inspection", True)
    for name, args in (("task-do", world.tasks(filed)[0].public_id), ("task-assign", world.tasks(filed)[0].public_id)):
        assert inspector.post(reverse(f"office:{name}", args=[args])).status_code == 403, "read only"

    accounts.revoke_inspection(public_id=public_id, actor=world.actor("lanhdao.tinh"), at=NOW)
    assert inspector.get(address).status_code == 404


@pytest.mark.parametrize(
    "changes",
    [
        {"filed_until": date(2026, 10, 1)},
        {"valid_since": NOW.date() + timedelta(days=1)},
    ],
)
def test_an_order_of_another_period_or_not_yet_in_force_opens_nothing(world: World, changes: dict):
    filed = world.take_in()
    _ordered(world, **changes)

    with pytest.raises(NotFound):
        dossiers.get_dossier_for(actor=world.actor("thanhtra"), public_id=filed.public_id)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"number": " "}, "number"),
        ({"purpose": ""}, "purpose"),
        ({"unit_ids": ()}, "units"),
        ({"filed_until": date(2025, 1, 1)}, "filed_until"),
        ({"valid_until": date(2026, 1, 1), "valid_since": date(2026, 1, 1)}, "valid_until"),
    ],
)
def test_a_bad_order_is_refused_at_its_field(world: World, changes: dict, field: str):
    with pytest.raises(Invalid) as refused:
        _ordered(world, **changes)
    assert field in refused.value.fields


def test_orders_are_made_for_ones_own_units_and_never_for_oneself(world: World):
    with pytest.raises(NotAllowed):
        accounts.order_inspection(order=_order(world), actor=world.actor("canbo"), at=NOW)
    with pytest.raises(Invalid) as refused:
        accounts.order_inspection(
            order=_order(world, unit_ids=(world.units["other_commune"],)), actor=world.actor("lanhdao"), at=NOW
        )
    assert "units" in refused.value.fields
    with pytest.raises(Invalid) as refused:
        _ordered(world, inspector_id=world.people["lanhdao.tinh"])
    assert "inspector" in refused.value.fields


def test_a_sample_is_drawn_again_by_its_seed(world: World):
    for _number in range(6):
        world.take_in()
    order_id = _ordered(world)
    actor = world.actor("thanhtra")

    first = dossier_services.draw_sample(order_id=order_id, size=3, seed="hạt", actor=actor, at=NOW)
    world.take_in()
    second = dossier_services.draw_sample(order_id=order_id, size=3, seed="khác", actor=actor, at=NOW)
    card, rows, same = dossiers.sample(actor=actor, public_id=first, at=NOW)

    assert (len(rows), card.population, same) == (3, 6, True)
    assert dossiers.sample(actor=actor, public_id=second, at=NOW)[0].population == 7
    assert {item.seed for item in dossiers.samples(actor=actor, order_id=order_id)} == {"hạt", "khác"}


def test_the_pages_of_orders_and_samples(world: World, sign_in: SignIn):
    world.take_in()
    leader = sign_in("lanhdao.tinh")
    form = {
        "number": "15/QĐ", "issued_on": "2026-11-23", "inspector": world.people["thanhtra"], "purpose": "Kiểm tra",
        "units": [world.units["commune"]], "filed_since": "2026-01-01", "filed_until": "2026-12-31",
        "valid_since": "2026-11-23", "valid_until": "2026-12-01",
    }  # fmt: skip
    assert leader.post(reverse("office:inspection-orders"), form | {"units": []}).status_code == 422
    assert leader.post(reverse("office:inspection-orders"), form).status_code == 302
    order = world.actor("thanhtra").orders[0]

    inspector = sign_in("thanhtra")
    assert inspector.get(reverse("office:home")).url == reverse("office:inspections")
    assert "15/QĐ" in inspector.get(reverse("office:inspections")).content.decode()
    drawn = inspector.post(reverse("office:inspection", args=[order.public_id]), {"size": 1})
    assert "Trần Thị Mỹ Duyên" in inspector.get(drawn.url).content.decode()
    assert sign_in("kiemsoat").get(drawn.url).status_code == 403


# ---- completion, guide


@pytest.mark.parametrize("username", ["huongdan", "xa.tiepnhan", "buudien"])
def test_any_desk_learns_whether_any_dossier_is_done_and_nothing_else(username: str, world: World, sign_in: SignIn):
    filed = world.take_in()

    page = sign_in(username).get(reverse("office:completion"), {"code": filed.code}).content.decode()

    assert "Hồ sơ chưa giải quyết xong" in page or "chưa" in page
    assert "Trần Thị Mỹ Duyên" not in page
    assert str(filed.public_id) not in page
    assert (
        "Không có hồ sơ mang mã này"
        in sign_in(username).get(reverse("office:completion"), {"code": "X"}).content.decode()
    )


def test_a_guide_is_never_the_applicant(world: World, sign_in: SignIn):
    actor = world.actor("huongdan")
    draft = dossier_services.start_draft(
        offer_id=world.choice().offer.id, competent_agency_id=world.units["commune"], actor=actor, at=NOW
    )

    assert dossiers.draft_rows(actor=actor, at=NOW) == ()
    assert sign_in("huongdan").get(reverse("portal:apply_draft", args=[draft.public_id])).status_code == 404
    assert sign_in("huongdan").get(reverse("portal:my")).status_code in {302, 403}
    with pytest.raises(NotAllowed):
        world.take_in(by="huongdan")


# ---- purpose of reading


def test_a_reader_without_a_task_says_why_and_the_citizen_sees_it(world: World, sign_in: SignIn):
    filed = world.file_online()
    dossier_services.accept_filing(dossier_id=filed.dossier_id, actor=world.actor("tiepnhan"), at=NOW)
    clerk, address = sign_in("vanthu"), reverse("office:dossier", args=[filed.public_id])

    asked = clerk.get(address)
    assert asked.url.startswith(reverse("office:purpose", args=[filed.public_id]))
    assert clerk.post(asked.url, {}).status_code == 422
    assert clerk.post(asked.url, {"purpose": "other", "reason": " "}).status_code == 422
    assert clerk.post(asked.url, {"purpose": "question", "reason": "Gọi điện ngày 23/11"}).url == address
    assert clerk.get(address).status_code == 200
    assert AccessLog.objects.values_list("purpose", "reason").get() == ("question", "Gọi điện ngày 23/11")

    page = sign_in("congdan").get(reverse("portal:dossier_readers", args=[filed.public_id])).content.decode()
    assert "Phường Long Xuyên" in page
    assert "Văn thư" in page
    assert "Trả lời câu hỏi của người nộp hồ sơ" in page
    assert "Đỗ Thị Hạnh" not in page
    assert "Gọi điện" not in page


def test_the_province_may_show_names(world: World, sign_in: SignIn, settings):
    settings.MOTCUA_READERS_NAMED = True
    filed = world.file_online()
    sign_in("tiepnhan").get(reverse("office:filing", args=[filed.public_id]))

    page = sign_in("congdan").get(reverse("portal:dossier_readers", args=[filed.public_id])).content.decode()
    assert "Lâm Thị Ngọc Bích" in page
    assert sign_in("congdan2").get(reverse("portal:dossier_readers", args=[filed.public_id])).status_code == 404


@pytest.mark.parametrize(
    ("username", "purpose"),
    [("canbo", "handling"), ("tiepnhan", "desk"), ("lanhdao", "leading"), ("kiemsoat", "control")],
)
def test_the_purpose_follows_from_the_post(username: str, purpose: str, world: World, sign_in: SignIn):
    filed = world.take_in()

    sign_in(username).get(reverse("office:dossier", args=[filed.public_id]))

    assert AccessLog.objects.values_list("purpose", flat=True).get() == purpose


# ---- unusual readings and the seal


def test_many_foreign_dossiers_are_flagged_and_explained(world: World, sign_in: SignIn, settings):
    settings.MOTCUA_FOREIGN_READINGS_PER_HOUR = settings.MOTCUA_FOREIGN_READINGS_PER_DAY = 2
    for dossier_id in range(3):
        dossier_services.log_reading(
            dossier_id=dossier_id, actor=world.actor("vanthu"), what="dossier", at=NOW, purpose="other", reason="?"
        )
        dossier_services.log_reading(dossier_id=dossier_id, actor=world.actor("canbo"), what="task", at=NOW)

    assert dossier_services.find_unusual_readings(at=NOW + timedelta(minutes=5)) == 2
    assert dossier_services.find_unusual_readings(at=NOW + timedelta(minutes=6)) == 0, "once is enough"
    assert set(UnusualReading.objects.values_list("person_id", flat=True)) == {world.people["vanthu"]}

    officer = sign_in("baovedulieu")
    assert officer.get(reverse("office:home")).url == reverse("office:unusual-readings")
    url = reverse("office:unusual-reading", args=[UnusualReading.objects.first().public_id])
    assert "Đỗ Thị Hạnh" in officer.get(url).content.decode()
    assert officer.post(url, {"explanation": ""}).status_code == 422
    assert officer.post(url, {"explanation": "Rà soát theo công văn 12"}).status_code == 302
    assert UnusualReading.objects.filter(explained_at__isnull=True).count() == 1
    assert sign_in("quantri").get(url).status_code == 403


def test_readings_at_night_are_flagged(world: World, settings):
    settings.MOTCUA_NIGHT_READINGS = 1
    night = NOW.replace(hour=2)
    for dossier_id in range(2):
        dossier_services.log_reading(dossier_id=dossier_id, actor=world.actor("canbo"), what="task", at=night)
        dossier_services.log_reading(dossier_id=dossier_id, actor=world.actor("canbo2"), what="task", at=NOW)

    assert dossier_services.find_unusual_readings(at=NOW) == 1
    assert UnusualReading.objects.get().person_id == world.people["canbo"]


def _tampered(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(sql)
        cursor.execute("SET LOCAL session_replication_role = origin")


ADDED = """
INSERT INTO dossiers_access_log (dossier_id, person_id, what, purpose, reason, read_at)
SELECT 9, person_id, 'file', 'other', '', read_at FROM dossiers_access_log LIMIT 1
"""


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE dossiers_access_log SET purpose = 'handling' WHERE dossier_id = 1",
        "DELETE FROM dossiers_access_log WHERE dossier_id = 1",
        ADDED,
        "UPDATE dossiers_access_seal SET row_count = 0, digest = '' WHERE row_count = 2",
    ],
)
def test_the_seal_finds_a_changed_removed_or_added_reading(world: World, sql: str):
    for day in range(3):
        for dossier_id in (1, 2):
            dossier_services.log_reading(
                dossier_id=dossier_id,
                actor=world.actor("canbo"),
                what="file",
                at=NOW + timedelta(days=day),
                purpose="other",
            )
    assert dossier_services.seal_access_log(at=NOW + timedelta(days=2)) == 2, "today is not over"
    assert dossier_services.seal_access_log(at=NOW + timedelta(days=2)) == 0
    call_command("access_log", "verify")

    _tampered(sql)

    with pytest.raises(CommandError):
        call_command("access_log", "verify")
