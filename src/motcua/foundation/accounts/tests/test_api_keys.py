"""Keys of programs: shown once, stored as a digest, valid for their days, taken back at once."""

from datetime import date, datetime, timedelta

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import transaction
from tests.keeping import removed_by_purge

from motcua.foundation.accounts import selectors, services
from motcua.foundation.accounts.models import ApiClient, ApiRequest
from motcua.foundation.accounts.types import IdempotencyKeyReused, IssuedKey
from motcua.foundation.core.clock import VIETNAM
from motcua.foundation.core.types import Invalid, NotFound

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=VIETNAM)
TODAY = NOW.date()

pytestmark = pytest.mark.django_db


def issue(**changes) -> IssuedKey:
    values = {"name": "Bưu điện tỉnh", "scopes": ["file", "track"], "at": NOW, "valid_from": TODAY}
    return services.issue_api_key(**(values | changes))


def test_the_key_finds_its_program_and_is_nowhere_stored():
    issued = issue(per_minute=60)

    found = selectors.api_client_for(issued.key, on=TODAY)

    assert found == issued.client
    assert (found.scopes, found.per_minute) == (frozenset({"file", "track"}), 60)
    row = ApiClient.objects.get()
    assert issued.key not in str(row.__dict__)
    assert issued.key.startswith("mc_")
    assert len(issued.key) > 40


@pytest.mark.parametrize("key", ["", "mc_wrong", "x" * 5000, "mc_" + "é" * 43])
def test_an_unknown_key_finds_nobody(key):
    issue()

    assert selectors.api_client_for(key, on=TODAY) is None


@pytest.mark.parametrize(
    ("on", "works"),
    [(date(2026, 11, 22), False), (TODAY, True), (date(2026, 12, 22), True), (date(2026, 12, 23), False)],
)
def test_a_key_works_on_its_days_only(on, works):
    issued = issue(valid_until=date(2026, 12, 23))

    assert (selectors.api_client_for(issued.key, on=on) is not None) == works


def test_a_revoked_key_stops_at_once_and_keeps_its_first_instant():
    issued = issue()

    services.revoke_api_key(public_id=issued.client.public_id, at=NOW)
    services.revoke_api_key(public_id=issued.client.public_id, at=NOW + timedelta(hours=1))

    assert selectors.api_client_for(issued.key, on=TODAY) is None
    assert ApiClient.objects.get().revoked_at == NOW


def test_revoking_what_does_not_exist_is_refused():
    with pytest.raises(NotFound):
        services.revoke_api_key(public_id="01890000-0000-7000-8000-000000000000", at=NOW)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"scopes": []}, "scopes"),
        ({"scopes": ["everything"]}, "scopes"),
        ({"per_minute": 0}, "per_minute"),
        ({"valid_until": TODAY}, "valid_until"),
        ({"name": " "}, "name"),
    ],
)
def test_a_key_that_makes_no_sense_is_not_issued(changes, field):
    with pytest.raises(Invalid) as refused:
        issue(**changes)

    assert list(refused.value.fields) == [field]
    assert not ApiClient.objects.exists()


def test_the_same_idempotency_key_with_other_content_is_refused():
    client = issue().client.id
    with transaction.atomic():
        services.claim_api_request(client_id=client, key="a1", content=b"one", at=NOW)
        services.claim_api_request(client_id=client, key="a1", content=b"one", at=NOW)
        services.claim_api_request(client_id=client, key="a2", content=b"two", at=NOW)

    with pytest.raises(IdempotencyKeyReused), transaction.atomic():
        services.claim_api_request(client_id=client, key="a1", content=b"two", at=NOW)

    assert ApiRequest.objects.count() == 2


def test_two_programs_may_use_the_same_idempotency_key():
    for _ in range(2):
        with transaction.atomic():
            services.claim_api_request(client_id=issue().client.id, key="a1", content=b"other", at=NOW)

    assert ApiRequest.objects.count() == 2


def test_idempotency_keys_are_forgotten_after_thirty_days():
    with transaction.atomic():
        services.claim_api_request(client_id=issue().client.id, key="a1", content=b"one", at=NOW)

    assert removed_by_purge("api_requests", at=NOW + timedelta(days=29)) == 0
    assert removed_by_purge("api_requests", at=NOW + timedelta(days=31)) == 1


def test_the_command_shows_the_key_once_and_takes_it_back(capsys):
    call_command("issue_api_key", "Kiosk", "--scope", "track", "--days", "0")
    said = capsys.readouterr().out
    key = next(line.split()[1] for line in said.splitlines() if line.startswith("key"))
    client = selectors.api_client_for(key, on=date(2036, 1, 1))
    assert client is not None
    assert client.scopes == {"track"}

    call_command("issue_api_key", "--revoke", str(client.public_id))

    assert selectors.api_client_for(key, on=date(2036, 1, 1)) is None


def test_the_command_says_plainly_what_is_missing():
    with pytest.raises(CommandError, match="name"):
        call_command("issue_api_key")
