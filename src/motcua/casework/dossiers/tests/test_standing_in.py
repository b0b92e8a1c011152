"""Leave: the work of the absent person reaches whoever stands in, with a trail; signing only in a capacity given."""

from datetime import date, timedelta

import pytest
from tests.world import NOW, SINCE, World, make_world

from motcua.casework.dossiers import selectors, services
from motcua.casework.dossiers.models import Dossier, HandoverLine, JournalEntry, Result
from motcua.casework.dossiers.types import WorkLeftOver
from motcua.casework.workflow import selectors as workflow
from motcua.foundation.accounts import selectors as accounts
from motcua.foundation.accounts import services as account_services
from motcua.foundation.accounts.models import PostHolding
from motcua.foundation.accounts.types import (
    AbsencesOverlap,
    CapacityNotHeld,
    HoldsAlready,
    LastAdministrator,
    NotLent,
    StandIn,
    StandInAway,
    StandInMayNotSign,
)
from motcua.foundation.core.types import Invalid, NotAllowed
from motcua.foundation.organisations import services as organisations

TODAY = NOW.date()
pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    made = make_world()
    post = organisations.open_post(
        unit_id=made.units["province"], role="administrator", title="Quản trị toàn tỉnh", since=SINCE
    )
    account_services.assign_post(person_id=made.people["quantri"], post_id=post.pk, since=SINCE)
    return made


def away(world, who, substitute, *, by=None, capacity="", authority="", last=TODAY + timedelta(days=4)):
    post_id = world.posts[who][0]
    return account_services.enter_absence(
        actor=world.actor(by or who), person_id=world.people[who], first=TODAY, last=last, kind="leave",
        stand_ins=[StandIn(post_id, world.people[substitute], capacity, authority)], at=NOW, on=TODAY,
    )  # fmt: skip


def approve(world, public_id, by):
    account_services.decide_absence(actor=world.actor(by), public_id=public_id, approve=True, at=NOW, on=TODAY)


def given(world, filed, who):
    task = world.tasks(filed)[0]
    services.assign(
        dossier_id=filed.dossier_id, task_id=task.public_id, person_id=world.people[who], actor=world.actor(who), at=NOW
    )
    return world.tasks(filed)[0]


def test_a_task_taken_by_the_absent_person_reaches_the_substitute_with_a_trail(world):
    filed = world.take_in()
    world.lead_to(filed, "examine")
    given(world, filed, "canbo")
    assert selectors.work_list(actor=world.actor("vanthu"), at=NOW).rows == ()
    leave = away(world, "canbo", "vanthu")
    assert selectors.work_list(actor=world.actor("vanthu"), at=NOW).rows == ()  # not approved yet
    approve(world, leave, "truongphong")

    row = selectors.work_list(actor=world.actor("vanthu"), at=NOW).rows[0]
    world.step(filed, "enough", by="vanthu")

    entry = JournalEntry.objects.filter(dossier_id=filed.dossier_id).order_by("-seq").first()
    assert row.standing_for == accounts.person_names({world.people["canbo"]})[world.people["canbo"]]
    assert (entry.person_id, entry.post_id) == (world.people["vanthu"], world.posts["canbo"][0])
    assert entry.facts["for_person"] == world.people["canbo"]


def test_who_holds_the_same_role_stays_themselves(world):
    filed = world.take_in()
    world.lead_to(filed, "examine")
    approve(world, away(world, "canbo", "canbo2"), "truongphong")

    world.step(filed, "enough", by="canbo2")

    entry = JournalEntry.objects.filter(dossier_id=filed.dossier_id).order_by("-seq").first()
    assert entry.post_id == world.posts["canbo2"][0]
    assert "for_person" not in entry.facts


def test_a_substitute_signs_only_in_a_capacity_given(world):
    filed = world.take_in()
    world.lead_to(filed, "sign")
    leave = away(world, "lanhdao", "truongphong")
    with pytest.raises(StandInMayNotSign):
        world.step(filed, "sign", by="truongphong")
    assert not Result.objects.filter(dossier_id=filed.dossier_id, signed_at__isnull=False).exists()
    account_services.end_absence(actor=world.actor("lanhdao"), public_id=leave, at=NOW, on=TODAY)
    with pytest.raises(CapacityNotHeld):
        away(world, "lanhdao", "truongphong", capacity="TUQ.")
    away(world, "lanhdao", "truongphong", capacity="TUQ.", authority="12/QĐ-UBND")

    world.step(filed, "sign", by="truongphong")

    result = Result.objects.get(dossier_id=filed.dossier_id)
    assert (result.capacity, result.signer_person_id) == ("TUQ.", world.people["truongphong"])


def test_what_cannot_be_is_refused_with_the_mend(world):
    approve(world, away(world, "canbo", "canbo2"), "truongphong")
    with pytest.raises(AbsencesOverlap) as refusal:
        away(world, "canbo", "vanthu")
    assert "23/11/2026" in str(refusal.value)
    with pytest.raises(StandInAway):
        away(world, "vanthu", "canbo")
    with pytest.raises(NotLent):
        away(world, "quantri", "vanthu")
    with pytest.raises(NotAllowed):
        away(world, "canbo2", "vanthu", by="tiepnhan")
    with pytest.raises(Invalid):
        away(world, "vanthu", "truongphong", last=TODAY - timedelta(days=1))


def test_nobody_approves_their_own_leave(world):
    leave = away(world, "canbo", "canbo2")
    for who in ("canbo", "tiepnhan", "canbo2"):
        with pytest.raises(NotAllowed):
            approve(world, leave, who)


def test_the_actor_is_read_in_as_many_statements_as_before(world, django_assert_num_queries):
    approve(world, away(world, "canbo", "canbo2"), "truongphong")
    world.actor("canbo2")
    with django_assert_num_queries(2):
        actor = world.actor("canbo2")
    assert [post.standing_for != "" for post in actor.posts] == [False, True]


def test_leaving_a_post_hands_open_work_over(world):
    filed = [world.take_in(name=f"Người Số {number}") for number in ("Một", "Hai", "Ba")]
    for item in filed:
        world.lead_to(item, "examine")
        given(world, item, "canbo")
    holding = PostHolding.objects.get(person_id=world.people["canbo"], post_id=world.posts["canbo"][0]).pk
    admin = world.actor("quantri")
    seen = selectors.open_work_of_post(actor=admin, holding_id=holding, at=NOW)
    assert (len(seen.lines), sum(number for _name, number, _late in seen.procedures)) == (3, 3)
    values = {"holding_id": holding, "last": TODAY, "reason": "Nghỉ hưu", "actor": admin, "at": NOW}
    with pytest.raises(WorkLeftOver):
        services.leave_post(successors=None, **values)
    with pytest.raises(Invalid):
        services.leave_post(successors=[world.people["tiepnhan"]], **values)

    record_id = services.leave_post(successors=[world.people["canbo2"]], **values)

    record = selectors.handover(actor=admin, public_id=record_id, at=NOW)
    assert [line.to for line in record.lines] == [dict(seen.successors)[world.people["canbo2"]]] * 3
    runs = Dossier.objects.filter(pk__in=[item.dossier_id for item in filed]).values_list("run_id", flat=True)
    assert {task.person_id for task in workflow.tasks_of_runs(list(runs))} == {world.people["canbo2"]}
    assert JournalEntry.objects.filter(act="handed_over").count() == HandoverLine.objects.count() == 3
    assert accounts.held_posts(world.people["canbo"], on=TODAY + timedelta(days=1)) == ()


def test_the_last_administrator_stays_and_posts_do_not_overlap(world):
    admin = world.actor("quantri")
    holdings = PostHolding.objects.filter(person_id=world.people["quantri"], post__role="administrator").order_by("pk")
    first, last = holdings
    account_services.end_holding(actor=admin, holding_id=first.pk, last=TODAY)
    with pytest.raises(LastAdministrator):
        account_services.end_holding(actor=admin, holding_id=last.pk, last=TODAY)
    with pytest.raises(HoldsAlready) as refusal:
        account_services.give_post(
            actor=admin, person_id=world.people["canbo"], post_id=world.posts["canbo"][0], since=date(2026, 1, 1)
        )
    assert f"{SINCE:%d/%m/%Y}" in str(refusal.value)
    with pytest.raises(NotAllowed):
        account_services.give_post(
            actor=world.actor("lanhdao"), person_id=world.people["canbo"], post_id=world.posts["canbo"][0], since=TODAY
        )


def test_staffing_counts_required_present_away_and_qualified(world):
    admin = world.actor("quantri")
    account_services.set_staffing_number(
        actor=admin, agency_kind="division", role="officer", fewest=3, source="QĐ 1", since=SINCE
    )
    account_services.record_qualification(
        actor=admin, person_id=world.people["canbo2"], role="officer", certificate="CC", since=SINCE, until=None
    )
    approve(world, away(world, "canbo", "canbo2"), "truongphong")

    rows = accounts.staffing(actor=admin, on=TODAY)

    row = next(item for item in rows if item.unit_id == world.units["economy"] and item.role == "officer")
    assert (row.required, row.away, row.missing, row.qualified) == (3, 1, 3 - row.present, 1)


def test_a_start_password_ends_when_the_person_chose_their_own(world):
    made = account_services.new_officer(actor=world.actor("quantri"), full_name="Lê Văn Mới", username="lvmoi", at=NOW)
    from motcua.foundation.accounts.models import User

    user = User.objects.get(username="lvmoi")
    assert user.check_password(made.password)
    account_services.change_password(user_id=user.pk, current=made.password, new="mot-mat-khau-dai-12", at=NOW)
    assert User.objects.get(pk=user.pk).start_password_until is None
