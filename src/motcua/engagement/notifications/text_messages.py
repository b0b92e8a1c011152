"""Text messages. A provider is a class with `send(to=, text=)`, named by the setting MOTCUA_SMS_SENDER."""

import sys
from typing import Any, Protocol
from uuid import uuid4

from django.conf import settings
from django.core.checks import CheckMessage, Warning
from django.utils.module_loading import import_string


class Sender(Protocol):
    """What a provider's adapter offers."""

    def send(self, *, to: str, text: str) -> None:
        """Send `text` to a number in national form (0913000128); raise any exception when it did not leave."""


class FileSender:
    """Writes each message into a file of its own, for demonstrations: readable by the owner of the folder only."""

    def send(self, *, to: str, text: str) -> None:
        """Write the message."""
        folder = settings.MOTCUA_SMS_FOLDER
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        file = folder / f"{uuid4().hex}.txt"
        file.touch(mode=0o600)
        file.write_text(f"{to}\n{text}\n", encoding="utf-8")


class ConsoleSender:
    """Prints each message, for whoever develops at a terminal; it goes through no log."""

    def send(self, *, to: str, text: str) -> None:
        """Print the message."""
        sys.stdout.write(f"{to}: {text}\n")


_OWN: dict[str, type[Sender]] = {"file": FileSender, "console": ConsoleSender}


def sender() -> Sender:
    """Return the configured sender."""
    name = settings.MOTCUA_SMS_SENDER
    chosen: type[Sender] = _OWN.get(name) or import_string(name)
    return chosen()


def check_sender(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Warn before a site is opened on which codes would lie about in files or on a terminal."""
    if settings.MOTCUA_SMS_SENDER not in _OWN:
        return []
    return [
        Warning(
            f"Text messages with one-time codes go to {settings.MOTCUA_SMS_SENDER!r} and reach nobody.",
            hint="Set MOTCUA_SMS_SENDER to your provider's class, or to off: codes then go by e-mail only.",
            id="notifications.W001",
        )
    ]
