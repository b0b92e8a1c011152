"""`motcua backup FILE`: database and files into one tar, while the site goes on serving.

The database goes first. Stored files never change and are never overwritten, so every file that a row of the dump names
is among the files packed after it.
"""

import io
import os
import sys
import tarfile
import tempfile
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

import psycopg
from django.conf import settings

from motcua.config import archive
from motcua.config.launcher.problems import StartProblem
from motcua.foundation.core import clock


def run(arguments: Sequence[str]) -> None:
    """Write the backup; the file appears under its name only when it is complete."""
    if len(arguments) != 1:
        raise StartProblem("say where to: motcua backup FILE")
    target = Path(arguments[0]).resolve()
    if target.exists():
        raise StartProblem(f"{target} exists already; choose another name.")
    if not target.parent.is_dir():
        raise StartProblem(f"the folder {target.parent} does not exist.")
    draft = target.with_name(f"{target.name}.partial")
    try:
        manifest = _write(draft, os.environ["DATABASE_URL"])
        draft.rename(target)
    finally:
        draft.unlink(missing_ok=True)
    sys.stdout.write(
        f"{target}: database of PostgreSQL {manifest.server_version // 10_000} and {manifest.files} files, "
        f"{target.stat().st_size // 1_000_000} MB.\n"
        f"The keys are not in it. Keep them apart (.motcua/secrets.json, or where your variables come from): "
        f"without them its personal data cannot be read.\n"
    )


def _write(draft: Path, url: str) -> archive.Manifest:
    files = Path(settings.MEDIA_ROOT)
    with tempfile.TemporaryDirectory(dir=draft.parent, prefix=".motcua-backup-") as folder:
        dump = Path(folder) / archive.DUMP
        applied, server_version = _state(url)
        archive.run_tool("pg_dump", ["--format=custom", "--no-owner", "--no-privileges", f"--file={dump}"], url=url)
        stored = archive.stored_files(files)
        manifest = archive.Manifest(
            version=version("motcua"),
            made_at=clock.now().isoformat(timespec="seconds"),
            server_version=server_version,
            files=len(stored),
            migrations=applied,
            keys=archive.key_marks(os.environ),
        )
        _pack(draft, manifest, dump, files, stored)
    return manifest


def _state(url: str) -> tuple[list[str], int]:
    try:
        with psycopg.connect(url) as connection:
            rows = connection.execute("SELECT app || '.' || name FROM django_migrations ORDER BY 1").fetchall()
            return [row[0] for row in rows], connection.info.server_version
    except psycopg.errors.UndefinedTable:
        raise StartProblem("this database holds nothing of Motcua yet.") from None


def _pack(draft: Path, manifest: archive.Manifest, dump: Path, folder: Path, stored: list[Path]) -> None:
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as out:
        with tarfile.open(fileobj=out, mode="w", format=tarfile.PAX_FORMAT) as tar:
            content = manifest.as_json()
            entry = tarfile.TarInfo(archive.MANIFEST)
            entry.size = len(content)
            tar.addfile(entry, io.BytesIO(content))
            tar.add(dump, archive.DUMP)
            for file in stored:
                tar.add(file, f"{archive.FILES}/{file.relative_to(folder)}")
        out.flush()
        os.fsync(out.fileno())
