"""Pictures of requests to correct, their refusals and their event content. Private; read through `types`."""

import json
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from motcua.foundation.accounts.models import CorrectionRequest
from motcua.foundation.accounts.types import CorrectionState
from motcua.foundation.core import personal_data
from motcua.foundation.core.types import Refusal

PURPOSE = "accounts.correction"


class AskedAlready(Refusal):
    """A request for the same item waits."""

    code = "correction-waiting"
    message = _("You asked for this already. Please wait for the answer.")


class AlreadyDecided(Refusal):
    """Somebody answered meanwhile."""

    code = "correction-decided"
    message = _("This request was answered meanwhile.")


@dataclass(frozen=True, slots=True)
class CorrectionCard:
    """A request in clear, for its owner and for whoever decides it.

    Attributes:
        title: what the item belongs to; label: the item; held: the value as it was; wanted: the right one.
    """

    public_id: UUID
    user_id: int
    section: str
    item: str
    title: str
    label: str
    held: str
    wanted: str
    reason: str
    answer: str
    document_id: UUID | None
    state: str
    state_label: str
    asked_at: datetime
    decided_at: datetime | None
    name: str = ""


def sealed(content: dict[str, str]) -> bytes:
    """Return the words of a request encrypted."""
    return personal_data.encrypt(json.dumps(content, ensure_ascii=False), purpose=PURPOSE)


def opened(row: CorrectionRequest) -> dict[str, str]:
    """Return the words of a request in clear."""
    content: dict[str, str] = json.loads(personal_data.decrypt(row.content_cipher, purpose=PURPOSE))
    return content


def card_of(row: CorrectionRequest, *, name: str = "") -> CorrectionCard:
    """Return the picture of a request."""
    content = opened(row)
    return CorrectionCard(
        public_id=row.public_id, user_id=row.user_id, section=row.section, item=row.item, title=content["title"],
        label=content["label"], held=content["held"], wanted=content["wanted"], reason=content["reason"],
        answer=content.get("answer", ""), document_id=row.document_id, state=row.state,
        state_label=str(CorrectionState(row.state).label), asked_at=row.asked_at, decided_at=row.decided_at, name=name,
    )  # fmt: skip
