"""The one word for a dossier, derived from its small machines; and its number in the national list."""

from motcua.casework.dossiers.types import State, Status, Waiting

_BY_STATE = {
    State.NOT_ACCEPTED: Status.NOT_ACCEPTED,
    State.FINISHED: Status.HAS_RESULT,
    State.RETURNED: Status.RETURNED,
    State.WITHDRAWN: Status.WITHDRAWN,
    State.STOPPED: Status.STOPPED,
}
_BY_WAITING = {
    Waiting.CITIZEN: Status.AWAITING_SUPPLEMENT,
    Waiting.TAX: Status.AWAITING_PAYMENT,
    Waiting.PAYMENT: Status.AWAITING_PAYMENT,
    Waiting.OTHER_BODY: Status.COORDINATING,
}
# The list of ten of the national synchronisation; what lies between is 4.
NATIONAL_NUMBER = {
    Status.AWAITING_ACCEPTANCE: 1,
    Status.NOT_ACCEPTED: 3,
    Status.PROCESSING: 4,
    Status.COORDINATING: 4,
    Status.AWAITING_SUPPLEMENT: 5,
    Status.AWAITING_PAYMENT: 6,
    Status.WITHDRAWN: 7,
    Status.STOPPED: 8,
    Status.HAS_RESULT: 9,
    Status.RETURNED: 10,
}


def status_of(state: str, waiting_for: str) -> Status:
    """Return the shown status."""
    if state in _BY_STATE:
        return _BY_STATE[State(state)]
    if waiting_for:
        return _BY_WAITING[Waiting(waiting_for)]
    return Status.AWAITING_ACCEPTANCE if state == State.FILED else Status.PROCESSING


def completion_of(state: str) -> str:
    """Return what anybody with only the code may know: 'open', 'done' or 'closed' (Circular 01/2018, art. 16.2d)."""
    if state in {State.FINISHED, State.RETURNED}:
        return "done"
    return "open" if state in {State.FILED, State.IN_PROCESS} else "closed"
