"""Signing in by name and password, with throttling per name and per address."""

import copy
from datetime import timedelta
from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.http import HttpRequest

from motcua.foundation.accounts.models import User
from motcua.foundation.core import clock, statements
from motcua.foundation.core.throttling import count_attempt

MOST_KEPT = 5_000
# Which version of the row PostgreSQL holds: any change of it, of the password too, gives another one.
_VERSION = "SELECT xmin::text, ctid::text FROM accounts_user WHERE id = %s"
_kept: dict[int, tuple[Any, User]] = {}


class ThrottledBackend(ModelBackend):
    """Django's backend after counting the attempt: ten per name and sixty per address in a quarter of an hour."""

    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None, **kwargs: Any
    ) -> Any:
        """Check the credentials.

        Raises:
            TooMany: too many attempts for this name or from this address.
        """
        if request is not None and username:
            at = clock.now()
            window = timedelta(minutes=15)
            count_attempt(scope="login", key=username.lower(), limit=10, window=window, at=at)
            count_attempt(
                scope="login-address", key=request.META.get("REMOTE_ADDR", ""), limit=60, window=window, at=at
            )
        return super().authenticate(request, username=username, password=password, **kwargs)

    def get_user(self, user_id: Any) -> User | None:
        """Return the user of a session; the row is read whole only when it is another than the one kept here."""
        held = _kept.get(user_id)
        if held is not None and _row(_VERSION, user_id) == held[0]:
            return copy.copy(held[1])
        _kept.pop(user_id, None)
        fields = User._meta.concrete_fields
        row = _row(f"SELECT {', '.join(str(field.column) for field in fields)}, {_VERSION[7:]}", user_id)
        user = User.from_db("default", [field.attname for field in fields], row[:-2]) if row else None
        if row is None or user is None or not self.user_can_authenticate(user):
            return None
        if len(_kept) >= MOST_KEPT:
            _kept.clear()
        _kept[user_id] = (row[-2:], copy.copy(user))
        return user


def _row(statement: str, user_id: Any) -> Any:
    with statements.prepared() as cursor:
        cursor.execute(statement, [user_id])
        return cursor.fetchone()
