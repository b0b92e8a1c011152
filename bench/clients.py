"""Four clients in processes of their own: each sends its requests one after another and checks every answer."""

import contextlib
import http.client
import multiprocessing
import re
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

Answer = tuple[int, bytes, dict[str, str]]
TOO_MANY, TRIES = 429, 30
_TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="([^"]+)"')


@dataclass(slots=True)
class Browser:
    """One client's connection with its cookies."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    connection: http.client.HTTPConnection | None = None

    def send(self, method: str, path: str, form: dict[str, Any] | list[tuple[str, Any]] | None = None) -> Answer:
        """Send one request and read the whole answer."""
        if self.connection is None:
            self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        body = None
        if form is not None:
            body = urlencode(form)
            headers |= {
                "Content-Type": "application/x-www-form-urlencoded",
                "Referer": f"http://127.0.0.1:{self.port}/",
            }
        try:
            self.connection.request(method, path, body, headers)
            response = self.connection.getresponse()
            content = response.read()
        except (http.client.HTTPException, OSError):
            self.connection.close()
            self.connection = None
            raise
        for value in response.headers.get_all("Set-Cookie") or []:
            name, _sep, rest = value.partition("=")
            self.cookies[name] = rest.partition(";")[0]
        return response.status, content, dict(response.headers)

    def token(self, path: str) -> str:
        """Return the form token of a page."""
        status, content, _headers = self.send("GET", path)
        found = _TOKEN.search(content)
        if found is None:
            raise LookupError(f"{path} answered {status} and has no form")
        return found.group(1).decode()

    def sign_in(self, username: str, password: str) -> None:
        """Sign in by the page that people use; four clients of one person at once wait for their turn."""
        path = "/office/sign-in/"
        form = {"csrfmiddlewaretoken": self.token(path), "username": username, "password": password}
        for _ in range(TRIES):
            status, _content, _headers = self.send("POST", path, form)
            if status != TOO_MANY:
                break
            time.sleep(1)
        if status != 302:
            raise LookupError(f"signing in as {username} answered {status}")


@dataclass(frozen=True, slots=True)
class Request:
    """One request and what its answer must be: a status, and text that must be in it."""

    method: str
    path: str
    form: Any = None
    status: int = 200
    holds: bytes = b""


@dataclass(frozen=True, slots=True)
class Measured:
    """What four clients saw: seconds per request, wall time, wrong answers."""

    seconds: list[float]
    wall: float
    wrong: int

    @property
    def rate(self) -> float:
        """Requests a second."""
        return len(self.seconds) / self.wall if self.wall else 0.0

    def quantile(self, share: float) -> float:
        """Return a quantile of the answer times in milliseconds."""
        ordered = sorted(self.seconds)
        return 1000 * ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0


Plan = Callable[[Browser, int], Iterator[Request]]


def _client(plan: Plan, port: int, number: int, seconds: float, gate: Any, results: Any) -> None:
    browser = Browser(port)
    requests = plan(browser, number)
    times: list[float] = []
    wrong = 0
    try:
        first = next(requests)
        gate.wait(120)
        started = time.perf_counter()
        until = started + seconds
        request: Request | None = first
        while request is not None and time.perf_counter() < until:
            sent = time.perf_counter()
            status, content, _headers = browser.send(request.method, request.path, request.form)
            times.append(time.perf_counter() - sent)
            if status != request.status or request.holds not in content:
                wrong += 1
            request = next(requests, None)
        results.put((times, time.perf_counter() - started, wrong))
    except Exception as error:  # noqa: BLE001 - a client's failure is the result of the run
        gate.abort()
        results.put(([], 0.0, f"{type(error).__name__}: {error}"))


def measure(
    plan: Plan, port: int, *, seconds: float, clients: int = 4, started: Callable[[], None] = lambda: None
) -> Measured:
    """Let the clients work for `seconds`; return what they saw.

    `started` is called when all of them are signed in and ready: hashing passwords is no part of the act.

    Raises:
        RuntimeError: a client could not work at all.
    """
    context = multiprocessing.get_context("fork")
    gate, results = context.Barrier(clients + 1), context.Queue()
    workers = [
        context.Process(target=_client, args=(plan, port, number, seconds, gate, results)) for number in range(clients)
    ]
    for worker in workers:
        worker.start()
    with contextlib.suppress(threading.BrokenBarrierError):
        gate.wait(120)
        started()
    answers = [results.get(timeout=seconds + 180) for _ in workers]
    for worker in workers:
        worker.join()
    failed = [wrong for _times, _wall, wrong in answers if isinstance(wrong, str)]
    if failed:
        raise RuntimeError(failed[0])
    times = [value for part, _wall, _wrong in answers for value in part]
    return Measured(times, max(wall for _times, wall, _wrong in answers), sum(wrong for *_rest, wrong in answers))
