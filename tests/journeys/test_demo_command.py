"""`motcua demo` as a newcomer meets it: it serves, it survives, and it leaves nothing behind."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from http.client import HTTPConnection
from pathlib import Path

import psutil
import pytest

from motcua.config.launcher.places import folder_elsewhere

pytestmark = [pytest.mark.journey, pytest.mark.embedded]
PATIENCE = 300


@pytest.fixture
def home():
    """An empty project folder that the service user may enter."""
    with tempfile.TemporaryDirectory(prefix="motcua-demo-") as name:
        Path(name).chmod(0o755)
        yield Path(name)
        shutil.rmtree(folder_elsewhere(Path(name)), ignore_errors=True)


@pytest.fixture
def port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _start(home: Path, port: int) -> subprocess.Popen[str]:
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("MOTCUA_", "DJANGO_", "DATABASE_"))
    }
    return subprocess.Popen(
        [sys.executable, "-m", "motcua", "demo"],
        cwd=home,
        env=kept | {"MOTCUA_HOME": str(home), "PORT": str(port)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def _read_until(process: subprocess.Popen[str], text: str) -> str:
    until, said = time.monotonic() + PATIENCE, ""
    while text not in said and time.monotonic() < until:
        line = process.stdout.readline()
        if not line:
            break
        said += line
    assert text in said
    return said


def _get(port: int, path: str) -> tuple[int, str]:
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", path)
    response = connection.getresponse()
    return response.status, response.read().decode()


def _left(home: Path) -> list[str]:
    """Return the command lines of processes that still belong to this folder."""
    found = []
    for process in psutil.process_iter():
        try:
            if str(home) in " ".join([process.cwd(), *process.cmdline()]):
                found.append(" ".join(process.cmdline()))
        except psutil.Error:
            continue
    return found


def test_it_serves_restarts_what_falls_and_ends_without_a_trace(home, port):
    first = _start(home, port)
    try:
        greeting = _read_until(first, "Ctrl-C ends everything.")
        assert f"http://127.0.0.1:{port}/" in greeting
        assert "Three acts to try" in greeting
        assert "postgres/data" in greeting
        assert _get(port, "/readyz")[0] == 200
        assert "<html" in _get(port, "/")[1]

        taken = subprocess.run(
            [sys.executable, "-m", "motcua", "demo"],
            cwd=home,
            capture_output=True,
            text=True,
            check=False,
            env=os.environ | {"MOTCUA_HOME": str(home), "PORT": str(port)},
        )
        assert taken.returncode == 1
        assert taken.stderr.startswith(f"motcua: port {port} is in use.")
        assert taken.stderr.count("\n") == 1

        (web,) = [child for child in psutil.Process(first.pid).children() if "gunicorn" in " ".join(child.cmdline())]
        web.kill()
        _read_until(first, "web ended with code -9; starting it again.")
    finally:
        first.send_signal(signal.SIGINT)
        first.communicate(timeout=60)

    assert first.returncode == 0
    assert _left(home) == []

    started = time.monotonic()
    second = _start(home, port)
    try:
        _read_until(second, "Ctrl-C ends everything.")
        took = time.monotonic() - started
    finally:
        second.terminate()
        second.communicate(timeout=60)
    assert second.returncode == 128 + signal.SIGTERM
    assert _left(home) == []
    assert took < 30, f"the second start took {took:.0f} s; it is meant to take less than 10 on an idle machine"
