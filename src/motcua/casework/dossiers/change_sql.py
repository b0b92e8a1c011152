"""The two statements around every change of a dossier, on Django's connection: the locked load, and the writing down.

Called by the services of steps and intake only. A dossier loaded here is the locked row; one written here has its
journal lines and its last event in the same statement, so that none of the three is ever without the others.
"""

# ruff: noqa: S608 - what is put into the texts are constant column lists

from functools import cache
from typing import Any
from uuid import UUID

from motcua.casework.dossiers import journal
from motcua.casework.dossiers.models import Dossier
from motcua.casework.workflow import selectors as workflow
from motcua.casework.workflow.types import Task, TaskNotFound
from motcua.foundation.core import outbox, statements


@cache
def _names() -> tuple[str, ...]:
    return tuple(field.attname for field in Dossier._meta.concrete_fields)


@cache
def load_statement() -> str:
    """Return the statement that locks the dossier of a task and reads both."""
    columns = [f"d.{field.column}" for field in Dossier._meta.concrete_fields] + workflow.task_columns("t")
    return (
        f"SELECT {', '.join(columns)} FROM workflow_token t JOIN dossiers_dossier d ON d.run_id = t.run_id "
        "WHERE t.public_id = %s AND t.kind = 'task' FOR UPDATE OF d"
    )


def locked_with_task(task_id: UUID) -> tuple[Dossier, Task]:
    """Lock the dossier of a task; return both.

    The task is as the statement began: whoever waited for the lock checks again what the closing statement returns.

    Raises:
        TaskNotFound: no such task.
    """
    with statements.prepared() as cursor:
        cursor.execute(load_statement(), [task_id])
        row = cursor.fetchone()
    if row is None:
        raise TaskNotFound
    width = len(_names())
    return Dossier.from_db("default", _names(), row[:width]), workflow.task_of_row(row[width:])


def _field(name: str) -> Any:
    return Dossier._meta.get_field(name)


@cache
def save_statement(fields: tuple[str, ...], lines: int) -> str:
    """Return the statement that writes the fields of a dossier, its journal lines and one event."""
    changes = ", ".join(f"{_field(name).column} = %s" for name in fields)
    return (
        f"WITH j AS ({journal.insertion(lines)}), o AS ({outbox.INSERT}) "
        f"UPDATE dossiers_dossier SET {changes} WHERE id = %s"
    )


def save(dossier: Dossier, fields: tuple[str, ...], lines: list[tuple[Any, ...]], event: tuple[Any, ...]) -> None:
    """Write the dossier's fields, its new journal lines and its event down."""
    values: list[Any] = [value for line in lines for value in line]
    values += event
    values += [getattr(dossier, _field(name).attname) for name in fields]
    with statements.prepared() as cursor:
        cursor.execute(save_statement(fields, len(lines)), [*values, dossier.pk])
