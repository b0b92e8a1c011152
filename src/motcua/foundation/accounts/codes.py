"""One-time codes: six digits sent to a phone or an e-mail address, good once, for ten minutes, for five tries.

Asking costs and answers the same for a contact that an account has and for one that none has.
"""

import hmac
import secrets
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F

from motcua.foundation.accounts import contacts
from motcua.foundation.accounts.models import OneTimeCode, User
from motcua.foundation.accounts.types import CodePurpose, ContactKind, NoChannel, ProvedContact, SentCode, WrongCode
from motcua.foundation.core import personal_data
from motcua.foundation.core.ids import uuid7
from motcua.foundation.core.throttling import count_attempt

LASTS, TRIES, PROOF_LASTS = timedelta(minutes=10), 5, timedelta(minutes=20)
PER_CONTACT, CONTACT_WINDOW = 4, timedelta(minutes=10)
PER_CONTACT_A_DAY = 20
PER_ADDRESS, ADDRESS_WINDOW = 40, timedelta(hours=1)


def ask_code(*, typed: str, purpose: str, address: str, at: datetime, user_id: int | None = None) -> SentCode:
    """Make a code for a contact as typed; the caller hands it to the channel. Earlier codes for the same stop working.

    Args:
        address: where the request comes from, for the throttle.
        user_id: who confirms a contact of theirs; for the other purposes the contact itself says who it is.

    Raises:
        Invalid: what was typed is no contact.
        NoChannel: it is a phone number and no text messages can be sent.
        TooMany: too many codes for this contact or from this address.
    """
    kind, contact = contacts.read_contact(typed)
    if kind == ContactKind.PHONE and settings.MOTCUA_SMS_SENDER == "off":
        raise NoChannel
    digest = contacts.digest_of_contact(kind, contact)
    _throttle(digest.hex(), address, at)
    owner = None if purpose == CodePurpose.CONFIRM else contacts.find_user(kind, contact)
    row = OneTimeCode(
        public_id=uuid7(), purpose=purpose, kind=kind, contact_digest=digest,
        contact_cipher=contacts.seal_contact(contact), user_id=user_id or (owner.pk if owner else None),
        tries_left=TRIES, created_at=at, expires_at=at + LASTS,
    )  # fmt: skip
    code = f"{secrets.randbelow(10**6):06}"
    row.code_digest = _digest(row.public_id, code)
    with transaction.atomic():
        OneTimeCode.objects.filter(contact_digest=digest, purpose=purpose, closed_at__isnull=True).update(closed_at=at)
        row.save(force_insert=True)
    is_written_to = purpose != CodePurpose.RESET or owner is not None
    return SentCode(row.public_id, purpose, kind, contact if is_written_to else "", code, row.expires_at)


def ask_again(*, public_id: UUID, address: str, at: datetime) -> SentCode:
    """Make another code for the contact and purpose of an earlier one.

    Raises:
        WrongCode: there is no such code any more.
        TooMany: too many codes for this contact or from this address.
    """
    row = OneTimeCode.objects.filter(public_id=public_id).first()
    if row is None:
        raise WrongCode
    typed = contacts.unseal_contact(row.contact_cipher)
    own = row.user_id if row.purpose == CodePurpose.CONFIRM else None
    return ask_code(typed=typed, purpose=row.purpose, address=address, at=at, user_id=own)


def _throttle(key: str, address: str, at: datetime) -> None:
    count_attempt(scope="code-address", key=address, limit=PER_ADDRESS, window=ADDRESS_WINDOW, at=at)
    count_attempt(scope="code", key=key, limit=PER_CONTACT, window=CONTACT_WINDOW, at=at)
    count_attempt(scope="code-day", key=key, limit=PER_CONTACT_A_DAY, window=timedelta(days=1), at=at)


def _digest(public_id: UUID, code: str) -> bytes:
    return personal_data.digest(f"{public_id}:{code}", purpose="accounts.code")


def prove_code(*, public_id: UUID, purpose: str, typed: str, at: datetime) -> ProvedContact:
    """Take a typed code. It is used up by success, and by the fifth failure.

    Raises:
        WrongCode: wrong, used, replaced or too late: the answers are the same.
    """
    code = "".join(letter for letter in typed if letter.isdigit())
    wanted = OneTimeCode.objects.filter(
        public_id=public_id, purpose=purpose, closed_at__isnull=True, expires_at__gt=at, tries_left__gt=0
    )
    # One statement takes the try, so that a hundred requests at once have five between them.
    if not wanted.update(tries_left=F("tries_left") - 1):
        raise WrongCode
    row = OneTimeCode.objects.get(public_id=public_id)
    wanted_digests = personal_data.digests(f"{row.public_id}:{code}", purpose="accounts.code")
    if not any(hmac.compare_digest(bytes(row.code_digest), item) for item in wanted_digests):
        raise WrongCode
    if not OneTimeCode.objects.filter(pk=row.pk, closed_at__isnull=True).update(closed_at=at, proved_at=at):
        raise WrongCode
    return _proved(row, at=at)


def _proved(row: OneTimeCode, *, at: datetime) -> ProvedContact:
    contact = contacts.unseal_contact(row.contact_cipher)
    user = contacts.find_user(row.kind, contact) if row.purpose != CodePurpose.CONFIRM else None
    user_id = user.pk if user else None
    if user_id and row.purpose == CodePurpose.SIGN_IN:
        contacts.confirm_contact(user_id=user_id, kind=row.kind, contact=contact, at=at)
    return ProvedContact(row.public_id, row.kind, contact, user_id)


def proved_contact(*, public_id: UUID, purpose: str, at: datetime) -> ProvedContact:
    """Return the contact of a code that was proved less than twenty minutes ago, to go on to the next page with it.

    Raises:
        WrongCode: not proved, or too long ago.
    """
    row = OneTimeCode.objects.filter(
        public_id=public_id, purpose=purpose, proved_at__gt=at - PROOF_LASTS, tries_left__gte=0
    ).first()
    if row is None:
        raise WrongCode
    return _proved(row, at=at)


def forget_proof(*, public_id: UUID) -> None:
    """Use a proof up."""
    OneTimeCode.objects.filter(public_id=public_id).update(proved_at=None)


def code_to_show(sent: SentCode) -> str:
    """Return the code for the demonstration's box on the page, '' outside of one: production has no way to show it."""
    return sent.code if settings.MOTCUA_SHOW_CODES else ""


def masked_contact(*, public_id: UUID) -> str:
    """Return where a code went, hidden but for what its owner knows again: '09•••••128', 'd•••@example.vn'."""
    row = OneTimeCode.objects.filter(public_id=public_id).only("kind", "contact_cipher").first()
    if row is None:
        return ""
    contact = contacts.unseal_contact(row.contact_cipher)
    if row.kind == ContactKind.PHONE:
        return f"{contact[:2]}•••••{contact[-3:]}"
    name, _at, host = contact.partition("@")
    return f"{name[:1]}•••@{host}"


def user_of(proved: ProvedContact) -> User | None:
    """Return the user of a proved contact."""
    return User.objects.filter(pk=proved.user_id).first() if proved.user_id else None
