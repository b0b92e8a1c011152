"""Instants that a dossier promises: 15:00, nights and rest days, and the limit that applies."""

from datetime import datetime
from typing import Any

import pytest
from tests.world import CERTIFICATION, World

from motcua.casework.dossiers import services
from motcua.casework.dossiers.models import Dossier
from motcua.casework.procedures import selectors as procedures
from motcua.casework.procedures.models import TimeLimit
from motcua.casework.procedures.types import IntakeChoice, LimitLine
from motcua.foundation.core.clock import VIETNAM


def at(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=VIETNAM)


# Tuesday 24 November 2026 is off; 28 and 29 are the weekend
@pytest.mark.parametrize(
    ("received", "due"),
    [
        (at(25, 9), at(25, 17)),
        (at(25, 15), at(25, 17)),
        (at(25, 15, 1), at(26, 17)),
        (at(23, 16), at(25, 17)),
        (at(27, 15, 30), at(30, 17)),
        (at(28, 10), at(30, 17)),
    ],
)
def test_same_day_procedures_after_15_end_on_the_next_working_day(
    world: World, received: datetime, due: datetime
) -> None:
    TimeLimit.objects.filter(version__procedure__code=CERTIFICATION).update(statutory_unit="same_day")
    procedures.forget_choices()

    filed = world.take_in(code=CERTIFICATION, at=received)

    assert Dossier.objects.get(pk=filed.dossier_id).due_at == due


@pytest.mark.parametrize(
    ("filed_at", "answer_by"),
    [
        (at(25, 9), at(26, 9)),
        (at(23, 16), at(25, 16)),
        (at(27, 22), at(30, 17)),
        (at(28, 10), at(30, 17)),
        (at(25, 5), at(25, 17)),
    ],
)
def test_eight_working_hours_to_accept(world: World, filed_at: datetime, answer_by: datetime) -> None:
    filed = world.file_online(at=filed_at)

    assert Dossier.objects.get(pk=filed.dossier_id).acceptance_due_at == answer_by


def test_the_limit_counts_from_acceptance_not_from_filing(world: World) -> None:
    filed = world.file_online(at=at(20, 9))

    services.accept_filing(dossier_id=filed.dossier_id, actor=world.actor("tiepnhan"), at=at(25, 16))

    assert Dossier.objects.get(pk=filed.dossier_id).due_at == at(30, 17)


def limit(number: int, channel: str, case_id: int | None, place: str = "any") -> LimitLine:
    return LimitLine(
        id=number, case="", case_id=case_id, channel=channel, place_kind=place, value=number, unit="working_day",
        statutory_value=number, statutory_unit="working_day", note="", needs_review=False,
    )  # fmt: skip


def choice(*limits: LimitLine) -> IntakeChoice:
    values: dict[str, Any] = dict.fromkeys(IntakeChoice.__slots__, ())
    return IntakeChoice(**(values | {"limits": limits}))


@pytest.mark.parametrize(
    ("channel", "case_id", "place", "days"),
    [
        ("direct", 2, "any", 5),
        ("direct", 2, "remote", 15),
        ("direct", 3, "any", 7),
        ("online", 2, "any", 5),  # published for the counter only: the same case's, never another case's
        ("online", 1, "any", 3),
    ],
)
def test_the_limit_of_the_case_and_place(channel: str, case_id: int, place: str, days: int) -> None:
    offered = choice(
        limit(3, "direct", 1), limit(5, "direct", 2), limit(15, "direct", 2, "remote"), limit(7, "direct", None)
    )

    assert offered.limit_applied(case_id=case_id, channel=channel, place_kind=place).value == days
