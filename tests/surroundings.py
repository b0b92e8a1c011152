"""What a test process must not share with others or with the test before it."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.core.cache import cache
from django.utils import timezone, translation

from motcua.casework.procedures import selectors as procedures
from motcua.config import actors
from motcua.foundation.calendars import selectors as calendars
from motcua.foundation.organisations import selectors as organisations


@pytest.fixture(scope="session", autouse=True)
def own_files(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep stored files of this process in a folder that is thrown away."""
    former = settings.MEDIA_ROOT
    settings.MEDIA_ROOT = tmp_path_factory.mktemp("files")
    yield
    settings.MEDIA_ROOT = former


@pytest.fixture(autouse=True)
def no_cached_knowledge() -> None:
    """Forget what the process cached from a database that the test before has rolled back."""
    forget_knowledge()


def forget_knowledge() -> None:
    """Empty every cache that a process keeps of its database."""
    cache.clear()
    actors.forget()
    organisations.forget_directory()
    calendars.forget_calendars()
    procedures.forget_choices()


@pytest.fixture(autouse=True)
def own_language() -> Iterator[None]:
    """Begin in the site's language and time zone: a request of the test before left its own in this thread."""
    timezone.deactivate()
    with translation.override(settings.LANGUAGE_CODE):
        yield
