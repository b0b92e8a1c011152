"""What a citizen already answered in dossiers of their own, so that a form need not ask it again."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from motcua.casework.dossiers import sealing
from motcua.casework.dossiers.models import Draft, DraftFile, FormAnswer
from motcua.casework.dossiers.services.drafts import draft_content, load_draft
from motcua.foundation.accounts.types import Actor
from motcua.foundation.core.types import NotFound

LOOKED_AT = 5


def earlier_answers(*, actor: Actor, names: Iterable[str], at: datetime) -> dict[str, Any]:
    """Return name -> latest answer to fields of these names in the citizen's last online dossiers.

    Dossiers handed in for somebody else are left out: their answers are not the citizen's own.
    """
    wanted = set(names)
    found: dict[str, Any] = {}
    drafts = Draft.objects.filter(owner_id=actor.person_id or 0, dossier_id__isnull=False, saved_at__lte=at)
    own = [
        draft.dossier_id or 0
        for draft in drafts.order_by("-saved_at")[:LOOKED_AT]
        if not draft_content(draft).get("representation")
    ]
    rows = {row.dossier_id: row for row in FormAnswer.objects.filter(dossier_id__in=own).order_by("version")}
    for dossier_id in own:
        if dossier_id not in rows or wanted <= found.keys():
            continue
        given = sealing.unseal(rows[dossier_id].answers_cipher, purpose=sealing.ANSWERS)
        found |= {name: given[name] for name in wanted & given.keys() if name not in found}
    return found


def draft_file_name(*, public_id: UUID, secret: str, file_id: int, actor: Actor, at: datetime) -> tuple[UUID, str]:
    """Return public id and name of a stored file of a draft.

    Raises:
        NotFound: no such draft or file, or somebody else's.
    """
    draft = load_draft(public_id=public_id, secret=secret, actor=actor, at=at)
    row = DraftFile.objects.filter(draft=draft, file_id=file_id).values_list("file__public_id", "file__name").first()
    if row is None:
        raise NotFound
    return row
