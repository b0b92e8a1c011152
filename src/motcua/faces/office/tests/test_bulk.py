"""Several picked tasks at once: given, forwarded, undone, each answered by itself."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from tests.world import NOW, World

from motcua.casework.dossiers import services
from motcua.casework.dossiers.models import Dossier, JournalEntry, Result
from motcua.casework.dossiers.types import State, TooLateToUndo

HOME, BULK = reverse("office:home"), reverse("office:work-bulk")
DONE, UNDO = reverse("office:work-bulk-done"), reverse("office:work-undo")


def _pick(world: World, *filings) -> list[str]:
    return [f"{world.tasks(filed)[0].public_id}:{filed.public_id}" for filed in filings]


def _holder(world: World, filed) -> int | None:
    return world.tasks(filed)[0].person_id


@pytest.fixture
def two(world):
    return [world.take_in(name="Trần Thị Mỹ Duyên"), world.take_in(name="Phan Văn Khá")]


def test_the_head_gives_several_tasks_to_one_officer(world, sign_in, two):
    client, officer = sign_in("truongphong"), world.people["canbo2"]
    asked = client.post(BULK, {"kind": "assign", "pick": _pick(world, *two)}).content.decode()

    answer = client.post(BULK, {"kind": "assign", "pick": _pick(world, *two), "choice": officer, "do": "1"})

    assert "Võ Minh Khang" in asked
    assert "Đỗ Thị Hạnh" not in asked
    assert answer.url == DONE
    assert [_holder(world, filed) for filed in two] == [officer, officer]
    shown = client.get(DONE).content.decode()
    assert shown.count("Hoàn tác") >= 1
    assert all(filed.code in shown for filed in two)


def test_an_officer_gives_nobody_anything_and_sees_no_button(world, sign_in, two):
    client = sign_in("canbo")

    page = client.post(
        BULK, {"kind": "assign", "pick": _pick(world, *two), "choice": world.people["canbo2"], "do": "1"}
    )

    assert page.status_code == 422
    assert _holder(world, two[0]) is None
    assert "Giao cho một người" not in client.get(HOME).content.decode()


def test_one_outcome_that_all_offer_forwards_them_with_an_answer_each(world, sign_in, two):
    for filed in two:
        world.lead_to(filed, "check")
    client = sign_in("truongphong")
    picks = _pick(world, *two)
    asked = client.post(BULK, {"kind": "forward", "pick": picks}).content.decode()
    code = asked.split('<option value="">')[1].split('<option value="')[1].split('"')[0]
    before = [world.tasks(filed)[0].node for filed in two]
    world.step(two[0], code, by="truongphong")  # somebody was faster with the first

    client.post(BULK, {"kind": "forward", "pick": picks, "choice": code, "do": "1"})

    shown = client.get(DONE).content.decode()
    assert world.tasks(two[1])[0].node != before[1]
    assert two[1].code in shown
    assert two[0].code not in shown
    assert "Hoàn tác tất cả" not in shown


def test_different_steps_have_no_common_outcome(world, sign_in, two):
    world.lead_to(two[0], "sign")
    page = sign_in("truongphong").post(BULK, {"kind": "forward", "pick": _pick(world, *two)})

    assert "Các việc này không có kết quả chung" in page.content.decode()


def test_taking_on_is_undone_within_its_minutes(world, sign_in, two):
    client = sign_in("canbo")
    client.post(HOME, {"pick": _pick(world, *two)})
    assert [_holder(world, filed) for filed in two] == [world.people["canbo"]] * 2

    answer = client.post(UNDO)

    assert answer.url == DONE
    assert [_holder(world, filed) for filed in two] == [None, None]
    acts = JournalEntry.objects.filter(dossier_id=two[0].dossier_id).order_by("seq").values_list("act", flat=True)
    assert list(acts)[-2:] == ["assigned", "assignment_undone"]


def test_what_somebody_built_on_is_not_undone(world, sign_in, two):
    client = sign_in("canbo")
    client.post(HOME, {"pick": _pick(world, *two)})
    sign_in("truongphong").post(
        reverse("office:task-assign", args=[world.tasks(two[0])[0].public_id]), {"person": world.people["canbo2"]}
    )

    client.post(UNDO)

    assert _holder(world, two[0]) == world.people["canbo2"]
    assert _holder(world, two[1]) is None
    assert "Chưa làm được" in client.get(DONE).content.decode()


def test_after_its_minutes_nothing_is_undone(world, sign_in, two, settings):
    settings.MOTCUA_UNDO_MINUTES = 5
    client = sign_in("canbo")
    client.post(HOME, {"pick": _pick(world, *two)})

    with time_machine.travel(NOW + timedelta(minutes=6), tick=False):
        assert "Hoàn tác tất cả" not in client.get(DONE).content.decode()
        client.post(UNDO)

    assert _holder(world, two[0]) == world.people["canbo"]


def test_the_service_undoes_only_ones_own_act(world, two):
    task = world.tasks(two[0])[0]
    given = {"dossier_id": two[0].dossier_id, "task_id": task.public_id, "at": NOW}
    services.assign(**given, person_id=world.people["canbo"], actor=world.actor("canbo"))

    with pytest.raises(TooLateToUndo):
        services.undo_assignment(**given, actor=world.actor("truongphong"))
    services.undo_assignment(**given, actor=world.actor("canbo"))
    with pytest.raises(TooLateToUndo):
        services.undo_assignment(**given, actor=world.actor("canbo"))


def test_tasks_of_other_communes_are_left_out(world, sign_in, two):
    page = sign_in("xa.tiepnhan").post(BULK, {"kind": "forward", "pick": _pick(world, *two)}).content.decode()

    assert two[0].code not in page


def test_asking_needs_no_more_statements_for_more_tasks(world, sign_in, assert_flat_queries):
    client, picks = sign_in("truongphong"), []

    def grow(count: int) -> None:
        picks.extend(_pick(world, *(world.take_in() for _ in range(count))))

    assert_flat_queries(
        lambda: client.post(BULK, {"kind": "assign", "pick": picks}), grow=grow, rows=(2, 12), at_most=16
    )


def test_the_leader_signs_several_results_and_nobody_else_does(world, sign_in, two):
    for filed in two:
        world.lead_to(filed, "sign")
    picks, client = _pick(world, *two), sign_in("lanhdao")
    asked = client.post(BULK, {"kind": "sign", "pick": picks}).content.decode()
    code = asked.split('<option value="">')[1].split('<option value="')[1].split('"')[0]
    refused = sign_in("canbo").post(BULK, {"kind": "sign", "pick": picks, "choice": code, "do": "1"})

    answer = client.post(BULK, {"kind": "sign", "pick": picks, "choice": code, "do": "1"})

    assert "Bạn ký số 2 kết quả" in asked
    assert refused.status_code == 422
    assert answer.url == DONE
    assert Result.objects.filter(dossier_id__in=[filed.dossier_id for filed in two], signed_how="digital").count() == 2
    assert "Hoàn tác tất cả" not in client.get(DONE).content.decode()


def test_results_are_handed_over_together_and_what_was_done_meanwhile_is_left_out(world, sign_in, two):
    for filed in two:
        world.lead_to(filed, "return_result")
    picks, client = _pick(world, *two), sign_in("tiepnhan")
    asked = client.post(BULK, {"kind": "return", "pick": picks}).content.decode()
    code = asked.split('<option value="">')[1].split('<option value="')[1].split('"')[0]

    client.post(BULK, {"kind": "return", "pick": picks, "choice": code, "do": "1", "recipient": "Lê Thị Ba"})

    assert "Không hoàn tác được" in asked
    assert "Chưa làm được" not in client.get(DONE).content.decode()
    assert [Dossier.objects.get(pk=filed.dossier_id).state for filed in two] == [State.RETURNED] * 2
    again = client.post(BULK, {"kind": "return", "pick": picks}).content.decode()
    assert "2 việc đã chọn không còn mở" in again


def test_several_filings_are_accepted_each_answered_by_itself(world, sign_in):
    two = [world.file_online(), world.file_online()]
    client, url = sign_in("tiepnhan"), reverse("office:inbox-accept")
    picks = {"pick": [str(filed.public_id) for filed in two]}
    asked = client.post(url, picks).content.decode()
    services.accept_filing(dossier_id=two[0].dossier_id, actor=world.actor("tiepnhan"), at=NOW)  # meanwhile

    client.post(url, picks | {"do": "1"})

    assert "2 hồ sơ được tiếp nhận" in asked
    assert Dossier.objects.get(pk=two[1].dossier_id).state == State.IN_PROCESS
    assert "Hồ sơ này đã được xử lý" in client.get(DONE).content.decode()


def test_at_most_as_many_as_the_setting_says(world, sign_in, two, settings):
    settings.MOTCUA_BULK_MOST = 1
    asked = sign_in("truongphong").post(BULK, {"kind": "assign", "pick": _pick(world, *two)}).content.decode()

    assert "Mỗi lần nhiều nhất 1" in asked
    assert two[1].code not in asked
