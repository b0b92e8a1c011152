"""The secrets of an installation on one machine: made once, kept in a file beside the database, never inside it."""

import base64
import json
import os
import secrets
from collections.abc import MutableMapping
from pathlib import Path

from motcua.config.launcher.problems import StartProblem

NAMES = ("MOTCUA_SECRET_KEY", "MOTCUA_DATA_KEYS", "MOTCUA_DIGEST_KEY")


def provide(environment: MutableMapping[str, str], *, state: Path, data: Path | None) -> None:
    """Put the secrets that `environment` lacks into it, from `secrets.json`, made when there is none.

    `data` is the database's folder when it is an embedded one: data without keys would stay unreadable.

    Raises:
        StartProblem: the file is gone but the data are there, or the file is damaged.
    """
    if all(environment.get(name) for name in NAMES):
        return
    file = state / "secrets.json"
    if not file.exists():
        if data is not None and data.exists():
            raise StartProblem(
                f"{file} is missing, and without its keys the personal data in {data} cannot be read. "
                f"Put the file back, or move the data folder away to start with an empty database."
            )
        _write(file)
    for name, value in _read(file).items():
        environment.setdefault(name, value)


def _write(file: Path) -> None:
    made = {
        "MOTCUA_SECRET_KEY": secrets.token_urlsafe(50),
        "MOTCUA_DATA_KEYS": "1:" + base64.b64encode(secrets.token_bytes(32)).decode(),
        "MOTCUA_DIGEST_KEY": base64.b64encode(secrets.token_bytes(32)).decode(),
    }
    draft = file.with_suffix(f".{os.getpid()}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as handle:
        json.dump(made, handle, indent=1)
        handle.flush()
        os.fsync(handle.fileno())
    try:
        os.link(draft, file)  # never over a file that another start has just made
    except FileExistsError:
        pass
    finally:
        draft.unlink()


def _read(file: Path) -> dict[str, str]:
    try:
        held = json.loads(file.read_text())
        return {name: held[name] for name in NAMES}
    except (ValueError, KeyError, TypeError):
        raise StartProblem(f"{file} is damaged. Put back the copy you kept.") from None
