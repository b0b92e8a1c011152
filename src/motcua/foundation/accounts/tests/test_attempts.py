"""Delays of failed attempts: growing for whoever guesses, none for the owner's own device."""

from datetime import datetime, timedelta

import pytest
from django.contrib.auth import authenticate
from django.test import RequestFactory

from motcua.foundation.accounts import attempts, services
from motcua.foundation.core.clock import VIETNAM
from motcua.foundation.core.types import TooMany

AT = datetime(2026, 11, 23, 9, 0, tzinfo=VIETNAM)
pytestmark = pytest.mark.django_db


def fail(times, *, name="lan", address="10.0.0.1", at=AT, device=""):
    for _time in range(times):
        attempts.begin(scope="sign-in", name=name, address=address, device=device, at=at)


def test_five_failures_are_free_and_the_sixth_waits():
    fail(5)

    with pytest.raises(TooMany):
        fail(1)
    fail(1, at=AT + timedelta(seconds=16))


def test_each_further_failure_makes_the_wait_longer():
    fail(5)
    fail(1, at=AT + timedelta(seconds=16))

    with pytest.raises(TooMany):
        fail(1, at=AT + timedelta(seconds=16 + 29))
    fail(1, at=AT + timedelta(seconds=16 + 31))


def test_the_wait_never_exceeds_a_quarter_of_an_hour():
    at = AT
    for _time in range(40):
        fail(1, at=at)
        at += timedelta(minutes=15, seconds=1)


def test_the_owner_elsewhere_is_not_kept_out_by_a_guesser():
    fail(5)
    with pytest.raises(TooMany):
        fail(1)

    fail(1, address="10.0.0.2")


def test_a_crowd_that_guesses_keeps_strangers_out_but_not_the_owners_device():
    for number in range(attempts.PER_NAME):
        fail(1, address=f"10.1.{number // 200}.{number % 200}")
    device = attempts.device_cookie("", "lan", nonce="abc", at=AT)

    with pytest.raises(TooMany):
        fail(1, address="10.9.9.9")
    fail(1, address="10.9.9.9", device=device)


def test_an_office_behind_one_address_signs_in_all_day():
    for number in range(attempts.PER_ADDRESS * 2):
        attempt = attempts.begin(scope="sign-in", name=f"officer{number}", address="10.0.0.1", device="", at=AT)
        attempts.succeeded(attempt, address="10.0.0.1")


def test_one_address_may_not_try_many_names():
    for number in range(attempts.PER_ADDRESS):
        fail(1, name=f"name{number}")

    with pytest.raises(TooMany):
        fail(1, name="another")


def test_success_forgets_the_failures():
    fail(4)
    attempt = attempts.begin(scope="sign-in", name="lan", address="10.0.0.1", device="", at=AT)
    attempts.succeeded(attempt, address="10.0.0.1")

    fail(5)


@pytest.mark.parametrize("cookie", ["nonsense", "a:b:c", ""])
def test_a_forged_device_cookie_is_none(cookie):
    assert attempts.device_nonce(cookie, "lan", at=AT) == ""


def test_a_device_is_known_under_the_names_used_on_it_and_no_other():
    cookie = attempts.device_cookie("", "lan", nonce="abc", at=AT)

    assert attempts.device_nonce(cookie, " LAN ", at=AT) == "abc"
    assert attempts.device_nonce(cookie, "binh", at=AT) == ""
    assert attempts.device_nonce(cookie, "lan", at=AT + timedelta(days=181)) == ""


def test_unknown_names_wait_like_known_ones(time_machine):
    time_machine.move_to(AT, tick=False)
    services.register_citizen(username="lan", password="right-password", full_name="Lê Thị Lan", at=AT)
    answers = {}
    for name in ("lan", "nobody"):
        answers[name] = []
        for _time in range(7):
            try:
                answers[name].append(authenticate(RequestFactory().post("/"), username=name, password="wrong"))
            except TooMany as refusal:
                answers[name].append(str(refusal))

    assert answers["lan"] == answers["nobody"]
    assert answers["lan"][:5] == [None] * 5
    assert answers["lan"][5]


def test_phone_and_mail_are_names_too(time_machine):
    time_machine.move_to(AT, tick=False)
    person = services.register_citizen(
        username="lan", password="right-password", full_name="Lê Thị Lan", phone="0913000128", email="lan@example.vn",
        at=AT,
    )  # fmt: skip

    for name in ("lan", "+84 913 000 128", "LAN@example.vn"):
        assert authenticate(RequestFactory().post("/"), username=name, password="right-password") == person.user
