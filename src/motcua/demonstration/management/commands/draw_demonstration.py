"""Draws the packaged processes anew after their descriptions or the drawing changed."""

from typing import Any

from django.core.management.base import BaseCommand

from motcua.demonstration.processes import redraw_all


class Command(BaseCommand):
    """Writes the BPMN files beside their descriptions."""

    help = "Draw the BPMN files of the demonstration's processes from their descriptions."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        """Write what changed and name it."""
        for path in redraw_all():
            self.stdout.write(path.name)
