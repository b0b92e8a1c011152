"""Reads our own attributes (namespace urn:motcua:bpmn:1) from tasks and the process."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from lxml import etree

from motcua.casework.workflow.elements import BPMN, OURS
from motcua.casework.workflow.parsing import Element, local_name
from motcua.casework.workflow.problems import problem
from motcua.casework.workflow.types import Act, Holder, Outcome, OutcomeStyle, Problem, TaskPlace, Variable
from motcua.foundation.organisations.types import Role

CODE = re.compile(r"[a-z][a-z0-9_]{0,39}")
PAPER_LIMIT, PAPERS_LIMIT = 150, 10
VARIABLE_KINDS = ("number", "text", "boolean")
_TASK = frozenset(
    {"role", "place", "division", "hours", "act", "holder", "pauses", "labelEn", "message", "calls", "signature"}
)
_PAPER = frozenset({"name"})
_SIGNED = frozenset({Act.SIGN, Act.SIGN_REFUSAL})
_OUTCOME = frozenset({"code", "label", "labelEn", "style", "needsReason"})
_VARIABLE = frozenset({"name", "kind", "label"})
_TRUTH = {"true": True, "false": False}


@dataclass(slots=True)
class Settings:
    """What was read from one element, as arguments of Node, and the problems met."""

    values: dict[str, Any] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def task_settings(element: Element, *, may_offer_nothing: bool = False) -> Settings:
    """Read mc:task of a task or a waiting event; one that ends by itself may offer no outcome."""
    found = Settings()
    key, name = element.get("id", ""), element.get("name", "")
    if not name.strip():
        found.problems.append(problem("task-unnamed", key))
    settings = extension(element, "task")
    if settings is None:
        found.problems.append(problem("task-settings-missing", key, name))
        return found
    known_only(found, key, name, settings, _TASK)
    _read_choices(found, key, name, settings)
    found.values["hours"] = read_hours(found, key, name, settings.get("hours", ""))
    found.values["name_en"] = settings.get("labelEn", "")
    found.values["outcomes"] = _outcomes(found, key, name, settings, may_offer_nothing)
    found.values["papers"] = _papers(found, key, name, settings)
    return found


def _papers(found: Settings, key: str, name: str, settings: Element) -> tuple[str, ...]:
    papers: list[str] = []
    for child in settings:
        if local_name(child, OURS) != "paper":
            continue
        known_only(found, key, name, child, _PAPER, into=False)
        paper = " ".join(child.get("name", "").split())
        if not paper or len(paper) > PAPER_LIMIT or paper in papers or len(papers) == PAPERS_LIMIT:
            found.problems.append(problem("paper-invalid", key, name, limit=PAPERS_LIMIT))
            continue
        papers.append(paper)
    return tuple(papers)


def _read_choices(found: Settings, key: str, name: str, settings: Element) -> None:
    if not settings.get("role"):
        found.problems.append(problem("task-role-missing", key, name))
    if not settings.get("act"):
        found.problems.append(problem("task-act-missing", key, name))
    found.values["role"] = _choice(found, key, name, "role", settings.get("role", ""), Role.values)
    found.values["act"] = _choice(found, key, name, "act", settings.get("act", ""), Act.values)
    found.values["place"] = _choice(
        found, key, name, "place", settings.get("place", TaskPlace.COMPETENT), TaskPlace.values
    )
    found.values["holder"] = _choice(found, key, name, "holder", settings.get("holder", Holder.STAFF), Holder.values)
    pauses = _choice(found, key, name, "pauses", settings.get("pauses", "false"), list(_TRUTH))
    found.values["pauses"] = _TRUTH.get(pauses, False)
    division = settings.get("division", "")
    if division and not CODE.fullmatch(division):
        found.problems.append(
            problem("task-value-unknown", key, name, value=division, setting="division", choices="a-z, 0-9, _")
        )
    found.values["division"] = division
    signature = _choice(found, key, name, "signature", settings.get("signature", ""), ["digital"])
    if signature and settings.get("act", "") not in _SIGNED:
        found.problems.append(problem("signature-misplaced", key, name))
    found.values["signature"] = signature


def _choice(found: Settings, key: str, name: str, setting: str, value: str, choices: list[str]) -> str:
    if value and value not in choices:
        found.problems.append(
            problem("task-value-unknown", key, name, value=value, setting=setting, choices=", ".join(choices))
        )
    return value


def read_hours(found: Settings, key: str, name: str, text: str) -> Decimal | None:
    """Return working hours as written, None for none or for what is no number."""
    if not text:
        return None
    try:
        hours = Decimal(text)
    except InvalidOperation:
        hours = Decimal(-1)
    if hours.is_nan() or not 0 <= hours <= 9999:
        found.problems.append(problem("task-hours-invalid", key, name, value=text))
        return None
    return hours


def _outcomes(found: Settings, key: str, name: str, settings: Element, may_be_none: bool) -> tuple[Outcome, ...]:
    outcomes: dict[str, Outcome] = {}
    for child in settings:
        if local_name(child, OURS) == "paper":
            continue
        if local_name(child, OURS) != "outcome":
            found.problems.append(problem("task-setting-unknown", key, name, setting=etree.QName(child).localname))
            continue
        known_only(found, key, name, child, _OUTCOME, into=False)
        code, label = child.get("code", ""), child.get("label", "").strip()
        if not CODE.fullmatch(code) or not label:
            found.problems.append(problem("outcome-invalid", key, name))
            continue
        if code in outcomes:
            found.problems.append(problem("outcome-twice", key, name, outcome=code))
        style = _choice(found, key, name, "style", child.get("style", OutcomeStyle.PRIMARY), OutcomeStyle.values)
        needs_reason = _choice(found, key, name, "needsReason", child.get("needsReason", "false"), list(_TRUTH))
        outcomes[code] = Outcome(code, label, child.get("labelEn", ""), style, _TRUTH.get(needs_reason, False))
    if not outcomes and not may_be_none and not any(item.code == "outcome-invalid" for item in found.problems):
        found.problems.append(problem("task-outcome-missing", key, name))
    return tuple(outcomes.values())


def process_variables(process: Element) -> tuple[dict[str, Variable], list[Problem]]:
    """Read the mc:variable entries of a process: values besides `outcome` that conditions may use."""
    variables: dict[str, Variable] = {}
    problems = []
    for child in _extensions(process):
        if local_name(child, OURS) is None:
            continue
        name, kind = child.get("name", ""), child.get("kind", "")
        usable = CODE.fullmatch(name) and kind in VARIABLE_KINDS and name not in variables and name != "outcome"
        if local_name(child, OURS) != "variable" or set(child.attrib) - _VARIABLE or not usable:
            problems.append(
                problem(
                    "variable-invalid",
                    process.get("id", ""),
                    process.get("name", ""),
                    variable=name or etree.QName(child).localname,
                )
            )
            continue
        variables[name] = Variable(name, kind, child.get("label", ""))
    return variables, problems


def known_only(
    found: Settings, key: str, name: str, element: Element, known: frozenset[str], *, into: bool = True
) -> None:
    """Note attributes, and unless `into` parts, that are not known."""
    unknown = sorted(set(element.attrib) - known)
    unknown += [] if into else [etree.QName(child).localname for child in element]
    found.problems.extend(problem("task-setting-unknown", key, name, setting=setting) for setting in unknown)


def _extensions(element: Element) -> Iterable[Element]:
    for holder in element.findall(f"{{{BPMN}}}extensionElements"):
        yield from holder


def extension(element: Element, name: str) -> Element | None:
    """Return our own extension of that name."""
    return next((child for child in _extensions(element) if local_name(child, OURS) == name), None)
