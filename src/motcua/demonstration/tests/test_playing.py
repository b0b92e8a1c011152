"""Playing histories: by services only, in order, and going on after an interruption."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, datetime, timedelta
from io import StringIO
from threading import current_thread, main_thread

import pytest
from django.core.management import call_command
from django.db import connection

from motcua.casework.dossiers import services as dossiers
from motcua.casework.dossiers.models import BookLine, Dossier, Extension, JournalEntry, Pause, SupplementRequest
from motcua.casework.dossiers.services import happenings
from motcua.casework.workflow.models import Message, Timer, Token
from motcua.demonstration import arrivals, filings, stories
from motcua.demonstration.playing import Player, played_count
from motcua.foundation.core.clock import VIETNAM

DAYS = [day for day in (date(2026, 9, 7) + timedelta(days=n) for n in range(12)) if day.weekday() < 5]
UNTIL = datetime(2026, 10, 30, 17, 0, tzinfo=VIETNAM)


@pytest.fixture
def loaded(db, small_province, few_procedures, tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path / "files"
    call_command("load_demonstration", accounts_file=tmp_path / "accounts.json", stdout=StringIO())


def play(count: int, until: datetime) -> Player:
    player = Player(arrivals.plan(count, DAYS), until=until, citizens={})
    for _progress in player.play(filings.store_samples(at=until)):
        pass
    return player


def test_play_goes_on_where_it_stopped_and_nothing_is_refused(loaded):
    first = play(24, datetime(2026, 9, 10, 12, 0, tzinfo=VIETNAM))
    half = Dossier.objects.count()
    second = play(24, UNTIL)

    assert 0 < half < Dossier.objects.count()
    assert Dossier.objects.count() == len(arrivals.plan(24, DAYS)) == played_count(at=UNTIL)
    assert not first.refused
    assert not second.refused
    _check_histories()


def _check_histories() -> None:
    settled = Dossier.objects.filter(state="returned")
    waiting = {item.lingers for item in arrivals.plan(24, DAYS) if item.lingers}

    assert {"examine", "sign", "look_at", "wait_supplement"} <= waiting
    assert Dossier.objects.filter(state="filed").count() >= 4
    assert settled.count() > 8
    assert JournalEntry.objects.filter(occurred_at__gt=UNTIL).count() == 0
    assert all(dossier.accepted_at <= dossier.finished_at <= dossier.closed_at for dossier in settled)
    assert BookLine.objects.count() >= settled.filter(outcome="granted").count()
    assert Dossier.objects.filter(code__startswith="H01.155-2609").exists()
    assert Extension.objects.filter(state="granted", dossier__state="in_process").exists()
    assert Dossier.objects.filter(is_suspended=True).exists()
    returned = Pause.objects.filter(effect="restart", ended_at__isnull=False).select_related("dossier").first()
    assert returned is not None
    assert returned.dossier.restarted_at == returned.ended_at


STORIES = [
    ("land_change", "not_paid", 1),
    ("building_permit", "not_supplemented", 1),
    ("building_permit", "usual", 7),
    ("household_business", "usual", 3),
    ("investment_approval", "usual", 2),
]


def told() -> list[arrivals.Arrival]:
    """Return arrivals with the stories above, all of the first days and none left waiting."""
    plan = arrivals.plan(400, DAYS)
    found = []
    for process, story, count in STORIES:
        kind = [item for item in plan if item.process == process and item.channel == "counter"][:count]
        found += [replace(item, story=story, lingers="", is_late=False) for item in kind]
    return found


def test_waits_end_by_messages_agencies_and_timers(loaded, monkeypatch):
    monkeypatch.setitem(stories.UNANSWERED, "silent", 0.5)
    until = datetime(2026, 12, 20, 17, 0, tzinfo=VIETNAM)
    player = Player(told(), until=until, citizens={})
    for _progress in player.play(filings.store_samples(at=until)):
        pass

    ended = {(token.node, token.outcome): token for token in Token.objects.exclude(outcome="").filter(kind="task")}
    unpaid, opinions = ended["R2", "pay_time_up"], Token.objects.filter(node="M1")
    reminded = JournalEntry.objects.get(act="reminded", node="R2", outcome="remind_pay")
    assert not player.refused
    assert unpaid.closed_at - unpaid.opened_at == timedelta(days=60)
    assert Dossier.objects.get(run_id=unpaid.run_id).state == "stopped"
    assert reminded.occurred_at - unpaid.opened_at == timedelta(days=30)
    assert ended["R1", "no_answer"].closed_at.astimezone(VIETNAM).date() == (
        SupplementRequest.objects.get().answer_by_on + timedelta(days=1)
    )
    assert opinions.exclude(outcome="").count() == opinions.count() > len({token.run_id for token in opinions}) > 2
    assert {token.outcome for token in opinions} >= {"agree", "silent"}
    assert Message.objects.filter(name="tax_code").exists()
    assert not Timer.objects.filter(closed_at=None, run_id__in=Dossier.objects.values("run_id")).exists()


@pytest.mark.django_db(transaction=True)
def test_nobody_else_lets_timers_go_off_while_a_play_holds_them():
    with dossiers.timers_held():
        with ThreadPoolExecutor(1) as elsewhere:
            assert not elsewhere.submit(_may_sweep).result()
        assert _may_sweep()
    assert _may_sweep()


def _may_sweep() -> bool:
    """Ask as the sweep does, on this thread's connection."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock_shared(%s)", [happenings._HOLD])
        found = cursor.fetchone()[0]
    if current_thread() is not main_thread():
        connection.close()
    return found
