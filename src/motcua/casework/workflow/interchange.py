"""The diagram part of a BPMN file: shapes, edges and labels with their bounds."""

from collections.abc import Mapping
from typing import Any

from lxml import etree

from motcua.casework.workflow.elements import BPMN, BPMNDI, DC, DI, OURS
from motcua.casework.workflow.layout import Box, Sheet
from motcua.casework.workflow.types import NodeKind

NAMESPACES = {"bpmn": BPMN, "bpmndi": BPMNDI, "dc": DC, "di": DI, "mc": OURS}


def caption_box(kind: str, box: Box, name: str) -> Box:
    """Return the place of a name outside its shape: above gateways, whose arrows back leave below; under events."""
    if kind == NodeKind.BOUNDARY:
        return Box(box.middle[0] - 42, box.y + box.height + 2, 84, 14 if len(name) < 14 else 28)
    height = 14 if len(name) < 20 else 28
    is_above = kind in {NodeKind.EXCLUSIVE, NodeKind.PARALLEL}
    return Box(box.middle[0] - 55, box.y - height - 2 if is_above else box.y + box.height + 2, 110, height)


def write_plane(root: Any, sheet: Sheet, process: str, captions: Mapping[str, Box]) -> None:
    diagram = add_element(root, "bpmndi:BPMNDiagram", id=f"Diagram_{process}")
    plane = add_element(diagram, "bpmndi:BPMNPlane", id=f"Plane_{process}", bpmnElement=f"Collaboration_{process}")
    _write_shape(plane, f"Pool_{process}", sheet.pool, isHorizontal="true")
    for key, box in sheet.lanes.items():
        _write_shape(plane, f"Lane_{key}", box, isHorizontal="true")
    for key, box in sheet.boxes.items():
        shape = _write_shape(plane, key, box)
        if key in captions:
            _write_bounds(add_element(shape, "bpmndi:BPMNLabel"), captions[key])
    for key, way in sheet.ways.items():
        edge = add_element(plane, "bpmndi:BPMNEdge", id=f"{key}_di", bpmnElement=key)
        for x, y in way:
            add_element(edge, "di:waypoint", x=str(x), y=str(y))
        if key in sheet.labels:
            _write_bounds(add_element(edge, "bpmndi:BPMNLabel"), sheet.labels[key])


def _write_shape(plane: Any, key: str, box: Box, **attributes: str) -> Any:
    shape = add_element(plane, "bpmndi:BPMNShape", id=f"{key}_di", bpmnElement=key, **attributes)
    _write_bounds(shape, box)
    return shape


def _write_bounds(parent: Any, box: Box) -> None:
    texts = {"x": str(box.x), "y": str(box.y), "width": str(box.width), "height": str(box.height)}
    add_element(parent, "dc:Bounds", **texts)


def add_element(parent: Any, kind: str, /, **attributes: str) -> Any:
    prefix, _colon, local = kind.partition(":")
    tag = f"{{{NAMESPACES[prefix]}}}{local}"
    if parent is None:
        namespaces = NAMESPACES | {"xsi": "http://www.w3.org/2001/XMLSchema-instance"}
        return etree.Element(tag, attributes, nsmap=namespaces)
    return etree.SubElement(parent, tag, attributes)
