"""Children that live and die with their parent: each in a group of its own, ended together."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

PR_SET_PDEATHSIG = 1
_C = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


def _die_with_parent() -> None:
    """Runs in the child: ask the kernel for SIGTERM when the parent is gone, even by kill -9."""
    if _C is not None:
        _C.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


class Child:
    """One process of ours with its log; started again when it falls, but not endlessly."""

    TRIES_PER_MINUTE = 5

    def __init__(self, name: str, command: Sequence[str], *, environment: Mapping[str, str], log: Path) -> None:
        self.name = name
        self.command = list(command)
        self.environment = dict(environment)
        self.log = log
        self.starts: list[float] = []
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start the process; what it says goes into its log, and standard output too."""
        self.starts = [moment for moment in self.starts if moment > time.monotonic() - 60] + [time.monotonic()]
        self.log.parent.mkdir(exist_ok=True, mode=0o700)
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(  # noqa: S603 - our own commands
                self.command,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=_die_with_parent,
            )

    def code(self) -> int | None:
        """Return the exit code, None while it runs."""
        return self.process.poll() if self.process else None

    def may_start_again(self) -> bool:
        """Tell whether another start is worth trying."""
        return len(self.starts) < self.TRIES_PER_MINUTE

    def last_words(self) -> str:
        """Return the last line of the log, '' when it is empty."""
        lines = self.log.read_text(errors="replace")[-4000:].strip().splitlines() if self.log.exists() else []
        return lines[-1] if lines else ""

    def ask_to_end(self) -> None:
        """Send SIGTERM to the process and whatever it started."""
        self._signal(signal.SIGTERM)

    def end(self, *, patience: float) -> None:
        """Wait up to `patience` seconds, then kill the whole group."""
        if self.process is None:
            return
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(patience)
        self._signal(signal.SIGKILL)
        self.process.wait()

    def _signal(self, number: int) -> None:
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, number)


def end_all(children: Sequence[Child], *, patience: float = 15) -> None:
    """End all children at once; the whole takes `patience` seconds at most."""
    until = time.monotonic() + patience
    for child in children:
        child.ask_to_end()
    for child in children:
        child.end(patience=max(0.1, until - time.monotonic()))
