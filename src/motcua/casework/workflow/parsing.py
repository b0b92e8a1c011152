"""Reads BPMN XML that anybody may have uploaded: no DOCTYPE, no entities, no network, bounded size."""

from typing import Any, TypeAlias

from lxml import etree

from motcua.casework.workflow.elements import BPMN
from motcua.casework.workflow.problems import problem
from motcua.casework.workflow.types import Problem

SIZE_LIMIT = 1_000_000
ELEMENT_LIMIT = 20_000
# lxml gives its elements no public class.
Element: TypeAlias = Any


def parse(xml: bytes) -> tuple[Element | None, list[Problem]]:
    """Return (definitions element, []) or (None, problems). Never raises for any bytes."""
    if len(xml) > SIZE_LIMIT:
        return None, [problem("xml-too-large", limit=SIZE_LIMIT // 1000)]
    if b"<!" in xml.replace(b"<!--", b"").replace(b"<![CDATA[", b""):
        return None, [problem("xml-doctype")]
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(xml, parser)
    except (etree.XMLSyntaxError, ValueError, LookupError) as error:
        return None, [problem("xml-broken", line=getattr(error, "lineno", None) or 1)]
    # A file in UTF-16 hides its DOCTYPE from the first look.
    if root.getroottree().docinfo.doctype or root.getroottree().docinfo.internalDTD is not None:
        return None, [problem("xml-doctype")]
    if root.tag != f"{{{BPMN}}}definitions":
        return None, [problem("xml-not-bpmn")]
    if sum(1 for _element in root.iter()) > ELEMENT_LIMIT:
        return None, [problem("too-many-elements", limit=ELEMENT_LIMIT)]
    return root, []


def local_name(element: Element, namespace: str = BPMN) -> str | None:
    """Return the tag without `namespace`, None for an element of another one."""
    name = etree.QName(element)
    return name.localname if name.namespace == namespace else None
