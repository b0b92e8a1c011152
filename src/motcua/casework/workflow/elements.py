"""Which BPMN elements run, which are only looked at, and what the others are called when they are refused."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from motcua.casework.workflow.types import NodeKind

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
BPMNDI = "http://www.omg.org/spec/BPMN/20100524/DI"
DC = "http://www.omg.org/spec/DD/20100524/DC"
DI = "http://www.omg.org/spec/DD/20100524/DI"
OURS = "urn:motcua:bpmn:1"

NODES: dict[str, str] = {
    "startEvent": NodeKind.START,
    "userTask": NodeKind.TASK,
    "manualTask": NodeKind.TASK,
    "receiveTask": NodeKind.TASK,
    "callActivity": NodeKind.TASK,
    "intermediateCatchEvent": NodeKind.TASK,
    "serviceTask": NodeKind.SERVICE,
    "sendTask": NodeKind.SERVICE,
    "boundaryEvent": NodeKind.BOUNDARY,
    "exclusiveGateway": NodeKind.EXCLUSIVE,
    "parallelGateway": NodeKind.PARALLEL,
    "endEvent": NodeKind.END,
}
# Drawn for people, without meaning for the run.
REMARKS = frozenset({"documentation", "extensionElements", "textAnnotation", "association", "group"})
DATA = frozenset({"dataObject", "dataObjectReference", "dataStoreReference"})
IN_DEFINITIONS = frozenset(
    {"process", "collaboration", "documentation", "extensionElements", "category", "dataStore", "message"}
)
IN_COLLABORATION = REMARKS | {"participant"}
IN_PROCESS = REMARKS | DATA | {"laneSet", "sequenceFlow"} | frozenset(NODES)
IN_FLOW = frozenset({"categoryValueRef", "conditionExpression", "documentation", "extensionElements"})
_IN_NODE = frozenset({"categoryValueRef", "incoming", "outgoing", "documentation", "extensionElements"})
_IN_TASK = _IN_NODE | {"property", "dataInputAssociation", "dataOutputAssociation"}
_IN_EVENT = _IN_NODE | {"timerEventDefinition", "messageEventDefinition"}
IN_NODE: dict[str, frozenset[str]] = dict.fromkeys(NODES, _IN_NODE) | {
    "userTask": _IN_TASK | {"multiInstanceLoopCharacteristics"},
    "manualTask": _IN_TASK,
    "endEvent": _IN_NODE | {"terminateEventDefinition"},
    "intermediateCatchEvent": _IN_EVENT,
    "boundaryEvent": _IN_EVENT,
}
# What the parts of an element may hold.
IN_PART: dict[str, frozenset[str]] = {
    "timerEventDefinition": frozenset({"timeDuration", "documentation"}),
    "messageEventDefinition": frozenset({"documentation"}),
    "multiInstanceLoopCharacteristics": frozenset({"documentation"}),
}

_TASK = _("Use a user task: a person does this step, with a role and outcomes.")
_WAIT = _("Use a receive task or a waiting event whose holder is the one waited for.")
_CLOCK = _("Put the timer on the edge of a task, or use a waiting event.")
_DURATION = _("Write a duration such as P30D or PT24H, or set working hours.")
_GATEWAY = _("Use exclusive gateways (one way) or parallel gateways (all ways).")
_PARTS = _("Draw its steps in this process, or as a process of its own.")
_PLAIN_START = _("Use a plain start event.")
_PLAIN_END = _("Use a plain end event, or one that ends everything.")
_MANY = _("Only a user task can be done by several agencies; draw it as one.")
_CHOSEN = _("Remove it: the officer of the task before chooses the agencies, and all are waited for.")
_REMOVE = _("Remove it from the drawing.")

UNSUPPORTED: dict[str, tuple[str | Promise, str | Promise]] = {
    "task": (_("Task without a kind"), _TASK),
    "scriptTask": (_("Script task"), _TASK),
    "businessRuleTask": (_("Business rule task"), _TASK),
    "subProcess": (_("Sub-process"), _PARTS),
    "adHocSubProcess": (_("Ad-hoc sub-process"), _PARTS),
    "transaction": (_("Transaction sub-process"), _PARTS),
    "intermediateThrowEvent": (_("Sending event"), _REMOVE),
    "timerEventDefinition": (_("Timer event"), _CLOCK),
    "timeDate": (_("Timer at a fixed date"), _DURATION),
    "timeCycle": (_("Repeated timer"), _DURATION),
    "messageEventDefinition": (_("Message event"), _WAIT),
    "loopCardinality": (_("Fixed number of agencies"), _CHOSEN),
    "completionCondition": (_("Condition that ends asking early"), _CHOSEN),
    "loopDataInputRef": (_("List of agencies as data"), _CHOSEN),
    "loopDataOutputRef": (_("List of answers as data"), _CHOSEN),
    "inputDataItem": (_("List of agencies as data"), _CHOSEN),
    "outputDataItem": (_("List of answers as data"), _CHOSEN),
    "signalEventDefinition": (_("Signal event"), _REMOVE),
    "errorEventDefinition": (_("Error event"), _("Draw the failure as an outcome of the task.")),
    "escalationEventDefinition": (_("Escalation event"), _("Draw it as an outcome of the task.")),
    "conditionalEventDefinition": (_("Conditional event"), _GATEWAY),
    "compensateEventDefinition": (_("Compensation event"), _("Draw the steps that undo the work as tasks.")),
    "cancelEventDefinition": (_("Cancel event"), _("Use an end event that ends everything.")),
    "linkEventDefinition": (_("Link event"), _("Draw an arrow instead.")),
    "inclusiveGateway": (_("Inclusive gateway"), _GATEWAY),
    "complexGateway": (_("Complex gateway"), _GATEWAY),
    "eventBasedGateway": (_("Event-based gateway"), _GATEWAY),
    "multiInstanceLoopCharacteristics": (_("Task for several at once"), _MANY),
    "standardLoopCharacteristics": (_("Repeated task"), _("Draw an arrow back to the task.")),
    "messageFlow": (_("Message between pools"), _WAIT),
    "conversation": (_("Conversation"), _REMOVE),
    "choreography": (_("Choreography"), _REMOVE),
    "potentialOwner": (_("Potential owner"), _("Set the role of the task instead.")),
    "humanPerformer": (_("Performer of a task"), _("Set the role of the task instead.")),
    "performer": (_("Performer of a task"), _("Set the role of the task instead.")),
    "ioSpecification": (_("Inputs and outputs"), _REMOVE),
    "signal": (_("Signal event"), _REMOVE),
    "error": (_("Error event"), _REMOVE),
}
_EVENT_MENDS = {"startEvent": _PLAIN_START, "endEvent": _PLAIN_END}


def refused_name(tag: str, parent: str = "") -> tuple[str | Promise, str | Promise]:
    """Return (plain name, mend) of an element that does not run; `parent` is the element it stands in."""
    name, mend = UNSUPPORTED.get(tag, (_("Element outside the supported BPMN"), _REMOVE))
    if tag.endswith("EventDefinition") and parent in _EVENT_MENDS:
        mend = _EVENT_MENDS[parent]
    return name, mend
