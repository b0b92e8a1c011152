"""The worker, living by the clock of the journeys: `python -m tests.journeys.work`."""

import threading
import time

import django
from django.conf import settings

from motcua.config import worker
from tests.journeys.clock import Follower

LOOK_SECONDS = 0.2


def main() -> None:
    """Follow the clock from now on, and work until told to stop."""
    django.setup()
    follower = Follower(settings.JOURNEY_CLOCK)
    follower.follow()

    def keep_following() -> None:
        while True:
            time.sleep(LOOK_SECONDS)
            follower.follow()

    threading.Thread(target=keep_following, name="clock", daemon=True).start()
    worker.run([])


if __name__ == "__main__":
    main()
