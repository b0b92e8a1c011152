"""The planned province is whole and plausible: checked without a database."""

from collections import Counter, defaultdict

import pytest

from motcua.demonstration import packaged, province
from motcua.demonstration.names import NameMaker, excluded
from motcua.foundation.core.folding import fold
from motcua.foundation.organisations.types import AgencyKind, Role


@pytest.fixture(scope="module")
def plan():
    return province.plan()


def test_all_102_communes_are_there_with_their_units(plan):
    communes = [agency for agency in plan.agencies if agency.kind == AgencyKind.COMMUNE]
    units = Counter(agency.parent for agency in plan.agencies if agency.level == "commune")

    assert len(communes) == 102
    assert len({agency.ward_code for agency in communes}) == 102
    assert all(units[agency.code] == 5 for agency in communes)


def test_at_least_twenty_provincial_agencies(plan):
    kinds = {AgencyKind.DEPARTMENT, AgencyKind.VERTICAL, AgencyKind.UTILITY, AgencyKind.PROVINCE_CENTRE}
    provincial = [agency for agency in plan.agencies if agency.level == "province" and agency.kind in kinds]

    assert len(provincial) >= 20


def test_codes_are_unique_identifiers_and_parents_come_first(plan):
    seen = set()
    for agency in plan.agencies:
        assert agency.code not in seen
        assert len(agency.code) <= 35
        assert not agency.parent or agency.parent in seen, agency
        seen.add(agency.code)


def test_kinds_and_roles_exist(plan):
    assert {agency.kind for agency in plan.agencies} <= set(AgencyKind.values)
    assert {item.role for item in plan.appointments} == set(Role.values)


def test_every_commune_has_every_role_it_needs(plan):
    roles = defaultdict(set)
    parents = {agency.code: agency.parent for agency in plan.agencies}
    for item in plan.appointments:
        roles[item.unit].add(item.role)

    for _row, code in province.communes():
        assert Role.LEADER in roles[code]
        assert {Role.DIVISION_HEAD, Role.OFFICER, Role.CLERK, Role.CONTROLLER} <= roles[f"{code}.1"]
        assert {Role.DIVISION_HEAD, Role.OFFICER} <= roles[f"{code}.2"]
        assert {Role.DIVISION_HEAD, Role.OFFICER} <= roles[f"{code}.3"]
        assert Role.RECEPTIONIST in roles[f"{code}.4"]
        assert parents[code] == "H01"


def test_no_name_is_that_of_a_known_office_holder(plan):
    names = {fold(name) for name in plan.people.values()}

    assert not names & excluded()
    assert len(names) == len(plan.people)


def test_names_are_the_same_at_every_run():
    first, second = NameMaker(7), NameMaker(7)

    assert [first.next() for _ in range(50)] == [second.next() for _ in range(50)]


def test_the_people_the_demonstration_tells_about(plan):
    held = defaultdict(list)
    for item in plan.appointments:
        held[item.login].append(item)

    assert len(held["honnghe.hotich1"]) == 4
    assert not held["rachgia.buudien1"][0].is_state_employee
    assert held["ttpvhcc.rg.quay1"][0].home_agency == "H01.02"
    assert sum(item.unit == "H01.155.4" and item.role == Role.RECEPTIONIST for item in plan.appointments) >= 12
    assert {item.name for item in plan.premises if item.agency == "H01.18"} == {
        "Cơ sở 1 - Rạch Giá",
        "Cơ sở 2 - Long Xuyên",
    }


def test_shown_accounts_exist(plan):
    listing = packaged.table("accounts.toml")

    assert {item["username"] for item in listing["staff"]} <= set(plan.people)
    assert 8 <= len(listing["staff"]) <= 16


def test_every_commune_knows_its_land_branch(plan):
    codes = {agency.code for agency in plan.agencies}

    assert all(f"H01.17.{row['land_branch']}" in codes for row, _code in province.communes())
