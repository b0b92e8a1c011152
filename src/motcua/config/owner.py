"""Working as the owner of the tables for a moment, in a process that otherwise works as the application."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connections

from motcua.config.settings import environment

KEYS = ("NAME", "USER", "PASSWORD", "HOST", "PORT")


@contextmanager
def as_owner() -> Iterator[None]:
    """Let Django's connection be the owner's inside the block, where MOTCUA_OWNER_DATABASE_URL names one."""
    url = os.environ.get("MOTCUA_OWNER_DATABASE_URL")
    if not url:
        yield
        return
    connection = connections["default"]
    former = {key: connection.settings_dict[key] for key in KEYS}
    entry = environment.database(url)
    connection.close()
    connection.settings_dict.update({key: entry[key] for key in KEYS})
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict.update(former)
