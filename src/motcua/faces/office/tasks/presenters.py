"""The buttons of a task: what the process offers, where each leads and what it asks for."""

from dataclasses import dataclass

from django.utils.translation import get_language

from motcua.casework.dossiers.types import TaskView
from motcua.casework.workflow.types import Outcome, Task

_ASKS = frozenset({"supplement", "signature", "reason", "recipient", "refusal", "asked"})
_WRITING_ACTS = frozenset({"draft", "issue"})


@dataclass(frozen=True, slots=True)
class Button:
    """One outcome as a button; `asks` sends to its form first."""

    code: str
    label: str
    css: str
    icon: str
    key: str
    asks: bool
    leads_to: str


def buttons(seen: TaskView) -> list[Button]:
    """Return the outcomes in the order of the process; the main one first."""
    taken: set[str] = set()
    return [_button(seen, outcome, taken, first=place == 0) for place, outcome in enumerate(seen.task.outcomes)]


def step_name(task: Task) -> str:
    """Return the step's name in the reader's language."""
    return task.name_en if task.name_en and get_language() == "en" else task.name


def label_of(outcome: Outcome) -> str:
    """Return the button's words in the reader's language."""
    return outcome.label_en if outcome.label_en and get_language() == "en" else outcome.label


def _button(seen: TaskView, outcome: Outcome, taken: set[str], *, first: bool) -> Button:
    needs = seen.needs.get(outcome.code, frozenset())
    icon, key = _look(outcome, needs, first=first)
    if key in taken:
        key = ""
    taken.add(key)
    css = "btn-primary" if first else "btn-quiet" if outcome.style == "danger" else "btn-outline-primary"
    return Button(
        code=outcome.code,
        label=label_of(outcome),
        css=css,
        icon=icon,
        key=key,
        asks=bool(needs & _ASKS) or seen.task.act in _WRITING_ACTS,
        leads_to=seen.next_names.get(outcome.code, ""),
    )


def _look(outcome: Outcome, needs: frozenset[str], *, first: bool) -> tuple[str, str]:
    if "supplement" in needs:
        return "file-plus-2", "b"
    if outcome.style == "danger":
        return "circle-x", "d"
    if "recipient" in needs:
        return "package-check", "t"
    if "signature" in needs:
        return "pen-line", "t"
    if outcome.code.startswith("return") or "reason" in needs:
        return "corner-up-left", "r"
    return ("send", "t") if first else ("arrow-right", "")
