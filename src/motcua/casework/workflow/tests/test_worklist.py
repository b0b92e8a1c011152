"""Work lists and their counts: one statement each, over the partial index of open tasks."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motcua.casework.workflow import selectors, services
from motcua.casework.workflow.tests.drawings import PERMIT, PERMIT_TASKS, drawn
from motcua.casework.workflow.tests.stage import AT, done, published, started
from motcua.casework.workflow.types import OpenCounts

pytestmark = pytest.mark.django_db
DESK, OFFICER = (10, "receptionist"), (20, "officer")
ME = 7


def counted(posts=(DESK, OFFICER), person_id=ME, now=AT, **more):
    bounds = {"end_of_today": now + timedelta(hours=8), "soon_until": now + timedelta(days=2), "new_since": now}
    return selectors.count_open(posts, person_id=person_id, now=now, **(bounds | more))


@pytest.fixture
def version():
    return published()


@pytest.fixture
def runs(version):
    """Ten runs at the desk, due two hours after each start, one hour apart."""
    return [started(version, at=AT + timedelta(hours=hour)) for hour in range(10)]


def test_pages_follow_each_other_without_gap_or_repeat(runs):
    seen, after = [], None
    for _page in range(4):
        page = selectors.open_task_page([DESK, DESK, OFFICER], person_id=ME, after=after, limit=4)
        seen += [task.run_id for task in page.tasks]
        after = page.next_key

    assert seen[:10] == [run.run_id for run in runs]
    first = selectors.open_task_page([DESK], person_id=ME, limit=1).tasks[0]
    assert first == runs[0].opened[0]


def test_last_page_has_no_next_key(runs):
    assert selectors.open_task_page([DESK], person_id=ME, limit=10).next_key is None
    assert selectors.open_task_page([DESK], person_id=ME, limit=9).next_key is not None


def test_posts_are_merged_by_due_time_and_waiting_stands_apart(runs):
    done(runs[3].run_id, "T1")
    done(runs[4].run_id, "T1")
    done(runs[4].run_id, "T3", "lacking")

    mine = selectors.open_task_page([DESK, OFFICER], person_id=ME)
    waiting = selectors.open_task_page([DESK, OFFICER], person_id=ME, holders=("citizen", "tax"))

    assert [task.node for task in mine.tasks] == ["T1"] * 8 + ["T3"] or "T3" in [task.node for task in mine.tasks]
    assert [task.due_at for task in mine.tasks] == sorted(task.due_at for task in mine.tasks)
    assert [task.node for task in waiting.tasks] == ["R1"]
    assert selectors.open_task_page([(10, "officer"), (11, "receptionist")], person_id=ME).tasks == ()
    assert selectors.open_task_page([], person_id=ME).tasks == ()


def test_task_handed_to_somebody_else_is_not_mine(runs):
    services.assign_task(token_id=runs[0].opened[0].token_id, person_id=99, at=AT)
    services.assign_task(token_id=runs[1].opened[0].token_id, person_id=ME, at=AT)

    assert len(selectors.open_task_page([DESK], person_id=ME).tasks) == 9
    assert len(selectors.open_task_page([DESK], person_id=None).tasks) == 10
    own = selectors.open_task_page([DESK], person_id=ME, mine_only=True).tasks
    assert [task.run_id for task in own] == [runs[1].run_id]
    assert counted().staff.total == 9
    assert counted(person_id=None).staff.total == 10


def test_filters_of_the_links(runs):
    def page(**filters):
        return len(selectors.open_task_page([DESK, OFFICER], person_id=ME, **filters).tasks)

    assert page(due_before=AT + timedelta(hours=4)) == 2
    assert page(due_from=AT + timedelta(hours=4)) == 8
    assert page(opened_since=AT + timedelta(hours=9)) == 1
    assert page(act="intake") == 10
    assert page(act="sign") == 0


def test_counts_agree_with_the_lists(runs):
    done(runs[9].run_id, "T1", at=AT + timedelta(hours=4))
    done(runs[9].run_id, "T3", "lacking", at=AT + timedelta(hours=4))
    now = AT + timedelta(hours=4, minutes=30)

    work = counted(now=now, end_of_today=AT + timedelta(hours=8), soon_until=AT + timedelta(hours=10))

    assert work.staff == OpenCounts(total=9, overdue=3, due_today=3, due_soon=2, new=4, intake=9)
    assert work.citizen == OpenCounts(total=1)
    assert work.bodies == OpenCounts()


def test_other_bodies_are_counted_together():
    version = published(drawn(PERMIT, PERMIT_TASKS, xor="X1 X2 X3", both="P1 P2"), code="other")
    run = started(version).run_id
    done(run, "T1")
    done(run, "T3", "enough")

    work = counted()

    assert (work.staff.total, work.bodies.total) == (1, 1)


@pytest.mark.parametrize("rows", [2, 12])
def test_one_statement_however_many_rows(version, rows):
    for _run in range(rows):
        started(version)
    with CaptureQueriesContext(connection) as queries:
        assert len(selectors.open_task_page([DESK, OFFICER], person_id=ME).tasks) == rows
        assert counted().staff.total == rows

    assert len(queries) == 2


def test_list_and_counts_read_the_partial_index_alone():
    _fill(3000)
    pages = selectors.open_task_query([DESK, OFFICER], person_id=ME)
    bounds = {"now": AT, "end_of_today": AT, "soon_until": AT, "new_since": AT}
    counts = selectors.worklist_sql.counts_query([DESK, OFFICER], person_id=ME, **bounds)

    listing, counting = (_plan(*query) for query in (pages, counts))

    assert "workflow_token_open" in listing
    assert "Seq Scan" not in listing
    assert "Index Only Scan using workflow_token_open" in counting
    assert "Seq Scan" not in counting


def _fill(rows):
    with connection.cursor() as cursor:
        version = published(code="many")
        started(version)
        cursor.execute(
            "INSERT INTO workflow_run (version_id, subject_label, receiving_id, competent_id, province_id, state,"
            " lock_version, started_at) SELECT %s, 'x', 1, 1, 1, 'running', 0, now() FROM generate_series(1, %s)",
            [version, rows],
        )
        cursor.execute(
            "INSERT INTO workflow_token (public_id, run_id, version_id, node, kind, via, branch, unit_id, role, holder,"
            " act, opened_at, starts_at, due_at, outcome)"
            " SELECT gen_random_uuid(), id, version_id, 'T1', 'task', 'f', '',"
            " mod(id, 100), 'officer', 'staff', 'intake', now(), now(), now(), ''"
            " FROM workflow_run WHERE subject_label = 'x'"
        )
        cursor.execute("ANALYZE workflow_token")


def _plan(statement, params):
    with connection.cursor() as cursor:
        # Index-only scans need a visibility map, which rows of this very transaction cannot have yet.
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_bitmapscan = off")
        cursor.execute("EXPLAIN " + statement, params)
        return "\n".join(row[0] for row in cursor.fetchall())
