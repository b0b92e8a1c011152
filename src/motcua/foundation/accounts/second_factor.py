"""The second factor: authenticator app (RFC 6238), recovery codes, who has to have one, the administrator's reset."""

import hashlib
import hmac
import secrets
from base64 import b32decode, b32encode
from collections.abc import Iterable
from datetime import date, datetime
from urllib.parse import quote

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from django.conf import settings
from django.db import transaction

from motcua.foundation.accounts.events_of_users import note
from motcua.foundation.accounts.models import Authenticator, Passkey, PostHolding, RecoveryCode, SignInSession, User
from motcua.foundation.accounts.types import EventKind, PasskeyCard, SecondFactors, SignInMethod, WrongCode
from motcua.foundation.core import personal_data

STEP, DIGITS, DRIFT = 30, 6, 1
RECOVERY_CODES = 10
_PURPOSE = "accounts.authenticator"
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that is taken for another


def second_factors(user_id: int, *, on: date) -> SecondFactors:
    """Return what a user has beside the password, and whether a post of that day demands it."""
    authenticator = Authenticator.objects.filter(user_id=user_id, confirmed_at__isnull=False).exists()
    keys = Passkey.objects.filter(user_id=user_id).order_by("pk")
    return SecondFactors(
        is_required=_is_required(user_id, on=on),
        has_authenticator=authenticator,
        passkeys=tuple(PasskeyCard(row.public_id, row.name, row.created_at, row.used_at) for row in keys),
        recovery_left=RecoveryCode.objects.filter(user_id=user_id, used_at__isnull=True).count(),
    )


def _is_required(user_id: int, *, on: date) -> bool:
    roles: Iterable[str] = settings.MOTCUA_SECOND_FACTOR_ROLES
    if not roles:
        return False
    if User.objects.filter(pk=user_id, is_superuser=True).exists():
        return True
    return PostHolding.objects.filter(
        person__user_id=user_id, post__role__in=list(roles), valid__contains=on, post__valid__contains=on
    ).exists()


def begin_authenticator(*, user_id: int, at: datetime) -> str:
    """Return the base32 secret that an app shall hold, the same one until it is confirmed; '' when one is set up."""
    row = Authenticator.objects.filter(user_id=user_id).first()
    if row is not None:
        return "" if row.confirmed_at else _base32(row)
    secret = b32encode(secrets.token_bytes(20)).decode()
    cipher = personal_data.encrypt(secret, purpose=_PURPOSE)
    row, is_new = Authenticator.objects.get_or_create(
        user_id=user_id, defaults={"secret_cipher": cipher, "created_at": at}
    )
    return secret if is_new else _base32(row)


def authenticator_address(*, secret: str, username: str, issuer: str) -> str:
    """Return the otpauth address that the QR code holds."""
    label = quote(f"{issuer}:{username}")
    return f"otpauth://totp/{label}?secret={secret}&issuer={quote(issuer)}&digits={DIGITS}&period={STEP}"


@transaction.atomic
def confirm_authenticator(*, user_id: int, typed: str, at: datetime) -> tuple[str, ...]:
    """Take the first code of a new app; return recovery codes to be shown once, unless there are some already.

    Raises:
        WrongCode: the code does not match.
    """
    row = Authenticator.objects.select_for_update().filter(user_id=user_id, confirmed_at__isnull=True).first()
    if row is None or not _take(row, typed, at=at):
        raise WrongCode
    row.confirmed_at = at
    row.save(update_fields=["confirmed_at", "last_step"])
    note(user_id=user_id, kind=EventKind.AUTHENTICATOR_ADDED, at=at)
    if RecoveryCode.objects.filter(user_id=user_id, used_at__isnull=True).exists():
        return ()
    return _new_recovery_codes(user_id)


@transaction.atomic
def check_second_code(*, user_id: int, typed: str, at: datetime) -> str:
    """Take a code of the app or a recovery code; return how it was shown (SignInMethod).

    Raises:
        WrongCode: neither, or used before.
    """
    row = Authenticator.objects.select_for_update().filter(user_id=user_id, confirmed_at__isnull=False).first()
    if row is not None and _take(row, typed, at=at):
        row.save(update_fields=["last_step"])
        return SignInMethod.TOTP
    used = RecoveryCode.objects.filter(
        user_id=user_id, digest=_recovery_digest(user_id, typed), used_at__isnull=True
    ).update(used_at=at)
    if not used:
        raise WrongCode
    note(user_id=user_id, kind=EventKind.RECOVERY_USED, at=at)
    return SignInMethod.RECOVERY


def _take(row: Authenticator, typed: str, *, at: datetime) -> bool:
    """Tell whether the code is of this half minute or a neighbour and was not used; remember the step."""
    code = "".join(letter for letter in typed if letter.isdigit())
    now = int(at.timestamp()) // STEP
    for step in range(now - DRIFT, now + DRIFT + 1):
        if step > row.last_step and hmac.compare_digest(_code(row, step).encode(), code.encode()):
            row.last_step = step
            return True
    return False


def _code(row: Authenticator, step: int) -> str:
    totp = TOTP(b32decode(_base32(row)), DIGITS, SHA1(), STEP)  # noqa: S303 - what every authenticator app knows
    return totp.generate(step * STEP).decode()


def _base32(row: Authenticator) -> str:
    return personal_data.decrypt(row.secret_cipher, purpose=_PURPOSE)


def current_code(*, user_id: int, at: datetime) -> str:
    """Return the app's code that would be taken now, for the demonstration's box only; '' outside of one.

    When the present code was used, the next one is named, which is taken as well.
    """
    if not settings.MOTCUA_SHOW_CODES:
        return ""
    row = Authenticator.objects.filter(user_id=user_id).first()
    if row is None:
        return ""
    return _code(row, max(int(at.timestamp()) // STEP, row.last_step + 1))


@transaction.atomic
def remove_authenticator(*, user_id: int, at: datetime) -> None:
    """Take the authenticator app off; whether another factor is left is the caller's question."""
    if Authenticator.objects.filter(user_id=user_id).delete()[0]:
        note(user_id=user_id, kind=EventKind.AUTHENTICATOR_REMOVED, at=at)
    drop_idle_recovery(user_id)


@transaction.atomic
def renew_recovery_codes(*, user_id: int, at: datetime) -> tuple[str, ...]:
    """Return ten new recovery codes, to be shown once; the earlier ones stop working."""
    User.objects.select_for_update().get(pk=user_id)
    RecoveryCode.objects.filter(user_id=user_id).delete()
    note(user_id=user_id, kind=EventKind.RECOVERY_RENEWED, at=at)
    return _new_recovery_codes(user_id)


def recovery_codes_if_none(*, user_id: int) -> tuple[str, ...]:
    """Return new recovery codes for somebody who has none left; nothing otherwise."""
    if RecoveryCode.objects.filter(user_id=user_id, used_at__isnull=True).exists():
        return ()
    return _new_recovery_codes(user_id)


def _new_recovery_codes(user_id: int) -> tuple[str, ...]:
    codes = tuple(
        "-".join("".join(secrets.choice(_LETTERS) for _place in range(4)) for _group in range(4))
        for _number in range(RECOVERY_CODES)
    )
    RecoveryCode.objects.bulk_create(
        [RecoveryCode(user_id=user_id, digest=_recovery_digest(user_id, code)) for code in codes]
    )
    return codes


def _recovery_digest(user_id: int, typed: str) -> bytes:
    """Return the digest of a recovery code: nearly 80 random bits, so that no slow hash is needed."""
    code = "".join(letter for letter in typed.lower() if letter in _LETTERS)
    return hashlib.sha256(f"motcua-recovery:{user_id}:{code}".encode()).digest()


def drop_idle_recovery(user_id: int) -> None:
    """Delete recovery codes that stand for no factor any more. Private to this app."""
    if not (Passkey.objects.filter(user_id=user_id).exists() or Authenticator.objects.filter(user_id=user_id).exists()):
        RecoveryCode.objects.filter(user_id=user_id).delete()


@transaction.atomic
def reset_factors(*, user_id: int, by_user_id: int, reason: str, at: datetime) -> None:
    """Take all second factors off for somebody who lost them, end their sessions, and record who did it and why."""
    from motcua.foundation.accounts.sessions import end_sessions

    User.objects.select_for_update().get(pk=user_id)
    Authenticator.objects.filter(user_id=user_id).delete()
    Passkey.objects.filter(user_id=user_id).delete()
    RecoveryCode.objects.filter(user_id=user_id).delete()
    end_sessions(SignInSession.objects.filter(user_id=user_id))
    note(user_id=user_id, kind=EventKind.FACTORS_RESET, by_user_id=by_user_id, reason=reason, at=at)
