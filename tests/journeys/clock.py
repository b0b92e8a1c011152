"""A clock that journeys move: server and worker read how far they are ahead from one file."""

import time
from datetime import datetime
from pathlib import Path

import time_machine

from motcua.foundation.core.clock import VIETNAM


def real_time() -> float:
    """Return the seconds of the machine's own clock, whatever this process pretends."""
    return time_machine.escape_hatch.time.time() if time_machine.escape_hatch.is_travelling() else time.time()


class Clock:
    """The hand that sets the clock, in the process of the tests."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def set(self, to: datetime) -> None:
        """Make it `to`; the clock goes on from there."""
        draft = self.file.with_suffix(".draft")
        draft.write_text(str(to.timestamp() - real_time()))
        draft.rename(self.file)

    def now(self) -> datetime:
        """Return the instant that server and worker see."""
        return datetime.fromtimestamp(real_time() + float(self.file.read_text()), tz=VIETNAM)


class Follower:
    """A process that lives by the file."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.ahead = ""
        self.travel: time_machine.travel | None = None

    def follow(self) -> None:
        """Go where the file says, when it says something new."""
        ahead = self.file.read_text()
        if ahead == self.ahead:
            return
        self.ahead = ahead
        if self.travel is not None:
            self.travel.stop()
        self.travel = time_machine.travel(time.time() + float(ahead), tick=True)
        self.travel.start()
