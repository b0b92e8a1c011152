"""One embedded database server: made once, started when needed, stopped by the last one that used it."""

import contextlib
import fcntl
import os
import shutil
import signal
from collections.abc import Iterator, Mapping
from pathlib import Path

import psutil
import psycopg

from motcua.config.launcher.places import Place, find_place
from motcua.config.launcher.problems import StartProblem

# The owner of everything, who migrates, and the role that the application works as.
ROLE, APP_ROLE = "motcua", "motcua_app"
MAJOR_VERSION = "18"
NEEDED_MEGABYTES = 300
# Statements are never written to the log: they may carry personal data.
QUIET = {"log_min_error_statement": "panic", "log_error_verbosity": "terse", "log_parameter_max_length_on_error": "0"}
KEPT = QUIET | {"shared_buffers": "256MB", "random_page_cost": "1.1", "max_connections": "100"}
# What a test writes is thrown away, so it need not reach the disk.
THROWN_AWAY = KEPT | {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_wal_size": "4GB"}


class Cluster:
    """A server over one data folder, reached by a Unix socket only."""

    def __init__(self, place: Place, settings: Mapping[str, str], *, disposable: bool = False) -> None:
        self.place = place
        self.settings = settings
        self.disposable = disposable

    def url(self, database: str = ROLE, *, role: str = ROLE) -> str:
        """Return the address of a database of this server, for its owner or another role."""
        return f"postgresql://{role}@/{database}?host={self.place.socket}"

    @contextlib.contextmanager
    def in_use(self) -> Iterator[None]:
        """Have the server running inside the block; the last user leaving stops it, even after others were killed."""
        use = os.open(self._lock_file("use"), os.O_RDWR | os.O_CREAT, 0o600)
        try:
            with self._alone():
                fcntl.flock(use, fcntl.LOCK_SH)
                self.start()
            yield
        finally:
            with self._alone(), contextlib.suppress(BlockingIOError):
                fcntl.flock(use, fcntl.LOCK_EX | fcntl.LOCK_NB)
                self.stop()
            os.close(use)

    def start(self) -> None:
        """Start the server, or find it running; make its data folder first when there is none.

        Raises:
            StartProblem: other major version, broken folder, full disk, or the server's own refusal.
        """
        if self._answers():
            return
        self.place.prepare_socket()
        self._check_space()
        if not self.place.data.exists():
            self._initialise()
        self._check_version()
        self._clear_remains()
        self._launch()
        self._make_role(APP_ROLE)
        self._make_database(ROLE)

    def keep_up(self) -> None:
        """Start the server again when it was killed; its users have it held by `in_use`."""
        if not self._answers():
            with self._alone():
                self.start()

    def stop(self) -> None:
        """Stop the server and wait for it; nothing happens when it does not run."""
        if self.place.data.exists():
            self.place.run("pg_ctl", "-D", str(self.place.data), "-w", "-t", "60", "-m", "fast", "stop")
        with contextlib.suppress(OSError):
            self.place.socket.rmdir()

    def _lock_file(self, purpose: str) -> Path:
        return self.place.state / f"{self.place.folder.name}.{purpose}.lock"

    @contextlib.contextmanager
    def _alone(self) -> Iterator[None]:
        with self._lock_file("start").open("a") as handle:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield

    def _answers(self) -> bool:
        try:
            psycopg.connect(self.url("postgres"), connect_timeout=5).close()
        except psycopg.OperationalError:
            return False
        return True

    def _check_space(self) -> None:
        free = shutil.disk_usage(self.place.folder).free // 1_000_000
        if free < NEEDED_MEGABYTES:
            raise StartProblem(
                f"the disk that holds {self.place.folder} has only {free} MB left and the database needs "
                f"{NEEDED_MEGABYTES} MB. Free some space and start again."
            )

    def _initialise(self) -> None:
        draft = self.place.folder / "data.new"
        shutil.rmtree(draft, ignore_errors=True)
        made = self.place.run(
            "initdb",
            "-D",
            str(draft),
            "-U",
            ROLE,
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale-provider=builtin",
            "--locale=C.UTF-8",
            *(("--no-sync",) if self.disposable else ()),
        )
        if made.returncode:
            shutil.rmtree(draft, ignore_errors=True)
            raise StartProblem(f"the database could not be made in {self.place.folder}: {_reason(made.stderr)}")
        draft.rename(self.place.data)

    def _check_version(self) -> None:
        file = self.place.data / "PG_VERSION"
        found = file.read_text().strip() if file.exists() else ""
        if found == MAJOR_VERSION:
            return
        if found:
            raise StartProblem(
                f"{self.place.data} was made by PostgreSQL {found} and this version of Motcua brings {MAJOR_VERSION}. "
                f"Run `motcua backup FILE` with the former version of Motcua, move the folder away, then run "
                f"`motcua restore FILE` with this one."
            )
        raise StartProblem(self._broken("its file PG_VERSION is missing"))

    def _broken(self, reason: str) -> str:
        return (
            f"the database in {self.place.data} is damaged ({reason}). Move the folder away and start again for an "
            f"empty one; `motcua restore FILE` brings a backup back. Its log is {self.place.log}."
        )

    def _clear_remains(self) -> None:
        """Wait for what a killed server left running, and drop its notes when no such process is left."""
        leftovers = [process for process in psutil.process_iter() if self._works_here(process)]
        _, alive = psutil.wait_procs(leftovers, timeout=5)
        for process in alive:
            with contextlib.suppress(psutil.Error):
                process.send_signal(signal.SIGQUIT)
        psutil.wait_procs(alive, timeout=5)
        # A process number is given away again: a note may now name a stranger, which would stop the start.
        for note in (self.place.data / "postmaster.pid", *self.place.socket.glob(".s.PGSQL.*")):
            note.unlink(missing_ok=True)

    def _works_here(self, process: psutil.Process) -> bool:
        try:
            return process.pid != os.getpid() and process.cwd() == str(self.place.data)
        except (psutil.Error, OSError):
            return False

    def _launch(self) -> None:
        options = " ".join(f"-c {name}={value}" for name, value in self.settings.items())
        started = self.place.run(
            "pg_ctl",
            "-D",
            str(self.place.data),
            "-w",
            "-t",
            "60",
            "-l",
            str(self.place.log),
            "-o",
            f"-c listen_addresses= -k {self.place.socket} {options}",
            "start",
        )
        if started.returncode and not self._answers():
            raise StartProblem(self._broken(_reason(self._log_tail() or started.stderr)))

    def _log_tail(self) -> str:
        try:
            return self.place.log.read_text(errors="replace")[-4000:]
        except OSError:
            return ""

    def _make_role(self, name: str) -> None:
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [name]).fetchone():
                connection.execute(f'CREATE ROLE "{name}" LOGIN')

    def _make_database(self, name: str) -> None:
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
                connection.execute(f'CREATE DATABASE "{name}"')


def _reason(output: str) -> str:
    """Return the line of a server's output that says most."""
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    if any("No space left on device" in line for line in lines):
        return "the disk is full; free some space and start again"
    telling = [line for line in lines if "FATAL" in line or "PANIC" in line or "error" in line.lower()]
    return (telling or lines or ["no reason was given"])[-1]


def demonstration(project: Path) -> Cluster:
    """Return the server of the demonstration and of the command line; its data are kept."""
    return Cluster(find_place(project, "postgres"), KEPT)


def for_tests(project: Path) -> Cluster:
    """Return the server of the tests: another folder, nothing in it outlives a crash."""
    return Cluster(find_place(project, "postgres-test"), THROWN_AWAY, disposable=True)
