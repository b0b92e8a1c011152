"""What every test may use: a database of its own, no network, and the check of query counts."""

from tests.database import database_url, django_db_setup, emptied_between_tests, postgres_url
from tests.queries import assert_flat_queries
from tests.surroundings import no_cached_knowledge, own_files, own_language

__all__ = [
    "assert_flat_queries",
    "database_url",
    "django_db_setup",
    "emptied_between_tests",
    "no_cached_knowledge",
    "own_files",
    "own_language",
    "postgres_url",
]
