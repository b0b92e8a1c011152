"""Only faces, jobs, commands and the wiring read the clock; a rule gets its instant as an argument."""

import ast
from collections.abc import Iterator
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[2] / "src" / "motcua"
READERS = {
    ("clock", "now"),
    ("timezone", "now"),
    ("datetime", "now"),
    ("datetime", "utcnow"),
    ("date", "today"),
    ("time", "time"),
}
MAY_READ_FOLDERS = {"faces", "config", "demonstration", "management", "tests", "migrations"}
MAY_READ_FILES = {
    "jobs.py",
    "subscriptions.py",  # the relay's entry into an app, as thin as a job
    "foundation/core/clock.py",
    "foundation/core/ids.py",  # a version 7 identifier holds the moment it was made
    "foundation/accounts/backends.py",  # called by Django's sign-in, which brings no instant
}


def clock_readers() -> Iterator[str]:
    """Yield every place below the edge that asks what time it is."""
    for file in sorted(SOURCE.rglob("*.py")):
        relative = file.relative_to(SOURCE)
        if MAY_READ_FOLDERS & set(relative.parts) or {relative.name, str(relative)} & MAY_READ_FILES:
            continue
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                owner = node.func.value
                name = owner.attr if isinstance(owner, ast.Attribute) else getattr(owner, "id", "")
                if (name, node.func.attr) in READERS:
                    yield f"{relative}:{node.lineno} reads {name}.{node.func.attr}()"


def test_nothing_below_the_edge_reads_the_clock():
    assert list(clock_readers()) == []
