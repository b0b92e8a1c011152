"""The shown word and the public completion, as a table."""

import pytest

from motcua.casework.dossiers.status import NATIONAL_NUMBER, completion_of, status_of
from motcua.casework.dossiers.terms import certification_fee
from motcua.casework.dossiers.types import CertifiedItem, State, Status


@pytest.mark.parametrize(
    ("state", "waiting", "status", "completion"),
    [
        ("filed", "", "awaiting_acceptance", "open"),
        ("filed", "citizen", "awaiting_supplement", "open"),
        ("in_process", "", "processing", "open"),
        ("in_process", "citizen", "awaiting_supplement", "open"),
        ("in_process", "tax", "awaiting_payment", "open"),
        ("in_process", "payment", "awaiting_payment", "open"),
        ("in_process", "other_body", "coordinating", "open"),
        ("finished", "", "has_result", "done"),
        ("returned", "", "returned", "done"),
        ("not_accepted", "", "not_accepted", "closed"),
        ("withdrawn", "", "withdrawn", "closed"),
        ("stopped", "", "stopped", "closed"),
    ],
)
def test_status(state: str, waiting: str, status: str, completion: str) -> None:
    assert status_of(state, waiting) == status
    assert completion_of(state) == completion


def test_every_status_has_a_national_number_and_every_state_a_completion() -> None:
    assert set(NATIONAL_NUMBER) == set(Status)
    assert {completion_of(state) for state in State} == {"open", "done", "closed"}


@pytest.mark.parametrize(
    ("pages", "copies", "fee"),
    [(1, 1, 2_000), (2, 1, 4_000), (3, 1, 5_000), (3, 7, 35_000), (500, 1, 200_000), (500, 3, 600_000)],
)
def test_certification_fee(pages: int, copies: int, fee: int) -> None:
    assert certification_fee(CertifiedItem("", pages, copies)) == fee
