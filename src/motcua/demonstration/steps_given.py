"""What a person gives in a played step besides the outcome: reasons, signatures, recipients."""

from motcua.casework.dossiers.types import Capacity, SignatureInput, SignedHow, StepInput, SupplementItem
from motcua.casework.workflow.types import Act, Task
from motcua.demonstration import stories
from motcua.demonstration.arrivals import Arrival
from motcua.demonstration.filings import SampleFiles
from motcua.foundation.accounts.types import Actor
from motcua.foundation.organisations.types import HeldPost

_SIGNS = frozenset({Act.SIGN, Act.SIGN_REFUSAL})


def given(
    arrival: Arrival,
    task: Task,
    outcome: str,
    *,
    actor: Actor,
    post: HeldPost,
    lacking: tuple[SupplementItem, ...],
    files: SampleFiles,
) -> StepInput:
    """Return the input of a step, complete for what its outcome needs."""
    chosen = task.spec.outcome(outcome)
    note = _note(arrival, task, outcome) if chosen and chosen.needs_reason and not lacking else ""
    refusing = task.act == Act.REFUSE_AT_DESK or outcome in {"not_eligible", "not_certifiable", "amend", "disapprove"}
    signs = task.act in _SIGNS and not outcome.startswith(("return", "clarify"))
    return StepInput(
        note=note,
        supplement=lacking,
        is_return=bool(lacking) and arrival.story == "returned",
        refusal_reason=stories.words("refusal", arrival) if refusing or task.act == Act.SIGN_REFUSAL else "",
        signature=_signature(arrival, actor, post) if signs else None,
        result_file_id=files.result if task.act == Act.ISSUE and arrival.delivery == "online" else None,
        recipient_name=arrival.applicant.name if task.act == Act.RETURN_RESULT else "",
    )


def _note(arrival: Arrival, task: Task, outcome: str) -> str:
    if outcome.startswith(("return", "clarify", "correct")):
        return stories.words("returned", arrival, task.node)
    if outcome.startswith(("agree", "object")):
        return stories.words("remark", arrival, task.node)
    return stories.words("refusal", arrival, task.node)


def _signature(arrival: Arrival, actor: Actor, post: HeldPost) -> SignatureInput:
    in_ink = arrival.process == "certified_copy" or stories.chance_of(arrival, "ink").random() < 0.2
    capacity = Capacity.KT if post.title.startswith("Phó") else Capacity.TL if "phòng" in post.title else Capacity.HEAD
    return SignatureInput(
        how=SignedHow.PAPER if in_ink else SignedHow.DIGITAL, signer_name=actor.name, capacity=capacity
    )
