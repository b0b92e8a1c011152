"""What a backup file is: one tar with a manifest, a dump of the database and the stored files."""

import base64
import hashlib
import json
import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO, Any

from psycopg.conninfo import conninfo_to_dict

from motcua.config.launcher.places import packaged_binaries
from motcua.config.launcher.problems import StartProblem

FORMAT = 1
MANIFEST, DUMP, FILES = "manifest.json", "database.dump", "files"
# Names of libpq's environment, so that a password never stands in a command line.
VARIABLES = {
    "host": "PGHOST",
    "port": "PGPORT",
    "user": "PGUSER",
    "password": "PGPASSWORD",
    "dbname": "PGDATABASE",
    "sslmode": "PGSSLMODE",
    "sslrootcert": "PGSSLROOTCERT",
}


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says of itself, read before anything is touched.

    Attributes:
        migrations: "app.name" of all that were applied.
        keys: marks of the keys that its personal data need, never the keys.
    """

    version: str
    made_at: str
    server_version: int
    files: int
    migrations: list[str] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    format: int = FORMAT

    def as_json(self) -> bytes:
        """Return the manifest as it stands in the file."""
        return json.dumps(asdict(self), indent=1).encode()

    @classmethod
    def read(cls, content: bytes) -> "Manifest":
        """Return the manifest written in `content`.

        Raises:
            StartProblem: it is not one of ours, or of a newer format.
        """
        try:
            held: dict[str, Any] = json.loads(content)
            if held["format"] == FORMAT:
                return cls(**held)
            reason = f"it has format {held['format']} and this version of Motcua reads format {FORMAT}"
        except (ValueError, KeyError, TypeError):
            reason = "its manifest is damaged"
        raise StartProblem(f"this backup cannot be read: {reason}.")


def key_marks(environment: Mapping[str, str]) -> list[str]:
    """Return a mark of each key of the environment, by which the same key is known again."""
    keys = {"digest": environment.get("MOTCUA_DIGEST_KEY", "")}
    for part in environment.get("MOTCUA_DATA_KEYS", "").split(","):
        number, _, encoded = part.strip().partition(":")
        keys[f"data {number}"] = encoded
    return sorted(
        f"{name}: {hashlib.sha256(base64.b64decode(encoded)).hexdigest()[:16]}"
        for name, encoded in keys.items()
        if encoded
    )


def tool(name: str) -> str:
    """Return the path of one of PostgreSQL's programs: the embedded one, newer than every server we work with.

    Raises:
        StartProblem: there is none.
    """
    try:
        return str(packaged_binaries() / name)
    except StartProblem:
        found = shutil.which(name)
        if found is None:
            raise StartProblem(f"{name} was not found: install PostgreSQL's client programs.") from None
        return found


def run_tool(name: str, arguments: Sequence[str], *, url: str, stdin: IO[bytes] | None = None) -> None:
    """Run one of PostgreSQL's programs on the database of `url`.

    Raises:
        StartProblem: it failed; its own last line is the reason.
    """
    done = subprocess.run(  # noqa: S603 - our own program names
        [tool(name), *arguments],
        env=connection_variables(url),
        stdin=stdin or subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        check=False,
    )
    if done.returncode:
        told = done.stderr.decode(errors="replace").strip().splitlines()
        if any("No space left on device" in line for line in told):
            raise StartProblem("the disk is full. Free some space and start again.")
        raise StartProblem(f"{name} failed: {told[-1] if told else done.returncode}")


def connection_variables(url: str) -> dict[str, str]:
    """Return the environment by which PostgreSQL's programs reach the database of `url`."""
    given = {VARIABLES[name]: str(value) for name, value in conninfo_to_dict(url).items() if name in VARIABLES}
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    return kept | given


def stored_files(folder: Path) -> list[Path]:
    """Return all stored files below `folder`, in order; links and anything else are not ours."""
    return sorted(path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
