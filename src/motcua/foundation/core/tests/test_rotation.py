"""Changing keys: everybody is found before, during and after, old ciphertext goes, two runs at once do no harm."""

import base64
import threading
from datetime import UTC, datetime

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection, connections, models, transaction

from motcua.foundation.accounts import contacts
from motcua.foundation.accounts import services as accounts
from motcua.foundation.accounts.models import Person, SignInContact
from motcua.foundation.core import personal_data, rotation

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
FORMER, COMING = (base64.b64encode(letter * 32).decode() for letter in (b"d", b"e"))
ONE, TWO = (f"{number}:" + base64.b64encode(letter * 32).decode() for number, letter in ((1, b"k"), (2, b"m")))
# Digests of secrets that live for minutes, of random keys, or of contents: nobody is looked up by them.
NOT_SEARCHED = {
    "accounts_one_time_code", "accounts_recovery_code", "accounts_api_client", "accounts_api_request",
    "dossiers_draft", "dossiers_access_seal", "dossiers_journal", "dossiers_destruction", "notifications_message",
}  # fmt: skip


def make(count: int, start: int = 0) -> None:
    for number in range(start, start + count):
        accounts.register_citizen(
            username=f"khoa{number}", password=None, full_name=f"Người {number}", identity=f"0891870{number:05}",
            phone=f"09130{number:05}", email=f"nguoi{number}@example.vn", at=AT,
        )  # fmt: skip


def found(number: int) -> bool:
    by_contact = contacts.find_user("phone", f"09130{number:05}")
    by_mail = contacts.find_user("email", f"nguoi{number}@example.vn")
    by_identity = personal_data.matching("identity_digest", f"0891870{number:05}", purpose="identity")
    people = list(Person.objects.filter(by_identity))
    return len(people) == 1 and by_contact == by_mail == people[0].user


def ciphers() -> set[int]:
    return {personal_data.key_number(row) for row in Person.objects.values_list("identity_cipher", flat=True)}


def test_everybody_is_found_at_every_stage_of_a_change(db, settings):
    make(7)
    assert all(map(found, range(7)))
    settings.MOTCUA_DATA_KEYS, settings.MOTCUA_DIGEST_KEY_NEXT = f"{ONE},{TWO}", COMING
    assert all(map(found, range(7)))
    make(2, start=7)
    halfway = rotation._pass(rotation.registered()["accounts_person"], 3)
    assert next(halfway) == 3
    halfway.close()
    assert all(map(found, range(9)))
    assert rotation.rotate(batch=2) > 0
    assert rotation.rotate() == 0
    assert all(map(found, range(9)))
    assert ciphers() == {2}
    assert rotation.rotation_state().droppable == (1,)
    # The former keys are dropped; the second column is still the one that finds.
    settings.MOTCUA_DATA_KEYS, settings.MOTCUA_DIGEST_KEY, settings.MOTCUA_DIGEST_KEY_NEXT = TWO, COMING, ""
    assert all(map(found, range(9)))
    make(2, start=9)
    assert not rotation.rotation_state().is_complete
    rotation.rotate()
    assert rotation.rotation_state().is_complete
    assert all(map(found, range(11)))
    assert not SignInContact.objects.filter(digest_next__isnull=False).exists()


def test_a_contact_is_not_taken_twice_while_the_key_changes(db, settings):
    make(1)
    settings.MOTCUA_DIGEST_KEY, settings.MOTCUA_DIGEST_KEY_NEXT = COMING, FORMER
    other = accounts.register_citizen(username="khac", password=None, full_name="Khác", at=AT)
    with pytest.raises(contacts.ContactTaken):
        contacts.add_contact(user_id=other.user_id, kind="phone", contact="0913000000", at=AT)


def test_the_command_tells_when_a_key_may_go(db, settings, capsys):
    make(1)
    settings.MOTCUA_DATA_KEYS = f"{ONE},{TWO}"
    with pytest.raises(CommandError):
        call_command("rotate_keys", "--check")
    assert ciphers() == {1}
    call_command("rotate_keys")
    assert "MOTCUA_DATA_KEYS: 1" in capsys.readouterr().out
    settings.MOTCUA_DATA_KEYS = ONE
    with pytest.raises(CommandError):  # too early dropped the newest one: said, and nothing is destroyed
        call_command("rotate_keys", "--json")
    settings.MOTCUA_DATA_KEYS = f"{ONE},{TWO}"
    assert found(0)


@pytest.mark.django_db(transaction=True)
def test_two_runs_at_once_and_a_writer_between(settings):
    make(12)
    settings.MOTCUA_DATA_KEYS, settings.MOTCUA_DIGEST_KEY_NEXT = f"{ONE},{TWO}", COMING
    with transaction.atomic():
        Person.objects.select_for_update().get(phone_digest=personal_data.digest("0913000003", purpose="phone"))
        runs = [threading.Thread(target=_run) for _each in range(2)]
        for run in runs:
            run.start()
        make(1, start=12)
    for run in runs:
        run.join()
    rotation.rotate()
    assert all(map(found, range(13)))
    assert ciphers() == {2}


def _run() -> None:
    try:
        rotation.rotate(batch=3)
    finally:
        connections["default"].close()


def test_every_sealed_column_is_registered():
    known = rotation.registered()
    for model in apps.get_models():
        table = model._meta.db_table
        for field in model._meta.concrete_fields:
            if not isinstance(field, models.BinaryField):
                continue
            if field.name.endswith("cipher"):
                assert field.name in known[table].ciphers, f"{table}.{field.name}: register it for the change of keys"
            elif field.name.endswith("digest") and table not in NOT_SEARCHED:
                assert field.name in known[table].columns, f"{table}.{field.name}: register it for the change of keys"


def test_registered_columns_exist(db):
    for item in rotation.registered().values():
        assert rotation.state_of(item).rows >= 0
    assert connection.vendor == "postgresql"
