"""What a person gives in a played step besides the outcome: reasons, signatures, recipients."""

from collections.abc import Collection
from datetime import date

from motcua.casework.dossiers.types import Capacity, SignatureInput, SignedHow, StepInput, SupplementItem
from motcua.casework.workflow.types import Act, Task
from motcua.demonstration import packaged, province, stories
from motcua.demonstration.arrivals import Arrival
from motcua.demonstration.filings import SampleFiles
from motcua.foundation.accounts.types import Actor
from motcua.foundation.organisations import selectors as organisations
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
    asked: tuple[int, ...] = (),
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
        asked=asked,
    )


def asked_by(arrival: Arrival, outcome: str, earlier: Collection[str], *, on: date) -> tuple[int, ...]:
    """Return the agencies whose opinion an outcome asks for, () for other outcomes; `earlier` are those before it."""
    table = packaged.table("arrivals.toml")["asks"].get(arrival.process)
    if table is None or outcome != table["on"]:
        return ()
    chance = stories.chance_of(arrival, "asked")
    some = table.get("some", [])
    codes = [*table.get("always", []), *chance.sample(some, chance.randint(1, len(some)) if some else 0)]
    for before, more in table.get("after", {}).items():
        codes += more if before in earlier else []
    by_code = organisations.directory(on=on).by_code
    return tuple(by_code[province.commune_codes()[arrival.place] if code == "commune" else code] for code in codes)


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
