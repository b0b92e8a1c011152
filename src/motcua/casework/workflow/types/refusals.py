"""What the engine refuses."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from motcua.casework.workflow.types.graph import Problem
from motcua.foundation.core.types import Invalid, NotFound, Refusal, Stale


class RunNotFound(NotFound):
    """No such run."""

    code = "run-not-found"


class TaskNotFound(NotFound):
    """No such task in this run."""

    code = "task-not-found"


class VersionNotFound(NotFound):
    """No such process version, or none in force on that day."""

    code = "process-version-not-found"
    message = _("No version of this process is in force on that day.")


class TaskAlreadyDone(Refusal):
    """Somebody completed the task before, or it was withdrawn.

    Attributes:
        person_id, name: who closed it; None and '' when the process withdrew it.
        at: when.
    """

    code = "task-already-done"
    message = _("%(name)s finished this task at %(time)s. Open the dossier to see where it stands.")
    http_status = 409

    def __init__(self, *, person_id: int | None, name: str, at: datetime, time: str) -> None:
        message = None if name else _("This task was closed at %(time)s. Open the dossier to see where it stands.")
        super().__init__(message, name=name, time=time)
        self.person_id = person_id
        self.name = name
        self.at = at


class TaskTaken(Refusal):
    """Somebody else claimed the task before."""

    code = "task-taken"
    message = _("%(name)s has already taken this task.")
    http_status = 409

    def __init__(self, *, person_id: int, name: str) -> None:
        super().__init__(name=name)
        self.person_id = person_id
        self.name = name


class OutcomeNotOffered(Invalid):
    """The process offers no such outcome at this task."""

    code = "outcome-not-offered"
    message = _("This step does not offer that choice. Open it again and choose one of the buttons shown.")


class VariableNotGiven(Invalid):
    """A condition of the process needs a value that was not given, or of another kind."""

    code = "variable-not-given"
    message = _("The process needs the value “%(name)s” to go on.")


class NobodyAsked(Invalid):
    """The next step asks other agencies, and none was chosen."""

    code = "nobody-asked"
    message = _("Choose the agencies that are asked.")


class NotReturnable(Refusal):
    """The run cannot go back there: never been, another branch, or it would stand where no run may."""

    code = "not-returnable"
    message = _("The dossier cannot go back to that step. Choose one of the steps listed.")


class RunStillRunning(Refusal):
    """The run has not ended, so there is nothing to open again."""

    code = "run-still-running"
    message = _("This process has not ended: return it to an earlier step instead.")


class RunNotRunning(Refusal):
    """The run has ended or was cancelled."""

    code = "run-not-running"
    message = _("This process has already ended.")


class VersionPublished(Refusal):
    """A published version never changes; draw a new one."""

    code = "version-published"
    message = _("This version is published and can no longer change. Make a new draft instead.")


class VersionNotPublished(Refusal):
    """A draft runs on the test bench only: the Chairman's decision is missing."""

    code = "version-not-published"
    message = _("This version of the process is not published. It can be tried out, but no dossier can run on it.")


class DraftChanged(Stale):
    """Somebody else saved the draft since this person opened it."""

    code = "draft-changed"
    message = _(
        "%(name)s saved this draft at %(time)s, after you opened it. Nothing of yours was saved."
        " Download your drawing if you want to keep it, then open the draft again."
    )


class DraftPresent(Refusal):
    """A process has one draft at a time."""

    code = "draft-present"
    message = _("This process already has a draft, version %(number)s. Go on with it, or discard it first.")


class DraftNotChecked(Refusal):
    """Only what procedure control has checked goes before the Chairman."""

    code = "draft-not-checked"
    message = _("Procedure control has not checked this version yet, or it was changed since. Have it checked first.")


class OwnDraft(Refusal):
    """Drawing and checking are two people's work."""

    code = "own-draft"
    message = _("You saved this draft last. Somebody else of procedure control has to check it.")


class DecisionMissing(Invalid):
    """A process is published by a decision that approves it, and not otherwise."""

    code = "decision-missing"
    message = _("Enter the decision that approves this internal process: number, day and signer.")


class CodeTaken(Invalid):
    """Another process has this code."""

    code = "process-code-taken"
    message = _("Another process has the code “%(taken)s”.")


class ValidityTaken(Refusal):
    """A newer version is in force from that day, or later."""

    code = "validity-taken"
    message = _("Version %(number)s is in force from %(day)s. Choose a later first day.")


class ProcessNotSound(Invalid):
    """The drawing has problems that would strand dossiers.

    Attributes:
        problems: each names the element, what is wrong and how to mend it.
    """

    code = "process-not-sound"
    message = _("The process cannot be published yet: %(count)s points need mending.")

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        fields: dict[str, list[str]] = {}
        for problem in self.problems:
            fields.setdefault(problem.element_id, []).append(f"{problem.message} {problem.mend}")
        super().__init__(fields, count=len(self.problems))
