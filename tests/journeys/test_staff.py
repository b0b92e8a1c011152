"""People come and go: a post is given, leave is stood in for, a last day planned and the work handed over."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from motcua.casework.dossiers import services as dossiers
from motcua.foundation.accounts import services as accounts
from motcua.foundation.accounts.models import PostHolding
from motcua.foundation.organisations import services as organisations
from motcua.foundation.organisations.models import Agency
from tests.journeys.people import DESK, PHONE, Person, Visit
from tests.journeys.province import Province
from tests.world import NOW, PASSWORD, SINCE, World

pytestmark = pytest.mark.journey


@contextmanager
def three_more(province: Province, width: int) -> Iterator[tuple[World, dict[str, str]]]:
    """Let a keeper of staff and two officers come to the commune; other journeys do not meet them afterwards."""
    names = {
        f"ns.quantri{width}": "Ngô Thị Giữ Người",
        f"ns.mot{width}": "Ngô Văn Sắp Đi",
        f"ns.hai{width}": "Ngô Văn Ở Lại",
    }
    with province.inside() as world:
        units = [world.units["commune"], world.units["economy"], world.units["economy"]]
        roles = ["administrator", "officer", "officer"]
        for (username, name), unit_id, role in zip(names.items(), units, roles, strict=True):
            person = accounts.register_officer(username=username, password=PASSWORD, full_name=name, at=NOW)
            post = organisations.open_post(unit_id=unit_id, role=role, title=f"Vị trí {username}", since=SINCE)
            accounts.assign_post(person_id=person.pk, post_id=post.pk, since=SINCE)
            world.people[username], world.users[username] = person.pk, person.user_id
        yield world, dict(zip(("keeper", "leaving", "staying"), names, strict=True))
    with province.inside():
        PostHolding.objects.filter(person__user__username__startswith="ns.").delete()


@pytest.mark.parametrize("width", [DESK, PHONE])
def test_from_a_first_post_to_leave_and_a_planned_last_day(province: Province, visit: Visit, width: int):
    with three_more(province, width) as (world, who):
        filed = world.take_in(name="Ngô Thị Chờ Bàn Giao")
        task = world.lead_to(filed, "examine")
        dossiers.assign(
            dossier_id=filed.dossier_id, task_id=task.public_id, person_id=world.people[who["leaving"]],
            actor=world.actor(who["leaving"]), at=NOW,
        )  # fmt: skip
        unit = Agency.objects.get(pk=world.units["economy"]).public_id
        keeper = visit(who["keeper"], width=width, signed_in=True)

        keeper.go("/office/staff/new/")
        keeper.write("Họ và tên", "Ngô Thị Mới Đến")
        keeper.page.locator("[name=username]").fill(f"ns.moi{width}")
        keeper.press("Ghi nhận", within=keeper.page.locator("main"))
        assert "Mật khẩu khởi tạo" in keeper.words()
        keeper.follow("Chứng chỉ")
        keeper.page.go_back()
        keeper.follow("Giao vị trí")
        keeper.press("Giao vị trí này", status=422)
        keeper.page.locator("[name=post]").select_option(index=1)
        keeper.press("Giao vị trí này")
        for page in (f"units/{unit}/", "?q=Ngô", "?q=không-có-ai"):
            keeper.go(f"/office/staff/{page}")
        keeper.go("/office/staffing/")
        keeper.go("/office/staffing/numbers/")

        leaving = visit(who["leaving"], width=width, signed_in=True)
        leaving.go("/office/leave/new/")
        leaving.page.locator("[name=last]").fill("27112026")
        leaving.page.locator("select[name^=post_]").first.select_option(label=staying_option(leaving, "Ngô Văn Ở Lại"))
        leaving.press("Ghi nhận", within=leaving.page.locator("main"))
        keeper.go("/office/leave/")
        keeper.follow("Ngô Văn Sắp Đi", within=keeper.page.locator("main tr").filter(has_text="Ngô Văn Sắp Đi").first)
        keeper.press("Duyệt")
        staying = visit(who["staying"], width=width, signed_in=True)
        staying.go("/office/")
        assert "thay cho Ngô Văn Sắp Đi" in staying.words()

        keeper.go(f"/office/staff/?q={who['leaving']}")
        keeper.follow("Ngô Văn Sắp Đi", within=keeper.page.locator("main"))
        keeper.follow("Kết thúc vị trí này")
        keeper.page.locator("[name=last]").fill("30112026")
        keeper.page.get_by_label("Các đồng nghiệp được chọn dưới đây").check()
        keeper.page.get_by_label("Ngô Văn Ở Lại").check()
        keeper.page.get_by_label("Tự động khi hết ngày làm việc cuối cùng").check()
        keeper.write("Lý do", "Nghỉ hưu theo chế độ")
        keeper.press("Kết thúc vị trí")
        assert "01/12/2026" in keeper.words()
        keeper.press("Bàn giao ngay")
        assert filed.code in keeper.words()


def staying_option(person: Person, name: str) -> str:
    """Return the whole words of the choice that begins with a name."""
    options = person.page.locator("select[name^=post_]").first.locator("option").all_inner_texts()
    return next(words for words in options if words.startswith(name))
