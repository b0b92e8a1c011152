"""One scene for the whole module: built once, every visit rolled back."""

from collections.abc import Iterator

import pytest
import time_machine
from django.db import transaction
from pytest_django import DjangoDbBlocker

from motcua.casework.workflow import selectors as workflow
from tests.access.scene import Scene, make_scene
from tests.access.visiting import Visitors
from tests.surroundings import forget_knowledge
from tests.world import NOW


@pytest.fixture(scope="module")
def scene(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Scene]:
    """The world with its things on Monday morning; whatever it did is rolled back at the end."""
    forget_knowledge()
    workflow.forget_graphs()
    with django_db_blocker.unblock(), time_machine.travel(NOW, tick=False), transaction.atomic():
        yield make_scene()
        transaction.set_rollback(True)
    forget_knowledge()
    workflow.forget_graphs()


@pytest.fixture(scope="module")
def visitors(scene: Scene) -> Visitors:
    """Everybody's browser."""
    return Visitors(scene)


@pytest.fixture(autouse=True)
def unthrottled(settings) -> None:
    """Let the visits of everybody come from one address."""
    for name in dir(settings):
        if name.startswith("MOTCUA_") and ("ATTEMPTS" in name or "PER_ADDRESS" in name or "PER_HOUR" in name):
            setattr(settings, name, 1_000_000)
