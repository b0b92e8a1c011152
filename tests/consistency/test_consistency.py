"""Things that drift apart when nobody looks: templates, settings, migrations, translations, deployment checks."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command

PROJECT = Path(__file__).resolve().parents[2]
SOURCE = PROJECT / "src" / "motcua"
DOCUMENTED_IN = PROJECT / "docs" / "settings.md"


def _texts(*patterns: str) -> dict[Path, str]:
    return {
        file: file.read_text(encoding="utf-8")
        for pattern in patterns
        for file in SOURCE.rglob(pattern)
        if "tests" not in file.parts and file.is_file()
    }


def test_every_template_is_used():
    everything = "\n".join(_texts("*.py", "templates/**/*").values())
    unused = []
    for file in SOURCE.rglob("templates/**/*"):
        if not file.is_file():
            continue
        name = str(file).split("/templates/", 1)[1]
        # Error pages are found by status, parts that vary by kind by a built name: its folder must be said.
        if name not in everything and f"{Path(name).parent}/{{" not in everything:
            unused.append(name)
    assert unused == []


def test_every_setting_is_documented():
    named = set()
    for text in _texts("config/**/*.py").values():
        named |= set(re.findall(r"env\.\w+\(\s*\"([A-Z_]+)\"", text)) | set(
            re.findall(r"environ[.\[(get]*\"([A-Z_]+)\"", text)
        )
    documented = DOCUMENTED_IN.read_text(encoding="utf-8")
    internal = {"MOTCUA_EMBEDDED", "DJANGO_SETTINGS_MODULE", "PROMETHEUS_MULTIPROC_DIR"}
    assert sorted(name for name in named - internal if f"`{name}`" not in documented) == []


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_translations_are_complete():
    checked = subprocess.run(
        [sys.executable, "tools/translations.py", "--check"], cwd=PROJECT, capture_output=True, text=True, check=False
    )
    assert checked.stderr + checked.stdout == ""


def test_production_settings_pass_the_deployment_check(tmp_path):
    environment = {
        "PATH": os.environ["PATH"],
        "MOTCUA_HOME": str(tmp_path),
        "DATABASE_URL": "postgresql:///unused",
        "DJANGO_SETTINGS_MODULE": "motcua.config.settings.production",
        "MOTCUA_SECRET_KEY": "Aq9" * 25 + "-_x",
        "MOTCUA_DATA_KEYS": "1:" + "a2tr" * 11 + "",
        "MOTCUA_DIGEST_KEY": "ZGRk" * 11,
        "MOTCUA_HOSTS": "motcua.example.vn",
    }
    checked = subprocess.run(
        [sys.executable, "-m", "django", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert checked.returncode == 0, checked.stderr


def test_a_missing_secret_is_named_when_starting_production(tmp_path):
    started = subprocess.run(
        [sys.executable, "-m", "motcua", "check"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        env={"PATH": os.environ["PATH"], "MOTCUA_HOME": str(tmp_path), "DATABASE_URL": "postgresql:///unused"},
    )
    assert started.returncode == 1
    assert started.stderr.strip() == "motcua: Set the environment variable MOTCUA_SECRET_KEY."


def test_locked_requirements_name_no_address():
    for file in (PROJECT / "requirements").glob("*.txt"):
        assert "://" not in file.read_text()


def test_the_table_of_access_is_up_to_date():
    checked = subprocess.run(
        [sys.executable, "tools/access_table.py", "--check"], cwd=PROJECT, capture_output=True, text=True, check=False
    )
    assert checked.stderr == ""
