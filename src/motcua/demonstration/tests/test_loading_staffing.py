"""Leave and staffing of the demonstration: there after one load, the same after two."""

from datetime import datetime

import pytest

from motcua.demonstration.loading.organisation import load_organisation
from motcua.demonstration.loading.staffing import load_staffing
from motcua.foundation.accounts import selectors as accounts
from motcua.foundation.accounts.models import Absence, StaffingNumber
from motcua.foundation.core.clock import VIETNAM

AT = datetime(2026, 11, 2, 9, 0, tzinfo=VIETNAM)


@pytest.mark.django_db
def test_somebody_stands_in_today_and_numbers_are_set(small_province):
    load_organisation(at=AT)

    first, second = load_staffing(at=AT), load_staffing(at=AT)

    assert (first, second) == (3, 0)
    assert Absence.objects.filter(state="approved").count() >= 1
    assert StaffingNumber.objects.count() == 3
    people = accounts.person_ids({"rachgia.kinhte1", "vpubnd.kstt.quantri"})
    held = accounts.held_posts(people["rachgia.kinhte1"], on=AT.date())
    assert [post.standing_for for post in held if post.standing_for]
