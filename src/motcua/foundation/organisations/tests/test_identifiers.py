"""Electronic identifiers in both orders, and the converter between them."""

from datetime import date

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from motcua.foundation.organisations import selectors, services
from motcua.foundation.organisations.types import (
    AgencyPeriodsOverlap,
    IdentifierMalformed,
    IdentifierNotConvertible,
    IdentifierScheme,
)
from motcua.foundation.organisations.types.identifiers import parse, written

QD20, QCVN = IdentifierScheme.LEVEL_1_FIRST, IdentifierScheme.LEVEL_1_LAST
SINCE = date(2020, 9, 15)


@pytest.fixture(autouse=True)
def in_english():
    """Read sentences as they stand in the source."""
    with translation.override("en"):
        yield


@pytest.mark.parametrize(
    ("case", "first", "last"),
    [
        ("level 1 alone", "H56", "000.00.00.H56"),
        ("level 2", "H56.12", "000.00.12.H56"),
        ("level 3 of one digit is padded", "H56.12.3", "000.03.12.H56"),
        ("level 4", "H56.12.03.004", "004.03.12.H56"),
        ("level 4 of one digit is padded", "H01.1.2.7", "007.02.01.H01"),
        ("letters in a group", "G15.A1.B2", "000.B2.A1.G15"),
    ],
)
def test_both_orders_name_the_same_agency(case, first, last):
    assert services.convert_identifier(first, to=QCVN) == last
    assert parse(services.convert_identifier(last, to=QD20)).key == parse(first).key


@pytest.mark.parametrize(
    ("case", "value", "scheme"),
    [
        ("Decision 20/2020", "H56.12.3", QD20),
        ("QCVN 102:2016", "000.00.12.H56", QCVN),
        ("a real one of a dossier", "000.00.06.H56", QCVN),
        ("35 characters are enough", "H56." + "A" * 31, QD20),
        ("an enterprise's tax code", "0301234567", QD20),
        ("a branch's tax code", "0301234567001", QD20),
        ("another scheme", "Z01.ABC.1", QD20),
    ],
)
def test_read_as_written(case, value, scheme):
    assert parse(value).scheme == scheme
    assert services.convert_identifier(value, to=scheme) == value


@pytest.mark.parametrize(
    ("case", "value"),
    [
        ("empty", ""),
        ("small letters", "h56.12"),
        ("36 characters", "H56." + "A" * 32),
        ("a space", "H56 12"),
        ("a dash", "H56-12"),
        ("two dots", "H56..12"),
        ("ends in a dot", "H56."),
        ("no level 1", "12.34"),
        ("an empty level between", "001.00.12.H56"),
        ("five groups, level 1 last", "000.00.00.12.H56"),
    ],
)
def test_what_is_no_identifier_is_refused(case, value):
    with pytest.raises(IdentifierMalformed):
        services.convert_identifier(value, to=QCVN)


@pytest.mark.parametrize(
    ("case", "value"),
    [
        ("five levels", "H56.1.2.3.4"),
        ("a level wider than its group", "H56.123"),
        ("a level of zeros", "H56.00.1"),
        ("a tax code", "0301234567"),
    ],
)
def test_what_does_not_fit_into_four_groups_is_refused_with_the_mend(case, value):
    with pytest.raises(IdentifierNotConvertible, match="both identifiers by hand"):
        services.convert_identifier(value, to=QCVN)


@given(
    st.from_regex(r"[A-Y][0-9]{2}", fullmatch=True),
    st.lists(st.integers(min_value=1, max_value=99).map(lambda number: f"{number:02d}"), max_size=3),
)
def test_there_and_back_is_the_same_agency(top, below):
    value = ".".join([top, *below])

    other = written(parse(value), QCVN)

    assert parse(other).key == parse(value).key
    assert len(other) == 13


@pytest.fixture
def agencies(db):
    make = [
        services.found_agency(code=f"X.{n}", kind="department", level="province", name=f"Sở {n}", since=SINCE)
        for n in (1, 2)
    ]
    return [agency.pk for agency in make]


def test_identifiers_are_dated_and_read_in_either_order(agencies):
    services.record_identifier(agency_id=agencies[0], value="000.00.12.H56", since=SINCE)
    services.record_identifier(agency_id=agencies[0], value="H56.12", since=SINCE)
    services.record_identifier(agency_id=agencies[0], value="H56.45", since=date(2025, 7, 1))

    assert selectors.identifier_of(agencies[0], scheme=QD20, on=date(2025, 6, 30)) == "H56.12"
    assert selectors.identifier_of(agencies[0], scheme=QD20, on=date(2025, 7, 1)) == "H56.45"
    assert selectors.identifier_of(agencies[0], scheme=QCVN, on=date(2025, 7, 1)) == "000.00.12.H56"
    assert selectors.agency_with_identifier("000.00.45.H56", on=date(2025, 7, 1)) == agencies[0]
    assert selectors.agency_with_identifier("H56.45", on=date(2025, 6, 30)) is None


def test_one_identifier_names_one_agency(agencies):
    services.record_identifier(agency_id=agencies[0], value="H56.12", since=SINCE)

    with pytest.raises(AgencyPeriodsOverlap):
        services.record_identifier(agency_id=agencies[1], value="H56.12", since=date(2026, 1, 1))
