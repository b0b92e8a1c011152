"""Moving running dossiers to another version of their process: a dry run first, then each dossier for itself."""

from collections.abc import Callable, Mapping
from datetime import datetime

from django.db import transaction

from motcua.casework.dossiers import change_sql, journal, picture, placement
from motcua.casework.dossiers.events import DossierMoved
from motcua.casework.dossiers.journal import Line
from motcua.casework.dossiers.models import Dossier
from motcua.casework.dossiers.services.publishing import event_of
from motcua.casework.dossiers.types import MigratedDossier, State
from motcua.casework.workflow import services as workflow
from motcua.casework.workflow.types import Migrated
from motcua.foundation.accounts.types import Actor
from motcua.foundation.core import outbox

_SAVED = ("process_version", "lock_version", "journal_seq", "journal_hash")


def migrate_runs(
    *,
    version_from: int,
    version_to: int,
    node_map: Mapping[str, str] | None = None,
    dry_run: bool = True,
    actor: Actor,
    at: datetime,
    codes: frozenset[str] | None = None,
    after_id: int = 0,
    limit: int | None = None,
    progress: Callable[[MigratedDossier], None] | None = None,
) -> tuple[MigratedDossier, ...]:
    """Move every running dossier of a version to another one, or say for each whether it could be moved.

    Each dossier is a transaction of its own: one that cannot go over stays where it is and is named, the others go.
    Deadlines stay; the journal keeps the move.

    Args:
        node_map: element or arrow of the old drawing -> that of the new one, where ids differ.
        codes: only these dossiers; None means all.
        after_id, limit: only so many, those behind the dossier of this id: for a page that shows them in turn.

    Raises:
        VersionNotFound, VersionNotPublished.
    """
    rows = Dossier.objects.filter(
        process_version_id=version_from, run__version_id=version_from, state__in=[State.IN_PROCESS, State.FINISHED]
    )
    if codes is not None:
        rows = rows.filter(code__in=codes)
    done: list[MigratedDossier] = []
    for dossier_id in list(rows.filter(pk__gt=after_id).order_by("pk").values_list("pk", flat=True)[:limit]):
        result = _migrate(
            dossier_id, version_from, version_to, node_map or {}, dry_run=dry_run, actor=actor, at=at
        )  # fmt: skip
        if result is not None:
            done.append(result)
            if progress is not None:
                progress(result)
    return tuple(done)


@transaction.atomic
def _migrate(
    dossier_id: int,
    version_from: int,
    version_to: int,
    node_map: Mapping[str, str],
    *,
    dry_run: bool,
    actor: Actor,
    at: datetime,
) -> MigratedDossier | None:
    dossier = Dossier.objects.locked().get(pk=dossier_id)
    if dossier.run_id is None or dossier.process_version_id != version_from:
        return None  # it moved or ended meanwhile
    went = workflow.migrate_run(
        run_id=dossier.run_id, version_to=version_to, node_map=node_map, at=at, dry_run=dry_run, **placement.of(at)
    )
    if not went.problem and not dry_run:
        _record(dossier, went, actor=actor, at=at)
    return MigratedDossier(dossier.pk, dossier.shown_code, went)


def _record(dossier: Dossier, went: Migrated, *, actor: Actor, at: datetime) -> None:
    dossier.process_version_id = went.version_to
    dossier.lock_version += 1
    facts = picture.facts_of(dossier) | {
        "process_version": went.version_to,
        "from_version": went.version_from,
        "nodes": [list(pair) for pair in went.nodes],
    }
    line = Line(act="process_migrated", unit_id=dossier.competent_agency_id, facts=facts)
    opened = tuple(after for _before, after in went.nodes)
    moved = event_of(DossierMoved, dossier, at=at, node="", outcome="", opened=opened)
    rows = journal.rows_of(dossier, [line], actor=actor, at=at)
    change_sql.save(dossier, _SAVED, rows, outbox.row_of(moved, at=at))
