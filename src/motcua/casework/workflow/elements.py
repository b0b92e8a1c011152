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
    "exclusiveGateway": NodeKind.EXCLUSIVE,
    "parallelGateway": NodeKind.PARALLEL,
    "endEvent": NodeKind.END,
}
# Drawn for people, without meaning for the run.
REMARKS = frozenset({"documentation", "extensionElements", "textAnnotation", "association", "group"})
DATA = frozenset({"dataObject", "dataObjectReference", "dataStoreReference"})
IN_DEFINITIONS = frozenset({"process", "collaboration", "documentation", "extensionElements", "category", "dataStore"})
IN_COLLABORATION = REMARKS | {"participant"}
IN_PROCESS = REMARKS | DATA | {"laneSet", "sequenceFlow"} | frozenset(NODES)
IN_FLOW = frozenset({"conditionExpression", "documentation", "extensionElements"})
_IN_NODE = frozenset({"incoming", "outgoing", "documentation", "extensionElements"})
IN_NODE: dict[str, frozenset[str]] = dict.fromkeys(NODES, _IN_NODE) | {
    "userTask": _IN_NODE | {"property", "dataInputAssociation", "dataOutputAssociation"},
    "endEvent": _IN_NODE | {"terminateEventDefinition"},
}

_TASK = _("Use a user task: a person does this step, with a role and outcomes.")
_WAIT = _("Use a user task whose holder is the one waited for, and let it pause the clock if the law says so.")
_CLOCK = _("Set the hours of the task instead; the work list shows what is late.")
_GATEWAY = _("Use exclusive gateways (one way) or parallel gateways (all ways).")
_PARTS = _("Draw its steps in this process, or as a process of its own.")
_PLAIN_START = _("Use a plain start event.")
_PLAIN_END = _("Use a plain end event, or one that ends everything.")
_MANY = _("Draw one task for each, between two parallel gateways.")
_REMOVE = _("Remove it from the drawing.")

UNSUPPORTED: dict[str, tuple[str | Promise, str | Promise]] = {
    "task": (_("Task without a kind"), _TASK),
    "manualTask": (_("Manual task"), _TASK),
    "serviceTask": (_("Service task"), _TASK),
    "sendTask": (_("Send task"), _TASK),
    "receiveTask": (_("Receive task"), _WAIT),
    "scriptTask": (_("Script task"), _TASK),
    "businessRuleTask": (_("Business rule task"), _TASK),
    "callActivity": (_("Call of another process"), _WAIT),
    "subProcess": (_("Sub-process"), _PARTS),
    "adHocSubProcess": (_("Ad-hoc sub-process"), _PARTS),
    "transaction": (_("Transaction sub-process"), _PARTS),
    "boundaryEvent": (_("Event on the edge of a task"), _CLOCK),
    "intermediateCatchEvent": (_("Waiting event"), _WAIT),
    "intermediateThrowEvent": (_("Sending event"), _REMOVE),
    "timerEventDefinition": (_("Timer event"), _CLOCK),
    "messageEventDefinition": (_("Message event"), _WAIT),
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
    "message": (_("Message event"), _REMOVE),
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
