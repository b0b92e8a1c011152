"""Personal data at rest: unreadable without the key, searchable by digest, safe against moved columns."""

import base64
import uuid

import pytest
from cryptography.exceptions import InvalidTag
from django.core.exceptions import ImproperlyConfigured
from hypothesis import given
from hypothesis import strategies as st

from motcua.foundation.core import personal_data
from motcua.foundation.core.ids import uuid7

OLD, NEW = (base64.b64encode(letter * 32).decode() for letter in (b"o", b"n"))


@given(st.text(max_size=60))
def test_what_is_encrypted_comes_back_and_looks_different_each_time(text):
    first, second = (personal_data.encrypt(text, purpose="person.phone") for _ in range(2))

    assert personal_data.decrypt(first, purpose="person.phone") == text
    assert personal_data.decrypt(memoryview(second), purpose="person.phone") == text
    assert first != second


def test_the_text_does_not_stand_in_the_cipher():
    assert b"0913000128" not in personal_data.encrypt("0913000128", purpose="person.phone")


def test_a_value_moved_to_another_column_is_not_read():
    stored = personal_data.encrypt("0913000128", purpose="person.phone")

    with pytest.raises(InvalidTag):
        personal_data.decrypt(stored, purpose="party.phone")


def test_one_changed_byte_is_noticed():
    stored = bytearray(personal_data.encrypt("0913000128", purpose="person.phone"))
    stored[-1] ^= 1

    with pytest.raises(InvalidTag):
        personal_data.decrypt(bytes(stored), purpose="person.phone")


def test_a_new_key_encrypts_and_the_old_one_still_reads(settings):
    settings.MOTCUA_DATA_KEYS = f"1:{OLD}"
    before = personal_data.encrypt("lan", purpose="x")
    settings.MOTCUA_DATA_KEYS = f"1:{OLD}, 2:{NEW}"
    after = personal_data.encrypt("lan", purpose="x")

    assert (before[:2], after[:2]) == (b"\x00\x01", b"\x00\x02")
    assert personal_data.decrypt(before, purpose="x") == personal_data.decrypt(after, purpose="x") == "lan"


def test_missing_keys_are_named(settings):
    settings.MOTCUA_DATA_KEYS = settings.MOTCUA_DIGEST_KEY = ""

    with pytest.raises(ImproperlyConfigured, match="MOTCUA_DATA_KEYS"):
        personal_data.encrypt("x", purpose="x")
    with pytest.raises(ImproperlyConfigured, match="MOTCUA_DIGEST_KEY"):
        personal_data.digest("x", purpose="x")


def test_digests_depend_on_value_purpose_and_key(settings):
    one = personal_data.digest("0913000128", purpose="phone")

    assert one == personal_data.digest("0913000128", purpose="phone")
    assert one != personal_data.digest("0913000129", purpose="phone")
    assert one != personal_data.digest("0913000128", purpose="identity")
    settings.MOTCUA_DIGEST_KEY = NEW
    assert one != personal_data.digest("0913000128", purpose="phone")


@pytest.mark.parametrize(
    ("typed", "normal"),
    [
        ("0913 000 128", "0913000128"),
        ("+84 913.000.128", "0913000128"),
        ("84913000128", "0913000128"),
        ("0084913000128", "0913000128"),
        ("(0296) 3 852 000", "02963852000"),
        ("", ""),
    ],
)
def test_phone_numbers_are_written_one_way(typed, normal):
    assert personal_data.normal_phone(typed) == normal


@pytest.mark.parametrize(
    ("typed", "normal"), [("0891 9000-4127", "089190004127"), (" b1234567 ", "B1234567"), ("", "")]
)
def test_identity_numbers_are_written_one_way(typed, normal):
    assert personal_data.normal_identity(typed) == normal


def test_identifiers_sort_by_time_and_carry_their_version():
    made = [uuid7() for _ in range(200)]

    assert {identifier.version for identifier in made} == {7}
    assert {identifier.variant for identifier in made} == {uuid.RFC_4122}
    assert len(set(made)) == 200
    assert [identifier.int >> 80 for identifier in made] == sorted(identifier.int >> 80 for identifier in made)
