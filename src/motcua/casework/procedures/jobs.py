"""Background work: comparing a file of records with the catalogue, publishing what was accepted of it."""

from procrastinate.contrib.django import app

from motcua.casework.procedures import services
from motcua.foundation.core import clock


@app.task(name="procedures.compare")
def compare(*, file_id: int) -> bool:
    """Read a file that was handed in."""
    return services.read_file(file_id=file_id, at=clock.now())


@app.task(name="procedures.publish_chosen")
def publish_chosen(*, file_id: int) -> int:
    """Publish what people accepted of a file."""
    return services.publish_chosen(file_id=file_id, at=clock.now())
