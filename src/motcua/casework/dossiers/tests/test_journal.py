"""The journal cannot be changed, and a changed one does not verify."""

import pytest
from django.db import DatabaseError, connection, transaction
from tests.world import World

from motcua.casework.dossiers import journal
from motcua.casework.dossiers.models import JournalEntry

NAMES = ("Trần Thị Mỹ Duyên", "089187004127", "0913000128", "Lý Thái Tổ")


@pytest.mark.parametrize("statement", ["UPDATE dossiers_journal SET act = 'x'", "DELETE FROM dossiers_journal"])
def test_journal_is_append_only(world: World, statement: str) -> None:
    world.take_in()

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_changed_entry_breaks_the_chain(world: World) -> None:
    filed = world.take_in()
    assert journal.broken_link(filed.dossier_id) is None

    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE dossiers_journal DISABLE TRIGGER USER")
        cursor.execute("UPDATE dossiers_journal SET outcome = 'changed' WHERE seq = 2")
        cursor.execute("ALTER TABLE dossiers_journal ENABLE TRIGGER USER")

    assert journal.broken_link(filed.dossier_id) == 2


def test_no_personal_data_in_journal_outbox_or_digest_columns(world: World) -> None:
    filed = world.take_in(answers={"ten_ho": "Tiệm vải Mỹ Duyên"})
    world.lead_to(filed, "return_result")
    world.step(filed, "returned", by="tiepnhan", recipient_name="Trần Thị Mỹ Duyên")

    with connection.cursor() as cursor:
        for table in ("dossiers_journal", "core_outbox_event", "workflow_run", "workflow_token"):
            cursor.execute(f"SELECT string_agg(t::text, ' ') FROM {table} t")  # noqa: S608
            text = cursor.fetchone()[0] or ""
            assert not [name for name in (*NAMES, "Tiệm vải") if name in text], table
        cursor.execute("SELECT string_agg(t::text, ' ') FROM dossiers_party t")
        kept = cursor.fetchone()[0]
    assert "089187004127" not in kept
    assert "0913000128" not in kept


def test_every_change_writes_a_line(world: World) -> None:
    filed = world.take_in()
    world.lead_to(filed, "return_result")

    acts = list(JournalEntry.objects.filter(dossier_id=filed.dossier_id).order_by("seq").values_list("act", "node"))

    assert acts == [("accepted", "")] + [("task_done", node) for node in ("T1", "T2", "T3", "T4", "T5", "T6")]
