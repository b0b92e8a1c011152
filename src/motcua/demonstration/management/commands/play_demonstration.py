"""Plays some thousand dossiers of the last six months by running the services with a controlled clock."""

import time
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.db import connection

from motcua.demonstration import anchor, filings, province
from motcua.demonstration.anchor import Anchor
from motcua.demonstration.arrivals import plan
from motcua.demonstration.loading.books import show_books
from motcua.demonstration.loading.lots import load_lots
from motcua.demonstration.loading.sign_in import with_citizens
from motcua.demonstration.playing import Player, played_count
from motcua.foundation.accounts import selectors as accounts
from motcua.foundation.core import clock
from motcua.foundation.organisations import selectors as organisations
from motcua.insight.forecasts.services import rebuild_forecasts

SAY_EVERY_SECONDS = 5
# The busiest ward, whose people the greeting names.
BUSIEST = "30742"


class Command(BaseCommand):
    """Plays the histories up to the present instant; going on after an interruption plays only what is missing."""

    help = "Play the histories of the demonstration's dossiers by running the services."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """Add how many dossiers, over how many days, up to when, and where the plan is remembered."""
        parser.add_argument("--dossiers", type=int, default=3000)
        parser.add_argument("--days", type=int, default=182)
        parser.add_argument("--until", type=datetime.fromisoformat, default=None)
        parser.add_argument("--anchor-file", type=Path, default=settings.MOTCUA_DEMO_PLAY_FILE)

    def handle(self, *args: Any, **options: Any) -> None:
        """Play, and say every few seconds how far it is."""
        kept = self._anchor(options)
        if kept.is_done:
            self.stdout.write(
                f"Histories: all {kept.dossiers} dossiers were played up to {kept.instant:%d/%m/%Y %H:%M}."
            )
            return
        kept.write(options["anchor_file"], is_done=False)
        # What an interruption loses of the last moments is played again, so nobody has to wait for the disk each time.
        with connection.cursor() as cursor:
            cursor.execute("SET synchronous_commit TO off")
        planned = with_citizens(plan(kept.dossiers, kept.working_days(), until=kept.instant))
        citizens = accounts.person_ids({item.applicant.username for item in planned if item.applicant.username})
        player = Player(planned, until=kept.instant, citizens=citizens)
        self._play(player, kept)
        self.stdout.write(f"Books: {show_books(at=kept.instant)} closed")
        self.stdout.write(f"Forecasts: {rebuild_forecasts(at=kept.instant)} groups of like dossiers")
        ward = province.commune_codes()[BUSIEST]
        self.stdout.write(f"Lots of paper: {load_lots(organisations.agency_id_of(ward) or 0, at=kept.instant)}")
        kept.write(options["anchor_file"], is_done=True)

    def _anchor(self, options: dict[str, Any]) -> Anchor:
        """Return the plan to go on with; without any played dossier an old one is worth nothing."""
        until = options["until"] or clock.now()
        until = (until if until.tzinfo else until.replace(tzinfo=clock.VIETNAM)).astimezone(clock.VIETNAM)
        kept = anchor.read(options["anchor_file"])
        if kept is not None and played_count(at=until):
            return kept
        return Anchor(until.replace(microsecond=0).isoformat(), options["dossiers"], options["days"])

    def _play(self, player: Player, kept: Anchor) -> None:
        started = said = time.monotonic()
        for progress in player.play(filings.store_samples(at=kept.instant)):
            now = time.monotonic()
            if now - said > SAY_EVERY_SECONDS or progress.is_last:
                said = now
                self.stdout.write(
                    f"Histories: {progress.arrived} of {progress.planned} dossiers, {progress.acts} acts, "
                    f"up to {progress.at:%d/%m/%Y %H:%M} ({now - started:.0f} s)"
                )
        for what, times in player.refused.most_common():
            self.stdout.write(f"  refused {what}: {times}")
