"""Playing histories: by services only, in order, and going on after an interruption."""

from datetime import date, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import call_command

from motcua.casework.dossiers.models import BookLine, Dossier, Extension, JournalEntry, Pause
from motcua.demonstration import arrivals, filings
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
