"""Which processes are in force by a decision that approved them as internal processes."""

from collections.abc import Collection
from datetime import date

from motcua.casework.workflow.models import ProcessVersion


def approved_codes(codes: Collection[str], *, on: date) -> frozenset[str]:
    """Return those of the codes whose version in force on `on` carries the number of a decision; one statement."""
    found = ProcessVersion.objects.filter(definition__code__in=set(codes), valid__contains=on)
    return frozenset(found.exclude(decision_number="").values_list("definition__code", flat=True))
