"""Sessions in the database, read by a prepared statement: every page of the office reads one."""

from typing import Any

from django.contrib.sessions.backends import db

from motcua.foundation.core import clock, statements

_LOAD = "SELECT session_data FROM django_session WHERE session_key = %s AND expire_date > %s"


class SessionStore(db.SessionStore):
    """Django's store of the database; only loading differs."""

    def load(self) -> dict[str, Any]:
        """Return what the session holds; an expired or unknown one is empty and loses its key."""
        if self.session_key is None:
            return {}
        with statements.prepared() as cursor:
            cursor.execute(_LOAD, [self.session_key, clock.now()])
            row = cursor.fetchone()
        if row is None:
            self._session_key = None
            return {}
        return self.decode(row[0])
