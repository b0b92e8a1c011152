"""Address and words of a message, encrypted together while it waits."""

import json

from motcua.engagement.notifications.types import Letter
from motcua.foundation.core import personal_data

_PURPOSE = "notifications.message"


def seal(address: str, letter: Letter) -> bytes:
    """Return address and words encrypted."""
    return personal_data.encrypt(
        json.dumps([address, letter.subject, letter.body], ensure_ascii=False), purpose=_PURPOSE
    )


def unseal(stored: bytes | memoryview) -> tuple[str, Letter]:
    """Return address and words in clear, for sending only."""
    address, subject, body = json.loads(personal_data.decrypt(stored, purpose=_PURPOSE))
    return address, Letter(subject, body)
