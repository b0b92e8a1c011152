"""Periods and purges: a dry run changes nothing, a purge leaves a record, what is never deleted stays."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from motcua.foundation.accounts import services as accounts
from motcua.foundation.accounts.models import ApiRequest, OneTimeCode, Person, SignInContact, SignInSession, User
from motcua.foundation.core import keeping
from motcua.foundation.core.jobs import purge as nightly
from motcua.foundation.core.models import PurgeRecord
from motcua.foundation.core.types import Invalid

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
LATER = AT + timedelta(days=4000)


@pytest.fixture
def old(db):
    """Return a citizen whose account is old, with a code and a request of a program of the same day."""
    person = accounts.register_citizen(
        username="cu", password="x", full_name="Lê Thị Cũ", identity="089187000001", phone="0913000001", at=AT
    )
    accounts.ask_code(typed="0913000001", purpose="sign_in", address="127.0.0.1", at=AT)
    issued = accounts.issue_api_key(name="Thử", scopes=["read"], at=AT, valid_from=AT.date())
    with transaction.atomic():
        accounts.claim_api_request(client_id=issued.client.id, key="mot", content=b"x", at=AT)
    return person


def everything() -> dict[str, int]:
    counts = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT count(*), COALESCE(sum(hashtext(t::text)::bigint), 0) FROM {table} t")  # noqa: S608
            counts[table] = cursor.fetchone()
    return counts


def test_a_dry_run_changes_nothing(old, capsys, monkeypatch):
    monkeypatch.setattr("motcua.foundation.core.clock.now", lambda: LATER)
    before = everything()
    call_command("purge", "--dry-run", "--json")
    shown = json.loads(capsys.readouterr().out)
    call_command("purge")
    assert everything() == before
    found = {row["code"]: row["count"] for row in shown["kinds"]}
    assert found["one_time_codes"] == found["api_requests"] == found["unused_accounts"] == 1
    assert {"drafts", "unused_files", "sessions", "access_log", "messages", "dossiers"} <= set(found)
    assert shown["dry_run"]


def test_a_purge_deletes_and_leaves_a_record(old):
    done = {over.code: over.removed for over in keeping.purge(by="command", at=LATER)}
    assert done["one_time_codes"] == done["api_requests"] == done["unused_accounts"] == 1
    assert done["access_log"] is None
    assert not OneTimeCode.objects.exists()
    assert not ApiRequest.objects.exists()
    assert not SignInContact.objects.filter(user=old.user).exists()
    closed = Person.objects.get(pk=old.pk)
    assert not User.objects.get(pk=old.user_id).is_active
    assert closed.full_name == "Lê Thị Cũ"
    assert closed.identity_cipher is None
    assert closed.phone_digest is None
    assert set(PurgeRecord.objects.values_list("kind", "removed", "by")) >= {("one_time_codes", 1, "command")}
    assert not any(over.removed for over in keeping.purge(by="command", at=LATER))


def test_the_line_of_a_session_goes_with_the_session(old, client):
    client.force_login(old.user)
    line = SignInSession.objects.create(
        user=old.user, session_key=client.session.session_key, method="password", device="", address="", started_at=AT
    )
    ends = client.session.get_expiry_date()

    keeping.purge(by="command", at=ends - timedelta(minutes=1))
    assert SignInSession.objects.filter(pk=line.pk).exists()
    keeping.purge(by="command", at=ends + timedelta(minutes=1))
    assert not SignInSession.objects.exists()
    assert not Session.objects.exists()


def test_the_record_cannot_be_changed(old):
    keeping.purge(by="command", at=LATER)
    with pytest.raises(DatabaseError), transaction.atomic():
        PurgeRecord.objects.update(removed=0)


def test_periods_are_laid_down_with_a_source(old):
    keeping.set_period(kind="api_requests", days=None, legal_source="Quyết định 1/2026", at=AT)
    over = {item.code: item for item in keeping.what_would_go(at=LATER)}["api_requests"]
    assert (over.days, over.count, over.is_default) == (None, 0, False)
    for wrong in ({"kind": "none"}, {"kind": "access_log"}, {"days": -1}, {"legal_source": " "}):
        with pytest.raises(Invalid):
            keeping.set_period(**{"kind": "api_requests", "days": 3, "legal_source": "x", "at": AT} | wrong)
    with pytest.raises(CommandError):
        call_command("purge", "--set", "none", "--days", "1")


def test_the_nightly_job_obeys_its_setting(old, settings, monkeypatch):
    monkeypatch.setattr("motcua.foundation.core.clock.now", lambda: LATER)
    settings.MOTCUA_PURGE_NIGHTLY = False
    assert nightly() == 0
    settings.MOTCUA_PURGE_NIGHTLY = True
    assert nightly() >= 3
