"""Cursor for the few statements that every step or list runs: parsed and planned once per connection.

Django sends each statement with its values written into it, so PostgreSQL parses and plans it anew. The hot statements
of private `…_sql.py` modules go through here. `prepare_threshold` None in the database's options switches it off, for
poolers that hand another connection to each transaction.
"""

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.db.backends.utils import CursorWrapper

if TYPE_CHECKING:
    from psycopg import Cursor as ServerBindingCursor
else:
    from django.db.backends.postgresql.base import ServerBindingCursor


class _PreparedCursor(ServerBindingCursor):
    _query: Any

    def execute(self, query: Any, params: Any = None, **options: Any) -> Any:
        found = super().execute(query, params, **{"prepare": True} | options)
        if self._query is None:  # a prepared statement goes by its name; Django's query log asks for its text
            self._query = SimpleNamespace(query=str(query).encode())
        return found


def prepared() -> CursorWrapper:
    """Return a cursor on Django's connection whose statements are prepared; use it as a context manager.

    Values are bound by the server: a statement with several VALUES rows names the type of each column.
    """
    if connection.connection is None:
        connection.ensure_connection()
    with connection.wrap_database_errors:
        return connection._prepare_cursor(_PreparedCursor(connection.connection))  # type: ignore[attr-defined]
