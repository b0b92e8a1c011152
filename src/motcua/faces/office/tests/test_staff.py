"""Pages of people, posts, leave and staffing, from a request for leave to the substitute's act and the journal."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from tests.world import NOW, SINCE, World, make_world

from motcua.casework.dossiers import services as dossiers
from motcua.casework.dossiers.models import Handover, JournalEntry
from motcua.foundation.accounts.models import Absence, Person, PostHolding, User
from motcua.foundation.accounts.services import assign_post
from motcua.foundation.organisations import services as organisations
from motcua.foundation.organisations.models import Agency, Post

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    made = make_world()
    post = organisations.open_post(
        unit_id=made.units["province"], role="administrator", title="Quản trị toàn tỉnh", since=SINCE
    )
    assign_post(person_id=made.people["quantri"], post_id=post.pk, since=SINCE)
    return made


@pytest.fixture
def office(world, client):
    """Return a function that visits a page as somebody, at the world's instant."""

    def visit(name, *args, user="quantri", data=None, query=""):
        with time_machine.travel(world.now, tick=False):
            client.force_login(User.objects.get(pk=world.users[user]))
            address = reverse(f"office:{name}", args=args) + query
            return client.get(address) if data is None else client.post(address, data)

    return visit


def public_id(world, who):
    return Person.objects.values_list("public_id", flat=True).get(pk=world.people[who])


def holding(world, who):
    return PostHolding.objects.values_list("public_id", flat=True).filter(person_id=world.people[who]).earliest("pk")


def ask(world, office, who="canbo", substitute="vanthu"):
    key = world.posts[who][0]
    data = {"first": "23/11/2026", "last": "27/11/2026", "kind": "leave", f"post_{key}": world.people[substitute]}
    return office("leave-new", user=who, data=data)


def test_from_leave_to_the_substitutes_act_and_the_journal(world, office):
    filed = world.take_in()
    world.lead_to(filed, "examine")
    assert ask(world, office).status_code == 302
    leave = Absence.objects.get()
    assert "Đang chờ duyệt" in office("leave", user="truongphong").content.decode()
    assert filed.code not in office("home", user="vanthu").content.decode()

    office("absence", leave.public_id, user="truongphong", data={"do": "approve"})

    work = office("home", user="vanthu").content.decode()
    assert filed.code in work
    assert "thay cho Nguyễn Hoàng Phúc" in work
    world.step(filed, "enough", by="vanthu")
    page = office("dossier", filed.public_id, user="truongphong").content.decode()
    assert "Đỗ Thị Hạnh thay cho Nguyễn Hoàng Phúc" in page
    entry = JournalEntry.objects.filter(dossier_id=filed.dossier_id).order_by("-seq").first()
    assert entry.facts["for_person"] == world.people["canbo"]

    office("absence", leave.public_id, user="canbo", data={"do": "end"})
    assert "thay cho" not in office("home", user="vanthu").content.decode()


def test_wrong_days_are_an_error_at_their_field_and_nothing_is_lost(world, office):
    answer = office(
        "leave-new", user="canbo", data={"first": "27/11/2026", "last": "23/11/2026", "kind": "sick", "note": "Sốt cao"}
    )
    assert answer.status_code == 422
    assert "Sốt cao" in answer.content.decode()
    assert not Absence.objects.exists()


def test_people_are_found_exported_and_kept_to_ones_agencies(world, office):
    assert "Nguyễn Hoàng Phúc" in office("staff", query="?q=phúc").content.decode()
    assert "Không có ai phù hợp" in office("staff", query="?q=zzzz").content.decode()
    own = office("staff", user="lanhdao").content.decode()
    assert "Nguyễn Hoàng Phúc" in own
    assert "Lý Kim Yến" not in own
    assert office("staff-person", public_id(world, "xa.tiepnhan"), user="lanhdao").status_code == 404
    assert office("staff", user="canbo").status_code == 403
    assert "Nguyễn Hoàng Phúc" in b"".join(office("staff-export", "csv").streaming_content).decode()


def test_a_new_person_gets_a_post_and_leaves_it_again(world, office):
    made = office("staff-new", data={"full_name": "Lê Văn Mới", "username": "lvmoi"})
    person = Person.objects.get(user__username="lvmoi")
    assert made.status_code == 302
    first, second = (office("staff-person", person.public_id).content.decode() for _time in range(2))
    assert "Mật khẩu khởi tạo" in first
    assert "Mật khẩu khởi tạo, chỉ hiện" not in second
    post = Post.objects.get(pk=world.posts["canbo"][0])
    data = {"post": post.pk, "since": "23/11/2026", "employer": "Bưu điện tỉnh", "home_superior": "Ông Bảy"}
    assert office("staff-give", person.public_id, data=data).status_code == 302
    again = office("staff-give", person.public_id, data=data)
    assert again.status_code == 409
    assert "23/11/2026" in again.content.decode()
    page = office("staff-person", person.public_id).content.decode()
    assert "Bưu điện tỉnh" in page
    assert "Ông Bảy" in page
    held = PostHolding.objects.get(person=person)
    office("staff-end", person.public_id, held.public_id, data={"last": "30/11/2026"})
    held.refresh_from_db()
    assert held.valid.upper == NOW.date() + timedelta(days=8)


def test_a_post_with_open_work_ends_with_a_record(world, office):
    filed = world.take_in()
    task = world.lead_to(filed, "examine")
    office("task-assign", task.public_id, user="canbo", data={"person": world.people["canbo"]})
    who, held = public_id(world, "canbo"), holding(world, "canbo")
    assert filed.code in office("staff-end", who, held).content.decode()
    assert office("staff-end", who, held, data={"last": "23/11/2026"}).status_code == 422
    data = {
        "last": "23/11/2026", "to": "people", "successors": [world.people["canbo2"]], "reason": "Chuyển công tác",
        "when": "now",
    }  # fmt: skip

    answer = office("staff-end", who, held, data=data)

    record = Handover.objects.get()
    assert answer.url.endswith(f"{record.public_id}/")
    page = office("handover", record.public_id).content.decode()
    assert "Biên bản bàn giao" in page
    assert "Võ Minh Khang" in page
    assert office("handover", record.public_id, user="so.canbo").status_code == 404


def test_a_handover_planned_for_the_last_day_is_carried_out_by_itself_or_before(world, office):
    filed = world.take_in()
    task = world.lead_to(filed, "examine")
    office("task-assign", task.public_id, user="canbo", data={"person": world.people["canbo"]})
    who, held = public_id(world, "canbo"), holding(world, "canbo")
    data = {"last": "30/11/2026", "to": "people", "successors": [world.people["canbo2"]], "reason": "Nghỉ hưu",
            "when": "end"}  # fmt: skip
    office("staff-end", who, held, data=data)
    plan = Handover.objects.get()
    page = office("handover", plan.public_id).content.decode()

    assert "01/12/2026" in page
    assert "Võ Minh Khang" in page
    assert world.tasks(filed)[0].person_id == world.people["canbo"], "until the last day it is theirs"
    assert dossiers.carry_out_handovers(at=NOW + timedelta(days=7)) == 0
    assert dossiers.carry_out_handovers(at=NOW + timedelta(days=8)) == 1
    assert dossiers.carry_out_handovers(at=NOW + timedelta(days=8)) == 0
    assert world.tasks(filed)[0].person_id == world.people["canbo2"]
    assert filed.code in office("handover", plan.public_id).content.decode()


def test_a_planned_handover_can_be_carried_out_before_its_day_by_whoever_leads_there(world, office):
    filed = world.take_in()
    task = world.lead_to(filed, "examine")
    office("task-assign", task.public_id, user="canbo", data={"person": world.people["canbo"]})
    data = {"last": "30/11/2026", "to": "queue", "reason": "Nghỉ hưu", "when": "end"}
    office("staff-end", public_id(world, "canbo"), holding(world, "canbo"), data=data)
    plan = Handover.objects.get()

    assert office("handover", plan.public_id, user="canbo", data={}).status_code == 403
    assert office("handover", plan.public_id, data={}).status_code == 302
    assert world.tasks(filed)[0].person_id is None


def test_posts_of_a_unit_are_opened_ended_and_vacant(world, office):
    unit = Agency.objects.get(pk=world.units["economy"])
    office("staff-unit", unit.public_id, data={"role": "officer", "title": "Chuyên viên mới", "since": "23/11/2026"})
    page = office("staff-unit", unit.public_id).content.decode()
    assert "Chuyên viên mới" in page
    assert "Còn trống" in page
    post = Post.objects.get(title="Chuyên viên mới")
    assert office("staff-post-end", unit.public_id, post.public_id, data={"last": "30/11/2026"}).status_code == 302
    taken = Post.objects.get(pk=world.posts["canbo"][0])
    refused = office("staff-post-end", unit.public_id, taken.public_id, data={"last": "30/11/2026"})
    assert refused.status_code == 409
    assert "Nguyễn Hoàng Phúc" in refused.content.decode()
    office("staff-unit", unit.public_id, data={"party_body": "Ban Kinh tế Đảng ủy"})
    assert "Ban Kinh tế Đảng ủy" in office("staff-unit", unit.public_id).content.decode()


def test_staffing_shows_who_is_missing(world, office):
    data = {"agency_kind": "division", "role": "officer", "fewest": 9, "source": "QĐ 15", "since": "01/07/2025"}
    one = data | {"agency": world.units["office"], "fewest": 7, "role": "clerk", "source": "QĐ 16"}
    assert office("staffing-numbers", data=data).status_code == 302
    assert office("staffing-numbers", data=one).status_code == 302
    page = office("staffing", query="?show=missing").content.decode()
    assert "QĐ 15" in page
    assert "QĐ 16" in page, "the number of one unit alone"
    assert "Văn phòng" in office("staffing-numbers").content.decode()
    assert "QĐ 15" in b"".join(office("staffing-export", "csv").streaming_content).decode()


def test_lists_ask_the_same_number_of_questions_however_many(world, office, django_assert_max_num_queries):
    office("staff")
    with django_assert_max_num_queries(18):
        office("staff")
    with django_assert_max_num_queries(18):
        office("staffing")
    ask(world, office)
    with django_assert_max_num_queries(26):
        office("leave", user="truongphong")
