"""Draws a process from a compact description: valid BPMN 2.0 XML with diagram interchange, the same bytes each time."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from lxml import etree

from motcua.casework.workflow.interchange import add_element, caption_box, write_plane
from motcua.casework.workflow.layout import Arrow, lay_out
from motcua.casework.workflow.types import NodeKind

_KEY = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_CHAIN = re.compile(r"^(?P<chain>[^\[]+?)(?:\[(?P<condition>.+)\])?\s*$", re.DOTALL)
_TAGS = {
    NodeKind.START: "startEvent",
    NodeKind.TASK: "userTask",
    NodeKind.SERVICE: "serviceTask",
    NodeKind.BOUNDARY: "boundaryEvent",
    NodeKind.EXCLUSIVE: "exclusiveGateway",
    NodeKind.PARALLEL: "parallelGateway",
    NodeKind.END: "endEvent",
    NodeKind.TERMINATE: "endEvent",
}
# A task's `kind`; a catch is an event that waits for a message or an instant.
_TASK_TAGS = {
    "user": "userTask",
    "manual": "manualTask",
    "receive": "receiveTask",
    "call": "callActivity",
    "catch": "intermediateCatchEvent",
}
_TASK_KEYS = ("role", "place", "division", "hours", "act", "holder", "pauses", "message", "calls")
_KNOWN = {
    "": {"id", "name", "lanes", "start", "tasks", "services", "events", "gateways", "ends", "variables", "flows"},
    "lanes": {"name", "role", "place", "division"},
    "tasks": {"name", "en", "lane", "outcomes", "kind", "several", "duration", *_TASK_KEYS},
    "services": {"name", "lane", "connector", "kind"},
    "events": {"name", "en", "on", "code", "label", "hours", "duration", "message", "reminds"},
    "gateways": {"name", "kind", "lane"},
    "ends": {"name", "lane", "terminate"},
    "variables": {"kind", "label"},
}


class DrawingError(ValueError):
    """The description is wrong; the message names the key."""


@dataclass(slots=True)
class _Node:
    kind: str
    name: str
    lane: str = ""
    entry: Mapping[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class _Flow:
    id: str
    source: str
    target: str
    name: str = ""
    condition: str = ""
    is_default: bool = False


def draw(description: Mapping[str, Any] | str) -> bytes:
    """Return the BPMN file of a description: a mapping, or the text of a TOML file of the same shape.

    Keys: id, name, lanes, tasks, flows; optional start, gateways, services, events, ends, variables. A flow is a chain
    like `"T1 -> X1 -> T2 [enough]"`; the text in brackets belongs to the last arrow: outcome codes joined by `|`, `*`
    for the default, or `if` and a condition; a label may follow behind `#`. See docs/processes.md.

    Raises:
        DrawingError: names what is wrong with the description. Soundness is checked by `check`, not here.
    """
    if isinstance(description, str):
        try:
            description = tomllib.loads(description)
        except tomllib.TOMLDecodeError as error:
            raise DrawingError(f"not TOML: {error}") from None
    return _Drawing(description).xml()


class _Drawing:
    def __init__(self, description: Mapping[str, Any]) -> None:
        self.about = description
        _known_keys("", description)
        for part in ("lanes", "tasks", "services", "events", "gateways", "ends", "variables"):
            for key, entry in description.get(part, {}).items():
                _known_keys(part, entry, key)
        if not _KEY.fullmatch(str(description.get("id", ""))) or not description.get("lanes"):
            raise DrawingError("id and lanes are needed; id of letters, digits and _")
        parts = ("tasks", "services", "events", "gateways", "ends")
        keys = [key for part in parts for key in description.get(part, {})]
        if len(set(keys)) < len(keys):
            raise DrawingError(f"used twice: {', '.join(sorted({key for key in keys if keys.count(key) > 1}))}")
        self.lanes: Mapping[str, Mapping[str, Any]] = description["lanes"]
        self.nodes = self._nodes()
        self.flows = self._flows()
        self._give_lanes()

    def _nodes(self) -> dict[str, _Node]:
        about = self.about
        start = about.get("start", {})
        nodes = {"start": _Node(NodeKind.START, start.get("name", ""), start.get("lane", ""))}
        for key, entry in about.get("tasks", {}).items():
            nodes[key] = _Node(NodeKind.TASK, entry.get("name", ""), entry.get("lane", ""), entry)
        for key, entry in about.get("services", {}).items():
            nodes[key] = _Node(NodeKind.SERVICE, entry.get("name", ""), entry.get("lane", ""), entry)
        for key, entry in about.get("events", {}).items():
            host = nodes.get(entry.get("on", ""))
            if host is None:
                raise DrawingError(f"events.{key}: stands on no task")
            nodes[key] = _Node(NodeKind.BOUNDARY, entry.get("name", ""), host.lane, entry)
        for key, entry in about.get("gateways", {}).items():
            kind = {"xor": NodeKind.EXCLUSIVE, "and": NodeKind.PARALLEL}.get(entry.get("kind", "xor"))
            if kind is None:
                raise DrawingError(f"gateways.{key}: kind is xor or and")
            nodes[key] = _Node(kind, entry.get("name", ""), entry.get("lane", ""))
        for key, entry in about.get("ends", {}).items():
            kind = NodeKind.TERMINATE if entry.get("terminate") else NodeKind.END
            nodes[key] = _Node(kind, entry.get("name", ""), entry.get("lane", ""))
        for key, node in nodes.items():
            if not _KEY.fullmatch(key):
                raise DrawingError(f"{key}: use letters, digits and _")
            if node.lane and node.lane not in self.lanes:
                raise DrawingError(f"{key}: no lane {node.lane}")
        return nodes

    def _flows(self) -> list[_Flow]:
        flows: list[_Flow] = []
        for text in self.about.get("flows", ()):
            match = _CHAIN.match(text)
            keys = [key.strip() for key in match["chain"].split("->")] if match else []
            unknown = [key for key in keys if key not in self.nodes]
            if len(keys) < 2 or unknown:
                raise DrawingError(f"flow {text!r}: needs two known ends; unknown: {', '.join(unknown) or 'none'}")
            for source, target in pairwise(keys):
                same = sum(flow.source == source and flow.target == target for flow in flows)
                flows.append(_Flow(f"F_{source}_{target}" + (f"_{same + 1}" if same else ""), source, target))
            if match and match["condition"]:
                self._set_condition(flows[-1], match["condition"].strip())
        return flows

    def _set_condition(self, flow: _Flow, text: str) -> None:
        text, _sign, label = (part.strip() for part in text.partition("#"))
        if text == "*":
            flow.is_default, flow.name = True, label
        elif text.startswith("if "):
            flow.condition, flow.name = text[3:].strip(), label
        else:
            codes = [code.strip() for code in text.split("|")]
            quoted = [f'"{code}"' for code in codes]
            flow.condition = f"outcome == {quoted[0]}" if len(codes) == 1 else f"outcome in [{', '.join(quoted)}]"
            flow.name = label or " / ".join(self._outcome_label(flow.source, code) for code in codes)

    def _outcome_label(self, gateway: str, code: str) -> str:
        """Return the button text of an outcome, of a task right before the gateway if there is one."""
        tasks = self.about.get("tasks", {})
        texts = [text for text in self.about["flows"] if re.search(rf"\b{gateway}\b", text)]
        near = sorted(tasks, key=lambda key: not any(re.search(rf"\b{key} -> {gateway}\b", text) for text in texts))
        for key in near:
            for outcome in tasks[key].get("outcomes", ()):
                if outcome[0] == code:
                    return str(outcome[1])
        return code

    def _give_lanes(self) -> None:
        """Put a node without a lane where the one before it stands; the start where the first task stands."""
        first = next((flow.target for flow in self.flows if flow.source == "start"), "")
        if not self.nodes["start"].lane and first:
            self.nodes["start"].lane = self.nodes[first].lane
        for _round in self.nodes:
            for flow in self.flows:
                if not self.nodes[flow.target].lane:
                    self.nodes[flow.target].lane = self.nodes[flow.source].lane
        for node in self.nodes.values():
            node.lane = node.lane or next(iter(self.lanes))

    def xml(self) -> bytes:
        """Return the file."""
        about, root = self.about, add_element(None, "bpmn:definitions")
        root.set("id", f"Definitions_{about['id']}")
        root.set("targetNamespace", "https://motcua.vn/processes")
        pool = add_element(root, "bpmn:collaboration", id=f"Collaboration_{about['id']}")
        add_element(
            pool,
            "bpmn:participant",
            id=f"Pool_{about['id']}",
            name=about.get("name", ""),
            processRef=f"Process_{about['id']}",
        )
        process = add_element(
            root, "bpmn:process", id=f"Process_{about['id']}", name=about.get("name", ""), isExecutable="true"
        )
        self._write_variables(process)
        self._write_lanes(process)
        for key, node in self.nodes.items():
            self._write_node(process, key, node)
        for flow in self.flows:
            self._write_flow(process, flow)
        self._write_diagram(root)
        etree.indent(root)
        return etree.tostring(root, xml_declaration=True, encoding="UTF-8")

    def _write_variables(self, process: Any) -> None:
        if self.about.get("variables"):
            extensions = add_element(process, "bpmn:extensionElements")
            for name, entry in self.about["variables"].items():
                add_element(extensions, "mc:variable", name=name, **_texts(entry))

    def _write_lanes(self, process: Any) -> None:
        lanes = add_element(process, "bpmn:laneSet", id=f"Lanes_{self.about['id']}")
        for key, entry in self.lanes.items():
            lane = add_element(lanes, "bpmn:lane", id=f"Lane_{key}", name=entry.get("name", key))
            for node_key, node in self.nodes.items():
                if node.lane == key:
                    add_element(lane, "bpmn:flowNodeRef").text = node_key

    def _write_node(self, process: Any, key: str, node: _Node) -> None:
        element = add_element(process, f"bpmn:{self._tag(key, node)}", id=key)
        if node.name:
            element.set("name", node.name)
        default = next((flow.id for flow in self.flows if flow.source == key and flow.is_default), None)
        if default:
            element.set("default", default)
        if node.kind in {NodeKind.TASK, NodeKind.SERVICE, NodeKind.BOUNDARY}:
            extensions = add_element(element, "bpmn:extensionElements")
            if node.kind == NodeKind.TASK:
                self._write_task(extensions, key, node)
            else:
                _write_event(element, extensions, node)
        for flow in self.flows:
            if flow.target == key:
                add_element(element, "bpmn:incoming").text = flow.id
        for flow in self.flows:
            if flow.source == key:
                add_element(element, "bpmn:outgoing").text = flow.id
        _write_definitions(element, key, node)
        if node.kind == NodeKind.TERMINATE:
            add_element(element, "bpmn:terminateEventDefinition", id=f"{key}_terminate")

    def _tag(self, key: str, node: _Node) -> str:
        kind = node.entry.get("kind", "")
        if node.kind == NodeKind.TASK:
            if kind not in {"", *_TASK_TAGS}:
                raise DrawingError(f"tasks.{key}: kind is one of {', '.join(_TASK_TAGS)}")
            return _TASK_TAGS[kind or "user"]
        return "sendTask" if node.kind == NodeKind.SERVICE and kind == "send" else _TAGS[NodeKind(node.kind)]

    def _write_task(self, parent: Any, key: str, node: _Node) -> None:
        merged = {**{name: value for name, value in self.lanes[node.lane].items() if name != "name"}, **node.entry}
        settings = add_element(
            parent, "mc:task", **_texts({name: merged[name] for name in _TASK_KEYS if name in merged})
        )
        if node.entry.get("en"):
            settings.set("labelEn", node.entry["en"])
        for outcome in node.entry.get("outcomes", ()):
            if not isinstance(outcome, Sequence) or isinstance(outcome, str) or not 2 <= len(outcome) <= 5:
                raise DrawingError(f"tasks.{key}: an outcome is [code, label, English, style, needs reason]")
            names = ("code", "label", "labelEn", "style", "needsReason")
            add_element(settings, "mc:outcome", **_texts(dict(zip(names, outcome, strict=False))))

    def _write_flow(self, process: Any, flow: _Flow) -> None:
        element = add_element(process, "bpmn:sequenceFlow", id=flow.id, sourceRef=flow.source, targetRef=flow.target)
        if flow.name:
            element.set("name", flow.name)
        if flow.condition:
            condition = add_element(element, "bpmn:conditionExpression")
            condition.set("{http://www.w3.org/2001/XMLSchema-instance}type", "bpmn:tFormalExpression")
            condition.text = flow.condition

    def _write_diagram(self, root: Any) -> None:
        sheet = lay_out(
            {key: (_shape(node), node.lane) for key, node in self.nodes.items()},
            [Arrow(flow.id, flow.source, flow.target, flow.name) for flow in self.flows],
            list(self.lanes),
            "start",
            {key: node.entry["on"] for key, node in self.nodes.items() if node.kind == NodeKind.BOUNDARY},
        )
        outside = {
            key: caption_box(node.kind, sheet.boxes[key], node.name)
            for key, node in self.nodes.items()
            if node.name and _shape(node) not in {NodeKind.TASK, NodeKind.SERVICE}
        }
        write_plane(root, sheet, self.about["id"], outside)


def _shape(node: _Node) -> str:
    return NodeKind.BOUNDARY if node.entry.get("kind") == "catch" else node.kind


def _write_event(element: Any, extensions: Any, node: _Node) -> None:
    """Write the settings of a service task, or of an event on the edge of a task."""
    entry = node.entry
    if node.kind == NodeKind.SERVICE:
        add_element(extensions, "mc:connector", name=str(entry.get("connector", "")))
        return
    element.set("attachedToRef", entry["on"])
    if entry.get("reminds"):
        element.set("cancelActivity", "false")
    settings = add_element(extensions, "mc:event", **_texts({"code": entry.get("code"), "label": entry.get("label")}))
    for name, value in (("labelEn", entry.get("en")), ("hours", entry.get("hours")), ("message", entry.get("message"))):
        if value is not None:
            settings.set(name, str(value))


def _write_definitions(element: Any, key: str, node: _Node) -> None:
    """Write what a waiting or boundary event waits for, and that several agencies are asked at once."""
    entry = node.entry
    if entry.get("several"):
        add_element(element, "bpmn:multiInstanceLoopCharacteristics", id=f"{key}_several")
    if node.kind != NodeKind.BOUNDARY and entry.get("kind") != "catch":
        return
    if entry.get("message"):
        add_element(element, "bpmn:messageEventDefinition", id=f"{key}_message")
        return
    timer = add_element(element, "bpmn:timerEventDefinition", id=f"{key}_timer")
    if entry.get("duration"):
        duration = add_element(timer, "bpmn:timeDuration")
        duration.set("{http://www.w3.org/2001/XMLSchema-instance}type", "bpmn:tFormalExpression")
        duration.text = str(entry["duration"])


def _texts(values: Mapping[str, Any]) -> dict[str, str]:
    return {
        name: str(value).lower() if isinstance(value, bool) else str(value)
        for name, value in values.items()
        if value is not None
    }


def _known_keys(part: str, entry: Mapping[str, Any], key: str = "") -> None:
    unknown = set(entry) - _KNOWN[part]
    if unknown:
        raise DrawingError(f"{part}.{key}: unknown {', '.join(sorted(unknown))}".lstrip("."))
