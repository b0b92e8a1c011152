"""The small province as it runs: web server, worker, database, mail folder, clock."""

import email
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from email.message import EmailMessage
from email.policy import default
from http.client import HTTPConnection
from pathlib import Path

import psutil
from pytest_django import DjangoDbBlocker

from motcua.casework.procedures import selectors as procedures
from motcua.casework.workflow import selectors as workflow
from motcua.config.demo import web_command
from motcua.foundation.calendars import selectors as calendars
from tests.database import PROJECT, pointed_at
from tests.journeys.clock import Clock
from tests.world import World

PATIENCE = 90
MAIL_PATIENCE = 30


def forget_what_is_kept() -> None:
    """Forget what this process keeps by id of another database's rows: drawings, choices, calendars."""
    workflow.forget_graphs()
    procedures.forget_choices()
    calendars.forget_calendars()


@dataclass
class Province:
    """What a journey may ask of the running site, besides looking at its pages."""

    url: str
    world: World
    home: Path
    clock: Clock
    database_url: str
    blocker: DjangoDbBlocker
    read: set[str] = field(default_factory=set)

    @contextmanager
    def inside(self) -> Iterator[World]:
        """Let services and selectors be called on the database of the site; the world's time is the site's."""
        with self.blocker.unblock(), pointed_at(self.database_url):
            forget_what_is_kept()
            self.world.now = self.clock.now()
            try:
                yield self.world
            finally:
                forget_what_is_kept()

    def mail_to(self, address: str, *, holding: str = "") -> EmailMessage:
        """Return the next unread letter to `address` whose text holds `holding`, waiting for the worker."""
        until = time.monotonic() + MAIL_PATIENCE
        while time.monotonic() < until:
            for letter, key in self._letters():
                if key not in self.read and address in letter["To"] and holding in _text(letter):
                    self.read.add(key)
                    return letter
            time.sleep(0.2)
        raise AssertionError(f"no letter to {address} holding {holding!r}; log: {self.log('worker')[-2000:]}")

    def letters(self) -> list[EmailMessage]:
        """Return every letter that was sent."""
        return [letter for letter, _place in self._letters()]

    def _letters(self) -> Iterator[tuple[EmailMessage, str]]:
        for file in sorted((self.home / ".motcua" / "mail").glob("*.log")):
            for place, raw in enumerate(file.read_bytes().split(b"\n" + b"-" * 79 + b"\n")):
                if raw.strip():
                    yield email.message_from_bytes(raw, policy=default), f"{file.name}/{place}"

    def log(self, name: str) -> str:
        """Return what 'web' or 'worker' has said."""
        return (self.home / f"{name}.log").read_text()


def _text(letter: EmailMessage) -> str:
    body = letter.get_body(("plain",))
    return f"{letter['Subject']}\n{body.get_content() if body else ''}"


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Served:
    """Web server and worker of one folder and database, each started and ended by name."""

    home: Path
    port: int
    clock: Clock
    environment: dict[str, str]
    commands: dict[str, list[str]]
    children: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    @property
    def address(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.port}"

    def start(self, *names: str) -> None:
        """Start 'web' or 'worker', going on with the log of the last one."""
        for name in names:
            self.children[name] = _start(self.commands[name], self.environment, self.home / f"{name}.log")

    def wait_until_ready(self) -> None:
        """Return when the web server answers."""
        _wait_until_ready(self.port, self.children["web"], self.home / "web.log")

    def kill(self, name: str) -> None:
        """Kill 'web' or 'worker' with everything it started, as a power cut would: nobody is told."""
        child = self.children.pop(name)
        for process in (*psutil.Process(child.pid).children(recursive=True), child):
            process.kill()
        child.wait()

    def end(self) -> None:
        """End what still runs."""
        for child in self.children.values():
            _end(child)
        self.children.clear()


def served(home: Path, database_url: str, start: datetime) -> Served:
    """Prepare the site in the folder `home`, at the instant `start`; nothing is started yet."""
    clock = Clock(home / "clock")
    clock.set(start)
    for name in ("mail", "files", "static", "counters"):
        (home / ".motcua" / name).mkdir(parents=True)
    port = free_port()
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("MOTCUA_", "DJANGO_", "DATABASE_"))
    }
    environment = kept | {
        "DJANGO_SETTINGS_MODULE": "tests.journeys.settings", "PYTHONPATH": f"{PROJECT / 'src'}:{PROJECT}",
        "MOTCUA_HOME": str(home), "DATABASE_URL": database_url, "MOTCUA_JOURNEY_CLOCK": str(clock.file),
        "MOTCUA_SITE_URL": f"http://127.0.0.1:{port}", "PROMETHEUS_MULTIPROC_DIR": str(home / ".motcua" / "counters"),
    }  # fmt: skip
    django_admin = [sys.executable, "-m", "django"]
    subprocess.run([*django_admin, "collectstatic", "-v0", "--noinput"], env=environment, check=True, cwd=PROJECT)
    web = ["tests.journeys.wsgi:application" if part.startswith("motcua.config.wsgi") else part
           for part in web_command(f"127.0.0.1:{port}")]  # fmt: skip
    commands = {"web": web, "worker": [sys.executable, "-m", "tests.journeys.work"]}
    return Served(home, port, clock, environment, commands)


@contextmanager
def running(home: Path, database_url: str, start: datetime) -> Iterator[tuple[str, Clock]]:
    """Serve the site from the folder `home` inside the block; yields its address and clock."""
    site = served(home, database_url, start)
    site.start("web", "worker")
    try:
        site.wait_until_ready()
        yield site.address, site.clock
    finally:
        site.end()


def _start(command: list[str], environment: dict[str, str], log: Path) -> subprocess.Popen[bytes]:
    with log.open("ab") as said:
        return subprocess.Popen(command, env=environment, cwd=PROJECT, stdout=said, stderr=said)


def _wait_until_ready(port: int, web: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and web.poll() is None:
        try:
            connection = HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/readyz")
            if connection.getresponse().status == 200:
                return
        except OSError:
            pass
        time.sleep(0.2)
    raise AssertionError(f"the site does not answer:\n{log.read_text()[-3000:]}")


def _end(child: subprocess.Popen[bytes]) -> None:
    family = psutil.Process(child.pid).children(recursive=True) if child.poll() is None else []
    child.terminate()
    try:
        child.wait(timeout=15)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()
    for process in family:
        if process.is_running():
            process.kill()
