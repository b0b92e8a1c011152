"""What import-linter cannot see: each app is entered by its four public modules, and no foreign key points up."""

from collections.abc import Iterator
from functools import cache

import grimp
from django.apps import apps
from django.db.models import Model

PUBLIC = {"services", "selectors", "events", "types"}
MODEL_READERS = {"models", "selectors", "admin"}
# The design system is what the faces are drawn with; the registry is where an app names its acts and a view its act.
SHARED = {("foundation", "core"), ("faces", "design")}
# Folders that are one room each.
UNDIVIDED = {"config", "demonstration"}
OPENED = {"motcua.foundation.accounts.registry"}
STOREYS = ["foundation", "casework", "engagement", "insight", "exchange", "governance", "faces"]
ROOMS = {
    "foundation": ["core", "calendars", "organisations", "accounts"],
    "casework": ["documents", "workflow", "procedures", "dossiers", "custody", "internal"],
}


@cache
def imports() -> grimp.ImportGraph:
    return grimp.build_graph("motcua", exclude_type_checking_imports=True)


def private_imports() -> Iterator[str]:
    """Yield every import that enters another app by anything but its public door."""
    graph = imports()
    for importer in sorted(graph.modules):
        if "tests" in importer.split(".") or importer.endswith((".factories", ".conftest")):
            continue
        for imported in sorted(graph.find_modules_directly_imported_by(importer)):
            if not _is_open(importer.split("."), imported.split(".")):
                yield f"{importer} -> {imported}"


def _is_open(here: list[str], there: list[str]) -> bool:
    if len(here) < 3 or len(there) < 4 or here[1:3] == there[1:3] or here[1] in UNDIVIDED:
        return True
    if tuple(there[1:3]) in SHARED or ".".join(there[:4]) in OPENED:
        return True
    reads_models = there[3] == "models" and len(here) > 3 and here[3] in MODEL_READERS
    return there[3] in PUBLIC or reads_models


def layer_rank(model: type[Model]) -> tuple[int, int]:
    """Return how high a model lives; contributed apps of Django are the ground below the ground."""
    parts = model.__module__.split(".")
    if parts[0] != "motcua":
        return (-1, 0)
    rooms = ROOMS.get(parts[1], [])
    return (STOREYS.index(parts[1]), rooms.index(parts[2]) if parts[2] in rooms else 0)


def upward_foreign_keys() -> Iterator[str]:
    """Yield every relation whose target lives higher than its owner."""
    for model in apps.get_models():
        if not model.__module__.startswith("motcua."):
            continue
        for field in model._meta.get_fields():
            target = field.related_model if field.is_relation and not field.auto_created else None
            if isinstance(target, type) and layer_rank(target) > layer_rank(model):
                yield f"{model._meta.label}.{field.name} -> {target._meta.label}"


def test_apps_are_entered_by_their_doors():
    assert list(private_imports()) == []


def test_no_foreign_key_points_up():
    assert list(upward_foreign_keys()) == []


def test_nobody_refers_to_journal_outbox_or_access_log():
    sealed = {"core_outbox_event", "core_outbox_failure", "core_attempt", "dossiers_journal", "dossiers_access_log"}
    found = [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if isinstance(field.related_model, type) and field.related_model._meta.db_table in sealed
    ]
    assert found == []
