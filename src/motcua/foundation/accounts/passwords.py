"""Passwords: rules with clear messages, change, and replacing a forgotten one by a code."""

from datetime import datetime
from uuid import UUID

from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from motcua.foundation.accounts import codes
from motcua.foundation.accounts.events_of_users import note
from motcua.foundation.accounts.models import SignInSession, User
from motcua.foundation.accounts.sessions import end_sessions
from motcua.foundation.accounts.types import CodePurpose, EventKind, WeakPassword, WrongCode
from motcua.foundation.core.types import Invalid

MOST_LETTERS = 200


def check_strength(password: str, user: User | None, *, field: str = "new_password") -> None:
    """Refuse a weak password.

    Raises:
        WeakPassword: `fields` says under `field` what to change, one sentence a rule.
    """
    if len(password) > MOST_LETTERS:
        raise WeakPassword({field: [_("A password has at most 200 characters")]})
    try:
        validate_password(password, user)
    except ValidationError as weak:
        raise WeakPassword({field: list(weak.messages)}) from None


def change_password(*, user_id: int, current: str, new: str, at: datetime, session_key: str | None = None) -> User:
    """Set a new password; the present one has to be known, unless there is none.

    All other sessions end with it. Returns the user, so that the session of `session_key` can be kept.

    Raises:
        Invalid: the present password is not right; the field is `password`.
        WeakPassword: the new one breaks a rule.
    """
    user = User.objects.get(pk=user_id)
    if user.has_usable_password() and not check_password(current, user.password):
        raise Invalid({"password": [_("This is not your present password")]})
    return _set(user_id, new, at=at, kind=EventKind.PASSWORD_CHANGED, session_key=session_key)


def has_password(user_id: int) -> bool:
    """Tell whether the user may sign in by password."""
    return User.objects.get(pk=user_id).has_usable_password()


def is_password(*, user_id: int, typed: str) -> bool:
    """Tell whether this is the user's password; asked again before what cannot be undone."""
    return check_password(typed, User.objects.get(pk=user_id).password)


def reset_password(*, code_id: UUID, code: str, new: str, at: datetime) -> User:
    """Set a new password by a code that was sent to a contact of the account. The second factor stays.

    Strength is looked at first, so that a weak password does not use the code up.

    Raises:
        WeakPassword, WrongCode.
    """
    check_strength(new, None)
    proved = codes.prove_code(public_id=code_id, purpose=CodePurpose.RESET, typed=code, at=at)
    if proved.user_id is None:
        raise WrongCode
    return _set(proved.user_id, new, at=at, kind=EventKind.PASSWORD_RESET)


def _set(user_id: int, new: str, *, at: datetime, kind: str, session_key: str | None = None) -> User:
    check_strength(new, User.objects.get(pk=user_id))
    hashed = make_password(new)  # slow on purpose: outside the transaction
    with transaction.atomic():
        user = User.objects.select_for_update().get(pk=user_id)
        user.password, user.start_password_until = hashed, None
        user.save(update_fields=["password", "start_password_until"])
        end_sessions(SignInSession.objects.filter(user_id=user_id).exclude(session_key=session_key or ""))
        note(user_id=user_id, kind=kind, at=at)
    return user
