"""A document from its request to its publication, with every refusal on the way."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.db import DatabaseError, transaction
from tests.access.scene import _pdf
from tests.world import NOW, World

from motcua.casework.documents import services as documents
from motcua.casework.internal import selectors, services
from motcua.casework.internal.models import InternalCase, InternalEntry
from motcua.casework.internal.tests.stage import start, step, tasks
from motcua.casework.internal.types import CaseClosed, CaseStart, NumberTaken
from motcua.casework.workflow.types import NobodyAsked
from motcua.foundation.core.types import Invalid, NotAllowed, NotFound


def file(name: str) -> int:
    return documents.store_upload(
        file=BytesIO(_pdf(name)), name=f"{name}.pdf", purpose="other", at=NOW, owner_key=f"internal:{name}"
    ).pk


def asked(world: World, case: InternalCase) -> None:
    units = (world.units["department"], world.units["other_commune"])
    step(world, case, "send", "canbo", asked=units)


def signed(world: World, case: InternalCase) -> None:
    asked(world, case)
    step(world, case, "agree", "so.canbo", note="Đề nghị làm rõ Điều 3")
    assert services.sweep_timers(at=NOW + timedelta(days=19)) == 0
    assert services.sweep_timers(at=NOW + timedelta(days=21)) == 1
    step(world, case, "prepared", "canbo")
    step(world, case, "sign", "lanhdao")


def test_a_document_goes_from_request_to_publication(world: World):
    case = start(world)
    assert case.code == "1/2026/XDVB"
    with pytest.raises(NobodyAsked):
        step(world, case, "send", "canbo")
    signed(world, case)
    case.refresh_from_db()
    assert world.units["department"] in case.agency_ids
    with pytest.raises(Invalid) as refused:
        step(world, case, "issued", "vanthu")
    assert set(refused.value.fields) == {"number", "issued_on", "attachments"}
    step(world, case, "issued", "vanthu", number="15/2026/QĐ-UBND", issued_on=NOW.date(), file_ids=(file("ban-ky"),))
    step(world, case, "published", "canbo")

    sheet = selectors.case_sheet(actor=world.actor("lanhdao"), public_id=case.public_id, at=NOW)
    assert (sheet.row.state, sheet.row.document_number, sheet.row.steps) == ("done", "15/2026/QĐ-UBND", ())
    told = [(entry.act, entry.step_name) for entry in sheet.entries]
    assert told == [
        ("started", "Đề nghị"), ("step", "Soạn thảo"), ("step", "Góp ý"), ("elapsed", "Góp ý"), ("step", "Giải trình"),
        ("step", "Ký"), ("step", "Cấp số"), ("step", "Công bố"),
    ]  # fmt: skip
    assert sheet.entries[2].note == "Đề nghị làm rõ Điều 3"
    assert [paper.name for paper in sheet.entries[6].papers] == ["ban-ky.pdf"]


def test_a_number_is_given_once_by_an_agency(world: World):
    first, second = start(world), start(world, title="Quy định khác")
    assert second.code == "2/2026/XDVB"
    for case in (first, second):
        signed(world, case)
    given = {"number": "15/2026/QĐ-UBND", "issued_on": NOW.date(), "file_ids": (file("mot"),)}
    step(world, first, "issued", "vanthu", **given)
    with pytest.raises(NumberTaken):
        step(world, second, "issued", "vanthu", **given)
    with pytest.raises(DatabaseError), transaction.atomic():
        InternalCase.objects.filter(pk=second.pk).update(state="done")  # signed, without a number


def test_only_who_may_does_a_step_and_nobody_changes_the_history(world: World):
    case = start(world)
    task = tasks(case)[0]
    for who, refusal in (("lanhdao", NotAllowed), ("so.canbo", NotFound), ("xa.tiepnhan", NotFound)):
        with pytest.raises(refusal):
            services.complete_case_step(
                case_id=case.public_id, task_id=task.public_id, outcome="send", actor=world.actor(who), at=NOW
            )
    with pytest.raises(NotAllowed):
        start(world, actor=world.actor("so.canbo"))
    with pytest.raises(Invalid) as refused:
        services.start_case(
            start=CaseStart("quyet-dinh", " ", world.units["commune"], {}), actor=world.actor("canbo"), at=NOW
        )
    assert set(refused.value.fields) == {"title", "ly_do"}
    with pytest.raises(DatabaseError), transaction.atomic():
        InternalEntry.objects.update(note="khác")


def test_a_case_is_withdrawn_with_a_reason_and_then_stands_still(world: World):
    case = start(world)
    with pytest.raises(NotAllowed):
        services.withdraw_case(case_id=case.public_id, reason="x", actor=world.actor("vanthu"), at=NOW)
    with pytest.raises(Invalid):
        services.withdraw_case(case_id=case.public_id, reason=" ", actor=world.actor("lanhdao"), at=NOW)
    services.withdraw_case(case_id=case.public_id, reason="Chờ luật mới", actor=world.actor("lanhdao"), at=NOW)
    assert tasks(case) == ()
    with pytest.raises(CaseClosed):
        services.withdraw_case(case_id=case.public_id, reason="x", actor=world.actor("lanhdao"), at=NOW)
