"""What other programs put into a BPMN file that means nothing here: it is named and kept, never dropped silently."""

from dataclasses import dataclass

from lxml import etree

from motcua.casework.workflow.elements import BPMN, BPMNDI, DC, DI, OURS
from motcua.casework.workflow.parsing import Element, parse

_UNDERSTOOD = {
    BPMN,
    BPMNDI,
    DC,
    DI,
    OURS,
    "http://www.w3.org/2001/XMLSchema-instance",
    "http://www.w3.org/XML/1998/namespace",
}
_OUR_PARTS = frozenset({"task", "variable", "event", "connector"})
MOST = 200


@dataclass(frozen=True, slots=True)
class ForeignPart:
    """A setting of another program at an element; `what` is its name as written, such as camunda:assignee."""

    element_id: str
    element_name: str
    what: str


def foreign_parts(xml: bytes) -> tuple[ForeignPart, ...]:
    """Return the settings of other programs in a file, at most 200; () for a file that cannot be read."""
    root, _problems = parse(xml)
    if root is None:
        return ()
    found: dict[ForeignPart, None] = {}
    for element in root.iter(f"{{{BPMN}}}*"):
        for what in _foreign_in(element):
            owner = element if element.get("id") else element.getparent()
            name = "" if owner is None else owner.get("name") or ""
            found[ForeignPart("" if owner is None else owner.get("id", ""), name, what)] = None
        if len(found) >= MOST:
            break
    return tuple(found)[:MOST]


def _foreign_in(element: Element) -> list[str]:
    found = [_written(element, name) for name in element.attrib if _space(name) not in {"", *_UNDERSTOOD}]
    if etree.QName(element).localname == "extensionElements":
        for child in element:
            name = etree.QName(child)
            if name.namespace != OURS or name.localname not in _OUR_PARTS:
                found.append(_written(child, child.tag))
    return found


def _space(name: str) -> str:
    return name[1:].partition("}")[0] if name.startswith("{") else ""


def _written(element: Element, name: str) -> str:
    space = _space(name)
    prefix = next((key for key, uri in element.nsmap.items() if uri == space and key), "")
    local = name.rpartition("}")[2]
    return f"{prefix}:{local}" if prefix else local
