"""The two web servers that are compared: the product and the bare view, started alike."""

import os
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path

from motcua.config.demo import web_command


def free_port() -> int:
    """Return a port that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(application: str, *, probe: str, log: Path) -> Iterator[tuple[int, int]]:
    """Have a production server with two workers; yield its port and process id."""
    port = free_port()
    command = [
        application if part == "motcua.config.wsgi:application" else part for part in web_command(f"127.0.0.1:{port}")
    ]
    with log.open("w") as output:
        process = subprocess.Popen(command, stdout=output, stderr=output, env=os.environ.copy())  # noqa: S603
        try:
            _wait(port, probe, process, log)
            yield port, process.pid
        finally:
            process.terminate()
            process.wait(20)


def _wait(port: int, probe: str, process: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(300):
        if process.poll() is not None:
            raise RuntimeError(f"the server ended; its words are in {log}")
        try:
            connection = HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", probe)
            if connection.getresponse().status == 200:
                return
        except OSError:
            pass
        time.sleep(0.2)
    raise RuntimeError(f"the server did not answer {probe} in a minute; see {log}")
