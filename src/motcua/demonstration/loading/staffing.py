"""Leave with people who stand in, required numbers, certificates and a joint body, so that the pages show some."""

from datetime import date, datetime, timedelta

from django.db import transaction

from motcua.demonstration import province
from motcua.foundation.accounts import selectors as accounts_read
from motcua.foundation.accounts import services as accounts
from motcua.foundation.accounts.types import AbsenceKind, Actor, StandIn
from motcua.foundation.core.clock import civil_day
from motcua.foundation.organisations import selectors as organisations_read
from motcua.foundation.organisations import services as organisations
from motcua.foundation.organisations.types import AgencyKind, Role

ADMINISTRATOR = "vpubnd.kstt.quantri"
# who is away, who stands in, days from today, length, kind, capacity, written authorisation
LEAVES = (
    ("rachgia.hotich1", "rachgia.kinhte1", 0, 5, AbsenceKind.LEAVE, "", ""),
    ("rachgia.phochutich1", "rachgia.kinhte.truong", 20, 3, AbsenceKind.MISSION, "TUQ.", "45/QĐ-UBND"),
    ("rachgia.vanthu1", "rachgia.kinhte1", 30, 2, AbsenceKind.TRAINING, "", ""),
)
NUMBERS = (
    (AgencyKind.PROVINCE_CENTRE, Role.CONTROLLER, 2, "Quyết định của Chủ tịch Ủy ban nhân dân tỉnh (giả định)"),
    (AgencyKind.COMMUNE_CENTRE, Role.RECEPTIONIST, 2, "Đề án bố trí nhân sự (giả định)"),
    (AgencyKind.DIVISION, Role.DIVISION_HEAD, 1, "Đề án bố trí nhân sự (giả định)"),
)
ABLE = ("rachgia.tiepnhan1", "rachgia.kinhte1", "ttpvhcc.rg.quay1")


@transaction.atomic
def load_staffing(*, at: datetime) -> int:
    """Enter what is missing; return how many leaves were entered. Repeating changes nothing."""
    on, since = civil_day(at), province.plan().since
    names = {ADMINISTRATOR, *ABLE, *(name for row in LEAVES for name in row[:2])}
    people = accounts_read.person_ids(names)
    if not names <= people.keys():
        return 0
    _whole_province(people[ADMINISTRATOR], at)
    admin = accounts_read.actor_for_person(people[ADMINISTRATOR], on=on)
    if not accounts_read.staffing_numbers(on=on):
        for kind, role, fewest, source in NUMBERS:
            accounts.set_staffing_number(
                actor=admin, agency_kind=kind, role=role, fewest=fewest, source=source, since=since
            )
        for name in ABLE:
            accounts.record_qualification(
                actor=admin, person_id=people[name], role=Role.RECEPTIONIST,
                certificate="Chứng chỉ bồi dưỡng nghiệp vụ một cửa (giả định)", since=since, until=None,
            )  # fmt: skip
        _joint_body(admin, on=on)
    return sum(_leave(row, people, at) for row in LEAVES)


def _whole_province(person_id: int, at: datetime) -> None:
    """Let the administrator of the province look after the staff of all its agencies."""
    on, since = civil_day(at), province.plan().since
    top = next((card.id for card in organisations_read.directory(on=on).agencies.values() if not card.parent_id), None)
    if top is None:
        return
    post = organisations.open_post(unit_id=top, role=Role.ADMINISTRATOR, title="Quản trị nhân sự của tỉnh", since=since)
    if (person_id, post.pk) not in accounts_read.holding_pairs(on=on):
        accounts.assign_post(person_id=person_id, post_id=post.pk, since=since)


def _joint_body(admin: Actor, *, on: date) -> None:
    """Name one department that is one body with an organ of the Party, invented like all of this."""
    cards = organisations_read.directory(on=on).agencies.values()
    found = next((card for card in cards if card.kind == AgencyKind.DEPARTMENT and "Nội vụ" in card.name), None)
    if found is not None:
        accounts.name_party_body(actor=admin, agency_id=found.id, name="Ban Tổ chức Tỉnh ủy (giả định)")


def _leave(row: tuple[str, str, int, int, str, str, str], people: dict[str, int], at: datetime) -> int:
    """Enter one leave as the head of the unit would, unless there is one."""
    away, stands_in, start, days, kind, capacity, authority = row
    on = civil_day(at)
    person_id = people[away]
    asker = accounts_read.actor_for_person(person_id, on=on)
    _cards, known = accounts_read.absences(actor=asker, on=on, which="mine")
    posts = accounts_read.held_posts(person_id, on=on)
    if known or not posts:
        return 0
    first = on + timedelta(days=start)
    made = accounts.enter_absence(
        actor=asker, person_id=person_id, first=first, last=first + timedelta(days=days - 1), kind=kind,
        stand_ins=[StandIn(posts[0].post_id, people[stands_in], capacity, authority)], at=at, on=on,
    )  # fmt: skip
    head = accounts_read.actor_for_person(people["rachgia.phochutich1"], on=on)
    if start == 0 and accounts_read.approves(head, person_id, on=on):  # the later ones wait for an answer
        accounts.decide_absence(actor=head, public_id=made, approve=True, at=at, on=on)
    return 1
