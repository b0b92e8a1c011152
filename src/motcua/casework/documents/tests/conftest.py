"""A store of files of each test's own."""

from collections.abc import Callable
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from pytest_django import Settings

from motcua.casework.documents import services
from motcua.casework.documents.models import StoredFile
from motcua.foundation.core.clock import VIETNAM

AT = datetime(2026, 11, 23, 10, 14, tzinfo=VIETNAM)


@pytest.fixture
def store(settings: Settings, tmp_path: Path) -> Path:
    """The folder of the file store, empty."""
    settings.MEDIA_ROOT = tmp_path / "files"
    assert default_storage.path("") == str(settings.MEDIA_ROOT)
    return settings.MEDIA_ROOT


@pytest.fixture
def upload(store: Path, db: None) -> Callable[..., StoredFile]:
    """Store bytes under a name as a citizen would."""

    def act(content: bytes, name: str, **more: Any) -> StoredFile:
        given = {"purpose": "component", "at": AT, "owner_key": "draft:1"} | more
        return services.store_upload(file=BytesIO(content), name=name, **given)

    return act


def contents(folder: Path) -> list[Path]:
    """Return every file under `folder`."""
    return sorted(path for path in folder.rglob("*") if path.is_file()) if folder.exists() else []
