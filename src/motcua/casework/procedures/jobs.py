"""Background work: files of records compared and published; decisions that wait for their entry."""

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


# Half past midnight in UTC: half past seven in the morning here.
@app.periodic(cron="30 0 * * *")
@app.task(name="procedures.warn_of_entries", queueing_lock="procedures.warn_of_entries")
def warn_of_entries(timestamp: int = 0) -> int:
    """Remind of published decisions that are due for entry in the national database, or late."""
    return services.warn_of_entries(at=clock.now())
