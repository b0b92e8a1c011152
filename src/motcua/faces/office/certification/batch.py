"""A batch of certifications: each one goes as far as this person's posts carry it, and tells how far that was."""

import base64
import json
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from motcua.casework.dossiers import selectors as dossiers
from motcua.casework.dossiers import services as dossier_services
from motcua.casework.dossiers.selectors import CertificationRow
from motcua.casework.dossiers.types import SignatureInput, StepInput
from motcua.casework.workflow.types import Task
from motcua.foundation.accounts.types import Actor
from motcua.foundation.core import personal_data
from motcua.foundation.core.types import Refusal
from motcua.foundation.organisations.types import Role

# Acts that a batch may do by itself; handing over needs the person in front of the desk.
ACTS = frozenset({"examine", "draft", "check", "sign", "book", "issue", "to_desk", "other"})
_MOST_STEPS = 6
_PURPOSE = "office.batch"


@dataclass(frozen=True, slots=True)
class Outcome:
    """How far one certification came."""

    code: str
    requester: str
    ok: bool
    words: str
    numbers: str = ""


def sealed(outcomes: list[Outcome]) -> str:
    """Return the outcomes as the session keeps them: encrypted, since they name people."""
    text = json.dumps([asdict(outcome) for outcome in outcomes])
    return base64.b64encode(personal_data.encrypt(text, purpose=_PURPOSE)).decode()


def unsealed(kept: str | None) -> list[dict[str, Any]] | None:
    """Return what `sealed` kept, None for nothing."""
    return json.loads(personal_data.decrypt(base64.b64decode(kept), purpose=_PURPOSE)) if kept else None


def may_do(actor: Actor, task: Task) -> bool:
    """Say whether one of my posts does the task, or records its ink for the leader."""
    if task.person_id not in {None, actor.person_id}:
        return False
    if actor.posts_for(task.unit_id, task.role):
        return True
    return task.act == "sign" and any(
        post.role == Role.CLERK and task.unit_id in {post.unit_id, post.agency_id} for post in actor.posts
    )


def carry(
    rows: list[CertificationRow], *, signature: SignatureInput | None, actor: Actor, at: datetime
) -> list[Outcome]:
    """Carry each certification on, one by one; what is refused stays where it was and says why."""
    outcomes = [_carry(row, signature, actor, at) for row in rows]
    numbers = dossiers.numbers_of(dossier_ids=[row.dossier_id for row in rows])
    return [
        Outcome(found.code, found.requester, found.ok, found.words, ", ".join(numbers.get(row.dossier_id, ())))
        for row, found in zip(rows, outcomes, strict=True)
    ]


def _carry(row: CertificationRow, signature: SignatureInput | None, actor: Actor, at: datetime) -> Outcome:
    done: list[str] = []
    task: Task | None = row.task
    for _turn in range(_MOST_STEPS):
        if task is None or task.act not in ACTS or not may_do(actor, task):
            break
        given = StepInput(signature=signature if task.act == "sign" else None)
        try:
            step = dossier_services.complete_step(
                dossier_id=row.dossier_id, task_id=task.public_id, outcome=task.outcomes[0].code, actor=actor, at=at,
                given=given, post_id=_post(actor, task),
            )  # fmt: skip
        except Refusal as refusal:
            said = "; ".join(str(text) for texts in getattr(refusal, "fields", {}).values() for text in texts)
            return Outcome(row.code, row.requester, ok=bool(done), words=said or str(refusal))
        done.append(task.outcomes[0].label)
        task = step.opened[0] if len(step.opened) == 1 else None
    words = " → ".join(done) if done else _("Nothing here is for your posts to do")
    return Outcome(row.code, row.requester, ok=bool(done), words=words)


def _post(actor: Actor, task: Task) -> int | None:
    """Name the post where several of mine could act, so that one button does the whole batch."""
    mine = actor.posts_for(task.unit_id, task.role)
    return mine[0].post_id if len(mine) > 1 else None
