"""Drawings that come from outside: a file of another program, or what the designer's script sends."""

from typing import Any

from django.utils.translation import gettext as _

from motcua.casework.workflow import selectors as workflow
from motcua.casework.workflow.types import Problem

MOST_BYTES = 1_000_000
# With one of these there is no drawing at all that could be kept and mended here.
HOPELESS = frozenset({"xml-too-large", "xml-broken", "xml-doctype", "xml-not-bpmn", "process-missing"})


def read_upload(upload: Any) -> tuple[bytes, list[str]]:
    """Return (the file's bytes, []) or (b"", why it cannot be taken in). Never more than the limit is read."""
    xml = upload.read(MOST_BYTES + 1)
    reasons = hopeless(xml)
    return (b"", reasons) if reasons else (xml, [])


def hopeless(xml: bytes) -> list[str]:
    """Return why these bytes are no drawing that could be kept; [] when they can be kept, with problems or without."""
    found = [item for item in workflow.verdict(xml).problems if item.code in HOPELESS]
    if found:
        return [_words(item) for item in found]
    if not workflow.drawing_picture(xml):
        return [
            _("The file holds no diagram that shows where its steps stand. Save it with its diagram, then send it.")
        ]
    return []


def _words(problem: Problem) -> str:
    return f"{problem.message} {problem.mend}"
