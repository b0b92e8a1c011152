"""The reform of 1 July 2025, of the whole country: nothing is lost, every old unit reaches its successors."""

import time
from datetime import date, datetime

import pytest
from django.db import connection

from motcua.demonstration import reform
from motcua.foundation.core.clock import VIETNAM
from motcua.foundation.organisations import selectors as organisations
from motcua.foundation.organisations import services
from motcua.foundation.organisations.models import Agency, AgencyPeriod, AgencySuccession
from motcua.foundation.organisations.types import Decision

EVE = date(2025, 6, 30)
PLANNED_AT = datetime(2025, 6, 20, 9, tzinfo=VIETNAM)
DAY_BEGINS = datetime(2025, 7, 1, 0, 1, tzinfo=VIETNAM)


def _let_the_planner_know() -> None:
    """Count the rows, as the database does by itself between the days; here all is one transaction."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


@pytest.mark.django_db
def test_63_provinces_become_34_and_nothing_is_lost():
    whole = reform.whole_country()
    services.found_agencies(foundings=whole.before, since=reform.BEFORE)
    _let_the_planner_know()
    started = time.monotonic()
    public_id = services.draft_reorganisation(
        title=reform.TITLE,
        on=reform.ON,
        decision=Decision(number="202/2025/QH15", on=date(2025, 6, 12), by="Quốc hội"),
        changes=whole.changes,
        by=None,
        at=PLANNED_AT,
    )
    services.plan_reorganisation(public_id=public_id, by=None, at=PLANNED_AT)
    _let_the_planner_know()
    assert services.carry_out_due(at=DAY_BEGINS) == 1
    took = time.monotonic() - started

    before, after = organisations.directory(on=EVE), organisations.directory(on=reform.ON)
    kinds = [
        sum(card.kind == kind for card in before.agencies.values()) for kind in ("province", "district", "commune")
    ]
    assert kinds == [63, 696, 10_035]
    kinds = [sum(card.kind == kind for card in after.agencies.values()) for kind in ("province", "district", "commune")]
    assert kinds == [34, 0, 3_321]

    mapping = organisations.mapping_between(EVE, reform.ON)
    assert mapping.keys() == before.agencies.keys()
    assert {heir for heirs in mapping.values() for heir in heirs} == after.agencies.keys()
    wanted = {}
    for row in reform.commune_rows():
        if row["old_ward_code"]:
            code = f"DVHC24.{row['old_province_code']}.{row['old_district_code']}.{row['old_ward_code']}"
            heir = f"DVHC25.{row['new_province_code']}.{row['new_ward_code']}"
            wanted.setdefault(before.by_code[code], []).append((row["is_default"] != "1", after.by_code[heir]))
    for agency_id, heirs in wanted.items():
        assert mapping[agency_id][0] == min(heirs)[1]
        assert set(mapping[agency_id]) == {heir for _other, heir in heirs}
    assert sum(len(heirs) > 1 for heirs in wanted.values()) == 471
    assert organisations.successors_of(before.agencies, on=reform.ON) == {
        agency_id: heirs[0] for agency_id, heirs in mapping.items()
    }
    assert Agency.objects.count() == AgencyPeriod.objects.count() == len(before.agencies) + len(after.agencies)
    assert AgencySuccession.objects.filter(is_default=True).count() == len(before.agencies)
    assert took < 120
