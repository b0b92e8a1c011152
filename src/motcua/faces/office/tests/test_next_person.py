"""Handing the next step to a person: only holders of that post in that unit, and only where one step follows."""

import pytest
from django.urls import reverse
from tests.world import World

from motcua.casework.dossiers import selectors as dossiers
from motcua.casework.dossiers import services
from motcua.casework.dossiers.types import StepInput
from motcua.foundation.core.types import Invalid


def _do(world: World, filed, outcome: str, *, by: str, to: int | None):
    task = world.tasks(filed)[0]
    return services.complete_step(
        dossier_id=filed.dossier_id, task_id=task.public_id, outcome=outcome, actor=world.actor(by), at=world.now,
        given=StepInput(note="Xem lại", next_person_id=to),
    )  # fmt: skip


def _returning(world: World):
    """A dossier before the head of division, who may send it back to the two officers of the economy division."""
    filed = world.take_in()
    task = world.lead_to(filed, "check")
    code = next(item.code for item in task.outcomes if item.code.startswith("return"))
    return filed, task, code


def test_the_form_offers_the_holders_of_the_next_post_and_gives_the_task_on(world, sign_in):
    filed, task, code = _returning(world)
    client = sign_in("truongphong")
    page = client.get(reverse("office:task", args=[task.public_id]), {"outcome": code}).content.decode()
    chosen = world.people["canbo2"]

    client.post(
        reverse("office:task-do", args=[task.public_id]),
        {"outcome": code, "note": "Bổ sung căn cứ", "next_person": str(chosen)},
    )

    assert "Người làm tiếp" in page
    assert "Võ Minh Khang" in page
    assert "Đỗ Thị Hạnh" not in page.split('name="next_person"')[1].split("</select>")[0]
    assert world.tasks(filed)[0].person_id == chosen


def test_nobody_chosen_leaves_it_to_everybody_of_the_post(world, sign_in):
    filed, task, code = _returning(world)

    sign_in("truongphong").post(
        reverse("office:task-do", args=[task.public_id]), {"outcome": code, "note": "Sửa", "next_person": ""}
    )

    assert world.tasks(filed)[0].person_id is None


def test_a_stranger_to_the_post_is_refused_by_the_page_and_by_the_service(world, sign_in):
    filed, task, code = _returning(world)
    stranger = world.people["vanthu"]

    answer = sign_in("truongphong").post(
        reverse("office:task-do", args=[task.public_id]),
        {"outcome": code, "note": "Sửa", "next_person": str(stranger)},
    )

    assert answer.status_code == 422
    assert "id_next_person" in answer.content.decode()
    with pytest.raises(Invalid):
        _do(world, filed, code, by="truongphong", to=stranger)
    assert world.tasks(filed)[0].public_id == task.public_id


def test_nobody_is_chosen_for_a_step_that_is_not_the_staffs(world):
    filed = world.take_in()
    task = world.lead_to(filed, "examine")
    seen = dossiers.task_view(actor=world.actor("canbo"), task_id=task.public_id, at=world.now)
    code = next(item.code for item in task.outcomes if "supplement" in seen.needs[item.code])

    assert dossiers.next_people(seen, code, at=world.now) == ()


def test_only_keys_of_outcomes_that_are_offered_are_named(world, sign_in):
    filed = world.take_in()
    examine = world.lead_to(filed, "examine")
    page = sign_in("canbo").get(reverse("office:task", args=[examine.public_id])).content.decode()
    hints = page.split('class="mc-hints"')[1] if 'class="mc-hints"' in page else page[-3000:]
    offered = {item.code for item in examine.outcomes}

    assert ("trả lại" in hints) == any(code.startswith("return") for code in offered)
