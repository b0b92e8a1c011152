"""Tampering as the owner of the database, with the triggers off: every row of it is found and named."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from tests.world import NOW, World

from motcua.casework.dossiers import journal, selectors, services
from motcua.casework.dossiers.models import Dossier, JournalEntry, RetentionPeriod
from motcua.casework.dossiers.types import Filed


def tampered(*statements: tuple[str, list[object]]) -> None:
    """Run statements as the owner does who switches the triggers off."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        for statement, values in statements:
            cursor.execute(statement, values)
        cursor.execute("SET session_replication_role = origin")


def verify(*arguments: str) -> tuple[int, str]:
    """Run the command; return its exit code and what it said."""
    out = StringIO()
    try:
        call_command("journal", "verify", *arguments, stdout=out)
    except SystemExit as end:
        return int(end.code or 0), out.getvalue()
    return 0, out.getvalue()


def found(dossier_id: int | None = None) -> list[tuple[str, int | None, str]]:
    report = selectors.verify_journals(dossier_id=dossier_id)
    return [(damage.dossier, damage.seq, str(damage.what)) for damage in report.damages]


@pytest.fixture
def filed(world: World) -> Filed:
    """The second of three dossiers, with six rows in its journal."""
    world.take_in()
    middle = world.take_in()
    world.lead_to(middle, "to_desk")
    world.take_in()
    return middle


def test_journals_as_they_were_written_verify(world: World, filed: Filed) -> None:
    world.file_online()

    assert found() == []
    code, said = verify()
    assert (code, said.splitlines()[-1]) == (0, "Tất cả nhật ký đều đúng như khi được ghi.")
    assert said.startswith("4 hồ sơ, 11 dòng")
    assert verify("--dossier", filed.code)[0] == 0


@pytest.mark.parametrize(
    "column",
    ["act = 'x'", "outcome = 'x'", "person_id = 1", "occurred_at = occurred_at - interval '1 day'",
     "recorded_at = recorded_at + interval '1 second'", "facts = '{}'", "salt = '\\x00'", "digest = '\\x00'",
     "hash = '\\x00'", "unit_id = NULL", "actor_kind = 'citizen'", "node = 'T9'"],
)  # fmt: skip
def test_a_changed_row_is_named(filed: Filed, column: str) -> None:
    tampered((f"UPDATE dossiers_journal SET {column} WHERE dossier_id = %s AND seq = 3", [filed.dossier_id]))  # noqa: S608

    damages = found()
    assert damages[0] == (filed.code, 3, "changed")
    assert {damage[0] for damage in damages} == {filed.code}


@pytest.mark.parametrize(("seqs", "left"), [([3], [3]), ([1], [1]), ([6], [6]), ([2, 3], [2, 3]), ([5, 6], [5, 6])])
def test_removed_rows_are_named_also_at_either_end(filed: Filed, seqs: list[int], left: list[int]) -> None:
    tampered(("DELETE FROM dossiers_journal WHERE dossier_id = %s AND seq = ANY(%s)", [filed.dossier_id, seqs]))

    assert found() == [(filed.code, seq, "removed") for seq in left]


def test_a_journal_without_any_row_left_is_named(filed: Filed) -> None:
    tampered(("DELETE FROM dossiers_journal WHERE dossier_id = %s", [filed.dossier_id]))

    assert found() == [(filed.code, seq, "removed") for seq in range(1, 7)]
    assert found(filed.dossier_id) == found()


COPY = (
    "INSERT INTO dossiers_journal (dossier_id, seq, act, node, outcome, actor_kind, person_id, post_id, unit_id,"
    " token_id, occurred_at, recorded_at, facts, salt, digest, hash) SELECT dossier_id + %s, seq + %s, act, node,"
    " outcome, actor_kind, person_id, post_id, unit_id, token_id, occurred_at, recorded_at, facts, salt, digest, hash"
    " FROM dossiers_journal WHERE dossier_id = %s AND seq = %s"
)


def test_a_row_put_in_at_the_end_is_named(filed: Filed) -> None:
    tampered((COPY, [0, 1, filed.dossier_id, 6]))

    assert found() == [(filed.code, 7, "inserted")]


def test_rows_put_in_for_a_dossier_that_never_was_are_named(filed: Filed) -> None:
    tampered((COPY, [10**6, 0, filed.dossier_id, 1]))

    assert found() == [(f"#{filed.dossier_id + 10**6}", 1, "inserted")]


def test_a_row_put_in_between_is_found_although_the_others_are_renumbered(filed: Filed) -> None:
    tampered(
        ("UPDATE dossiers_journal SET seq = seq + 100 WHERE dossier_id = %s AND seq > 3", [filed.dossier_id]),
        (COPY, [0, 1, filed.dossier_id, 3]),
        ("UPDATE dossiers_journal SET seq = seq - 99 WHERE dossier_id = %s AND seq > 100", [filed.dossier_id]),
    )

    assert found()[0] == (filed.code, 4, "changed")
    assert (filed.code, 7, "inserted") in found()


def test_a_chain_reckoned_anew_does_not_meet_the_head_of_the_dossier(filed: Filed) -> None:
    entries = list(JournalEntry.objects.filter(dossier_id=filed.dossier_id).order_by("seq"))
    entries[2].outcome = "khác"
    previous = b""
    statements = []
    for entry in entries:
        previous = journal.link_of(previous, entry)
        statements.append(
            (
                "UPDATE dossiers_journal SET outcome = %s, hash = %s WHERE dossier_id = %s AND seq = %s",
                [entry.outcome, previous, filed.dossier_id, entry.seq],
            )
        )
    tampered(*statements)

    assert found() == [(filed.code, 6, "changed")]


def test_a_dossier_that_vanished_with_its_journal_leaves_its_number(world: World) -> None:
    gone = world.take_in()
    world.take_in()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT conrelid::regclass::text, attname FROM pg_constraint"
            " JOIN pg_attribute ON attrelid = conrelid AND attnum = conkey[1]"
            " WHERE confrelid = 'dossiers_dossier'::regclass"
        )
        children = cursor.fetchall()
    tampered(
        *((f"DELETE FROM {table} WHERE {column} = %s", [gone.dossier_id]) for table, column in children),  # noqa: S608
        ("DELETE FROM dossiers_journal WHERE dossier_id = %s", [gone.dossier_id]),
        ("DELETE FROM dossiers_dossier WHERE id = %s", [gone.dossier_id]),
    )

    assert found() == [(gone.code, None, "dossier_removed")]


def test_the_command_names_dossier_and_row_and_ends_with_one(filed: Filed) -> None:
    tampered(("UPDATE dossiers_journal SET outcome = 'x' WHERE dossier_id = %s AND seq = 2", [filed.dossier_id]))

    code, said = verify()
    assert code == 1
    assert f"{filed.code}, dòng 2: bị sửa" in said
    code, said = verify("--json", "--dossier", filed.code)
    assert code == 1
    told = json.loads(said)
    assert told["intact"] is False
    assert told["damages"] == [{"dossier": filed.code, "seq": 2, "what": "changed", "note": ""}]


def test_the_command_tells_of_a_destroyed_dossier_and_of_an_unknown_one(world: World) -> None:
    RetentionPeriod.objects.update(months=0)
    filed = world.take_in(citizen_person_id=world.people["congdan"])
    services.withdraw(dossier_id=filed.dossier_id, reason="Đổi ý", actor=world.actor("congdan"), at=NOW)
    call_command("destroy_dossier", filed.code, "--decision", "9/QĐ", "--decided-on", "2026-11-20", stdout=StringIO())

    assert not Dossier.objects.exists()
    code, said = verify("--dossier", filed.code)
    assert code == 0
    assert "9/QĐ" in said
    assert verify() == (0, "0 hồ sơ, 0 dòng, 1 biên bản hủy.\nTất cả nhật ký đều đúng như khi được ghi.\n")
    with pytest.raises(CommandError, match="T01"):
        verify("--dossier", "T01.34-261123-9999")


def test_the_commands_of_the_end_list_and_refuse_in_a_sentence(world: World) -> None:
    filed = world.take_in(citizen_person_id=world.people["congdan"])
    services.withdraw(dossier_id=filed.dossier_id, reason="Đổi ý", actor=world.actor("congdan"), at=NOW)
    out = StringIO()

    with pytest.raises(CommandError, match="phải được lưu giữ đến 23/11/2031"):
        call_command("destroy_dossier", filed.code, "--decision", "9/QĐ", "--decided-on", "2026-11-20")
    with pytest.raises(CommandError, match="--decision"):
        call_command("destroy_dossier", filed.code)
    call_command("retention", "--set", "withdrawn", "--months", "0", "--source", "Quyết định 5/QĐ-UBND", stdout=out)
    call_command("destroy_dossier", "--due", stdout=out)
    assert filed.code in out.getvalue()
    assert "Quyết định 5/QĐ-UBND" in out.getvalue()
    with pytest.raises(CommandError, match="căn cứ pháp lý"):
        call_command("retention", "--set", "withdrawn", "--months", "3", stdout=out)
