"""From draft to checked to published: two people, one decision, and nothing lost when two draw at once."""

from datetime import date, timedelta
from uuid import UUID

import pytest

from motcua.casework.workflow import selectors, services
from motcua.casework.workflow.tests.drawings import PERMIT, PERMIT_TASKS, drawn, permit, task
from motcua.casework.workflow.tests.stage import AT, OFFICER, started
from motcua.casework.workflow.types import (
    Approval,
    CodeTaken,
    DecisionMissing,
    DraftChanged,
    DraftNotChecked,
    DraftPresent,
    OwnDraft,
    ProcessNotSound,
    VersionNotFound,
    VersionNotPublished,
    VersionState,
)
from motcua.foundation.core.types import Invalid

pytestmark = pytest.mark.django_db
CONTROL = 777
FILE = UUID("0193a000-0000-7000-8000-000000000001")
DECISION = Approval("1234/QĐ-UBND", date(2026, 4, 20), "Chủ tịch UBND tỉnh", FILE)


def begun(xml=None):
    return services.create_process(code="permit", name="Cấp phép", xml=xml or permit(), at=AT, actor_person_id=OFFICER)


def seen():
    return selectors.process_sheet("permit").draft.sha256


def approve(**more):
    return services.approve_draft(**{"code": "permit", "seen": seen(), "actor_person_id": CONTROL, "at": AT} | more)


def published(approval=DECISION, valid_from=date(2026, 5, 1)):
    return services.publish_approved(
        code="permit", seen=seen(), approval=approval, valid_from=valid_from, actor_person_id=CONTROL, at=AT
    )


def test_a_draft_is_checked_by_another_person_and_published_by_decision():
    version = begun()
    with pytest.raises(DraftNotChecked):
        published()
    with pytest.raises(OwnDraft):
        approve(actor_person_id=OFFICER)
    approve()
    with pytest.raises(VersionNotPublished):
        started(version)
    with pytest.raises(DecisionMissing) as refused:
        published(Approval(" ", None, ""))
    assert set(refused.value.fields) == {"decision_number", "decision_on", "signer"}

    published()

    line = selectors.process_sheet("permit").versions[0]
    assert (line.state, line.approval, line.checked_by) == (VersionState.PUBLISHED, DECISION, CONTROL)
    assert line.valid_from == date(2026, 5, 1)
    assert started(version).opened


def test_what_was_checked_becomes_a_draft_again_when_a_byte_changes():
    begun()
    approve()
    same = {"code": "permit", "name": "Cấp phép", "at": AT, "actor_person_id": OFFICER}

    services.save_draft(**same, xml=permit(), seen=seen())
    assert selectors.process_sheet("permit").draft.state == VersionState.CHECKED
    services.save_draft(**same, xml=permit() + b"\n", seen=seen())

    assert selectors.process_sheet("permit").draft.state == VersionState.DRAFT


def test_two_who_draw_at_once_do_not_overwrite_each_other():
    begun()
    mine = seen()
    other = permit().replace("Thủ tục thử".encode(), "Của người khác".encode())
    services.save_draft(code="permit", name="Cấp phép", xml=other, at=AT + timedelta(minutes=5), seen=mine)

    for act in (
        lambda: services.save_draft(code="permit", name="Cấp phép", xml=permit(), at=AT, seen=mine),
        lambda: approve(seen=mine),
        lambda: services.discard_draft(code="permit", seen=mine),
    ):
        with pytest.raises(DraftChanged, match="09:15 23/04/2026"):
            act()
    assert selectors.drawing(selectors.process_sheet("permit").draft.id) == other


def test_a_red_draft_is_never_checked():
    begun(drawn(["start -> T1 -> T2 -> T3 -> T2"]))

    with pytest.raises(ProcessNotSound):
        approve()


def test_one_draft_at_a_time_begun_from_any_version_and_discarded():
    begun()
    approve()
    published()
    services.start_draft(code="permit", number=1, at=AT, actor_person_id=OFFICER)
    sheet = selectors.process_sheet("permit")
    assert [(line.number, line.based_on) for line in sheet.versions] == [(2, 1), (1, None)]
    with pytest.raises(DraftPresent):
        services.start_draft(code="permit", number=1, at=AT, actor_person_id=OFFICER)

    assert services.discard_draft(code="permit", seen=seen()) == 2

    assert [line.number for line in selectors.process_sheet("permit").versions] == [1]
    with pytest.raises(VersionNotFound):
        services.discard_draft(code="permit", seen="")


def test_a_process_that_was_never_published_goes_with_its_draft():
    begun()
    with pytest.raises(CodeTaken):
        begun()
    with pytest.raises(Invalid) as refused:
        services.create_process(code="Cấp phép", name=" ", xml=b"", at=AT, actor_person_id=None)
    assert set(refused.value.fields) == {"code", "name"}

    services.discard_draft(code="permit", seen=seen())

    with pytest.raises(VersionNotFound):
        selectors.process_sheet("permit")


def test_differences_are_told_in_words_and_marked_on_both_pictures():
    flows = [flow for flow in PERMIT if "T6b" not in flow] + ["X1 -> T7 [no]", "T7 -> X2", "T10 -> TN -> E1"]
    flows.remove("T9 -> T10 -> E1")
    changed = {key: entry for key, entry in PERMIT_TASKS.items() if key != "T6b"}
    changed["T3"] = task("enough", "lacking", "no", act="examine", hours=10, role="clerk", place="competent")
    changed["T7"] = task("ok", "back", "stop", act="check", hours=4, role="division_head", place="competent")
    after = drawn([*flows, "T9 -> T10", "X2 -> T3 [stop]"], changed, xor="X1 X2 X3", both="P1 P2")

    found, old, new = selectors.compared(permit(), after)

    told = {(item.kind, item.element_id, str(item.aspect), item.before, item.after) for item in found}
    assert ("removed", "T6b", "", "Bộ phận một cửa", "") not in told
    assert {(kind, key) for kind, key, *_rest in told if key in {"TN", "T6b"}} == {("added", "TN"), ("removed", "T6b")}
    aspects = {(key, aspect): (before, after) for _k, key, aspect, before, after in told}
    assert aspects["T3", "giờ làm việc"] == ("12", "10")
    assert aspects["T3", "ai làm"] == ("Chuyên viên thụ lý", "Văn thư")
    assert aspects["T7", "kết quả"] == ("", "“stop” (stop)")
    assert any(kind == "added" and key.startswith("F_X2") for kind, key, *_rest in told)
    assert 'data-id="T6b" class="is-removed"' in old
    assert 'data-id="TN" class="is-added"' in new
    assert ">≠</text>" in new
    assert selectors.compared(permit(), permit())[0] == ()


def test_a_broken_file_can_be_compared_and_judged_without_falling_over():
    for xml in (b"", b"<broken", b"\xff\xfe\x00", permit()[:900]):
        assert selectors.verdict(xml).problems
        assert selectors.compared(permit(), xml)[0]
    good = selectors.verdict(permit())
    assert good.is_green
    assert good.hours == 54
