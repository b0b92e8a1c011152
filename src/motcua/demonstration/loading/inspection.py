"""An order of inspection, so that the inspector of the demonstration has something to read and to draw from."""

from datetime import date, datetime, timedelta

from motcua.foundation.accounts import selectors as accounts_read
from motcua.foundation.accounts import services as accounts
from motcua.foundation.accounts.types import OrderInput
from motcua.foundation.core.clock import civil_day

INSPECTOR, ORDERED_BY = "thanhtra.ttv1", "ubnd.phochutich1"
NUMBER, PURPOSE = "45/QĐ-UBND", "Kiểm tra việc giải quyết thủ tục hành chính cho người dân, doanh nghiệp"
DAYS = 60


def order_inspection(agencies: dict[str, int], ward: str, *, at: datetime) -> int:
    """Make the order over one ward when there is none; return how many were made."""
    on = civil_day(at)
    people = accounts_read.person_ids({INSPECTOR, ORDERED_BY})
    actor = accounts_read.actor_for_person(people[ORDERED_BY], on=on)
    if accounts_read.inspection_orders(actor=actor, on=on):
        return 0
    order = OrderInput(
        number=NUMBER, issued_on=on, inspector_id=people[INSPECTOR], purpose=PURPOSE, unit_ids=(agencies[ward],),
        filed_since=date(on.year - 1, 1, 1), filed_until=on + timedelta(days=DAYS), valid_since=on,
        valid_until=on + timedelta(days=DAYS),
    )  # fmt: skip
    accounts.order_inspection(order=order, actor=actor, at=at)
    return 1
