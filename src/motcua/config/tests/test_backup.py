"""Backup and restore, really done: database and files into one file and back into an empty place."""

import io
import os
import shutil
import subprocess
import sys
import tarfile
import uuid
from pathlib import Path

import psycopg
import pytest
from tests.database import copied_database

CITIZEN = """
from motcua.foundation.accounts import services
from motcua.foundation.core import clock
services.register_citizen(username="lan", password="x", full_name="Lê Thị Lan", identity="089190004127", at=clock.now())
"""
READ = """
from motcua.foundation.accounts import selectors
from motcua.foundation.accounts.models import Person
person = Person.objects.get()
print(person.full_name, selectors.citizen_contact(person.pk)["identity"])
"""


@pytest.fixture(scope="module")
def copies(postgres_url, django_db_blocker):
    """Make databases of the tests' server, migrated or empty; dropped afterwards."""
    made = []

    def make(*, migrated: bool) -> str:
        with django_db_blocker.unblock():
            context = copied_database(postgres_url, f"motcua_test_backup_{uuid.uuid4().hex[:12]}", migrated=migrated)
            made.append(context)
            return context.__enter__()

    yield make
    for context in made:
        context.__exit__(None, None, None)


def _motcua(home: Path, url: str, *arguments: str, input_text: str | None = None) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": os.environ["PATH"], "MOTCUA_HOME": str(home), "DATABASE_URL": url}
    return subprocess.run(
        [sys.executable, "-m", "motcua", *arguments],
        cwd=home,
        env=environment | {"MOTCUA_ENV": "development", "PYTHONWARNINGS": "ignore"},
        input=input_text,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def saved(copies, tmp_path_factory):
    """An installation with one citizen and one file, and its backup; tests leave it as it was."""
    tmp_path = tmp_path_factory.mktemp("saved")
    home, url = tmp_path / "old", copies(migrated=True)
    (home / ".motcua" / "files" / "ab").mkdir(parents=True)
    (home / ".motcua" / "files" / "ab" / "giấy.pdf").write_bytes(b"%PDF-1.7 paper")
    assert _motcua(home, url, "shell", "-c", CITIZEN).stderr == ""
    done = _motcua(home, url, "backup", str(tmp_path / "saved.tar"))
    assert (done.returncode, done.stderr) == (0, "")
    assert "The keys are not in it" in done.stdout
    return home, url, tmp_path / "saved.tar"


def _keys(source: Path, target: Path) -> None:
    target.mkdir(parents=True)
    shutil.copy(source / ".motcua" / "secrets.json", target / "secrets.json")


def test_it_comes_back_in_an_empty_place_and_only_once_by_accident(saved, copies, tmp_path):
    old, _url, backup = saved
    home, url = tmp_path / "new", copies(migrated=False)
    _keys(old, home / ".motcua")

    done = _motcua(home, url, "restore", str(backup))

    assert (done.returncode, done.stderr) == (0, "")
    assert _motcua(home, url, "shell", "-v", "0", "-c", READ).stdout.strip() == "Lê Thị Lan 089190004127"
    assert (home / ".motcua" / "files" / "ab" / "giấy.pdf").read_bytes() == b"%PDF-1.7 paper"
    again = _motcua(home, url, "restore", str(backup))
    assert again.returncode == 1
    assert again.stderr == "motcua: the database is not empty. Add --replace to throw away what it holds.\n"


def test_replacing_puts_the_former_files_aside(saved):
    home, url, backup = saved
    (home / ".motcua" / "files" / "later.pdf").write_bytes(b"later")
    with psycopg.connect(url) as connection:
        connection.execute("UPDATE accounts_person SET full_name = 'changed'")

    done = _motcua(home, url, "restore", "--replace", str(backup))

    assert (done.returncode, done.stderr) == (0, "")
    assert "Lê Thị Lan" in _motcua(home, url, "shell", "-v", "0", "-c", READ).stdout
    assert not (home / ".motcua" / "files" / "later.pdf").exists()
    (aside,) = (home / ".motcua").glob("files.before-*")
    assert (aside / "later.pdf").read_bytes() == b"later"


def test_other_keys_refuse_and_nothing_is_touched(saved, copies, tmp_path):
    _old, _url, backup = saved
    home, url = tmp_path / "new", copies(migrated=False)
    home.mkdir()

    done = _motcua(home, url, "restore", str(backup))

    assert done.returncode == 1
    assert "need other keys (data 1: " in done.stderr
    with psycopg.connect(url) as connection:
        assert connection.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone()[0] == 0


def test_a_program_that_uses_the_database_stops_the_restore(saved):
    home, url, backup = saved
    with psycopg.connect(url):
        done = _motcua(home, url, "restore", "--replace", str(backup))

    assert done.returncode == 1
    assert "1 other programs use the database" in done.stderr


def _repacked(backup: Path, target: Path, change) -> Path:
    with tarfile.open(backup) as source, tarfile.open(target, "w") as out:
        for entry in source:
            content = source.extractfile(entry).read()
            name, content = change(entry.name, content)
            if name:
                entry = tarfile.TarInfo(name)
                entry.size = len(content)
                out.addfile(entry, io.BytesIO(content))
    return target


@pytest.mark.parametrize(
    ("case", "change", "told"),
    [
        ("leads outside", lambda n, c: (n.replace("files/ab", "files/../.."), c), "does not belong there"),
        ("no dump", lambda n, c: ("" if n == "database.dump" else n, c), "database.dump is missing"),
        ("no manifest", lambda n, c: ("" if n == "manifest.json" else n, c), "manifest.json is missing"),
        ("newer format", lambda n, c: (n, c.replace(b'"format": 1', b'"format": 9')), "format 9"),
        (
            "newer tables",
            lambda n, c: (n, c.replace(b"accounts.0001_initial", b"accounts.0099_later")),
            "does not know",
        ),
        ("damaged dump", lambda n, c: (n, c[:2000] if n == "database.dump" else c), "pg_restore failed"),
    ],
)
def test_a_wrong_backup_is_refused_in_a_sentence(saved, copies, tmp_path, case, change, told):
    old, _url, backup = saved
    url = copies(migrated=False)

    done = _motcua(old, url, "restore", str(_repacked(backup, tmp_path / "wrong.tar", change)))

    assert done.returncode == 1
    assert told in done.stderr
    assert done.stderr.count("\n") == 1
    with psycopg.connect(url) as connection:
        assert connection.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone()[0] == 0


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["backup"], "say where to"),
        (["backup", "/nowhere/x.tar"], "does not exist"),
        (["restore"], "say from where"),
        (["restore", "absent.tar"], "does not exist"),
        (["restore", "text.tar"], "is not a backup of Motcua"),
    ],
)
def test_wrong_arguments_are_told(copies, tmp_path, arguments, told):
    (tmp_path / "text.tar").write_text("no tar")

    done = _motcua(tmp_path, copies(migrated=False), *arguments)

    assert done.returncode == 1
    assert told in done.stderr
