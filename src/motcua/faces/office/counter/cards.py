"""Reading the QR code of a citizen's card, as a hand scanner types it into the identity field.

The code holds: identity number|old number|full name|ddmmyyyy|sex|address|ddmmyyyy of issue.
"""

from datetime import date
from typing import Any


def read_card(text: str) -> dict[str, Any] | None:
    """Return what the card says, None when the text is no card."""
    parts = [part.strip() for part in text.split("|")]
    if len(parts) < 6 or not parts[0].isdecimal() or len(parts[0]) != 12 or not parts[2]:
        return None
    return {"identity": parts[0], "full_name": parts[2], "born_on": _day(parts[3]), "address": parts[5]}


def _day(text: str) -> date | None:
    try:
        return date(int(text[4:8]), int(text[2:4]), int(text[:2]))
    except ValueError:
        return None
