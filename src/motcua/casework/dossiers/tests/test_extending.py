"""A new date with an apology: who, when, once; what is written down, who is told."""

from datetime import date, datetime
from typing import Any

import pytest
from tests.world import World

from motcua.casework.dossiers import journal, picture, selectors, services
from motcua.casework.dossiers.models import Dossier, DueDateChange, Extension, JournalEntry
from motcua.casework.dossiers.types import (
    AlreadyExtended,
    ExtensionDecided,
    ExtensionTooLate,
    Filed,
    NothingToPutOff,
    SupplementAnswer,
    SupplementItem,
)
from motcua.foundation.core.clock import VIETNAM
from motcua.foundation.core.models import OutboxEvent
from motcua.foundation.core.types import Invalid, NotAllowed


def at(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=VIETNAM)


NEW = date(2026, 12, 3)


def appoint(world: World, filed: Filed, by: str = "lanhdao", **changes: Any) -> Extension:
    """Three working days from Monday 23 November (24 is off): due Friday 27, 17:00."""
    values = {"reason": "Cơ quan phối hợp chưa trả lời", "new_due_on": NEW, "at": at(25, 9)} | changes
    return services.appoint_new_date(dossier_id=filed.dossier_id, actor=world.actor(by), **values)


def row(filed: Filed) -> Dossier:
    return Dossier.objects.get(pk=filed.dossier_id)


def is_whole(filed: Filed) -> bool:
    dossier = row(filed)
    return journal.broken_link(dossier.pk) is None and picture.replay(dossier.pk) == picture.picture_of(dossier)


def test_a_leader_appoints_a_new_date(world: World) -> None:
    filed = world.take_in()

    appoint(world, filed)

    dossier = row(filed)
    assert dossier.due_at == at(3, 17, month=12)
    assert dossier.statutory_due_at == at(27, 17)  # the law's limit is not put off by an apology
    change = DueDateChange.objects.get(dossier=dossier)
    assert (change.old_due_at, change.new_due_at, change.form) == (at(27, 17), at(3, 17, month=12), "04")
    assert change.reason == "Cơ quan phối hợp chưa trả lời"
    entry = JournalEntry.objects.filter(dossier_id=dossier.pk).order_by("-seq").first()
    assert entry is not None
    assert (entry.act, entry.facts["form"], "reason" in entry.facts) == ("extended", "04", False)
    news = OutboxEvent.objects.get(topic="dossiers.due_date_changed", subject=str(dossier.pk))
    assert news.payload["reason"] == "extension"
    assert is_whole(filed)


def test_an_officer_asks_and_the_leader_grants(world: World) -> None:
    filed = world.take_in()
    asked = services.propose_extension(
        dossier_id=filed.dossier_id, reason="Chờ ý kiến", new_due_on=NEW, actor=world.actor("canbo"), at=at(25, 9)
    )
    assert row(filed).due_at == at(27, 17)
    assert [item.id for item in selectors.extensions_to_decide(actor=world.actor("lanhdao"))] == [asked.pk]
    assert not selectors.extensions_to_decide(actor=world.actor("canbo"))

    services.decide_extension(extension_id=asked.pk, is_granted=True, actor=world.actor("lanhdao"), at=at(25, 15))

    assert row(filed).due_at == at(3, 17, month=12)
    shown = selectors.extension_of(dossier_id=filed.dossier_id)
    assert shown is not None
    assert (shown.state, shown.approver_name, shown.proposed_by) == ("granted", "Trần Văn Lợi", "Nguyễn Hoàng Phúc")
    with pytest.raises(ExtensionDecided):
        services.decide_extension(extension_id=asked.pk, is_granted=False, actor=world.actor("lanhdao"), at=at(25, 16))
    assert is_whole(filed)


def test_declined_it_may_be_asked_for_again_but_granted_only_once(world: World) -> None:
    filed = world.take_in()
    ask = {"reason": "Chờ", "new_due_on": NEW, "actor": world.actor("canbo"), "at": at(25, 9)}
    asked = services.propose_extension(dossier_id=filed.dossier_id, **ask)
    with pytest.raises(AlreadyExtended):
        services.propose_extension(dossier_id=filed.dossier_id, **ask)
    with pytest.raises(Invalid):
        services.decide_extension(extension_id=asked.pk, is_granted=False, actor=world.actor("lanhdao"), at=at(25, 10))
    services.decide_extension(
        extension_id=asked.pk, is_granted=False, answer="Còn kịp", actor=world.actor("lanhdao"), at=at(25, 10)
    )

    appoint(world, filed, at=at(25, 11))

    with pytest.raises(AlreadyExtended):
        appoint(world, filed, at=at(25, 12), new_due_on=date(2026, 12, 10))
    assert is_whole(filed)


# Due Friday 27 November 17:00: one working day before is Thursday 26, 17:00.
@pytest.mark.parametrize(
    ("now", "is_late"), [(at(26, 16, 59), False), (at(26, 17), False), (at(26, 17, 1), True), (at(30, 9), True)]
)
def test_later_than_one_working_day_before_the_deadline_a_leader_says_why(
    world: World, now: datetime, is_late: bool
) -> None:
    filed = world.take_in()
    if is_late:
        with pytest.raises(ExtensionTooLate):
            appoint(world, filed, at=now)
        with pytest.raises(ExtensionTooLate):
            services.propose_extension(
                dossier_id=filed.dossier_id, reason="Chờ", new_due_on=NEW, actor=world.actor("canbo"), at=now
            )

    done = appoint(world, filed, at=now, override_reason="Bão, cơ quan phối hợp đóng cửa" if is_late else "")

    assert bool(done.override_reason) == is_late
    assert row(filed).due_at == at(3, 17, month=12)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"reason": " "}, "reason"),
        ({"new_due_on": date(2026, 11, 27)}, "new_due_on"),
        ({"new_due_on": date(2026, 11, 28)}, "new_due_on"),
        ({"new_due_on": date(2026, 12, 3), "at": at(3, 9, month=12)}, "new_due_on"),
    ],
)
def test_what_is_missing_or_wrong_is_named(world: World, changes: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as refusal:
        appoint(world, world.take_in(), **changes)

    assert list(refusal.value.fields) == [field]


@pytest.mark.parametrize("by", ["tiepnhan", "canbo", "so.canbo", "xa.tiepnhan", "kiemsoat", "congdan"])
def test_only_a_leader_of_the_competent_agency_appoints(world: World, by: str) -> None:
    with pytest.raises(NotAllowed):
        appoint(world, world.take_in(), by=by)


def test_nothing_is_put_off_while_the_clock_stands_or_before_acceptance(world: World) -> None:
    filed = world.take_in()
    world.step(filed, "lacking", by="canbo", note="x", supplement=(SupplementItem(reason="Mờ"),))
    with pytest.raises(NothingToPutOff):
        appoint(world, filed)
    with pytest.raises(NothingToPutOff):
        appoint(world, world.file_online())


def test_a_later_stop_moves_the_new_date_by_its_own_time(world: World) -> None:
    filed = world.take_in()
    appoint(world, filed, at=at(25, 9))
    world.step(filed, "lacking", by="canbo", at=at(26, 7), note="x", supplement=(SupplementItem(reason="Mờ"),))
    services.answer_supplement(
        dossier_id=filed.dossier_id, answers=(SupplementAnswer(None, (_file(world),)),), actor=world.actor("tiepnhan"),
        at=at(27, 7),
    )  # fmt: skip

    assert row(filed).due_at == at(4, 17, month=12)
    assert is_whole(filed)


def _file(world: World) -> int:
    from django.core.files.base import ContentFile

    from motcua.casework.documents import services as documents
    from motcua.casework.documents.tests import samples

    stored = documents.store_upload(
        file=ContentFile(samples.pdf(), name="a.pdf"), name="a.pdf", purpose="supplement", at=world.now, owner_key="t"
    )
    return stored.id
