"""Cleaning of published text and its split into readable steps."""

import re
import unicodedata
from typing import Any

_INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad]")
_BLANKS = re.compile(r"[ \t\u00a0\u2000-\u200a]+")
_BULLET = re.compile(r"^(?P<mark>(?:[-–—+*•o▪·]\s*)+)(?=\S)")
_STEP = re.compile(
    r"^(?:[-–—+*•\s]|\d+(?:\.\d+)*\.?\s)*(?P<head>bước\s*(?:thứ\s*)?\d+[a-z]?)\s*[:.,)–-]?\s*(?P<rest>.*)$",
    re.IGNORECASE,
)
_EMPTY = {"", "không có thông tin", "không có thông tin.", "none", "null"}


def clean(value: Any) -> str:
    """Return `value` as NFC text: invisible marks gone, blanks single, each line trimmed, empty lines dropped."""
    if value is None:
        return ""
    text = _INVISIBLE.sub("", unicodedata.normalize("NFC", str(value)))
    lines = (_BLANKS.sub(" ", line).strip() for line in text.replace("\r", "\n").split("\n"))
    text = "\n".join(line for line in lines if line)
    return "" if text.lower() in _EMPTY else text


def one_line(value: Any) -> str:
    """Return `value` cleaned, on one line."""
    return clean(value).replace("\n", " ")


def sentence_case(name: str) -> str:
    """Return a name that was typed all in capitals with only its first letter capital; others unchanged."""
    letters = [char for char in name if char.isalpha()]
    if len(letters) < 8 or sum(char.isupper() for char in letters) < 0.8 * len(letters):
        return name
    lowered = name.lower()
    return lowered[:1].upper() + lowered[1:]


def bare(line: str) -> str:
    """Return `line` without its bullet."""
    return _BULLET.sub("", line).strip()


def split_steps(procedure_text: str) -> list[dict[str, Any]]:
    """Return the steps as [{"heading", "paragraphs"}]; numbered 'Bước' where the text has them, else by top bullet."""
    lines = procedure_text.split("\n") if procedure_text else []
    if any(_STEP.match(line) for line in lines):
        return _numbered(lines)
    return _bulleted(lines)


def _numbered(lines: list[str]) -> list[dict[str, Any]]:
    steps: list[dict[str, Any]] = []
    for line in lines:
        found = _STEP.match(line)
        if found:
            head = found["head"][:1].upper() + found["head"][1:].lower()
            rest = bare(found["rest"])
            steps.append({"heading": head, "paragraphs": [rest] if rest else []})
        elif steps:
            steps[-1]["paragraphs"].append(bare(line))
        else:
            steps.append({"heading": "", "paragraphs": [bare(line)]})
    return [step for step in steps if step["heading"] or step["paragraphs"]]


def _bulleted(lines: list[str]) -> list[dict[str, Any]]:
    steps: list[dict[str, Any]] = []
    top = ""
    for line in lines:
        found = _BULLET.match(line)
        mark = found["mark"].replace(" ", "") if found else ""
        text = bare(line)
        if not text:
            continue
        if text.endswith(":") and (mark.startswith("*") or not mark) and len(text) < 160:
            steps.append({"heading": text.rstrip(":").strip(), "paragraphs": []})
            top = ""
        elif not steps or (mark and (not top or mark == top) and steps[-1]["paragraphs"]):
            top = top or mark
            steps.append({"heading": "", "paragraphs": [text]})
        else:
            top = top or mark
            steps[-1]["paragraphs"].append(text)
    return steps
