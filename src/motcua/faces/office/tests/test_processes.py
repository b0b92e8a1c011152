"""Processes as officials keep them: files in and out, two editors, limits, and what a hostile file meets."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from motcua.casework.documents.tests import samples
from motcua.casework.workflow import selectors as workflow
from motcua.casework.workflow import services as workflow_services
from motcua.casework.workflow.tests.drawings import permit
from motcua.faces.office.processes import designing

pytestmark = pytest.mark.django_db
CODE = "ho_kinh_doanh"
DRAFT = f"/office/processes/{CODE}/draft/"


@pytest.fixture
def drawing(world):
    """A draft of the process in force."""
    workflow_services.start_draft(code=CODE, number=1, at=world.now, actor_person_id=None)
    return kept()


def kept():
    return workflow.drawing(workflow.process_sheet(CODE).draft.id)


def seen():
    return workflow.process_sheet(CODE).draft.sha256


def sent(browser, xml, *, what="save", **headers):
    headers = {"X-Seen": seen()} | headers
    return browser.post(f"{DRAFT}{what}/", data=xml, content_type="application/bpmn+xml", headers=headers)


def upload(browser, xml):
    return browser.post(f"{DRAFT}upload/", {"file": SimpleUploadedFile("ve.bpmn", xml), "seen": seen()})


HOSTILE = {
    "entities": b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;">]><a>&c;</a>',
    "utf-16": '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>'.encode("utf-16"),
    "huge": b"<a>" + b" " * 1_100_000 + b"</a>",
    "broken": b"<bpmn:definitions",
    "another": b"<html/>",
    "empty": b"",
    "no process": b'<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"/>',
}


@pytest.mark.parametrize("xml", HOSTILE.values(), ids=HOSTILE)
def test_a_file_that_is_no_process_is_refused_with_a_reason_and_the_draft_stays(sign_in, drawing, xml):
    answer = upload(sign_in("truongphong"), xml)

    assert answer.status_code == 422
    assert 'class="mc-errorsum"' in answer.content.decode()
    assert sent(sign_in("truongphong"), xml).status_code in {413, 422}
    assert kept() == drawing


def test_a_file_goes_out_and_comes_back_byte_for_byte(sign_in, drawing):
    browser = sign_in("truongphong")
    number = workflow.process_sheet(CODE).draft.number

    file = browser.get(f"/office/processes/{CODE}/{number}/file.bpmn")
    assert file["Content-Type"].startswith("application/bpmn+xml")
    assert file.content == drawing
    assert upload(browser, permit()).status_code == 302
    assert upload(browser, file.content).status_code == 302

    assert kept() == drawing


def test_what_another_program_meant_is_named_and_kept(sign_in, drawing):
    foreign = drawing.replace(b"<bpmn:definitions", b'<bpmn:definitions xmlns:z="http://z.example/1"', 1).replace(
        b'<bpmn:userTask id="T2"', b'<bpmn:userTask z:assignee="an" id="T2"', 1
    )
    foreign = foreign.replace(b"<bpmn:endEvent", b'<bpmn:scriptTask id="S1" name="T\xc3\xadnh"/><bpmn:endEvent', 1)
    upload(sign_in("truongphong"), foreign)

    page = sign_in("canbo").get(DRAFT).content.decode()  # looks only: no scripts, the same words
    assert "z:assignee" in page
    assert "scriptTask" in page
    assert 'class="mc-bpmn"' in page
    assert "designer-config" not in page
    assert kept() == foreign


def test_two_editors_and_a_checker(sign_in, drawing, world):
    first, second, control = sign_in("truongphong"), sign_in("quantri"), sign_in("kiemsoat")
    old = seen()
    one, other = drawing.replace(b'hours="8"', b'hours="7"'), drawing.replace(b'hours="8"', b'hours="6"')

    assert sent(first, one).status_code == 200
    late = sent(second, other, **{"X-Seen": old})
    assert late.status_code == 409
    assert "Lê Quốc Thái" in late.json()["error"]
    assert kept() == one
    assert control.post(f"{DRAFT}approve/", {"seen": seen()}).status_code == 302
    assert workflow.process_sheet(CODE).draft.state == "checked"
    assert sign_in("canbo").post(f"{DRAFT}approve/", {"seen": seen()}).status_code == 403
    assert sign_in("truongphong").get(f"{DRAFT}publish/").status_code == 403


def test_the_check_names_points_in_vietnamese_and_limits_that_are_too_short(sign_in, drawing):
    browser = sign_in("truongphong")
    slow = drawing.replace(b'hours="8"', b'hours="200"').replace(b'role="leader"', b"")

    answer = sent(browser, slow, what="check").json()

    assert not answer["green"]
    assert any("chưa" in row["message"] or "không" in row["message"] for row in answer["problems"])
    assert all(row["element"] and row["mend"] for row in answer["problems"])
    assert any(row["over"] for row in answer["limits"])
    assert not any(row["over"] for row in sent(browser, drawing, what="check").json()["limits"])
    assert kept() == drawing


def test_checks_are_limited_in_number(sign_in, drawing, monkeypatch):
    monkeypatch.setattr(designing, "CHECKS_A_MINUTE", 2)
    browser = sign_in("truongphong")

    assert [sent(browser, drawing, what="check").status_code for _ in range(3)] == [200, 200, 429]


def test_a_process_begins_from_the_library_and_is_discarded_after_a_question(sign_in, world):
    browser = sign_in("truongphong")
    code = workflow.templates()[0].code
    entered = {"name": "Thử", "code": "thu-thu", "base": f"library:{code}"}

    assert browser.post("/office/processes/begin/", entered | {"code": "Có dấu"}).status_code == 422
    assert browser.post("/office/processes/begin/", entered).status_code == 302
    sheet = workflow.process_sheet("thu-thu")
    assert workflow.drawing(sheet.draft.id) == workflow.template(code)
    question = browser.get("/office/processes/thu-thu/draft/discard/")
    assert "Không khôi phục được" in question.content.decode()
    assert browser.post("/office/processes/thu-thu/draft/discard/", {"seen": sheet.draft.sha256}).status_code == 302
    assert browser.get("/office/processes/thu-thu/versions/").status_code == 404


def test_the_list_asks_no_more_of_the_database_for_more_processes(sign_in, world, assert_flat_queries):
    browser = sign_in("truongphong")

    def grow(count):
        for number in range(count):
            workflow_services.create_process(
                code=f"them-{count}-{number}", name="Thêm", xml=permit(), at=world.now, actor_person_id=None
            )

    assert_flat_queries(lambda: browser.get("/office/processes/"), grow=grow)


def test_the_decision_and_its_file_put_a_checked_draft_in_force(sign_in, drawing, world):
    control, number = sign_in("kiemsoat"), workflow.process_sheet(CODE).draft.number
    sent(sign_in("truongphong"), drawing.replace(b'hours="8"', b'hours="7"'))
    entered = {
        "seen": seen(), "decision_number": "77/QĐ-UBND", "decision_on": "20112026", "signer": "Chủ tịch",
        "valid_from": "24112026",
    }  # fmt: skip

    early = control.post(f"{DRAFT}publish/", entered)
    assert (early.status_code, workflow.process_sheet(CODE).draft.number) == (422, number)
    control.post(f"{DRAFT}approve/", {"seen": seen()})
    file = SimpleUploadedFile("qd.pdf", samples.pdf(), content_type="application/pdf")
    assert control.post(f"{DRAFT}publish/", entered | {"file": file}).status_code == 302

    line = workflow.process_sheet(CODE).version(number)
    assert (line.approval.number, line.valid_from.isoformat()) == ("77/QĐ-UBND", "2026-11-24")
    assert workflow.process_sheet(CODE).version(1).valid_until == line.valid_from
    kept_file = sign_in("canbo").get(f"/office/processes/{CODE}/{number}/decision/")
    assert b"".join(kept_file.streaming_content).startswith(b"%PDF")
    told = sign_in("canbo").get(f"/office/processes/{CODE}/compare/?a=1&b={number}").content.decode()
    assert "<del" in told
    assert 'class="is-changed"' in told


def test_running_dossiers_are_taken_over_after_a_dry_run_that_names_each(sign_in, drawing, world):
    taken = world.take_in()
    renamed = drawing.replace(b'"T2"', b'"K2"').replace(b">T2<", b">K2<")
    browser, url = sign_in("quantri"), f"/office/processes/{CODE}/move/"
    assert sign_in("truongphong").get(url).status_code == 403
    assert "mc-alert" in browser.get(url).content.decode()
    upload(sign_in("truongphong"), renamed)
    workflow_services.publish(
        version_id=workflow.process_sheet(CODE).draft.id, at=world.now, actor_person_id=None,
        valid_from=world.now.date() + timedelta(days=1), decision_number="02/QĐ-UBND",
    )  # fmt: skip

    told = browser.get(url).content.decode()
    assert taken.code in told
    assert 'name="as_T2"' in told
    assert '<option value="K2"' in told
    assert '<form method="post"' not in told.partition("<main")[2]
    told = browser.get(url, {"from": 1, "to": 2, "as_T2": "K2"}).content.decode()
    assert '<form method="post"' in told.partition("<main")[2]
    assert [task.node for task in world.tasks(taken)] == ["T2"]
    answer = browser.post(url, {"from": 1, "to": 2, "after_id": 0, "as_T2": "K2"})

    assert answer.status_code == 200
    assert [task.node for task in world.tasks(taken)] == ["K2"]
    assert "mc-warn" not in browser.post(url, {"from": 1, "to": 2, "as_T2": "K2"}).content.decode()
    assert browser.get(url, {"from": 1, "to": 9}).status_code == 404
