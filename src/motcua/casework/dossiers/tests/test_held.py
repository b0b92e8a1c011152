"""What is held about a citizen, and putting it right: versions beside, the journal never rewritten, everybody told."""

import pytest
from tests.world import NOW, World

from motcua.casework.dossiers.journal import broken_link
from motcua.casework.dossiers.models import Dossier, JournalEntry, Party
from motcua.casework.dossiers.selectors.people import parties_with
from motcua.foundation.accounts import selectors as account_reads
from motcua.foundation.accounts import services as accounts
from motcua.foundation.accounts.correcting import AlreadyDecided, AskedAlready
from motcua.foundation.accounts.models import SecurityEvent
from motcua.foundation.core import held_data
from motcua.foundation.core.models import OutboxEvent
from motcua.foundation.core.types import Invalid, NotAllowed, NotFound


@pytest.fixture
def filed(world: World) -> Dossier:
    return Dossier.objects.get(pk=world.file_online().dossier_id)


def item_for(dossier: Dossier, field: str) -> str:
    return f"{dossier.public_id}:applicant:1:{field}"


def ask(world: World, item: str, wanted: str, section: str = "dossiers"):
    return accounts.ask_correction(
        section=section, item=item, wanted=wanted, reason="Theo căn cước", actor=world.actor("congdan"), at=NOW
    )


def decide(world: World, request, *, accepts: bool = True, who: str = "baovedulieu", answer: str = ""):
    accounts.decide_correction(public_id=request, accepts=accepts, answer=answer, actor=world.actor(who), at=NOW)


def test_all_that_apps_hold_is_shown_to_its_owner_only(world, filed):
    sections = {part.code: part for part in held_data.held_about(world.actor("congdan"), at=NOW)}
    assert list(sections) == [
        "account", "roles", "dossiers", "drafts", "ratings", "messages", "readings", "sign_ins", "requests",
    ]  # fmt: skip
    words = str(sections["dossiers"])
    assert filed.shown_code in words
    assert all(part.why for part in sections.values())
    other = held_data.held_about(world.actor("congdan2"), at=NOW)
    assert filed.shown_code not in str(other)


def test_an_accepted_correction_is_a_new_version_with_a_line_in_the_journal(world, filed):
    before = list(JournalEntry.objects.filter(dossier_id=filed.pk).values_list("hash", flat=True))
    request = ask(world, item_for(filed, "phone"), "0909 111 222")
    decide(world, request)
    versions = list(Party.objects.filter(dossier=filed, role="applicant").order_by("version"))
    assert [(row.version, row.is_current) for row in versions] == [(1, False), (2, True)]
    assert [row.pk for row in parties_with("0909111222")] == [versions[1].pk]
    assert (
        list(JournalEntry.objects.filter(dossier_id=filed.pk).values_list("hash", flat=True))[: len(before)] == before
    )
    assert JournalEntry.objects.filter(dossier_id=filed.pk).latest("seq").act == "party_corrected"
    assert broken_link(filed.pk) is None
    kinds = list(SecurityEvent.objects.order_by("pk").values_list("kind", flat=True))
    assert kinds[-2:] == ["correction_asked", "correction_made"]
    told = OutboxEvent.objects.get(topic="accounts.correction_decided")
    assert "0909" not in str(told.payload)
    with pytest.raises(AlreadyDecided):
        decide(world, request)


def test_name_of_the_applicant_and_of_the_account(world, filed):
    decide(world, ask(world, item_for(filed, "full_name"), "Trần Thị Mỹ Duyên Hải"))
    assert Dossier.objects.get(pk=filed.pk).applicant_name == "Trần Thị Mỹ Duyên Hải"
    decide(world, ask(world, "identity", "089187009999", section="account"))
    assert account_reads.citizen_contact(world.actor("congdan").person_id)["identity"] == "089187009999"


def test_a_refusal_needs_its_reason_and_changes_nothing(world, filed):
    request = ask(world, item_for(filed, "full_name"), "Người Khác")
    with pytest.raises(Invalid):
        decide(world, request, accepts=False)
    decide(world, request, accepts=False, answer="Căn cước ghi đúng như đang lưu.")
    assert Party.objects.filter(dossier=filed, role="applicant").count() == 1
    card = account_reads.corrections_of(world.actor("congdan").user_id)[0]
    assert (card.state, card.answer) == ("refused", "Căn cước ghi đúng như đang lưu.")


def test_what_cannot_be_asked_or_answered(world, filed):
    item = item_for(filed, "phone")
    for wrong in ("0909", "khong-phai-so"):
        with pytest.raises(Invalid):
            ask(world, item, wrong)
    request = ask(world, item, "0909111222")
    with pytest.raises(AskedAlready):
        ask(world, item, "0909111333")
    for code in ("x", f"{filed.public_id}:applicant:9:phone", f"{filed.public_id}:applicant:1:kind"):
        with pytest.raises(NotFound):
            ask(world, code, "0909111222")
    with pytest.raises(NotFound):
        accounts.ask_correction(
            section="dossiers", item=item, wanted="0909111222", reason="x", actor=world.actor("congdan2"), at=NOW
        )
    for who in ("canbo", "tiepnhan", "congdan"):
        with pytest.raises(NotAllowed):
            decide(world, request, who=who)


def test_the_number_of_queries_does_not_follow_the_dossiers(world, assert_flat_queries):
    actor = world.actor("congdan")
    assert_flat_queries(
        lambda: held_data.held_about(actor, at=NOW),
        grow=lambda count: [world.file_online() for _each in range(count)],
        at_most=40,
    )
