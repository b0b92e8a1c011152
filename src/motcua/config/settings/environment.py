"""The one place that reads environment variables, failing with the missing name."""

import json
import os
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

ROOT = Path(os.environ.get("MOTCUA_HOME") or Path.cwd())
PACKAGE = Path(__file__).resolve().parents[2]


def text(name: str, default: str | None = None) -> str:
    """Return the variable `name`; without a default a missing one stops the start."""
    value = os.environ.get(name, default)
    if value is None:
        raise ImproperlyConfigured(f"Set the environment variable {name}.")
    return value


def flag(name: str, *, default: bool) -> bool:
    """Return the variable `name` read as yes or no."""
    return text(name, "1" if default else "0").lower() in {"1", "true", "yes", "on"}


def number(name: str, default: int) -> int:
    """Return the variable `name` as an integer."""
    return int(text(name, str(default)))


def items(name: str, default: str = "") -> list[str]:
    """Return the comma-separated variable `name` as a list without blanks."""
    return [part.strip() for part in text(name, default).split(",") if part.strip()]


def table(name: str) -> dict[str, Any]:
    """Return the content of the JSON file that the variable `name` points to; empty when it is unset."""
    file = os.environ.get(name)
    try:
        return json.loads(Path(file).read_text(encoding="utf-8")) if file else {}
    except (OSError, ValueError) as error:
        raise ImproperlyConfigured(f"{name} names {file}, which cannot be read as JSON: {error}") from None


def database(url: str) -> dict[str, object]:
    """Return a Django database entry for a `postgresql://` URL; socket folders go in `?host=`."""
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/") or "motcua",
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", None) or parts.hostname or "",
        "PORT": str(parts.port or query.pop("port", "") or ""),
        "OPTIONS": query,
    }
