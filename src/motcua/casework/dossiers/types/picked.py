"""A task picked in the work list for an act on several at once."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class PickedTask:
    """One picked task with what can be done to it at once.

    Attributes:
        people: (person id, name) to whom I may give it; empty where I do not lead its unit.
        outcomes: (code, words) of the outcomes that ask for nothing and that I may give; empty where I may not act.
        signs: (code, words) of the outcomes that ask for my own signature and nothing else.
        returns: (code, words) of the outcomes that hand a result over and ask for the recipient only.
    """

    task_id: UUID
    dossier_id: int
    public_id: UUID
    code: str
    procedure_name: str
    applicant_name: str
    step_name: str
    people: tuple[tuple[int, str], ...]
    outcomes: tuple[tuple[str, str], ...]
    signs: tuple[tuple[str, str], ...] = ()
    returns: tuple[tuple[str, str], ...] = ()
