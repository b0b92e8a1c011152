"""`motcua restore FILE [--replace]`: a backup back into an empty database, in one transaction.

Everything is checked before anything is touched; the database comes back whole or not at all, and the files that were
there before are moved aside, never deleted.
"""

import os
import shutil
import sys
import tarfile
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

import django
import psycopg
from django.conf import settings

from motcua.config import archive
from motcua.config.launcher.problems import StartProblem
from motcua.foundation.core import clock

CLEAR = b"DROP SCHEMA public CASCADE; CREATE SCHEMA public;\n"
# Written by newer dump programs, not known to older servers, and of no use in one transaction.
UNKNOWN_TO_OLDER = b"SET transaction_timeout = 0;"
HEAD_LINES = 60


def run(arguments: Sequence[str]) -> None:
    """Restore and bring the tables up to this version's migrations."""
    replace = "--replace" in arguments
    names = [argument for argument in arguments if argument != "--replace"]
    if len(names) != 1 or names[0].startswith("-"):
        raise StartProblem("say from where: motcua restore FILE [--replace]")
    url = os.environ["DATABASE_URL"]
    files = Path(settings.MEDIA_ROOT)
    files.parent.mkdir(parents=True, exist_ok=True)
    with _opened(Path(names[0])) as tar, tempfile.TemporaryDirectory(dir=files.parent, prefix=".restore-") as name:
        manifest = archive.Manifest.read(_content(tar, archive.MANIFEST))
        _require_known(manifest)
        _require_free(url, files, replace=replace)
        folder = Path(name)
        _extract(tar, folder)
        _load(folder / archive.DUMP, folder / "script.sql", url, clear=replace)
        aside = _swap(folder / archive.FILES, files)
    _migrate()
    kept = f" The files that were there before are in {aside}." if aside else ""
    sys.stdout.write(
        f"Restored: made {manifest.made_at} by version {manifest.version}, {manifest.files} files.{kept}\n"
    )


@contextmanager
def _opened(file: Path) -> Iterator[tarfile.TarFile]:
    try:
        tar = tarfile.open(file)  # noqa: SIM115 - closed below
    except FileNotFoundError:
        raise StartProblem(f"{file} does not exist.") from None
    except tarfile.TarError:
        raise StartProblem(f"{file} is not a backup of Motcua, or is damaged.") from None
    with tar:
        yield tar


def _content(tar: tarfile.TarFile, name: str) -> bytes:
    try:
        entry = tar.extractfile(name)
    except (KeyError, tarfile.TarError):
        entry = None
    if entry is None:
        raise StartProblem(f"this is not a backup of Motcua: {name} is missing.")
    return entry.read()


def _require_known(manifest: archive.Manifest) -> None:
    lacking = sorted(set(manifest.keys) - set(archive.key_marks(os.environ)))
    if lacking:
        raise StartProblem(
            f"the personal data of this backup need other keys ({'; '.join(lacking)}). Put back the keys of that "
            f"installation first (.motcua/secrets.json, or MOTCUA_DATA_KEYS and MOTCUA_DIGEST_KEY)."
        )
    django.setup()
    from django.db.migrations.loader import MigrationLoader

    known = {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations or {}}
    newer = sorted(set(manifest.migrations) - known)
    if newer:
        raise StartProblem(
            f"this backup was made by version {manifest.version}, whose tables this version does not know "
            f"({newer[0]}). Restore it with that version or a later one."
        )


def _require_free(url: str, files: Path, *, replace: bool) -> None:
    with psycopg.connect(url) as connection:
        tables = connection.execute(
            "SELECT count(*) FROM pg_class WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace"
        ).fetchone()
        others = connection.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            " AND backend_type = 'client backend' AND pid <> pg_backend_pid()"
        ).fetchone()
    if tables and tables[0] and not replace:
        raise StartProblem("the database is not empty. Add --replace to throw away what it holds.")
    if others and others[0]:
        raise StartProblem(f"{others[0]} other programs use the database. End web and worker first.")


def _extract(tar: tarfile.TarFile, folder: Path) -> None:
    """Write dump and files below `folder`; names that lead elsewhere, and anything but plain files, are refused."""
    (folder / archive.FILES).mkdir(mode=0o700)
    for entry in tar:
        path = PurePosixPath(entry.name)
        if entry.isdir():
            continue
        ours = entry.name in {archive.MANIFEST, archive.DUMP} or path.parts[0] == archive.FILES
        if not entry.isfile() or not ours or path.is_absolute() or ".." in path.parts:
            raise StartProblem(f"this backup holds something that does not belong there: {entry.name}")
        source = tar.extractfile(entry)
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("wb") as out:
            shutil.copyfileobj(source, out)  # type: ignore[arg-type]
    if not (folder / archive.DUMP).exists():
        raise StartProblem(f"this is not a backup of Motcua: {archive.DUMP} is missing.")


def _load(dump: Path, script: Path, url: str, *, clear: bool) -> None:
    archive.run_tool("pg_restore", ["--no-owner", "--no-privileges", f"--file={script}.all", str(dump)], url=url)
    with Path(f"{script}.all").open("rb") as source, script.open("wb") as out:
        if clear:
            out.write(CLEAR)
        for number, line in enumerate(source):
            if number > HEAD_LINES or line.strip() != UNKNOWN_TO_OLDER:
                out.write(line)
    options = ["--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1"]
    archive.run_tool("psql", [*options, f"--file={script}"], url=url)


def _swap(restored: Path, files: Path) -> Path | None:
    aside = None
    if files.exists() and any(files.iterdir()):
        aside = files.with_name(f"{files.name}.before-{clock.now():%Y%m%d-%H%M%S}")
        files.rename(aside)
    elif files.exists():
        files.rmdir()
    restored.rename(files)
    return aside


def _migrate() -> None:
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
