"""What form 04 is printed from: the apology with its new date."""

from datetime import datetime

from motcua.casework.documents import types as paper
from motcua.casework.dossiers.models import Dossier, Extension
from motcua.casework.dossiers.selectors.printed import applicants_of, letterhead, tracking_url
from motcua.casework.dossiers.selectors.views import view_of
from motcua.casework.dossiers.types import ExtensionState
from motcua.foundation.accounts.types import SYSTEM
from motcua.foundation.core.types import NotFound


def apology_data(*, dossier_id: int, at: datetime) -> paper.Apology:
    """Return form 04 of the new date that was granted, in the set of forms of that day.

    Raises:
        NotFound: no such dossier, or no new date was granted.
    """
    dossier = Dossier.objects.filter(pk=dossier_id).first()
    row = Extension.objects.filter(dossier_id=dossier_id, state=ExtensionState.GRANTED).first()
    if dossier is None or row is None or row.decided_at is None:
        raise NotFound
    view = view_of(dossier, actor=SYSTEM, at=at)
    return paper.Apology(
        letterhead=letterhead(view.competent_id, row.decided_at),
        code=view.code,
        tracking_url=tracking_url(view.code),
        applicant=applicants_of(view)[0],
        subject=view.summary or view.procedure_name,
        received_at=view.accepted_at or view.filed_at,
        due_at=row.old_due_at,
        new_due_at=row.new_due_at,
        reason=row.reason,
        signer_name=row.approver_name,
        hotline="1022",
        form_set=paper.FormSet(row.form_set),
    )
