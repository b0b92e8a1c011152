"""`motcua rebuild_forecasts`: make all forecasts again from the dossiers that were finished."""

from typing import Any

from django.core.management.base import BaseCommand

from motcua.foundation.core import clock
from motcua.insight.forecasts.services import rebuild_forecasts


class Command(BaseCommand):
    help = "Make all forecasts again from the dossiers that were finished."

    def handle(self, *args: Any, **options: Any) -> None:
        """Rebuild and say how many groups of like dossiers were large enough."""
        self.stdout.write(f"{rebuild_forecasts(at=clock.now())} forecasts made")
