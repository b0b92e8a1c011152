"""What the public page of a procedure would show if a drafted record were in force: made, read and taken back."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction

from motcua.casework.procedures.models import DecisionItem, ProcedureVersion
from motcua.casework.procedures.selectors.page import procedure_page
from motcua.casework.procedures.services.publishing import publish_record
from motcua.casework.procedures.types import ProcedurePage
from motcua.foundation.accounts.types import SYSTEM
from motcua.foundation.core.types import NotFound


@transaction.atomic
def preview_page(*, item_id: UUID | str, on: date, at: datetime, lang: str = "vi") -> ProcedurePage:
    """Return the public page of an item's record as it would be; nothing of it stays in the database.

    Raises:
        NotFound: no such item, or it carries no record.
        RecordRefused: the record cannot be taken yet; `problems` says where and why.
    """
    item = DecisionItem.objects.filter(public_id=item_id).first()
    if item is None or item.record is None:
        raise NotFound
    latest = ProcedureVersion.objects.filter(procedure__code=item.procedure_code).order_by("-valid").first()
    day = max(on, latest.valid.lower + timedelta(days=1)) if latest else on
    mark = transaction.savepoint()
    publish_record(item.record, valid_from=day, actor=SYSTEM, at=at)
    page = procedure_page(item.procedure_code, on=day, lang=lang)
    transaction.savepoint_rollback(mark)
    return page
