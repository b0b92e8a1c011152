"""BPMN 2.0 XML -> immutable graph, or the list of everything that stands in the way."""

import hashlib
import json
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from motcua.casework.workflow import elements
from motcua.casework.workflow.attributes import process_variables
from motcua.casework.workflow.conditions import Condition, ConditionError, compile_condition
from motcua.casework.workflow.elements import BPMN
from motcua.casework.workflow.events_drawn import node_settings
from motcua.casework.workflow.parsing import Element, local_name, parse
from motcua.casework.workflow.problems import problem
from motcua.casework.workflow.structure import structure_problems
from motcua.casework.workflow.types import Flow, Graph, Node, NodeKind, Outcome, Problem

# Raise it when the same XML may run otherwise; runs of older formats then need a look.
FORMAT_NUMBER = 1
NODE_LIMIT = 300
ID_LIMIT = 64


def compile_process(xml: bytes) -> tuple[Graph | None, list[Problem]]:
    """Compile a file. Return (graph, []), or (None, problems) with every problem found, never only the first."""
    root, problems = parse(xml)
    if root is None:
        return None, problems
    return _Compiler(root).run()


def readable_process(xml: bytes) -> Graph | None:
    """Return what can be read of a file, sound or not, for pages that show or compare it; None when nothing can."""
    root, _problems = parse(xml)
    if root is None:
        return None
    compiler = _Compiler(root)
    compiler.run()
    return compiler.graph


class _Compiler:
    """Collects nodes, flows and problems of one file."""

    def __init__(self, root: Element) -> None:
        self.root = root
        self.problems: list[Problem] = []
        self.raw: dict[str, dict[str, Any]] = {}
        self.flows: list[Flow] = []
        self.variables: dict[str, Any] = {}
        self.messages = {item.get("id", ""): item.get("name", "") for item in root.findall(f"{{{BPMN}}}message")}
        self.graph: Graph | None = None

    def run(self) -> tuple[Graph | None, list[Problem]]:
        """Read everything, then build the graph if nothing was wrong."""
        process = self._only_process()
        if process is None:
            return None, self.problems
        self.variables, found = process_variables(process)
        self.problems += found
        self._check_ids()
        lanes = _lanes(process)
        for element in process:
            self._read(element, lanes)
        if len(self.raw) > NODE_LIMIT:
            self.problems.append(problem("too-many-elements", limit=NODE_LIMIT))
        self._attach_flows()
        self._attach_events()
        graph = self.graph = self._graph(process)
        if not any(item.code in _UNUSABLE for item in self.problems):
            self.problems += structure_problems(graph)
        return (None, self.problems) if self.problems else (graph, [])

    def _only_process(self) -> Element | None:
        for child in self.root:
            self._allow(child, elements.IN_DEFINITIONS)
            if local_name(child) == "collaboration":
                for part in child:
                    self._allow(part, elements.IN_COLLABORATION)
        processes = self.root.findall(f"{{{BPMN}}}process")
        pools = self.root.findall(f"{{{BPMN}}}collaboration/{{{BPMN}}}participant")
        if not processes:
            self.problems.append(problem("process-missing"))
        elif len(processes) > 1 or len(pools) > 1:
            self.problems.append(problem("process-several", count=max(len(processes), len(pools))))
        return processes[0] if len(processes) == 1 else None

    def _check_ids(self) -> None:
        seen: set[str] = set()
        for element in self.root.iter(f"{{{BPMN}}}*"):
            key, name = element.get("id"), element.get("name", "")
            if key in seen:
                self.problems.append(problem("id-twice", key, name))
            elif key is not None:
                seen.add(key)
                if len(key) > ID_LIMIT:
                    self.problems.append(problem("id-too-long", key, name))

    def _allow(self, element: Element, allowed: frozenset[str], parent: str = "") -> bool:
        """Tell whether an element may stand here; else note its refusal by name."""
        tag = local_name(element)
        if tag in allowed or (tag is None and element.tag.startswith(f"{{{elements.BPMNDI}}}")):
            return tag is not None
        shown = tag or element.tag
        plain, mend = elements.refused_name(shown, parent)
        owner = element if element.get("id") else element.getparent()
        self.problems.append(
            problem(
                "unsupported-element",
                owner.get("id", ""),
                element.get("name") or owner.get("name") or "",
                type=plain,
                tag=shown,
                mend=mend,
            )
        )
        return False

    def _read(self, element: Element, lanes: dict[str, str]) -> None:
        if not self._allow(element, elements.IN_PROCESS):
            return
        tag = local_name(element)
        if tag == "sequenceFlow":
            self._read_flow(element)
        elif tag in elements.NODES:
            self._read_node(element, tag, lanes)

    def _read_node(self, element: Element, tag: str, lanes: dict[str, str]) -> None:
        key, name = element.get("id"), " ".join(element.get("name", "").split())
        if not key:
            self.problems.append(problem("id-missing", "", name, type=elements.NODES[tag]))
            return
        allowed = [child for child in element if self._allow(child, elements.IN_NODE[tag], tag)]
        for child in allowed:
            within = elements.IN_PART.get(local_name(child) or "")
            for part in child if within is not None else ():
                self._allow(part, within or frozenset(), tag)
        kind = elements.NODES[tag]
        if any(local_name(child) == "terminateEventDefinition" for child in allowed):
            kind = NodeKind.TERMINATE
        values: dict[str, Any] = {"id": key, "kind": str(kind), "name": name, "lane": lanes.get(key, "")}
        if kind in {NodeKind.TASK, NodeKind.SERVICE, NodeKind.BOUNDARY}:
            settings = node_settings(element, tag, self.messages)
            values |= settings.values
            self.problems += settings.problems
        self.raw[key] = values | {"default": element.get("default", "")}

    def _read_flow(self, element: Element) -> None:
        key = element.get("id")
        if not key:
            self.problems.append(problem("id-missing", "", element.get("name", ""), type="sequenceFlow"))
            return
        for child in element:
            self._allow(child, elements.IN_FLOW)
        text = (element.findtext(f"{{{BPMN}}}conditionExpression") or "").strip()
        compiled: Condition | None = None
        if text:
            try:
                compiled = compile_condition(text, self.variables)
            except ConditionError as error:
                self.problems.append(
                    problem("condition-invalid", key, element.get("name", ""), text=text[:80], reason=error.reason)
                )
        name = " ".join(element.get("name", "").split())
        flow = Flow(key, element.get("sourceRef", ""), element.get("targetRef", ""), name, text)
        if compiled:
            flow = replace(flow, test=compiled.test, names=compiled.names, outcomes=compiled.outcomes)
        self.flows.append(flow)

    def _attach_flows(self) -> None:
        for values in self.raw.values():
            values |= {"incoming": [], "outgoing": []}
        for flow in self.flows:
            source, target = self.raw.get(flow.source), self.raw.get(flow.target)
            if source is None or target is None:
                self.problems.append(problem("flow-broken", flow.id, flow.name))
                continue
            is_default = source["default"] == flow.id
            source["outgoing"].append(replace(flow, is_default=is_default))
            target["incoming"].append(flow.id)

    def _attach_events(self) -> None:
        """Put boundary events on their tasks, with the outcomes that interrupting ones end them with."""
        for key, event in self.raw.items():
            if event["kind"] != NodeKind.BOUNDARY or "outcomes" not in event:
                continue
            host = self.raw.get(event["host"])
            if host is None or host["kind"] != NodeKind.TASK or host.get("timer"):
                self.problems.append(problem("event-host", key, event["name"]))
                continue
            known: tuple[Outcome, ...] = (*host.get("outcomes", ()), *host.get("lapses", ()))
            for outcome in event["outcomes"]:
                if outcome.code in {item.code for item in known}:
                    self.problems.append(problem("event-code-twice", key, event["name"], outcome=outcome.code))
            host["boundaries"] = (*host.get("boundaries", ()), key)
            if event["interrupts"]:
                host["lapses"] = (*host.get("lapses", ()), *event["outcomes"])

    def _graph(self, process: Element) -> Graph:
        nodes = {}
        for key, values in self.raw.items():
            default = values.pop("default")
            if default and default not in {flow.id for flow in values["outgoing"]}:
                self.problems.append(problem("default-unknown", key, values["name"]))
            nodes[key] = Node(
                **(values | {"incoming": tuple(values["incoming"]), "outgoing": tuple(values["outgoing"])})
            )
        starts = [node for node in nodes.values() if node.kind == NodeKind.START]
        if not starts:
            self.problems.append(problem("start-missing", process.get("id", ""), process.get("name", "")))
        self.problems += [problem("start-several", node.id, node.name) for node in starts[1:]]
        return Graph(
            process_id=process.get("id", ""),
            name=process.get("name") or self._pool_name(),
            start=starts[0].id if starts else "",
            nodes=MappingProxyType(nodes),
            variables=MappingProxyType(dict(self.variables)),
            hash=graph_hash(nodes, self.variables),
        )

    def _pool_name(self) -> str:
        pool = self.root.find(f"{{{BPMN}}}collaboration/{{{BPMN}}}participant")
        return pool.get("name", "") if pool is not None else ""


# With one of these the graph is not whole, so that looking for more would only repeat them.
_UNUSABLE = frozenset({"start-missing", "flow-broken", "id-twice", "id-missing", "too-many-elements"})


def _lanes(process: Element) -> dict[str, str]:
    lanes: dict[str, str] = {}
    for lane in process.iter(f"{{{BPMN}}}lane"):
        for reference in lane.findall(f"{{{BPMN}}}flowNodeRef"):
            lanes[(reference.text or "").strip()] = lane.get("name", "")
    return lanes


def graph_hash(nodes: dict[str, Node], variables: dict[str, Any]) -> str:
    """Return the SHA-256 of everything that changes how a process runs: not of names, lanes or places on the sheet."""
    plain = {
        "format": FORMAT_NUMBER,
        "variables": sorted((variable.name, variable.kind) for variable in variables.values()),
        "nodes": [_plain(nodes[key]) for key in sorted(nodes)],
    }
    return hashlib.sha256(json.dumps(plain, ensure_ascii=False).encode()).hexdigest()


def _plain(node: Node) -> list[Any]:
    plain: list[Any] = [
        node.id,
        node.kind,
        sorted(node.incoming),
        [[flow.id, flow.target, flow.condition, flow.is_default] for flow in node.outgoing],
        [node.role, node.place, node.division, node.act, node.holder, node.pauses],
        None if node.hours is None else str(node.hours.normalize()),
        [[outcome.code, outcome.needs_reason] for outcome in node.outcomes],
    ]
    # Elements that came later add to their own line only: the hash of what was published before stays as it was.
    return [*plain, more] if (more := _later(node)) else plain


def _later(node: Node) -> dict[str, Any]:
    timer = node.timer and [None if node.timer.hours is None else str(node.timer.hours.normalize()), node.timer.seconds]
    values = {
        "boundaries": sorted(node.boundaries),
        "calls": node.calls,
        "connector": node.connector,
        "host": node.host and [node.host, node.interrupts],
        "message": node.message,
        "papers": len(node.papers),
        "several": node.several,
        "signature": node.signature,
        "timer": timer,
    }
    return {name: value for name, value in values.items() if value}
