"""A drawn process as SVG for pages: from the file's own diagram, coloured by CSS, readable by screen readers."""

from collections.abc import Collection, Mapping
from types import MappingProxyType
from typing import Any

from lxml import etree

from motcua.casework.workflow.elements import BPMN, BPMNDI, DC, DI, NODES
from motcua.casework.workflow.parsing import Element, parse

SVG = "http://www.w3.org/2000/svg"
_LETTERS, _LINE = 19, 15
# Two events on the edge of one task stand side by side.
_EDGE_LETTERS = 12
_PAD = 12
TASK_TAGS = ("userTask", "manualTask", "receiveTask", "callActivity", "serviceTask", "sendTask")
_SCALE = 0.75
# A mark says by a sign, not by colour alone, what a comparison or a check found at an element.
SIGNS = {"added": "+", "removed": "−", "changed": "≠", "wrong": "!"}
_NO_MARKS: Mapping[str, str] = MappingProxyType({})


def picture_of(xml: bytes, highlight: Collection[str] = frozenset(), marks: Mapping[str, str] = _NO_MARKS) -> str:
    """Return the SVG of a BPMN file; '' when it has no diagram. Ids in `highlight` get the class `is-now`.

    Classes: mc-bpmn (svg), -pool, -lane, -task, -gateway, -event, -flow, -label; `is-now`, `is-end`; an element in
    `marks` (id -> one of SIGNS) gets `is-<mark>` and its sign in a small circle, -sign.
    """
    root, _problems = parse(xml)
    return _Picture(root, highlight, marks).svg() if root is not None else ""


class _Picture:
    def __init__(self, root: Element, highlight: Collection[str], marks: Mapping[str, str] = _NO_MARKS) -> None:
        self.root, self.highlight, self.marks = root, highlight, marks
        self.elements = {element.get("id"): element for element in root.iter(f"{{{BPMN}}}*") if element.get("id")}
        self.shapes = list(root.iter(f"{{{BPMNDI}}}BPMNShape"))
        self.edges = list(root.iter(f"{{{BPMNDI}}}BPMNEdge"))
        self.out = etree.Element("svg", {"class": "mc-bpmn", "role": "img", "xmlns": SVG})

    def svg(self) -> str:
        """Return the picture."""
        boxes = [_bounds(shape) for shape in self.shapes]
        if not boxes:
            return ""
        left, top = min(box[0] for box in boxes) - _PAD, min(box[1] for box in boxes) - _PAD
        width = max(box[0] + box[2] for box in boxes) + _PAD - left
        height = max(box[1] + box[3] for box in boxes) + _PAD - top
        self.out.set("viewBox", f"{left:g} {top:g} {width:g} {height:g}")
        # Attributes, not a style: the pages' security policy allows none. CSS may still override them.
        self.out.set("width", f"{width * _SCALE:.0f}")
        self.out.set("height", f"{height * _SCALE:.0f}")
        self._describe()
        for shape in sorted(self.shapes, key=lambda item: self._tag(item) not in {"participant", "lane"}):
            self._shape(shape)
        for edge in self.edges:
            self._edge(edge)
        return etree.tostring(self.out, encoding="unicode")

    def _describe(self) -> None:
        processes = [element for element in self.elements.values() if element.tag == f"{{{BPMN}}}process"]
        pools = [element for element in self.elements.values() if element.tag == f"{{{BPMN}}}participant"]
        names = [element.get("name") for element in [*pools, *processes] if element.get("name")]
        tags = {f"{{{BPMN}}}{tag}" for tag in TASK_TAGS}
        tasks = [element.get("name", "") for element in self.elements.values() if element.tag in tags]
        etree.SubElement(self.out, "title").text = names[0] if names else ""
        etree.SubElement(self.out, "desc").text = "; ".join(name for name in tasks if name)

    def _tag(self, shape: Element) -> str:
        element = self.elements.get(shape.get("bpmnElement", ""))
        return etree.QName(element).localname if element is not None else ""

    def _shape(self, shape: Element) -> None:
        tag, key = self._tag(shape), shape.get("bpmnElement", "")
        drawers = {"participant": self._band, "lane": self._band} | dict.fromkeys(TASK_TAGS, self._task)
        draw = drawers.get(tag) or (self._event if tag.endswith("Event") and tag in NODES else None)
        draw = draw or (self._gateway if tag.endswith("Gateway") else None)
        if draw is None:
            return
        group = etree.SubElement(self.out, "g", {"data-id": key})
        name = " ".join(self.elements[key].get("name", "").split())
        etree.SubElement(group, "title").text = name
        draw(group, shape, tag, name)
        if key in self.highlight:
            group.set("class", "is-now")
        x, y, width, _height = _bounds(shape)
        self._mark(group, key, x + width, y)

    def _mark(self, group: Any, key: str, x: float, y: float) -> None:
        sign = SIGNS.get(self.marks.get(key, ""))
        if sign is None:
            return
        group.set("class", " ".join([group.get("class", ""), f"is-{self.marks[key]}"]).strip())
        etree.SubElement(group, "circle", {"class": "mc-bpmn-sign", "cx": f"{x:g}", "cy": f"{y:g}", "r": "10"})
        _text(group, "mc-bpmn-signtext", x, y, sign)

    def _band(self, group: Any, shape: Element, tag: str, name: str) -> None:
        x, y, width, height = _bounds(shape)
        _rectangle(group, "mc-bpmn-pool" if tag == "participant" else "mc-bpmn-lane", x, y, width, height)
        etree.SubElement(group, "path", {"class": "mc-bpmn-line", "d": f"M{x + 30:g} {y:g}v{height:g}"})
        centre = y + height / 2
        letters = max(int(height / 7.2), 8)
        lines = _wrapped(name, letters)[:2]
        for number, line in enumerate(lines):
            across = x + 15 + (number - (len(lines) - 1) / 2) * 13
            text = _text(group, "mc-bpmn-band", across, centre, line)
            text.set("transform", f"rotate(-90 {across:g} {centre:g})")

    def _task(self, group: Any, shape: Element, tag: str, name: str) -> None:
        x, y, width, height = _bounds(shape)
        kind = "mc-bpmn-task is-call" if tag == "callActivity" else "mc-bpmn-task"
        _rectangle(group, kind, x, y, width, height, radius=10)
        if tag == "callActivity":
            _rectangle(group, "mc-bpmn-task", x + 3, y + 3, width - 6, height - 6, radius=8)
        if tag in {"receiveTask", "sendTask"}:
            _envelope(group, x + 17, y + 14)
        elif tag == "serviceTask":
            etree.SubElement(
                group, "circle", {"class": "mc-bpmn-glyph", "cx": f"{x + 16:g}", "cy": f"{y + 14:g}", "r": "5"}
            )
        several = self.elements[shape.get("bpmnElement", "")].find(f"{{{BPMN}}}multiInstanceLoopCharacteristics")
        if several is not None:
            bars = "".join(f"M{x + width / 2 + step:g} {y + height - 4:g}v-10" for step in (-5, 0, 5))
            etree.SubElement(group, "path", {"class": "mc-bpmn-glyph", "d": bars})
        self._lines(group, "mc-bpmn-name", x + width / 2, y + height / 2, _wrapped(name, int(width / 7.1)))

    def _event(self, group: Any, shape: Element, tag: str, name: str) -> None:
        x, y, width, height = _bounds(shape)
        kind = "mc-bpmn-event is-end" if tag == "endEvent" else "mc-bpmn-event"
        middle = {"cx": f"{x + width / 2:g}", "cy": f"{y + height / 2:g}"}
        ring = etree.SubElement(group, "circle", {"class": kind, **middle, "r": f"{width / 2:g}"})
        if tag in {"intermediateCatchEvent", "boundaryEvent"}:
            self._waiting(group, ring, shape, middle, width)
        if self.elements[shape.get("bpmnElement", "")].find(f"{{{BPMN}}}terminateEventDefinition") is not None:
            etree.SubElement(group, "circle", {"class": "mc-bpmn-dot", **middle, "r": f"{width / 3.4:g}"})
        lines = _wrapped(name, _EDGE_LETTERS if tag == "boundaryEvent" else _LETTERS)
        self._lines(group, "mc-bpmn-caption", x + width / 2, y + height + 4 + _LINE * len(lines) / 2, lines)

    def _waiting(self, group: Any, ring: Any, shape: Element, middle: dict[str, str], width: float) -> None:
        """Draw the second ring and what is waited for; broken rings for an event that leaves its task open."""
        element = self.elements[shape.get("bpmnElement", "")]
        inner = etree.SubElement(group, "circle", {"class": "mc-bpmn-event", **middle, "r": f"{width / 2 - 3:g}"})
        if element.get("cancelActivity") == "false":
            for circle in (ring, inner):
                circle.set("stroke-dasharray", "4 3")
        across, down = float(middle["cx"]), float(middle["cy"])
        if element.find(f"{{{BPMN}}}messageEventDefinition") is not None:
            _envelope(group, across, down)
            return
        etree.SubElement(group, "circle", {"class": "mc-bpmn-glyph", **middle, "r": f"{width / 4:g}", "fill": "none"})
        etree.SubElement(group, "path", {"class": "mc-bpmn-glyph", "d": f"M{across:g} {down - 6:g}v6h4"})

    def _gateway(self, group: Any, shape: Element, tag: str, name: str) -> None:
        x, y, width, height = _bounds(shape)
        across, down = x + width / 2, y + height / 2
        points = f"{across:g},{y:g} {x + width:g},{down:g} {across:g},{y + height:g} {x:g},{down:g}"
        etree.SubElement(group, "polygon", {"class": "mc-bpmn-gateway", "points": points})
        arm = width / 5
        if tag == "parallelGateway":
            mark = f"M{across - arm:g} {down:g}h{2 * arm:g}M{across:g} {down - arm:g}v{2 * arm:g}"
        else:
            arm *= 0.72
            mark = (
                f"M{across - arm:g} {down - arm:g}l{2 * arm:g} {2 * arm:g}"
                f"M{across + arm:g} {down - arm:g}l{-2 * arm:g} {2 * arm:g}"
            )
        etree.SubElement(group, "path", {"class": "mc-bpmn-mark", "d": mark})
        # Above: arrows that go back leave a gateway downwards.
        lines = _wrapped(name, _LETTERS)
        self._lines(group, "mc-bpmn-caption", across, y - 2 - _LINE * len(lines) / 2, lines)

    def _edge(self, edge: Element) -> None:
        points = [(float(point.get("x", 0)), float(point.get("y", 0))) for point in edge.iter(f"{{{DI}}}waypoint")]
        element = self.elements.get(edge.get("bpmnElement", ""))
        if len(points) < 2 or element is None or etree.QName(element).localname != "sequenceFlow":
            return
        key = edge.get("bpmnElement", "")
        group = etree.SubElement(self.out, "g", {"data-id": key})
        path = "M" + "L".join(f"{x:g} {y:g}" for x, y in points)
        etree.SubElement(group, "path", {"class": "mc-bpmn-flow", "d": path})
        etree.SubElement(group, "path", {"class": "mc-bpmn-head", "d": _arrow_head(points)})
        label = edge.find(f"{{{BPMNDI}}}BPMNLabel/{{{DC}}}Bounds")
        name = " ".join(element.get("name", "").split())
        if name and label is not None:
            x, y = float(label.get("x", 0)), float(label.get("y", 0))
            for number, line in enumerate(_wrapped(name, 14)):
                _text(group, "mc-bpmn-label", x, y + 10 + 12 * number, line)
        (x0, y0), (x1, y1) = points[len(points) // 2 - 1], points[len(points) // 2]
        self._mark(group, key, (x0 + x1) / 2, (y0 + y1) / 2)

    def _lines(self, group: Any, kind: str, across: float, middle: float, lines: list[str]) -> None:
        for number, line in enumerate(lines):
            _text(group, kind, across, middle + (number - (len(lines) - 1) / 2) * _LINE, line)


def _bounds(shape: Element) -> tuple[float, float, float, float]:
    found = shape.find(f"{{{DC}}}Bounds")
    if found is None:
        return 0.0, 0.0, 0.0, 0.0
    x, y, width, height = (float(found.get(name, 0)) for name in ("x", "y", "width", "height"))
    return x, y, width, height


def _rectangle(group: Any, kind: str, x: float, y: float, width: float, height: float, radius: int = 0) -> None:
    size = {"x": f"{x:g}", "y": f"{y:g}", "width": f"{width:g}", "height": f"{height:g}"}
    etree.SubElement(group, "rect", {"class": kind, **size, **({"rx": str(radius)} if radius else {})})


def _envelope(group: Any, across: float, down: float) -> None:
    path = f"M{across - 8:g} {down - 5:g}h16v10h-16zl8 6l8 -6"
    etree.SubElement(group, "path", {"class": "mc-bpmn-glyph", "d": path, "fill": "none"})


def _text(group: Any, kind: str, x: float, y: float, content: str) -> Any:
    text = etree.SubElement(group, "text", {"class": kind, "x": f"{x:g}", "y": f"{y:g}"})
    text.text = content
    return text


def _wrapped(text: str, letters: int) -> list[str]:
    """Break a name into lines of about `letters` letters; Vietnamese syllables are never cut."""
    lines: list[str] = []
    for word in text.split():
        if lines and len(lines[-1]) + 1 + len(word) <= letters:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def _arrow_head(points: list[tuple[float, float]]) -> str:
    (x0, y0), (x1, y1) = points[-2], points[-1]
    length = max(abs(x1 - x0), abs(y1 - y0)) or 1.0
    dx, dy = (x1 - x0) / length * 8, (y1 - y0) / length * 8
    return f"M{x1:g} {y1:g}L{x1 - dx - dy / 2:g} {y1 - dy + dx / 2:g}L{x1 - dx + dy / 2:g} {y1 - dy - dx / 2:g}z"
