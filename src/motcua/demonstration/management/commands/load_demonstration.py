"""Loads the demonstration province. May be repeated: it adds what is missing and changes nothing that is there."""

import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from motcua.demonstration import province
from motcua.demonstration.loading import catalogue
from motcua.demonstration.loading.corrections import load_correction
from motcua.demonstration.loading.decisions import load_decisions
from motcua.demonstration.loading.desks import load_desk_turns, load_downtime
from motcua.demonstration.loading.inspection import order_inspection
from motcua.demonstration.loading.internal import load_internal
from motcua.demonstration.loading.organisation import load_organisation
from motcua.demonstration.loading.sign_in import load_accounts
from motcua.demonstration.loading.staffing import load_staffing
from motcua.demonstration.loading.stamp import fingerprint, is_loaded
from motcua.foundation.calendars import services as calendars
from motcua.foundation.core import clock

# The busiest ward, whose people the greeting names.
INSPECTED = "30742"


class Command(BaseCommand):
    """Loads the province part by part and tells how long each part took."""

    help = "Load the demonstration province An Giang: agencies, staff, calendars, procedures, processes, forms."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the place of the file with the accounts."""
        parser.add_argument("--accounts-file", type=Path, default=settings.MOTCUA_DEMO_ACCOUNTS_FILE)
        parser.add_argument("--force", action="store_true", help="load although nothing seems to have changed")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the parts in their order."""
        at = clock.now()
        stamp = options["accounts_file"].with_suffix(".stamp")
        if not options["force"] and options["accounts_file"].is_file() and is_loaded(stamp, on=clock.civil_day(at)):
            self.stdout.write("The demonstration province is loaded as packaged.")
            return
        agencies: dict[str, int] = {}
        self._part("Calendar", lambda: f"{calendars.load_packaged_calendar(at=at)} days and hours changed")
        self._part("Agencies, posts and staff", lambda: self._organisation(agencies, at))
        self._part("Desk turns", lambda: f"{load_desk_turns(at=at)} turns, {load_downtime(at=at)} downtime")
        self._part("Procedures", lambda: catalogue.load_procedures(at=at))
        self._part("Processes", lambda: f"{catalogue.publish_processes(at=at)} published")
        self._part("Electronic forms", lambda: f"{catalogue.publish_forms(at=at)} forms")
        self._part("Offers", lambda: f"{catalogue.publish_offers(agencies, at=at)} offers")
        self._part("Confirmed by hand", lambda: f"{catalogue.confirm_by_hand(at=at)} papers")
        self._part("Accounts", lambda: f"{len(load_accounts(at=at, file=options['accounts_file']))} to try")
        self._part("Decisions", lambda: f"{load_decisions(at=at)} of them")
        self._part("Documents being drafted", lambda: f"{load_internal(at=at)} started")
        ward = province.commune_codes()[INSPECTED]
        self._part("Inspection", lambda: f"{order_inspection(agencies, ward, at=at)} orders")
        self._part("Leave and staffing", lambda: f"{load_staffing(at=at)} leaves")
        self._part("Requests to correct", lambda: f"{load_correction(at=at)} waiting")
        stamp.write_text(fingerprint(), encoding="utf-8")

    def _organisation(self, agencies: dict[str, int], at: datetime) -> str:
        agencies.update(load_organisation(at=at))
        return f"{len(agencies)} agencies and units"

    def _part(self, name: str, run: Callable[[], str]) -> None:
        self.stdout.write(f"{name} ...", ending=" ")
        self.stdout.flush()
        started = time.monotonic()
        told = run()
        self.stdout.write(f"{told}, {time.monotonic() - started:.1f} s")
