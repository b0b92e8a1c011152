"""Signing in by name and password, with throttling per name and per address."""

from datetime import timedelta
from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.http import HttpRequest

from motcua.foundation.core import clock
from motcua.foundation.core.throttling import count_attempt


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
