"""Many attempts at the same moment have no more tries between them than one after the other."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

import pytest
from django.db import connection

from motcua.foundation.accounts import attempts, services
from motcua.foundation.accounts.models import OneTimeCode
from motcua.foundation.accounts.types import CodePurpose, WrongCode
from motcua.foundation.core.clock import VIETNAM
from motcua.foundation.core.types import TooMany

AT = datetime(2026, 11, 23, 9, 0, tzinfo=VIETNAM)
AT_ONCE = 12
pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


def at_once(act):
    """Run `act` in many threads; return what came of each."""

    def one(number):
        try:
            return act(number)
        except (WrongCode, TooMany) as refusal:
            return refusal.code
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(one, range(AT_ONCE)))


def test_wrong_codes_at_once_have_five_tries_between_them():
    sent = services.ask_code(typed="duyen@example.vn", purpose=CodePurpose.SIGN_IN, address="10.0.0.1", at=AT)
    wrong = "000000" if sent.code != "000000" else "111111"

    at_once(lambda _number: services.prove_code(public_id=sent.public_id, purpose=sent.purpose, typed=wrong, at=AT))

    assert OneTimeCode.objects.get().tries_left == 0
    with pytest.raises(WrongCode):
        services.prove_code(public_id=sent.public_id, purpose=sent.purpose, typed=sent.code, at=AT)


def test_the_right_code_at_once_is_taken_once():
    sent = services.ask_code(typed="duyen@example.vn", purpose=CodePurpose.SIGN_IN, address="10.0.0.1", at=AT)

    came = at_once(
        lambda _number: services.prove_code(public_id=sent.public_id, purpose=sent.purpose, typed=sent.code, at=AT)
    )

    assert len([proved for proved in came if proved != "wrong-code"]) == 1


def test_attempts_at_once_are_all_counted_before_any_is_judged():
    came = at_once(lambda _number: attempts.begin(scope="sign-in", name="lan", address="10.0.0.1", device="", at=AT))

    assert came.count("too-many-attempts") == AT_ONCE - attempts.FREE
