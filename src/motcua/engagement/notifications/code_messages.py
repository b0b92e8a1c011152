"""One-time codes on their way: handed over by a face, sent at once by the worker, forgotten as soon as they left."""

import json
from datetime import datetime, timedelta
from typing import Any

import structlog
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from motcua.engagement.notifications.models import CodeMessage
from motcua.engagement.notifications.text_messages import sender
from motcua.engagement.notifications.types import Letter
from motcua.foundation.accounts.types import CodePurpose, ContactKind, SentCode
from motcua.foundation.core import personal_data

log = structlog.get_logger(__name__)
MOST_ATTEMPTS, PAUSE = 5, timedelta(seconds=20)
_PURPOSE = "notifications.code"


def queue_code(*, sent: SentCode, language: str, at: datetime) -> None:
    """Take a code that shall be sent now. Known and unknown contacts cost the same: one that nobody is written to goes
    through the queue as well and ends there.
    """
    content = [sent.kind, sent.contact, sent.purpose, sent.code, language]
    with transaction.atomic():
        row = CodeMessage.objects.create(
            content_cipher=personal_data.encrypt(json.dumps(content), purpose=_PURPOSE),
            written_at=at,
            next_try_at=at,
            expires_at=sent.expires_at,
        )
        app.configure_task("notifications.send_code").defer(id=row.pk)


def send_code(*, message_id: int, at: datetime) -> bool:
    """Send one code, once: whoever takes the row sends it. One whose time is over is dropped. Tell whether it left."""
    with transaction.atomic():
        # The first try never waits: the clock of the worker may be a little behind that of the web.
        due = Q(next_try_at__lte=at) | Q(attempts=0)
        row = CodeMessage.objects.select_for_update(skip_locked=True).filter(due, pk=message_id).first()
        if row is None:
            return False
        kind, contact, purpose, code, language = json.loads(personal_data.decrypt(row.content_cipher, purpose=_PURPOSE))
        if row.expires_at <= at or not contact or row.attempts >= MOST_ATTEMPTS:
            row.delete()
            return False
        row.attempts += 1
        row.next_try_at = at + PAUSE * row.attempts
        row.save(update_fields=["attempts", "next_try_at"])
    try:
        _deliver(kind, contact, letter_of(purpose, code, language))
    except Exception as error:  # noqa: BLE001 - whatever the provider says, the code waits for its next try
        log.warning("code_not_sent", message=row.pk, attempt=row.attempts, error=type(error).__name__)
        return False
    CodeMessage.objects.filter(pk=row.pk).delete()
    return True


def due_codes(*, at: datetime) -> list[int]:
    """Return the ids of codes that could not leave at once and may be tried again."""
    return list(CodeMessage.objects.filter(next_try_at__lte=at).order_by("pk").values_list("pk", flat=True)[:500])


def letter_of(purpose: str, code: str, language: str) -> Letter:
    """Return subject and words. The subject says no code: it shows on locked screens and in lists of mail."""
    sentences: dict[str, Any] = {
        CodePurpose.SIGN_IN: lambda: _("%(code)s is your code to sign in to the public service portal."),
        CodePurpose.RESET: lambda: _("%(code)s is your code to set a new password."),
        CodePurpose.CONFIRM: lambda: _("%(code)s is your code to confirm this contact."),
    }
    with translation.override(language):
        first = sentences[purpose]() % {"code": code}
        warning = _(
            "It is good for 10 minutes. Give it to nobody: officers never ask for it. "
            "If you did not ask for a code, do nothing."
        )
        return Letter(subject=_("Your one-time code"), body=f"{first}\n\n{warning}\n")


def _deliver(kind: str, contact: str, letter: Letter) -> None:
    if kind == ContactKind.PHONE:
        sender().send(to=contact, text=" ".join(letter.body.split()))
        return
    EmailMessage(
        subject=letter.subject, body=letter.body, to=[contact], headers={"Auto-Submitted": "auto-generated"}
    ).send()
