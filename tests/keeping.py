"""What a purge takes away, for tests of data that is kept for a time."""

from datetime import datetime

from motcua.foundation.core import keeping


def removed_by_purge(kind: str, *, at: datetime) -> int:
    """Purge all kinds at `at`; return how many of one kind went."""
    return {over.code: over.removed for over in keeping.purge(by="command", at=at)}[kind] or 0
