"""The structure of agencies in the office: any day, any agency, and a reorganisation from draft to history."""

from datetime import date, datetime
from io import BytesIO
from uuid import UUID

import pikepdf
import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from tests.world import NOW, World, make_world

from motcua.foundation.core import relay
from motcua.foundation.core.clock import VIETNAM
from motcua.foundation.organisations import selectors as organisations
from motcua.foundation.organisations import services
from motcua.foundation.organisations.models import Agency
from motcua.foundation.organisations.types import Change, Decision, ItemAct

ON = date(2026, 12, 1)
DAY = datetime(2026, 12, 1, 0, 5, tzinfo=VIETNAM)

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return make_world()


@pytest.fixture
def office(world, client):
    """Return a function that visits a page as the administrator, at the world's instant."""

    def visit(name, *args, data=None, user="quantri", query=None, follow=False):
        with time_machine.travel(world.now, tick=False):
            client.force_login(_user(world, user))
            address = reverse(f"office:{name}", args=args)
            if data is not None:
                return client.post(address + (query or ""), data, follow=follow)
            return client.get(address + (query or ""))

    return visit


def _user(world, name):
    from motcua.foundation.accounts.models import User

    return User.objects.get(pk=world.users[name])


def a_pdf() -> bytes:
    whole = BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(200, 200))
        pdf.save(whole)
    return whole.getvalue()


def code_of(world, unit):
    return Agency.objects.values_list("code", flat=True).get(pk=world.units[unit])


def begin(office, title="Sáp nhập xã"):
    data = {"title": title, "on": "01/12/2026", "number": "88/NQ-HĐND", "decided_on": "10/11/2026", "by": "HĐND tỉnh"}
    office("reform-new", data=data)
    return organisations.reorganisations()[0].public_id


def test_from_draft_to_history(world, office):
    world.take_in()
    public_id = begin(office)
    sources, target = code_of(world, "commune"), code_of(world, "other_commune")

    office("reform-item", public_id, data={"sources": sources.lower(), "target": target}, query="?what=merge")
    page = office("reform", public_id).content.decode()
    assert "Hồ sơ đang giải quyết" in page
    assert "Sáp nhập" in page
    confirm = office("reform-plan", public_id).content.decode()
    assert "01/12/2026" in confirm
    lock = organisations.reorganisation(public_id).lock_version
    office("reform-plan", public_id, data={"lock": lock})
    assert organisations.reorganisation(public_id).state == "planned"

    services.carry_out_due(at=DAY)
    world.now = DAY.replace(hour=9)
    done = office("reform", public_id).content.decode()
    assert "Đã thực hiện" in done
    former = Agency.objects.get(pk=world.units["commune"])
    story = office("agency", former.public_id).content.decode()
    assert "Tiếp nhận bởi" in story
    assert "88/NQ-HĐND HĐND tỉnh" in story


def test_a_blocked_plan_shows_reasons_and_mends(world, office):
    world.take_in()
    public_id = begin(office, "Giải thể")
    office("reform-item", public_id, data={"agency": code_of(world, "commune"), "heir": ""}, query="?what=abolish")

    page = office("reform", public_id).content.decode()
    refused = office("reform-plan", public_id, data={"lock": "99"})

    assert "Chỉ định cơ quan tiếp nhận" in page
    assert refused.status_code == 409
    lock = organisations.reorganisation(public_id).lock_version
    assert office("reform-plan", public_id, data={"lock": lock}).status_code == 422
    assert organisations.reorganisation(public_id).state == "draft"


@pytest.mark.parametrize(
    ("what", "data", "act"),
    [
        ("split", {"agency": "commune", "targets": "other_commune\ndepartment", "survives": ""}, "split"),
        ("rename", {"agency": "commune", "name": "Phường Mới"}, "rename"),
        ("move", {"agency": "department", "parent": "province_centre"}, "move"),
        ("abolish", {"agency": "department", "heir": "commune"}, "abolish"),
        ("create", {"code": "h99.1", "name": "Xã Mới", "kind": "commune", "level": "commune", "parent": ""}, "create"),
    ],
)
def test_each_kind_of_item_is_added_and_taken_out(world, office, what, data, act):
    public_id = begin(office)
    codes = {name: code_of(world, name) for name in world.units}
    said = {
        key: "\n".join(codes.get(line, line) for line in value.split("\n")) if key not in {"kind", "level"} else value
        for key, value in data.items()
    }

    answer = office("reform-item", public_id, data=said, query=f"?what={what}")
    assert answer.status_code == 302
    changes = organisations.changes_of(public_id)
    assert {change.act for change in changes} == {act}
    office("reform", public_id)
    office("reform-item-remove", public_id, data={"act": act, "code": changes[0].agency_code})

    assert organisations.changes_of(public_id) == []


def test_what_is_not_clear_is_an_error_at_its_field_and_nothing_is_lost(world, office):
    public_id = begin(office)

    answer = office(
        "reform-item", public_id, data={"sources": "Trung tâm\nKhông có", "target": "xyz"}, query="?what=merge"
    )

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Không có cơ quan nào có mã hoặc tên “Không có”" in page
    assert "Trung tâm\nKhông có" in page
    assert organisations.changes_of(public_id) == []


def test_undo_asks_why_and_a_copy_begins_anew(world, office):
    public_id = begin(office)
    office("reform-item", public_id, data={"agency": code_of(world, "commune"), "name": "Xã B"}, query="?what=rename")

    assert office("reform-undo", public_id, data={"reason": ""}).status_code == 422
    office("reform-undo", public_id, data={"reason": "Chờ hướng dẫn"})
    assert "Chờ hướng dẫn" in office("reform", public_id).content.decode()
    office("reform-copy", public_id, data={})

    drafts = [card for card in organisations.reorganisations() if card.state == "draft"]
    assert [card.items for card in drafts] == [1]


def test_the_file_of_the_decision_is_kept_and_sent(world, office):
    public_id = begin(office)
    file = SimpleUploadedFile("nq.pdf", a_pdf(), content_type="application/pdf")
    data = {"title": "T", "on": "01/12/2026", "number": "1", "decided_on": "10/11/2026", "file": file}
    lock = organisations.reorganisation(public_id).lock_version

    office("reform-edit", public_id, data=data | {"lock": lock})

    assert office("reform-decision", public_id).status_code == 200
    office("reform-edit", public_id, data={"title": "T", "on": "01/12/2026", "lock": lock + 1})
    assert organisations.reorganisation(public_id).decision.file is not None


def test_the_tree_of_a_day_and_its_search(world, office):
    public_id = services.draft_reorganisation(
        title="Đổi tên", on=ON, decision=Decision(number="1", on=date(2026, 11, 1)), by=None, at=NOW,
        changes=[Change(ItemAct.RENAME, code_of(world, "commune"), name="Xã Hoàn Toàn Mới")],
    )  # fmt: skip
    services.plan_reorganisation(public_id=public_id, by=None, at=NOW)
    services.carry_out_due(at=DAY)
    world.now = DAY.replace(hour=9)

    assert "Xã Hoàn Toàn Mới" in office("organisations").content.decode()
    before = office("organisations", query="?on=2026-11-30").content.decode()
    assert "Xã Hoàn Toàn Mới" not in before
    assert "30/11/2026" in before
    assert "Xã Hoàn Toàn Mới" in office("organisations", query="?q=hoan+toan+moi").content.decode()
    assert "Không có cơ quan nào phù hợp" in office("organisations", query="?q=zzz").content.decode()
    assert office("organisations", query="?on=1700-13-99").status_code == 200


def test_contact_and_identifier_are_changed_with_their_errors(world, office):
    agency = Agency.objects.get(pk=world.units["commune"])
    data = {"address": "1 Lê Lợi", "phone": "0296 1", "identifier": "h56..1", "identifier_since": "01/07/2025"}

    refused = office("agency-edit", agency.public_id, data=data)
    assert refused.status_code == 422
    assert "1 Lê Lợi" in refused.content.decode()
    office("agency-edit", agency.public_id, data=data | {"identifier": "H56.12"})

    story = office("agency", agency.public_id).content.decode()
    assert "000.00.12.H56" in story
    assert "1 Lê Lợi" in story
    assert agency.public_id == UUID(organisations.agency(agency.pk, on=NOW.date()).public_id)


@pytest.mark.parametrize("user", ["tiepnhan", "lanhdao", "kiemsoat"])
def test_only_administrators_change_the_structure(world, office, user):
    public_id = begin(office)

    assert office("organisations", user=user).status_code == 200
    for name, args in (("reforms", ()), ("reform", (public_id,)), ("reform-new", ()), ("reform-plan", (public_id,))):
        assert office(name, *args, user=user).status_code == 403
    assert office("reform-undo", public_id, user=user, data={"reason": "x"}).status_code == 403
    assert organisations.reorganisation(public_id).state == "draft"


def test_pages_ask_the_same_number_of_questions_however_many_agencies(world, office, django_assert_max_num_queries):
    office("organisations")

    with django_assert_max_num_queries(14):
        office("organisations")
    commune = Agency.objects.get(pk=world.units["commune"])
    with django_assert_max_num_queries(26):
        office("agency", commune.public_id)


def test_figures_by_the_structure_of_a_day(world, office):
    world.take_in()
    public_id = begin(office)
    data = {"sources": code_of(world, "commune"), "target": code_of(world, "other_commune")}
    office("reform-item", public_id, data=data, query="?what=merge")
    services.plan_reorganisation(public_id=public_id, by=None, at=NOW)
    services.carry_out_due(at=DAY)
    world.now = DAY.replace(hour=9)
    while relay.relay_batch(at=world.now):
        pass
    asked = "?period=own&since=2026-11-01&until=2026-12-01&by=agency"

    today = office("figures", user="kiemsoat", query=asked).content.decode()
    before = office("figures", user="kiemsoat", query=f"{asked}&structure=2026-11-30").content.decode()

    former = organisations.directory(on=NOW.date()).agencies[world.units["commune"]].short_name
    heir = organisations.directory(on=NOW.date()).agencies[world.units["other_commune"]].short_name
    assert "theo cơ cấu ngày 30/11/2026" in today
    assert former not in today
    assert former in before
    assert heir in before
    behind = office("figures-behind", user="kiemsoat", query=f"{asked}&measure=counter").content.decode()
    assert "Trần Thị Mỹ Duyên" in behind
