"""Small drawings for tests: a compact writing of `services.draw` with one lane and sensible settings."""

from collections.abc import Mapping, Sequence
from typing import Any

from motcua.casework.workflow.compiling import compile_process
from motcua.casework.workflow.drawing import draw
from motcua.casework.workflow.types import Graph

LANES = {"desk": {"name": "Bộ phận một cửa", "role": "receptionist", "place": "receiving"}}


def task(*outcomes: str, act: str = "other", **settings: Any) -> dict[str, Any]:
    """Return a task with those outcome codes ("done" without any)."""
    codes = outcomes or ("done",)
    return {
        "name": "Bước",
        "lane": "desk",
        "hours": 1,
        "act": act,
        "outcomes": [[code, code] for code in codes],
    } | settings


def drawn(
    flows: Sequence[str],
    tasks: Mapping[str, Mapping[str, Any]] | None = None,
    *,
    xor: str = "",
    both: str = "",
    ends: Mapping[str, Mapping[str, Any]] | None = None,
    variables: Mapping[str, Any] | None = None,
    events: Mapping[str, Any] | None = None,
) -> bytes:
    """Return the BPMN of flows; nodes named T… that `tasks` does not list are plain tasks, E… plain ends.

    A plain task right behind the start is the intake, as no process is published without one.
    """
    keys = dict.fromkeys(key.strip() for flow in flows for key in flow.split("[")[0].split("->"))
    found = {key: task() | {"name": key} for key in keys if key.startswith("T")}
    found |= {
        key: {**entry, "name": entry["name"] if entry["name"] != "Bước" else key}
        for key, entry in (tasks or {}).items()
    }
    for key in (part.split("->")[1].strip() for flow in flows if (part := flow.split("[")[0]).startswith("start ->")):
        if key in found and found[key]["act"] == "other":
            found[key] |= {"act": "intake"}
    gateways = {key: {"name": key, "kind": "xor"} for key in xor.split()}
    gateways |= {key: {"name": key, "kind": "and"} for key in both.split()}
    description = {
        "id": "test",
        "name": "Thủ tục thử",
        "lanes": LANES,
        "tasks": found,
        "gateways": gateways,
        "ends": {key: {"name": key} for key in keys if key.startswith("E")} | dict(ends or {}),
        "flows": list(flows),
        "events": dict(events or {}),
    }
    return draw(description | ({"variables": variables} if variables else {}))


def compiled(flows: Sequence[str], tasks: Mapping[str, Mapping[str, Any]] | None = None, **settings: Any) -> Graph:
    """Return the graph of a drawing that must compile."""
    graph, problems = compile_process(drawn(flows, tasks, **settings))
    assert graph is not None, [str(problem.message) for problem in problems]
    return graph


PERMIT = [
    "start -> T1 -> T3 -> X1",
    "X1 -> P1 [enough]",
    "X1 -> R1 [lacking]",
    "X1 -> T6b [no]",
    "R1 -> T3",
    "P1 -> T4 -> P2",
    "P1 -> T5 -> P2",
    "P2 -> T6 -> T7",
    "T6b -> T7 -> X2",
    "X2 -> T8 [ok]",
    "X2 -> T3 [back]",
    "T8 -> X3",
    "X3 -> T9 [signed]",
    "X3 -> T7 [back]",
    "T9 -> T10 -> E1",
]
PERMIT_TASKS = {
    "T1": task(act="intake", hours=2),
    "T3": task(
        "enough", "lacking", "no", act="examine", hours=12, role="officer", place="competent", division="economy"
    ),
    "R1": {
        "name": "Chờ bổ sung",
        "lane": "desk",
        "act": "wait_supplement",
        "holder": "citizen",
        "pauses": True,
        "outcomes": [["answered", "Đã bổ sung"]],
    },
    "T4": task(act="field_check", hours=16, role="officer", place="competent"),
    "T5": task(act="consult", hours=16, role="officer", place="competent", holder="asked_agency"),
    "T6": task(act="draft", hours=8, role="officer", place="competent"),
    "T6b": task(act="draft", hours=8, role="officer", place="competent"),
    "T7": task("ok", "back", act="check", hours=4, role="division_head", place="competent"),
    "T8": task("signed", "back", act="sign", hours=8, role="leader", place="competent"),
    "T9": task(act="issue", hours=2, role="clerk", place="competent"),
    "T10": task(act="return_result", hours=2),
}


def permit() -> bytes:
    """Return a building permit with a supplement loop, returns, a parallel check and a refusal."""
    return drawn(PERMIT, PERMIT_TASKS, xor="X1 X2 X3", both="P1 P2")
