"""The product with a header that says how many SQL statements a request needed; never the server that is timed."""

import threading
from collections.abc import Callable, Iterable
from typing import Any

from django.db import connection

from motcua.config.wsgi import application as product

_counts = threading.local()


def _count(execute: Callable[..., Any], statement: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
    _counts.value = getattr(_counts, "value", 0) + 1
    return execute(statement, params, many, context)


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Answer as the product does and add X-SQL-Statements."""
    _counts.value = 0

    def start(status: str, headers: list[tuple[str, str]], error: Any = None) -> Any:
        return start_response(status, [*headers, ("X-SQL-Statements", str(_counts.value))], error)

    with connection.execute_wrapper(_count):
        return product(environ, start)
