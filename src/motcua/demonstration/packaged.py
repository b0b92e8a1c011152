"""Reads the files packaged with the demonstration, each once."""

import csv
import json
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

DATA = Path(__file__).resolve().parent / "data"


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """Return the lines of a CSV file as dictionaries, in the file's order."""
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


@cache
def table(name: str) -> dict[str, Any]:
    """Return a TOML file as a dictionary."""
    return tomllib.loads((DATA / name).read_text(encoding="utf-8"))


@cache
def document(name: str) -> Any:
    """Return a JSON file."""
    return json.loads((DATA / name).read_text(encoding="utf-8"))


def text(name: str) -> str:
    """Return a text file."""
    return (DATA / name).read_text(encoding="utf-8")
