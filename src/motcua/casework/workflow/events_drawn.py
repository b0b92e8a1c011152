"""Reads what is drawn around waiting and sending: messages, timers, edges of tasks, agencies asked, calls."""

from collections.abc import Mapping
from typing import Any

from motcua.casework.workflow.attributes import (
    CODE,
    Settings,
    extension,
    known_only,
    read_hours,
    task_settings,
)
from motcua.casework.workflow.connectors import known as known_connectors
from motcua.casework.workflow.durations import seconds_of
from motcua.casework.workflow.elements import BPMN
from motcua.casework.workflow.parsing import Element
from motcua.casework.workflow.problems import problem
from motcua.casework.workflow.types import Holder, Outcome, Timer

ELAPSED = Outcome("elapsed", "Hết thời hạn", "Time is up")
_EVENT = frozenset({"code", "label", "labelEn", "hours", "message"})
_CONNECTOR = frozenset({"name"})
_WAITS = {"receiveTask", "intermediateCatchEvent"}


def node_settings(element: Element, tag: str, messages: Mapping[str, str]) -> Settings:
    """Return the arguments of a Node for a task, service task or event; `messages` are names by id."""
    if tag == "boundaryEvent":
        return _boundary(element, messages)
    if tag in {"serviceTask", "sendTask"}:
        return _service(element)
    timer = _definition(element, "timer")
    found = task_settings(element, may_offer_nothing=tag == "intermediateCatchEvent" and timer is not None)
    if "role" not in found.values:
        return found
    if tag in _WAITS:
        _wait(found, element, timer, messages)
    elif tag == "callActivity":
        _call(found, element)
    elif element.find(f"{{{BPMN}}}multiInstanceLoopCharacteristics") is not None:
        _several(found, element)
    for setting, tags in (("message", _WAITS), ("calls", {"callActivity"})):
        drawn = extension(element, "task")
        if tag not in tags and drawn is not None and drawn.get(setting):
            found.problems.append(problem("task-setting-unknown", *_who(element), setting=setting))
    return found


def _who(element: Element) -> tuple[str, str]:
    return element.get("id", ""), " ".join(element.get("name", "").split())


def _definition(element: Element, kind: str) -> Element | None:
    return element.find(f"{{{BPMN}}}{kind}EventDefinition")


def _wait(found: Settings, element: Element, timer: Element | None, messages: Mapping[str, str]) -> None:
    """Fill in what a receive task or a waiting event waits for."""
    definition = _definition(element, "message")
    if element.tag == f"{{{BPMN}}}intermediateCatchEvent":
        if (timer is None) == (definition is None):
            found.problems.append(problem("event-kind", *_who(element)))
            return
    elif element.get("instantiate") == "true":
        found.problems.append(problem("receive-starts", *_who(element)))
    if timer is not None:
        found.values["timer"] = _timer(found, element, timer, None if timer is None else found.values.get("hours"))
        found.values["lapses"] = (ELAPSED,)
        return
    own = extension(element, "task")
    reference = (definition if definition is not None else element).get("messageRef", "")
    found.values["message"] = _message(found, element, own, reference, messages)
    if found.values["holder"] == Holder.STAFF:
        found.problems.append(problem("wait-holder-missing", *_who(element)))


def _message(
    found: Settings, element: Element, own: Element | None, reference: str, messages: Mapping[str, str]
) -> str:
    name = own.get("message", "") if own is not None else ""
    name = name or messages.get(reference.rpartition(":")[2], "")
    if not CODE.fullmatch(name):
        found.problems.append(problem("message-missing", *_who(element)))
    return name


def _timer(found: Settings, element: Element, definition: Element, hours: Any) -> Timer | None:
    text = (definition.findtext(f"{{{BPMN}}}timeDuration") or "").strip()
    if bool(text) == (hours is not None):
        found.problems.append(problem("timer-twice" if text else "timer-missing", *_who(element)))
        return None
    if not text:
        if not hours:
            found.problems.append(problem("timer-missing", *_who(element)))
        return Timer(hours=hours)
    seconds = seconds_of(text)
    if seconds is None:
        found.problems.append(problem("timer-invalid", *_who(element), text=text[:40]))
    return Timer(seconds=seconds)


def _call(found: Settings, element: Element) -> None:
    drawn = extension(element, "task")
    calls = drawn.get("calls", "").strip() if drawn is not None else ""
    if not calls or len(calls) > 60:
        found.problems.append(problem("call-unknown", *_who(element)))
    found.values["calls"] = calls
    if found.values["holder"] == Holder.STAFF:
        found.problems.append(problem("wait-holder-missing", *_who(element)))


def _several(found: Settings, element: Element) -> None:
    loop = element.find(f"{{{BPMN}}}multiInstanceLoopCharacteristics")
    if loop.get("isSequential", "false") == "true":
        found.problems.append(problem("several-in-turn", *_who(element)))
    if found.values.get("place") == "province":
        found.problems.append(problem("several-at-province", *_who(element)))
    found.values["several"] = True


def _boundary(element: Element, messages: Mapping[str, str]) -> Settings:
    found = Settings()
    timer, message = _definition(element, "timer"), _definition(element, "message")
    own = extension(element, "event")
    if (timer is None) == (message is None):
        found.problems.append(problem("event-kind", *_who(element)))
        return found
    if own is not None:
        known_only(found, *_who(element), own, _EVENT)
    found.values["host"] = element.get("attachedToRef", "")
    found.values["interrupts"] = element.get("cancelActivity", "true") != "false"
    if timer is not None:
        text = own.get("hours", "") if own is not None else ""
        found.values["timer"] = _timer(found, element, timer, read_hours(found, *_who(element), text))
    elif message is not None:
        found.values["message"] = _message(found, element, own, message.get("messageRef", ""), messages)
    found.values["outcomes"] = _ending(found, element, own)
    return found


def _ending(found: Settings, element: Element, own: Element | None) -> tuple[Outcome, ...]:
    """Return the outcome that the event stands for: declared, or its name under the code of its kind."""
    key, name = _who(element)
    code = own.get("code", "") if own is not None else ""
    label = own.get("label", "").strip() if own is not None else ""
    code = code or ("time_up" if _definition(element, "timer") is not None else found.values.get("message", ""))
    if not CODE.fullmatch(code) or not (label or name):
        found.problems.append(problem("event-unnamed", key, name))
        return ()
    return (Outcome(code, label or name, own.get("labelEn", "") if own is not None else ""),)


def _service(element: Element) -> Settings:
    found = Settings()
    drawn = extension(element, "connector")
    name = drawn.get("name", "") if drawn is not None else ""
    if drawn is not None:
        known_only(found, *_who(element), drawn, _CONNECTOR, into=False)
    if name not in known_connectors():
        choices = ", ".join(sorted(known_connectors()))
        found.problems.append(problem("connector-unknown", *_who(element), connector=name, choices=choices))
    found.values["connector"] = name
    return found
