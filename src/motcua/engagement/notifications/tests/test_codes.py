"""Codes on their way: to a provider, once, and never into a log."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.core import mail

from motcua.engagement.notifications import services
from motcua.engagement.notifications.models import CodeMessage
from motcua.engagement.notifications.text_messages import check_sender
from motcua.foundation.accounts.types import CodePurpose, ContactKind, SentCode
from motcua.foundation.core.clock import VIETNAM

AT = datetime(2026, 11, 23, 9, 0, tzinfo=VIETNAM)
pytestmark = pytest.mark.django_db
SENT: list[tuple[str, str]] = []


class Provider:
    """Takes messages as a provider's adapter does."""

    def send(self, *, to: str, text: str) -> None:
        """Take a message."""
        SENT.append((to, text))


class Broken:
    """A provider that does not answer."""

    def send(self, *, to: str, text: str) -> None:
        """Fail."""
        raise OSError("no route to the provider")


def queued(kind=ContactKind.PHONE, contact="0913000128", purpose=CodePurpose.SIGN_IN, language="vi"):
    sent = SentCode(uuid4(), purpose, kind, contact, "123456", AT + timedelta(minutes=10))
    services.queue_code(sent=sent, language=language, at=AT)
    return CodeMessage.objects.latest("pk").pk


@pytest.fixture(autouse=True)
def provider(settings):
    settings.MOTCUA_SMS_SENDER = f"{__name__}.Provider"
    SENT.clear()


def test_a_provider_gets_number_and_words_once():
    message_id = queued()

    assert services.send_code(message_id=message_id, at=AT)
    assert not services.send_code(message_id=message_id, at=AT)
    ((to, text),) = SENT
    assert to == "0913000128"
    assert text.startswith("123456 ")
    assert not CodeMessage.objects.exists()


def test_the_first_try_does_not_wait_for_a_worker_whose_clock_is_behind():
    message_id = queued()

    assert services.send_code(message_id=message_id, at=AT - timedelta(seconds=2))


def test_the_code_waits_encrypted():
    queued()

    assert b"123456" not in bytes(CodeMessage.objects.get().content_cipher)


def test_words_come_in_the_language_of_the_page_and_the_subject_tells_no_code():
    services.send_code(message_id=queued(ContactKind.EMAIL, "duyen@example.vn", language="en"), at=AT)

    assert "123456" not in mail.outbox[0].subject
    assert "is your code to sign in" in mail.outbox[0].body


def test_a_provider_that_fails_is_tried_again_and_nothing_is_logged(settings, caplog):
    caplog.set_level(0)
    settings.MOTCUA_SMS_SENDER = f"{__name__}.Broken"
    message_id = queued()

    assert not services.send_code(message_id=message_id, at=AT)
    assert services.due_codes(at=AT + timedelta(seconds=19)) == []
    assert services.due_codes(at=AT + timedelta(seconds=20)) == [message_id]
    assert "123456" not in caplog.text
    assert "0913000128" not in caplog.text


def test_a_code_whose_time_is_over_is_not_sent():
    assert not services.send_code(message_id=queued(), at=AT + timedelta(minutes=10))
    assert SENT == []
    assert not CodeMessage.objects.exists()


def test_a_site_with_files_for_a_provider_is_warned(settings):
    assert check_sender(None) == []
    settings.MOTCUA_SMS_SENDER = "file"
    assert [found.id for found in check_sender(None)] == ["notifications.W001"]
