"""Filing online: a dossier that waits for acceptance under its own clock of working hours."""

from datetime import datetime

from django.db import transaction

from motcua.casework.dossiers import creation_sql, journal, numbering
from motcua.casework.dossiers.events import DossierFiled
from motcua.casework.dossiers.journal import Line
from motcua.casework.dossiers.services import creation
from motcua.casework.dossiers.services.publishing import publish
from motcua.casework.dossiers.terms import terms_for
from motcua.casework.dossiers.types import Filed, FilingInput, State
from motcua.foundation.accounts.types import Actor
from motcua.foundation.calendars import selectors as calendars
from motcua.foundation.core.clock import civil_day


def file_online(*, filing: FilingInput, actor: Actor, at: datetime) -> Filed:
    """File a dossier through the portal or the API; idempotent by `filing.key`.

    Raises:
        NotOffered: the procedure is not taken this way.

    Law: Decree 61/2018, art. 17(2): what is filed online is answered by one full guidance, a refusal or acceptance.
    """
    terms = terms_for(filing, at=at)
    with transaction.atomic():
        claimed = creation.claim(filing.key, at)
        if claimed.earlier is not None:
            earlier = claimed.earlier
            return Filed(earlier.pk, earlier.public_id, earlier.intake_number or "", earlier.code or "", is_new=False)
        assert claimed.dossier_id is not None  # noqa: S101 - narrows the type
        dossier = creation.new_dossier(claimed.dossier_id, filing, terms, state=State.FILED, at=at)
        dossier.intake_number = numbering.new_intake_number(at)
        calendar = calendars.calendar_for(terms.scope.receiving_id, on=civil_day(at))
        seconds = calendar.rules_of(at).acceptance_hours * 3600
        dossier.acceptance_due_at = calendars.add_working_seconds(calendar, at, seconds)
        changed = creation.insert_parts(dossier, filing, terms, at=at)
        facts = {
            "channel": dossier.channel,
            "receiving": dossier.receiving_agency_id,
            "competent": dossier.competent_agency_id,
            "acceptance_due_at": dossier.acceptance_due_at.isoformat(),
        }
        if filing.representation:
            facts["representation"] = filing.representation
        if filing.helper_person_id is not None:
            facts |= {"helper": filing.helper_person_id, "helper_post": filing.helper_post_id}
        journal.record(dossier, [Line(act="filed", facts=facts, changed=changed)], actor=actor, at=at)
        creation_sql.insert_dossier(dossier)
        publish(DossierFiled, dossier, at=at, acceptance_due_at=dossier.acceptance_due_at)
    return Filed(dossier.pk, dossier.public_id, dossier.intake_number, "", is_new=True)
