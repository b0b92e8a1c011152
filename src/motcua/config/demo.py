"""`motcua demo`: everything on one machine, from an empty folder to a site that answers, until Ctrl-C."""

import hashlib
import json
import os
import signal
import socket
import sys
import tempfile
import textwrap
import time
from collections.abc import Sequence
from http.client import HTTPConnection, HTTPException
from pathlib import Path

import django

from motcua.config.launcher import cluster, places
from motcua.config.launcher.problems import StartProblem
from motcua.config.launcher.processes import Child, end_all
from motcua.config.owner import as_owner

HOST = "127.0.0.1"
PATIENCE_SECONDS = 90
WATCH_SECONDS = 2.0
TELL_SECONDS = 15.0
POST_WIDTH = 100


def run(arguments: Sequence[str]) -> None:
    """Prepare the data, serve them with web and worker, and end all of it on Ctrl-C or SIGTERM."""
    port = _free_port()
    project = places.home()
    _prepare(project)
    with tempfile.TemporaryDirectory(prefix="motcua-counters-") as counters:
        _serve(project, port, _children(project, port, counters))


def _serve(project: Path, port: int, children: dict[str, Child]) -> None:
    stop = Stop()
    try:
        for child in children.values():
            child.start()
        if _wait_until_ready(port, children["web"], stop):
            _greet(project, port)
            _watch(project, children, stop)
        _say("\nEnding...")
    finally:
        end_all(list(children.values()))
    if stop.asked == signal.SIGTERM:
        sys.exit(128 + signal.SIGTERM)


class Stop:
    """Whether Ctrl-C or SIGTERM has come. An exception out of a signal could be lost in the middle of a fork."""

    def __init__(self) -> None:
        self.asked = 0
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._ask)

    def _ask(self, number: int, frame: object) -> None:
        self.asked = number

    def within(self, seconds: float) -> bool:
        """Wait `seconds`, less when asked to stop; tell whether that is so."""
        until = time.monotonic() + seconds
        while not self.asked and time.monotonic() < until:
            time.sleep(0.1)
        return bool(self.asked)


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def _free_port() -> int:
    given = os.environ.get("PORT") or "8000"
    if not given.isdigit() or not 0 < int(given) < 65536:
        raise StartProblem(f"PORT={given} is not a port number.")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, int(given)))
        except PermissionError:
            raise StartProblem(f"port {given} is reserved for root. Choose another: PORT=8001 make demo") from None
        except OSError:
            raise StartProblem(
                f"port {given} is in use. End the program that holds it, or choose another: PORT=8001 make demo"
            ) from None
    return int(given)


def _prepare(project: Path) -> None:
    os.environ["MOTCUA_STATEMENT_TIMEOUT_MS"] = "0"
    django.setup()
    from django.core.management import call_command, get_commands
    from django.db import connections

    for name in ("mail", "files"):
        (places.state_folder(project) / name).mkdir(mode=0o700, exist_ok=True)
    _say("Preparing the database...")
    with as_owner():
        call_command("migrate", verbosity=0, interactive=False)
    if "load_demonstration" in get_commands():
        call_command("load_demonstration")
    if _statics_changed(project):
        _say("Collecting static files...")
        call_command("collectstatic", verbosity=0, interactive=False, clear=True)
        _statics_mark(project).write_text(_statics_fingerprint())
    connections.close_all()
    del os.environ["MOTCUA_STATEMENT_TIMEOUT_MS"]


def _statics_mark(project: Path) -> Path:
    return places.state_folder(project) / "static.stamp"


def _statics_changed(project: Path) -> bool:
    mark = _statics_mark(project)
    return not mark.exists() or mark.read_text() != _statics_fingerprint()


def _statics_fingerprint() -> str:
    from django.contrib.staticfiles.finders import get_finders

    found = hashlib.blake2b(digest_size=16)
    for finder in get_finders():
        for path, storage in finder.list([]):
            state = Path(storage.path(path)).stat()
            found.update(f"{path}\0{state.st_size}\0{state.st_mtime_ns}\n".encode())
    return found.hexdigest()


def _children(project: Path, port: int, counters: str) -> dict[str, Child]:
    from django.core.management import get_commands

    log = places.state_folder(project) / "log"
    environment = os.environ | {"MOTCUA_SITE_URL": os.environ.get("MOTCUA_SITE_URL") or f"http://{HOST}:{port}"}
    environment.pop("MOTCUA_OWNER_DATABASE_URL", None)  # what serves has no business with the owner's address
    web = web_command(f"{HOST}:{port}")
    motcua = [sys.executable, "-m", "motcua"]
    children = {
        "web": Child("web", web, environment=environment | {"PROMETHEUS_MULTIPROC_DIR": counters}, log=log / "web.log"),
        "worker": Child("worker", [*motcua, "work"], environment=environment, log=log / "worker.log"),
    }
    if "play_demonstration" in get_commands():
        play = ["nice", "-n", "10", *motcua, "play_demonstration"]
        children["histories"] = Child("histories", play, environment=environment, log=log / "histories.log")
    return children


def web_command(bind: str, *, workers: int = 2, threads: int = 8) -> list[str]:
    """Return how the production server is started, here and in the benchmark."""
    return [
        sys.executable,
        "-m",
        "gunicorn",
        "motcua.config.wsgi:application",
        "--bind",
        bind,
        "--worker-class",
        "gthread",
        "--workers",
        str(workers),
        "--threads",
        str(threads),
        "--preload",
        "--timeout",
        "60",
        "--graceful-timeout",
        "10",
        "--keep-alive",
        "5",
        "--log-level",
        "warning",
    ]


def _wait_until_ready(port: int, web: Child, stop: Stop) -> bool:
    """Tell whether the site answers; False when asked to stop before it did."""
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until:
        if web.code() is not None:
            raise StartProblem(
                f"the web server ended at once: {web.last_words() or 'it said nothing'} (more in {web.log})"
            )
        if _status(port) == 200:
            return True
        if stop.within(0.2):
            return False
    raise StartProblem(f"the site did not answer within {PATIENCE_SECONDS} seconds. Its log is {web.log}.")


def _status(port: int) -> int | None:
    try:
        connection = HTTPConnection(HOST, port, timeout=5)
        connection.request("GET", "/readyz")
        return connection.getresponse().status
    except (OSError, HTTPException):
        return None


def _watch(project: Path, children: dict[str, Child], stop: Stop) -> None:
    """Keep everything up until interrupted: a killed server or child is started again."""
    server = cluster.demonstration(project) if embedded() else None
    told, tell_from = "", 0.0
    while not stop.within(WATCH_SECONDS):
        if server is not None:
            server.keep_up()
        for child in list(children.values()):
            if child.code() is not None:
                _after_end(child, children)
        if "histories" in children and time.monotonic() >= tell_from:
            news, tell_from = children["histories"].last_words(), time.monotonic() + TELL_SECONDS
            if news not in {"", told} and not news.startswith("{"):
                told = news
                _say(f"  {news}")


def _after_end(child: Child, children: dict[str, Child]) -> None:
    if child.name == "histories" and child.code() == 0:
        _say(f"  {child.last_words()}")
        del children["histories"]
    elif child.may_start_again():
        _say(f"{child.name} ended with code {child.code()}; starting it again.")
        child.start()
    else:
        raise StartProblem(
            f"{child.name} does not stay up: {child.last_words() or 'it said nothing'} (more in {child.log})"
        )


def embedded() -> bool:
    """Tell whether the database is the embedded one, not one named by DATABASE_URL from outside."""
    return os.environ.get("MOTCUA_EMBEDDED") == "1"


def _greet(project: Path, port: int) -> None:
    site = f"http://{HOST}:{port}"
    state = places.state_folder(project)
    lines = [
        "",
        "Motcua is ready.",
        "",
        f"  Portal for citizens   {site}/        English: {site}/en/",
        f"  Office for staff      {site}/office/",
        f"  API description       {site}/api/openapi.json",
        f"  Mail it would send    {state / 'mail'}",
        f"  Logs                  {state / 'log'}",
        *_where_data_went(project),
        "",
        *_accounts(state),
        "Three acts to try",
        "",
        f'  1. As a citizen: search "khai sinh" at {site}/ and hand in a dossier online.',
        f"  2. As the receptionist: sign in at {site}/office/, accept that dossier, print its receipt.",
        f'  3. Follow it: enter the dossier\'s code under "Tra cứu" at {site}/ and see who holds it.',
        "",
        "Ctrl-C ends everything.",
    ]
    _say("\n".join(lines))


def _where_data_went(project: Path) -> list[str]:
    if not embedded():
        return []
    place = cluster.demonstration(project).place
    reason = f" (the user {place.user} cannot enter the project's path)" if place.moved else ""
    return [f"  Database              {place.data}{reason}"]


def _accounts(state: Path) -> list[str]:
    try:
        held = json.loads((state / "demo_accounts.json").read_text())
    except (OSError, ValueError):
        return []
    if not held:
        return []
    width = max(len(row["username"]) for row in held)
    one = {row["password"] for row in held}
    head = f"Accounts, all with the password {one.pop()}" if len(one) == 1 else "Accounts (name, password, who it is)"
    rows = [
        f"  {row['username']:<{width}}  {row['password'] + '  ' if one else ''}{row['name']}{_post(row['post'])}"
        for row in held
    ]
    second = (
        "  Leaders and administrators show a second step; its code stands on the page. Codes to phones: .motcua/sms"
    )
    return [head, "", *rows, "", second, ""]


def _post(post: str) -> str:
    shown = textwrap.shorten(post, POST_WIDTH, placeholder=" ...")
    return f" ({shown})" if shown else ""
