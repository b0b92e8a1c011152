"""Signing in by name and password, where whoever guesses waits and whoever owns the account does not."""

import copy
from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.http import HttpRequest

from motcua.foundation.accounts import attempts
from motcua.foundation.accounts.contacts import username_of
from motcua.foundation.accounts.models import User
from motcua.foundation.core import clock, statements

MOST_KEPT = 5_000
# Which version of the row PostgreSQL holds: any change of it, of the password too, gives another one. So does, by
# triggers of migration 0009, whatever changes what the person may do: a post, a leave, an order of inspection.
_VERSION = "SELECT xmin::text, ctid::text FROM accounts_user WHERE id = %s"
_kept: dict[int, tuple[Any, User]] = {}


class ThrottledBackend(ModelBackend):
    """Django's backend behind the delays of `attempts`; a name is a user name, a phone number or an e-mail address."""

    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None, **kwargs: Any
    ) -> Any:
        """Check the credentials.

        Raises:
            TooMany: too many failures under this name from here, or from this address.
        """
        if not username:
            return None
        name = username_of(username.strip())
        if request is None:
            return super().authenticate(request, username=name, password=password, **kwargs)
        at, address = clock.now(), request.META.get("REMOTE_ADDR", "")
        attempt = attempts.begin(
            scope="sign-in", name=name, address=address, device=request.COOKIES.get(attempts.DEVICE_COOKIE, ""), at=at
        )
        user = super().authenticate(request, username=name, password=password, **kwargs)
        if user is not None and user.start_password_until is not None and user.start_password_until <= at:
            return None  # a start password that was not replaced in time
        if user is not None:
            attempts.succeeded(attempt, address=address)
        return user

    def get_user(self, user_id: Any) -> User | None:
        """Return the user of a session; the row is read whole only when it is another than the one kept here."""
        held = _kept.get(user_id)
        if held is not None and _row(_VERSION, user_id) == held[0]:
            return _known(*held)
        _kept.pop(user_id, None)
        fields = User._meta.concrete_fields
        row = _row(f"SELECT {', '.join(str(field.column) for field in fields)}, {_VERSION[7:]}", user_id)
        user = User.from_db("default", [field.attname for field in fields], row[:-2]) if row else None
        if row is None or user is None or not self.user_can_authenticate(user):
            return None
        if len(_kept) >= MOST_KEPT:
            _kept.clear()
        _kept[user_id] = (row[-2:], copy.copy(user))
        return _known(row[-2:], user)


def version_of(user: Any) -> tuple[str, ...] | None:
    """Return the version of a user and their rights that this request read; None when it was not read by its session.

    The same version means the same posts, substitutions and orders; it is read with the session, at no cost of its own.
    """
    return getattr(user, "motcua_version", None)


def _known(version: Any, user: User) -> User:
    user = copy.copy(user)
    user.motcua_version = version  # type: ignore[attr-defined]
    return user


def _row(statement: str, user_id: Any) -> Any:
    with statements.prepared() as cursor:
        cursor.execute(statement, [user_id])
        return cursor.fetchone()
