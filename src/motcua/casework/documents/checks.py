"""The settings that this app needs, checked at start."""

from typing import Any

from django.core.checks import CheckMessage, Error

from motcua.casework.documents import scanning


def virus_scanner_exists(**kwargs: Any) -> list[CheckMessage]:
    """Find a scanner under the name in MOTCUA_VIRUS_SCANNER before the first upload does."""
    try:
        scanning.scanner()
    except (ImportError, TypeError) as error:
        return [Error(f"MOTCUA_VIRUS_SCANNER names no scanner: {error}", id="documents.E001")]
    return []
