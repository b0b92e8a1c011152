"""Every problem a drawing can have: what it says and how to mend it. Keys are stable codes."""

from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from motcua.casework.workflow.types import Problem

_FILE: dict[str, tuple[Any, Any]] = {
    "xml-too-large": (
        _("The file is larger than {limit} KB."),
        _("Remove embedded pictures, or split the process."),
    ),
    "xml-broken": (
        _("The file is not well-formed XML (line {line})."),
        _("Save it again from the process editor."),
    ),
    "xml-doctype": (
        _("The file holds a DOCTYPE or entities, which are refused for safety."),
        _("Remove them, or save the process again from a BPMN editor."),
    ),
    "xml-not-bpmn": (
        _("The file is not a BPMN 2.0 process."),
        _("Export it as BPMN 2.0 XML."),
    ),
    "process-missing": (_("The file holds no process."), _("Draw one process.")),
    "process-several": (
        _("The file holds {count} processes; one is supported."),
        _("Keep one pool, and draw each other process in a file of its own."),
    ),
    "too-many-elements": (
        _("The process has more than {limit} elements."),
        _("Split it into smaller processes."),
    ),
    "id-missing": (_("This element ({type}) has no id."), _("Save it again from a BPMN editor.")),
    "id-twice": (_("Two elements share the id “{id}”."), _("Give each element an id of its own.")),
    "id-too-long": (_("The id “{id}” is longer than 64 characters."), _("Give it a shorter id.")),
    "unsupported-element": (_("“{type}” ({tag}) is not supported."), "{mend}"),
}
_FLOW = {
    "start-missing": (_("The process has no start event."), _("Draw one plain start event.")),
    "start-several": (
        _("The process has more than one start event."),
        _("Keep one plain start event, and lead from it by an exclusive gateway."),
    ),
    "start-incoming": (_("An arrow leads into the start event."), _("Lead it to the first task instead.")),
    "flow-broken": (
        _("The arrow {id} is not attached at both ends."),
        _("Draw it again from one element to another."),
    ),
    "end-outgoing": (_("An arrow leaves an end event."), _("Remove the arrow, or turn the end into a task.")),
    "dead-end": (
        _("Nothing follows “{name}”: a dossier would stay here for ever."),
        _("Draw an arrow to the next step or to an end event."),
    ),
    "unreachable": (_("No arrow leads to “{name}”."), _("Draw an arrow to it, or remove it.")),
    "several-arrows": (
        _("{count} arrows leave “{name}” without a gateway."),
        _("Put an exclusive gateway (one of them) or a parallel gateway (all of them) behind it."),
    ),
    "condition-misplaced": (
        _("The arrow {id} has a condition but does not leave an exclusive gateway."),
        _("Remove the condition, or put an exclusive gateway in front of it."),
    ),
    "condition-missing": (
        _("The arrow from “{name}” to “{target}” has no condition and is not the default."),
        _("Give it a condition, or mark it as the default arrow of the gateway."),
    ),
    "condition-on-default": (
        _("The default arrow of “{name}” has a condition, which would never be asked."),
        _("Remove the condition, or choose another default arrow."),
    ),
    "default-unknown": (
        _("The default arrow of “{name}” does not leave this gateway."),
        _("Choose one of its own arrows as the default."),
    ),
    "condition-invalid": (
        _("The condition “{text}” cannot be used: {reason}"),
        _('Write it like outcome == "approved", with and, or, not, in and comparisons only.'),
    ),
    "gateway-loop": (
        _("A loop through “{name}” has no task in it: it would turn for ever."),
        _("Put a task into the loop, or remove the arrow that goes back."),
    ),
}
_TASK = {
    "paper-invalid": (
        _("A paper needed at “{name}” has no name, or it is named twice, or there are more than {limit}."),
        _("Name each paper once, as people call it, such as “Minutes of the check on site”."),
    ),
    "signature-misplaced": (
        _("“{name}” asks for a signature, but its act is no signing."),
        _("Choose the act “Sign” or “Sign a refusal”, or take the signature away."),
    ),
    "task-unnamed": (_("A task has no name."), _("Name it as people call the work, such as “Examine”.")),
    "task-settings-missing": (
        _("The task “{name}” has no settings (mc:task)."),
        _("Set its role, act, hours and outcomes in the side panel."),
    ),
    "task-role-missing": (_("The task “{name}” has no role."), _("Choose which post does it.")),
    "task-act-missing": (
        _("The task “{name}” does not say what act it is."),
        _("Choose the act, such as intake, examine, sign or issue."),
    ),
    "task-value-unknown": (
        _("The task “{name}” has the value “{value}” for {setting}, which is not known."),
        _("Choose one of: {choices}."),
    ),
    "task-setting-unknown": (
        _("“{name}” has a setting “{setting}” that is not known."),
        _("Remove it, or correct its spelling."),
    ),
    "task-hours-invalid": (
        _("The hours of “{name}” are “{value}”, which is not a number from 0 to 9,999."),
        _("Write working hours as a number, such as 12 or 0.5."),
    ),
    "task-outcome-missing": (
        _("The task “{name}” offers no outcome: nobody could finish it."),
        _("Add at least one outcome, such as “Done”."),
    ),
    "outcome-invalid": (
        _("An outcome of “{name}” has no usable code or no label."),
        _("Give it a code of small letters, digits and _ (up to 40) and a label."),
    ),
    "outcome-twice": (_("“{name}” declares the outcome “{outcome}” twice."), _("Remove one of the two.")),
    "variable-invalid": (
        _("The declared value “{variable}” has no usable name or kind."),
        _("Use small letters, digits and _ for the name, and number, text or boolean for the kind."),
    ),
}
_EVENTS = {
    "event-kind": (
        _("“{name}” waits for nothing, or for a message and a timer at once."),
        _("Give it one of the two; draw two events for both."),
    ),
    "event-unnamed": (
        _("The event “{name}” has no name, or no usable code."),
        _("Name it, such as “No answer in time”, and give it a code of small letters, digits and _."),
    ),
    "event-host": (
        _("The event “{name}” stands on an element where nobody waits."),
        _("Put it on the edge of a task or of a called process."),
    ),
    "event-arrows": (
        _("{count} arrows leave the event “{name}”."),
        _("Draw one arrow, and a gateway behind it if the ways part."),
    ),
    "event-arrow-missing": (
        _("No arrow leaves the event “{name}”, which ends its task: a dossier would be lost here."),
        _("Draw an arrow to the next step, or let the event leave its task open."),
    ),
    "event-code-twice": (
        _("The event “{name}” has the code “{outcome}”, which its task or another event of it has already."),
        _("Give it a code of its own."),
    ),
    "receive-starts": (
        _("“{name}” would begin a process by a message."),
        _("Begin with the intake; accepting a dossier does it."),
    ),
    "message-missing": (
        _("“{name}” does not say which message it waits for."),
        _("Give the message a name of small letters, digits and _, such as tax_notice."),
    ),
    "wait-holder-missing": (
        _("“{name}” does not say who is waited for."),
        _("Choose the holder, such as the citizen, tax or another agency."),
    ),
    "timer-missing": (_("The timer “{name}” has no duration."), _("Write a duration such as P30D, or working hours.")),
    "timer-twice": (
        _("The timer “{name}” has a duration and working hours."),
        _("Keep one: a duration runs day and night, working hours follow the agency's calendar."),
    ),
    "timer-invalid": (
        _("The duration “{text}” of “{name}” cannot be used."),
        _("Write weeks, days, hours, minutes, such as P30D, PT24H or P1DT12H; years and months have no fixed length."),
    ),
    "connector-unknown": (
        _("“{name}” starts “{connector}”, which this system does not know."),
        _("Choose one of: {choices}."),
    ),
    "call-unknown": (
        _("“{name}” does not say which procedure it calls."),
        _("Choose the procedure of the child dossier."),
    ),
    "several-in-turn": (
        _("“{name}” asks agencies one after the other."),
        _("Let it ask all at once (parallel), or draw a task for each."),
    ),
    "several-at-province": (
        _("“{name}” asks several agencies, but all its tasks would lie at the province."),
        _("Choose the competent agency as the place: each agency asked gets its own task."),
    ),
    "several-event": (
        _("The event “{name}” on a task of several agencies has an arrow, or waits for a message."),
        _("Use a timer without an arrow: an agency that is silent until then counts as answered so."),
    ),
    "asked-unknown": (
        _("Nobody could choose the agencies that “{name}” asks."),
        _("Put a task of the staff right before it: its officer chooses the agencies."),
    ),
}
_MEANING = {
    "outcome-nowhere": (
        _("The outcome “{outcome}” of “{task}” leads nowhere at “{name}”."),
        _("Draw an arrow for it, or mark one arrow as the default."),
    ),
    "outcome-twofold": (
        _("For the outcome “{outcome}” of “{task}”, two arrows of “{name}” hold at once."),
        _("Change the conditions so that one arrow holds for each outcome."),
    ),
    "choice-open": (
        _("At “{name}” it can happen that no condition holds."),
        _("Mark one arrow as the default."),
    ),
    "outcome-unknown": (
        _("A condition at “{name}” asks for the outcome “{outcome}”, which no task before it offers."),
        _("Correct the spelling, or add the outcome to the task."),
    ),
    "outcome-unclear": (
        _("The conditions of “{name}” ask for an outcome, but no single task comes right before it."),
        _("Put the gateway directly behind the task that decides."),
    ),
    "deadlock": (
        _("“{name}” can wait for ever for a parallel branch that never comes."),
        _("Let every branch of the split reach this join, or split with an exclusive gateway."),
    ),
    "double-token": (
        _("“{name}” could be opened twice at the same time."),
        _("Bring the parallel branches together with a parallel gateway before it."),
    ),
    "never-reached": (
        _("“{name}” can never be reached."),
        _("Check the conditions of the arrows that lead to it, or remove it."),
    ),
    "end-unreachable": (
        _("From “{name}” the process can never end."),
        _("Draw a way to an end event."),
    ),
    "too-complex": (
        _("The process has too many parallel states to be checked."),
        _("Use fewer parallel branches at the same time."),
    ),
    "result-without-number": (
        _("A result could leave at “{name}” without a number."),
        _("Lead every way to this step through a task with the act “Number, seal and issue”."),
    ),
    "signed-without-number": (
        _("What is signed at “{task}” could leave at “{name}” without a number."),
        _("Put a task with the act “Number, seal and issue” between them, for refusals too."),
    ),
    "signed-after-number": (
        _("“{name}” would sign a result that may already have its number."),
        _("Put the signature before the task with the act “Number, seal and issue”, on every way and in every branch."),
    ),
    "desk-while-paused": (
        _("“{name}” can be open while “{other}” in another branch stops the clock."),
        _("Bring the branches together with a parallel gateway before “{name}”."),
    ),
    "intake-missing": (
        _("The process begins with “{name}”, which is no intake."),
        _("Lead the arrow of the start event straight to one task with the act “Intake”; accepting a dossier does it."),
    ),
    "intake-again": (
        _("“{name}” would take a dossier in that has been taken in already."),
        _("Keep one intake, the first task, and lead arrows that go back to the task behind it."),
    ),
}
CATALOGUE: dict[str, tuple[Any, Any]] = _FILE | _FLOW | _TASK | _EVENTS | _MEANING


def problem(code: str, element_id: str = "", element_name: str = "", **params: Any) -> Problem:
    """Return the problem `code` at an element; `params` fill the sentences."""
    message, mend = CATALOGUE[code]
    params = {"id": element_id, "name": element_name or element_id} | params
    return Problem(code, element_id, element_name, format_lazy(message, **params), format_lazy(mend, **params))
