"""Destroying a whole dossier at the end of its retention: what goes, what stays, who may, and when not."""

from datetime import date, datetime, timedelta

import pytest
from django.core.files.base import ContentFile
from django.db import DatabaseError, IntegrityError, connection, transaction
from tests.world import NOW, World

from motcua.casework.documents import services as documents
from motcua.casework.documents.models import StoredFile
from motcua.casework.documents.tests import samples
from motcua.casework.dossiers import selectors, services
from motcua.casework.dossiers.models import (
    AccessLog,
    BookLine,
    ChildDossier,
    Destruction,
    Dossier,
    JournalEntry,
    RetentionPeriod,
)
from motcua.casework.dossiers.retention import months_after
from motcua.casework.dossiers.tests.test_children import as_filed, file_parent, grant, open_calls
from motcua.casework.dossiers.types import Filed, PaperInput, SupplementItem
from motcua.casework.dossiers.types.destruction import JournalBroken, KeptForEver, StillKept, StillOpen
from motcua.casework.workflow.models import Run, Timer, Token
from motcua.foundation.accounts.types import SYSTEM
from motcua.foundation.core import relay
from motcua.foundation.core.clock import VIETNAM
from motcua.foundation.core.types import Invalid, NotAllowed, NotFound

DECIDED = {"decision_number": "17/QĐ-UBND", "decision_on": date(2026, 11, 20)}
LATER = NOW + timedelta(days=1)


@pytest.fixture
def returned(world: World) -> Filed:
    """A dossier with papers, file, supplement, result, number, reading and rating-ready end."""
    stored = documents.store_upload(
        file=ContentFile(samples.pdf(), name="a.pdf"), name="a.pdf", purpose="component", at=NOW, owner_key="test"
    )
    paper = world.choice().cases[0].submit[0].id
    filed = world.take_in(
        papers=(PaperInput(component_id=paper, originals=1, file_ids=(stored.id,)),),
        citizen_person_id=world.people["congdan"],
        answers={"ten_ho": "Tiệm vải"},
    )
    world.lead_to(filed, "return_result")
    world.step(filed, "returned", by="tiepnhan", recipient_name="Trần Thị Mỹ Duyên", at=NOW + timedelta(hours=2))
    services.log_reading(dossier_id=filed.dossier_id, actor=world.actor("canbo"), what="dossier", at=NOW)
    while relay.relay_batch(at=NOW):
        pass
    return filed


@pytest.fixture
def over(db: None) -> None:
    """Let every period be over as soon as a dossier is closed."""
    RetentionPeriod.objects.update(months=0, is_assumed=False)


def destroy(filed: Filed, **changes: object) -> object:
    return services.destroy_dossier(**{"code": filed.code, "actor": SYSTEM, "at": LATER, **DECIDED} | changes)


def naming(dossier_id: int) -> dict[str, int]:
    """Return the tables with rows that name this dossier, in a column of that name, and how many."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name FROM information_schema.columns "
            "WHERE column_name = 'dossier_id' AND table_schema = 'public'"
        )
        found = {}
        for (table,) in cursor.fetchall():
            cursor.execute(f"SELECT count(*) FROM {table} WHERE dossier_id = %s", [dossier_id])  # noqa: S608
            if count := cursor.fetchone()[0]:
                found[table] = count
    return found


@pytest.mark.usefixtures("over")
def test_everything_goes_but_the_record_the_book_the_readings_and_the_figures(world: World, returned: Filed) -> None:
    other = world.take_in()
    dossier = Dossier.objects.get(pk=returned.dossier_id)
    head, rows, lines = bytes(dossier.journal_hash), dossier.journal_seq, BookLine.objects.count()
    assert len(naming(dossier.pk)) >= 6

    record = destroy(returned)

    # the record of where the paper folder went outlives it, as the record of what was destroyed does
    kept = {"dossiers_destruction", "dossiers_access_log", "statistics_dossier_fact", "custody_folder"}
    assert set(naming(dossier.pk)) == kept
    assert not Dossier.objects.filter(pk=dossier.pk).exists()
    assert not Run.objects.filter(pk=dossier.run_id).exists()
    assert not Token.objects.filter(run_id=dossier.run_id).exists()
    assert not StoredFile.objects.exists()
    assert AccessLog.objects.filter(dossier_id=dossier.pk).count() == 1
    assert BookLine.objects.count() == lines
    assert BookLine.objects.filter(dossier_id=None).count() == 1
    row = Destruction.objects.get()
    assert (row.dossier_id, bytes(row.chain_head), row.journal_rows) == (dossier.pk, head, rows)
    assert (row.ending, row.accepted_on, row.closed_on) == ("granted", NOW.date(), NOW.date())
    assert (row.decision_number, row.decision_on, row.destroyed_at) == ("17/QĐ-UBND", date(2026, 11, 20), LATER)
    assert record.decision_number == "17/QĐ-UBND"  # type: ignore[attr-defined]
    assert selectors.destroyed_by_code(code=returned.code) == record
    assert selectors.destroyed_ids() == {dossier.pk}
    # the other dossier is as it was, and the journals of all verify, the numbers of the day too
    assert Dossier.objects.get().pk == other.dossier_id
    assert selectors.verify_journals().damages == ()


@pytest.mark.usefixtures("over")
def test_every_ending_can_be_destroyed(world: World) -> None:
    desk, citizen = world.actor("tiepnhan"), world.actor("congdan")
    not_accepted = world.file_online()
    services.refuse_filing(
        dossier_id=not_accepted.dossier_id, reason="Sai thẩm quyền", legal_basis="Điều 17", actor=desk, at=NOW
    )
    withdrawn = world.take_in(citizen_person_id=citizen.person_id)
    world.step(withdrawn, "lacking", by="canbo", supplement=(SupplementItem(reason="Thiếu"),))
    services.withdraw(dossier_id=withdrawn.dossier_id, reason="Đổi ý", actor=citizen, at=NOW)
    refused = world.take_in()
    for outcome, by in (("not_eligible", "canbo"), ("sign", "lanhdao"), ("issued", "vanthu"), ("brought", "vanthu")):
        world.step(refused, outcome, by=by, note="Ngành nghề bị cấm")
    world.step(refused, "returned", by="tiepnhan")

    destroy(not_accepted, code=not_accepted.intake_number)
    destroy(withdrawn)
    destroy(refused)

    assert set(Destruction.objects.values_list("ending", flat=True)) == {"not_accepted", "withdrawn", "refused"}
    assert not Dossier.objects.exists()
    assert not JournalEntry.objects.exists()
    assert selectors.verify_journals().damages == ()


def test_before_the_period_is_over_it_is_refused_and_nothing_changes(world: World, returned: Filed) -> None:
    before = naming(returned.dossier_id)

    with pytest.raises(StillKept) as refusal:
        destroy(returned)

    assert "23/11/2046" in str(refusal.value)
    assert naming(returned.dossier_id) == before
    assert selectors.due_for_destruction(at=LATER) == []


def test_the_database_asks_by_its_own_clock_whatever_instant_it_is_told(world: World, returned: Filed) -> None:
    with pytest.raises(IntegrityError, match="still to be kept"), transaction.atomic():
        destroy(returned, at=datetime(2060, 1, 1, tzinfo=VIETNAM))

    assert Dossier.objects.filter(pk=returned.dossier_id).exists()


@pytest.mark.usefixtures("over")
def test_a_procedures_own_period_goes_before_the_one_for_all(world: World, returned: Filed) -> None:
    services.set_retention(ending="granted", months=None, procedure_code="1.001612", legal_source="Luật Hộ tịch")

    with pytest.raises(KeptForEver, match="Luật Hộ tịch"):
        destroy(returned)
    with pytest.raises(IntegrityError, match="still to be kept"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT motcua_destroy_dossier(%s, 1, 'x', '2026-01-01', now())", [returned.dossier_id])

    assert Dossier.objects.filter(pk=returned.dossier_id).exists()


@pytest.mark.usefixtures("over")
@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"code": "T01.34-261123-0099"}, NotFound),
        ({"decision_number": " "}, Invalid),
        ({"at": NOW}, StillKept),
    ],
)
def test_refusals(world: World, returned: Filed, changes: dict[str, object], refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        destroy(returned, **changes)

    assert not Destruction.objects.exists()


@pytest.mark.usefixtures("over")
def test_an_open_dossier_is_never_destroyed(world: World) -> None:
    filed = world.take_in()

    with pytest.raises(StillOpen):
        destroy(filed)
    with pytest.raises(IntegrityError, match="not closed"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT motcua_destroy_dossier(%s, 1, 'x', '2026-01-01', now())", [filed.dossier_id])

    assert Dossier.objects.filter(pk=filed.dossier_id).exists()


@pytest.mark.usefixtures("over")
@pytest.mark.parametrize("who", ["tiepnhan", "canbo", "lanhdao", "kiemsoat", "congdan"])
def test_only_administrators_and_the_system_destroy(world: World, returned: Filed, who: str) -> None:
    with pytest.raises(NotAllowed):
        destroy(returned, actor=world.actor(who))
    assert Dossier.objects.filter(pk=returned.dossier_id).exists()

    destroy(returned, actor=world.actor("quantri"))
    assert Destruction.objects.get().person_id == world.people["quantri"]


@pytest.mark.usefixtures("over")
def test_a_tampered_journal_is_evidence_and_stays(world: World, returned: Filed) -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE dossiers_journal DISABLE TRIGGER USER")
        cursor.execute("UPDATE dossiers_journal SET outcome = 'x' WHERE seq = 2")
        cursor.execute("ALTER TABLE dossiers_journal ENABLE TRIGGER USER")

    with pytest.raises(JournalBroken):
        destroy(returned)

    assert Dossier.objects.filter(pk=returned.dossier_id).exists()


@pytest.mark.usefixtures("over")
@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM dossiers_journal WHERE dossier_id = %s",
        "UPDATE dossiers_journal SET dossier_id = NULL WHERE dossier_id = %s",
        "DELETE FROM dossiers_book_line WHERE dossier_id = %s",
        "UPDATE dossiers_book_line SET dossier_id = NULL WHERE dossier_id = %s",
        "DELETE FROM dossiers_access_log WHERE dossier_id = %s",
        "UPDATE dossiers_destruction SET decision_number = 'khác' WHERE dossier_id <> %s",
        "DELETE FROM dossiers_destruction WHERE dossier_id <> %s",
    ],
)
def test_no_row_goes_by_another_way(world: World, returned: Filed, statement: str) -> None:
    gone = world.take_in(citizen_person_id=world.people["congdan"])
    services.withdraw(dossier_id=gone.dossier_id, reason="Đổi ý", actor=world.actor("congdan"), at=NOW)
    destroy(gone)

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, [returned.dossier_id])


@pytest.mark.parametrize(
    "table", ["dossiers_journal", "dossiers_access_log", "dossiers_book_line", "dossiers_destruction"]
)
def test_no_guarded_table_can_be_emptied(db: None, table: str) -> None:
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {table} CASCADE")


@pytest.mark.usefixtures("over")
def test_what_is_due_is_listed_longest_closed_first(world: World, returned: Filed) -> None:
    ((code, closed_on, retention),) = selectors.due_for_destruction(at=LATER)

    assert (code, closed_on, retention.until) == (returned.code, NOW.date(), NOW.date())


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (datetime(2026, 1, 31, 9, tzinfo=VIETNAM), 1, datetime(2026, 2, 28, 9, tzinfo=VIETNAM)),
        (datetime(2024, 2, 29, 9, tzinfo=VIETNAM), 12, datetime(2025, 2, 28, 9, tzinfo=VIETNAM)),
        (datetime(2026, 11, 23, 9, tzinfo=VIETNAM), 240, datetime(2046, 11, 23, 9, tzinfo=VIETNAM)),
        (datetime(2026, 12, 5, 9, tzinfo=VIETNAM), 0, datetime(2026, 12, 5, 9, tzinfo=VIETNAM)),
    ],
)
def test_months_end_as_the_database_counts_them(db: None, start: datetime, months: int, end: datetime) -> None:
    assert months_after(start, months) == end
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::timestamptz + make_interval(months => %s)", [start, months])
        assert cursor.fetchone()[0] == end


@pytest.mark.usefixtures("over")
def test_a_child_goes_alone_and_the_parent_keeps_what_came_back(world: World) -> None:
    parent = file_parent(world)
    first, second = open_calls()
    grant(world, first)
    world.step(as_filed(first), "returned", by="tiepnhan", recipient_name="Quầy", at=NOW + timedelta(hours=2))
    for child_id in (first, second):
        services.answer_parent(child_id=child_id, at=NOW)
    services.withdraw(dossier_id=parent.dossier_id, reason="Thôi", actor=world.actor("congdan"), at=NOW)
    link = ChildDossier.objects.get(child_id=second)
    services.withdraw_child(token_id=link.token_id, at=NOW)
    kept, paper = StoredFile.objects.order_by("-pk").first(), StoredFile.objects.order_by("pk").first()
    assert kept is not None

    destroy(as_filed(first))

    gone = ChildDossier.objects.get(parent_id=parent.dossier_id, child=None)
    assert (gone.result_file, gone.result_number != "") == (kept, True)
    view = selectors.dossier_view(actor=SYSTEM, public_id=parent.public_id, at=LATER)
    part = selectors.children_of(view=view, actor=SYSTEM, at=LATER)[0]
    assert (part.result_number, part.public_id) == (gone.result_number, None)
    assert selectors.has_file(parent.dossier_id, kept.public_id) == kept.pk

    token = Token.objects.filter(run_id=Dossier.objects.get(pk=parent.dossier_id).run_id).earliest("pk")
    Timer.objects.create(
        run_id=token.run_id, token=token, node="L", unit_id=token.unit_id, opened_at=NOW, due_at=NOW, wake_at=NOW
    )
    destroy(parent)

    assert not ChildDossier.objects.exists()
    assert not Timer.objects.exists()
    assert list(StoredFile.objects.all()) == [paper], "the other child still has the paper"
    destroy(as_filed(second), code=as_filed(second).intake_number)
    assert not StoredFile.objects.exists()
    assert selectors.verify_journals().damages == ()
