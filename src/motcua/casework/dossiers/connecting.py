"""What processes may start of dossiers by a service or send task."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from motcua.casework.dossiers import change_sql, journal, picture
from motcua.casework.dossiers.events import StepReminded
from motcua.casework.dossiers.journal import Line
from motcua.casework.dossiers.models import Dossier, JournalEntry
from motcua.casework.dossiers.services.publishing import event_of
from motcua.casework.workflow.types import Call, Connector, Holder
from motcua.foundation.accounts.types import SYSTEM
from motcua.foundation.core import outbox

_SAVED = ("lock_version", "journal_seq", "journal_hash")


@transaction.atomic
def tell_applicant(call: Call) -> None:
    """Write to the applicant that the dossier waits for them; once for each passing of the service task."""
    dossier = Dossier.objects.locked().filter(run_id=call.run_id).first()
    if dossier is None or not dossier.is_open:
        return
    told = JournalEntry.objects.filter(dossier_id=dossier.pk, act="reminded", facts__service=call.event_id)
    if told.exists():
        return
    facts = picture.facts_of(dossier) | {"event": call.node, "service": call.event_id}
    line = Line(act="reminded", node=call.node, unit_id=dossier.competent_agency_id, facts=facts)
    dossier.lock_version += 1
    news = event_of(
        StepReminded, dossier, at=call.at, node=call.node, reminder="", holder=Holder.CITIZEN,
        unit_id=dossier.competent_agency_id,
    )  # fmt: skip
    rows = journal.rows_of(dossier, [line], actor=SYSTEM, at=call.at)
    change_sql.save(dossier, _SAVED, rows, outbox.row_of(news, at=call.at))


CONNECTORS = (Connector("tell_applicant", _("Tell the applicant that the dossier waits for them"), tell_applicant),)
