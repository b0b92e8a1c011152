"""Phone numbers and e-mail addresses by which people sign in."""

import re
import unicodedata
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from motcua.foundation.accounts.events_of_users import note
from motcua.foundation.accounts.models import OutsideIdentity, SignInContact, User
from motcua.foundation.accounts.types import ContactCard, ContactKind, ContactTaken, EventKind, ProvedContact
from motcua.foundation.core import personal_data
from motcua.foundation.core.types import Invalid, NotFound

_PHONE = re.compile(r"0[1-9]\d{8}")
_EMAIL = re.compile(r"[^@\s<>(),;:\"\[\]]{1,64}@[^@\s.,;]+(\.[^@\s.,;]+)+")
_PURPOSE = "accounts.contact"


def read_contact(text: str) -> tuple[str, str]:
    """Return (kind, normal form) of a typed phone number or e-mail address.

    Raises:
        Invalid: it is neither; the field is `contact`.
    """
    typed = unicodedata.normalize("NFKC", text).strip()
    if "@" in typed:
        if len(typed) <= 150 and _EMAIL.fullmatch(typed):
            return ContactKind.EMAIL, typed.lower()
        raise Invalid({"contact": [_("Enter the e-mail address in full, for example duyen@example.vn")]})
    phone = personal_data.normal_phone(typed)
    if re.search(r"[^\d\s.+()-]", typed) or not _PHONE.fullmatch(phone):
        raise Invalid({"contact": [_("Enter a mobile number of 10 digits, for example 0913 000 128, or an e-mail")]})
    return ContactKind.PHONE, phone


def digest_of_contact(kind: str, contact: str) -> bytes:
    """Return the digest by which a contact in normal form is found."""
    return personal_data.digest(contact, purpose=f"contact.{kind}")


def contact_columns(kind: str, contact: str) -> dict[str, bytes | None]:
    """Return the two digests of a contact for its row: under the key in use, and under the coming one."""
    coming = personal_data.next_digest(contact, purpose=f"contact.{kind}")
    return {"digest": digest_of_contact(kind, contact), "digest_next": coming}


def contact_matches(kind: str, contact: str, column: str = "digest") -> Q:
    """Return the condition that finds a contact in normal form."""
    return personal_data.matching(column, contact, purpose=f"contact.{kind}")


def seal_contact(contact: str) -> bytes:
    """Return a contact encrypted."""
    return personal_data.encrypt(contact, purpose=_PURPOSE)


def unseal_contact(cipher: bytes | memoryview) -> str:
    """Return a contact in clear."""
    return personal_data.decrypt(cipher, purpose=_PURPOSE)


def find_user(kind: str, contact: str) -> User | None:
    """Return the active user of a contact in normal form."""
    row = SignInContact.objects.filter(contact_matches(kind, contact)).select_related("user").first()
    return row.user if row is not None and row.user.is_active else None


def username_of(typed: str) -> str:
    """Return the user name behind what was typed to sign in: a user name, a phone number or an e-mail address."""
    try:
        user = find_user(*read_contact(typed))
    except Invalid:
        return typed
    return user.username if user is not None else typed


def add_contact(*, user_id: int, kind: str, contact: str, at: datetime, confirmed: bool = True) -> None:
    """Let a user sign in by this contact too.

    Raises:
        ContactTaken: another user has it.
    """
    values: dict[str, Any] = {
        "user_id": user_id, "kind": kind, "cipher": seal_contact(contact), "confirmed_at": at if confirmed else None,
    }  # fmt: skip
    known = SignInContact.objects.filter(contact_matches(kind, contact))
    try:
        with transaction.atomic():
            if settings.MOTCUA_DIGEST_KEY_NEXT and known.exists():  # may stand there under the other key
                raise IntegrityError
            SignInContact.objects.create(**values, **contact_columns(kind, contact))
    except IntegrityError:
        held = known.filter(user_id=user_id)
        if not held.exists():
            raise ContactTaken from None
        if confirmed:
            held.filter(confirmed_at__isnull=True).update(confirmed_at=at)


def offer_contact(*, user_id: int, typed: str, at: datetime) -> None:
    """Take a contact that was given for a person as a way to sign in, unless it is none or somebody has it."""
    try:
        kind, contact = read_contact(typed)
        add_contact(user_id=user_id, kind=kind, contact=contact, at=at, confirmed=False)
    except (Invalid, ContactTaken):
        return


def confirm_contact(*, user_id: int, kind: str, contact: str, at: datetime) -> None:
    """Note that a code sent to the contact came back."""
    SignInContact.objects.filter(contact_matches(kind, contact), user_id=user_id, confirmed_at__isnull=True).update(
        confirmed_at=at
    )


@transaction.atomic
def confirm_own_contact(*, user_id: int, proved: ProvedContact, at: datetime) -> None:
    """Let a user sign in by a contact whose code they typed.

    Raises:
        ContactTaken: another user has it.
    """
    add_contact(user_id=user_id, kind=proved.kind, contact=proved.contact, at=at)
    note(user_id=user_id, kind=EventKind.CONTACT_ADDED, at=at)


@transaction.atomic
def remove_own_contact(*, user_id: int, public_id: UUID, at: datetime) -> None:
    """Take a contact off; the last way in stays.

    Raises:
        NotFound: not a contact of this user.
        Invalid: without it the user could not sign in any more.
    """
    user = User.objects.select_for_update().get(pk=user_id)
    held = {row.public_id: row for row in SignInContact.objects.filter(user=user)}
    if public_id not in held:
        raise NotFound
    is_last = len(held) == 1 and not OutsideIdentity.objects.filter(user=user).exists()
    if is_last and not user.has_usable_password():
        raise Invalid(message=_("This is your only way to sign in. Add another contact or set a password first."))
    held[public_id].delete()
    note(user_id=user_id, kind=EventKind.CONTACT_REMOVED, at=at)


def contacts_of(user_id: int) -> tuple[ContactCard, ...]:
    """Return the contacts of a user in clear, for their own page."""
    rows = SignInContact.objects.filter(user_id=user_id).order_by("pk")
    return tuple(
        ContactCard(row.public_id, row.kind, unseal_contact(row.cipher), row.confirmed_at is not None) for row in rows
    )
