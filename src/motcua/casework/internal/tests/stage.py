"""A small internal procedure in the test province: request, opinions of several, signature, number, publication."""

from typing import Any

from tests.world import NOW, SINCE, World

from motcua.casework.internal import services
from motcua.casework.internal.models import InternalCase
from motcua.casework.internal.types import CaseStart, CaseStepInput
from motcua.casework.procedures import services as forms
from motcua.casework.workflow import selectors as workflow_reads
from motcua.casework.workflow import services as workflow
from motcua.casework.workflow.types import Step, Task
from motcua.foundation.accounts.types import SYSTEM, Actor

CODE = "quyet-dinh"
RETURN = ["return", "Trả lại", "Return", "secondary", True]
DRAWING: dict[str, Any] = {
    "id": "quyet_dinh",
    "name": "Xây dựng văn bản",
    "flows": [
        "start -> T1 -> T2 -> X2", "X2 -> M [send]", "X2 -> T2 [return]", "M -> T3 -> T4 -> X4",
        "X4 -> T5 [sign]", "X4 -> T3 [return]", "T5 -> T6 -> E1",
    ],
    "lanes": {
        "soan": {"name": "Soạn thảo", "role": "officer", "division": "economy"},
        "hoi": {"name": "Được hỏi", "role": "officer"},
        "ky": {"name": "Lãnh đạo", "role": "leader"},
        "so": {"name": "Văn thư", "role": "clerk", "division": "office"},
    },
    "tasks": {
        "T1": {"name": "Đề nghị", "lane": "soan", "act": "intake", "outcomes": [["requested", "Đã lập"]]},
        "T2": {
            "name": "Soạn thảo", "en": "Draft", "lane": "soan", "hours": 40, "act": "draft",
            "outcomes": [["send", "Gửi lấy ý kiến", "Ask for opinions"], RETURN],
        },
        "M": {
            "name": "Góp ý", "lane": "hoi", "several": True, "holder": "asked_agency", "hours": 56, "act": "consult",
            "outcomes": [["agree", "Thống nhất"], ["object", "Không thống nhất", "Objects", "danger", True]],
        },
        "T3": {"name": "Giải trình", "lane": "soan", "hours": 8, "act": "draft", "outcomes": [["prepared", "Trình"]]},
        "T4": {"name": "Ký", "lane": "ky", "hours": 8, "act": "sign", "outcomes": [["sign", "Ký"], RETURN]},
        "T5": {"name": "Cấp số", "lane": "so", "hours": 4, "act": "issue", "outcomes": [["issued", "Đã cấp số"]]},
        "T6": {"name": "Công bố", "lane": "soan", "hours": 8, "act": "other", "outcomes": [["published", "Đã đăng"]]},
    },
    "events": {"B": {"on": "M", "name": "Hết hạn", "code": "silent", "label": "Không trả lời", "duration": "P20D"}},
    "gateways": {"X2": {"name": "Gửi?", "lane": "soan"}, "X4": {"name": "Ký?", "lane": "ky"}},
    "ends": {"E1": {"name": "Xong"}},
}  # fmt: skip
SCHEMA: dict[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "type": "object",
    "title": "Đề nghị xây dựng văn bản",
    "x-title-en": "Request",
    "properties": {"ly_do": {"type": "string", "title": "Sự cần thiết", "x-widget": "textarea", "maxLength": 2000}},
    "required": ["ly_do"],
    "x-sections": [{"code": "de-nghi", "title": "Đề nghị", "title-en": "Request", "fields": ["ly_do"]}],
}


def publish() -> None:
    """Put the procedure in force."""
    version_id = workflow.save_draft(
        code=CODE, name=DRAWING["name"], xml=workflow.draw(DRAWING), at=NOW, actor_person_id=None
    )
    workflow.publish(version_id=version_id, at=NOW, actor_person_id=None, valid_from=SINCE, decision_number="02")
    forms.save_eform_version(code=CODE, name="Đề nghị", schema=SCHEMA, valid_from=SINCE, actor=SYSTEM, at=NOW)
    services.publish_procedure(
        code=CODE, name="Xây dựng văn bản", suffix="XDVB", process_code=CODE, eform_code=CODE, actor=SYSTEM, at=NOW
    )


def start(world: World, *, actor: Actor | None = None, unit: str = "commune", title: str = "Quy định mức thu") -> Any:
    """Start a case of a unit; by its officer, or by the system."""
    given = CaseStart(procedure=CODE, title=title, lead_agency_id=world.units[unit], answers={"ly_do": f"Vì {title}"})
    return services.start_case(start=given, actor=actor or world.actor("canbo"), at=NOW)


def tasks(case: InternalCase) -> tuple[Task, ...]:
    """Return the open steps of a case."""
    return workflow_reads.open_tasks(case.run_id)


def step(world: World, case: InternalCase, outcome: str, by: str, *, at: Any = NOW, **given: Any) -> Step:
    """Finish the open step that this person may do."""
    actor = world.actor(by)
    units = {(post.unit_id, post.role) for post in actor.posts}
    task = next(task for task in tasks(case) if (task.unit_id, task.role) in units)
    return services.complete_case_step(
        case_id=case.public_id, task_id=task.public_id, outcome=outcome, actor=actor, at=at,
        given=CaseStepInput(**given),
    )  # fmt: skip
