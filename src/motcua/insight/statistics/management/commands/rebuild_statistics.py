"""`motcua rebuild_statistics`: make all facts and roll-ups again from the dossiers."""

from typing import Any

from django.core.management.base import BaseCommand

from motcua.insight.statistics.services import rebuild_statistics


class Command(BaseCommand):
    help = "Make all statistical facts and roll-ups again from the dossiers."

    def handle(self, *args: Any, **options: Any) -> None:
        """Rebuild and say how many dossiers were counted."""
        self.stdout.write(f"{rebuild_statistics()} dossiers counted")
