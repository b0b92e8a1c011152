"""What `motcua check --deploy --database default` says about the database's roles."""

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Tags, Warning, register
from django.db import DatabaseError

from motcua.foundation.core import privileges


@register(Tags.database, deploy=True)
def roles(databases: Sequence[str] | None = None, **_kwargs: Any) -> list[CheckMessage]:
    """Warn when the journal is kept by triggers alone, or by less than it should be."""
    if not databases:
        return []
    try:
        state = privileges.protection()
    except (DatabaseError, TypeError):
        return [Warning("The database is not set up yet.", hint="Run `motcua migrate`.", id="motcua.W010")]
    found: list[CheckMessage] = [Warning(sentence, id="motcua.W011") for sentence in state.missing]
    return found + [Warning(sentence, id="motcua.W012") for sentence in state.remarks]
