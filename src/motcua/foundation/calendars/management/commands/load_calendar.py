"""`motcua load_calendar`: the packaged days off, office hours and rules of counting into the province's calendar."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import ngettext

from motcua.foundation.calendars import services
from motcua.foundation.core import clock


class Command(BaseCommand):
    help = "Bring the province's calendar up to the packaged days off; what was entered by hand stays. May be repeated."

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, and say how much changed."""
        changed = services.load_packaged_calendar(at=clock.now())
        said = ngettext("%(count)d row changed", "%(count)d rows changed", changed) % {"count": changed}
        self.stdout.write(said)
