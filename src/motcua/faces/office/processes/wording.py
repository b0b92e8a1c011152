"""Every word and choice of the designer: the panel is drawn from `choices`, the script speaks with `words`."""

from typing import Any

from django.utils.translation import gettext as _

from motcua.casework.workflow import selectors as workflow
from motcua.casework.workflow.types import Act, Holder, OutcomeStyle, TaskPlace
from motcua.foundation.organisations.types import Role

_RULES = {"role": Role, "place": TaskPlace, "act": Act, "holder": Holder, "style": OutcomeStyle}


def choices() -> dict[str, Any]:
    """Return the choices of the panel's lists: (code, label) each."""
    found: dict[str, Any] = {name: list(rule.choices) for name, rule in _RULES.items()}
    found["kind"] = [("number", _("number")), ("text", _("text")), ("boolean", _("yes or no"))]
    found["task_kind"] = [
        ("bpmn:UserTask", _("Work of a post")),
        ("bpmn:ManualTask", _("Work outside the computer")),
        ("bpmn:ReceiveTask", _("Wait for a message")),
        ("bpmn:CallActivity", _("Call of another procedure")),
        ("bpmn:ServiceTask", _("Done by the system")),
    ]
    return found


def library() -> dict[str, Any]:
    """Return what the script has to know besides words."""
    return {"connectors": [[name, str(item.label)] for name, item in sorted(workflow.connectors().items())]}


def words() -> dict[str, str]:
    """Return every sentence that the script may say, by its key."""
    return (
        _drawing_words()
        | _state_words()
        | {
            "arrow": _("Arrow %(from)s → %(to)s"),
            "newOutcome": _("Done"),
            "newTask": _("New step"),
            "newLane": _("New lane"),
            "newEnd": _("End"),
            "newDecision": _("Decision?"),
            "newWait": _("Waiting time"),
            "timeUp": _("Time is up"),
            "messageCame": _("Message has come"),
            "takeAway": _("Download my drawing"),
        }
    )


def _drawing_words() -> dict[str, str]:
    return {
        "addStep": _("Add a step behind it"),
        "addDecision": _("Add a decision behind it"),
        "addEnd": _("Add an end behind it"),
        "connect": _("Draw an arrow from it"),
        "remove": _("Remove it"),
        "start": _("Start"),
        "task": _("Step"),
        "exclusive": _("Decision"),
        "parallel": _("At the same time"),
        "end": _("End"),
        "event": _("Event"),
        "lane": _("Lane"),
        "process": _("Process"),
        "note": _("Remark"),
        "selectFirst": _("Choose the element first behind which it shall stand."),
        "cannotConnect": _("No arrow can be drawn between these two."),
        "added": _("Added: %(name)s"),
        "removed": _("Removed: %(name)s"),
    }


def _state_words() -> dict[str, str]:
    return {
        "saving": _("Saving…"),
        "unsaved": _("Not saved yet"),
        "offline": _(
            "The server could not be reached. What you drew is still here; it is saved as soon as it answers."
        ),
        "broken": _("The drawing cannot be shown: %(reason)s"),
        "green": _("Everything is in order: every way leads to an end."),
        "one": _("1 point to mend"),
        "several": _("%(count)s points to mend"),
        "longest": _("Longest way: %(hours)s working hours"),
        "over": _("longer than the limit"),
        "within": _("within the limit"),
        "rough": _("reckoned from calendar days"),
        "hours": _("%(hours)s hours"),
        "noLimit": _("No procedure uses this process yet, so there is no limit to compare with."),
    }
