"""One-time codes: single use, few tries, short life, nothing in clear, nothing said about who exists."""

from datetime import datetime, timedelta

import pytest
from tests.keeping import removed_by_purge

from motcua.foundation.accounts import selectors, services
from motcua.foundation.accounts.models import OneTimeCode
from motcua.foundation.accounts.types import CodePurpose, ContactKind, NoChannel, WrongCode
from motcua.foundation.core.clock import VIETNAM
from motcua.foundation.core.types import Invalid, TooMany

AT = datetime(2026, 11, 23, 9, 0, tzinfo=VIETNAM)
pytestmark = pytest.mark.django_db


def ask(typed="0913 000 128", *, purpose=CodePurpose.SIGN_IN, at=AT, address="10.0.0.1"):
    return services.ask_code(typed=typed, purpose=purpose, address=address, at=at)


def prove(sent, *, code=None, at=AT):
    return services.prove_code(public_id=sent.public_id, purpose=sent.purpose, typed=code or sent.code, at=at)


def citizen(**changes):
    values = {"username": "lan", "password": None, "full_name": "Lê Thị Lan", "phone": "0913000128", "at": AT}
    return services.register_citizen(**values | changes)


def other(code):
    return f"{(int(code) + 1) % 10**6:06}"


def test_the_right_code_leads_to_the_account():
    person = citizen()

    assert prove(ask("+84 913 000 128")).user_id == person.user_id


def test_a_contact_without_account_is_proved_too():
    proved = prove(ask("Duyen@Example.vn"))

    assert (proved.kind, proved.contact, proved.user_id) == (ContactKind.EMAIL, "duyen@example.vn", None)


def test_known_and_unknown_contacts_get_the_same_answer():
    citizen()
    known, unknown = ask(), ask("0913 000 129")

    assert known.contact
    assert unknown.contact
    assert len(known.code) == len(unknown.code) == 6


def test_nobody_unknown_is_written_to_for_a_forgotten_password():
    citizen()

    assert ask(purpose=CodePurpose.RESET).contact == "0913000128"
    assert ask("0913 000 129", purpose=CodePurpose.RESET).contact == ""


def test_a_code_is_good_once():
    sent = ask()
    prove(sent)

    with pytest.raises(WrongCode):
        prove(sent)


def test_a_code_is_good_for_ten_minutes():
    sent = ask()

    with pytest.raises(WrongCode):
        prove(sent, at=AT + timedelta(minutes=10))


def test_the_fifth_wrong_try_ends_it():
    sent = ask()
    for _time in range(5):
        with pytest.raises(WrongCode):
            prove(sent, code=other(sent.code))

    with pytest.raises(WrongCode):
        prove(sent)


def test_a_new_code_replaces_the_one_before():
    first, second = ask(), ask()

    with pytest.raises(WrongCode):
        prove(first)
    assert prove(second)


def test_a_code_opens_only_what_it_was_asked_for():
    citizen()
    sent = ask(purpose=CodePurpose.RESET)

    with pytest.raises(WrongCode):
        services.prove_code(public_id=sent.public_id, purpose=CodePurpose.SIGN_IN, typed=sent.code, at=AT)


def test_neither_code_nor_contact_is_kept_in_clear():
    sent = ask()
    row = OneTimeCode.objects.get(public_id=sent.public_id)
    kept = b"|".join(bytes(value) for value in (row.code_digest, row.contact_digest, row.contact_cipher))

    assert sent.code.encode() not in kept
    assert b"0913000128" not in kept
    assert "0913" not in str(row)


def test_codes_for_one_contact_are_limited_wherever_they_are_asked_from():
    for number in range(4):
        ask(address=f"10.0.0.{number}")

    with pytest.raises(TooMany):
        ask(address="10.0.0.9")
    ask(at=AT + timedelta(minutes=11))


@pytest.mark.parametrize("typed", ["", "lan", "123", "0013000128", "a@b", "two words@example.vn", "0913000128x"])
def test_what_is_no_contact_is_refused(typed):
    with pytest.raises(Invalid) as refused:
        ask(typed)

    assert "contact" in refused.value.fields


def test_phones_need_a_provider(settings):
    settings.MOTCUA_SMS_SENDER = "off"

    with pytest.raises(NoChannel):
        ask()
    ask("lan@example.vn")


def test_a_proof_lasts_until_the_account_is_made_and_no_longer():
    sent = ask("duyen@example.vn")
    prove(sent)

    assert selectors.proved_contact(public_id=sent.public_id, purpose=CodePurpose.SIGN_IN, at=AT).contact
    with pytest.raises(WrongCode):
        selectors.proved_contact(public_id=sent.public_id, purpose=CodePurpose.SIGN_IN, at=AT + timedelta(minutes=21))
    services.forget_proof(public_id=sent.public_id)
    with pytest.raises(WrongCode):
        selectors.proved_contact(public_id=sent.public_id, purpose=CodePurpose.SIGN_IN, at=AT)


def test_the_page_tells_where_the_code_went_without_telling_all():
    assert selectors.masked_contact(public_id=ask().public_id) == "09•••••128"
    assert selectors.masked_contact(public_id=ask("duyen@example.vn").public_id) == "d•••@example.vn"


def test_yesterdays_codes_are_deleted():
    ask()

    assert removed_by_purge("one_time_codes", at=AT + timedelta(days=1)) == 0
    assert removed_by_purge("one_time_codes", at=AT + timedelta(days=2)) == 1


def test_a_family_phone_belongs_to_the_first_account():
    first = citizen()
    citizen(username="binh")

    assert prove(ask()).user_id == first.user_id
