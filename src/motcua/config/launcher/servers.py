"""Somebody else's PostgreSQL, named by DATABASE_URL: is it one that Motcua works with?"""

import psycopg

from motcua.config.launcher.problems import StartProblem

OLDEST, NEWEST = 15, 18


def require_known_version(url: str) -> None:
    """Return when the server answers and is of a version that is tested.

    Raises:
        StartProblem: it does not answer, refuses us, or is older or newer.
    """
    try:
        with psycopg.connect(url, connect_timeout=10) as connection:
            number = connection.info.server_version
    except psycopg.Error as error:
        told = str(error).strip().splitlines()
        raise StartProblem(f"the server of DATABASE_URL does not answer: {told[-1] if told else error!r}") from None
    if not OLDEST <= number // 10_000 <= NEWEST:
        raise StartProblem(
            f"the server of DATABASE_URL is PostgreSQL {number // 10_000}; Motcua works with {OLDEST} to {NEWEST}."
        )
