"""The packaged processes: drawing descriptions (TOML) and the BPMN files drawn from them."""

from collections.abc import Iterator
from pathlib import Path

from motcua.casework.workflow import services as workflow
from motcua.demonstration import packaged

FOLDER = "processes"


def codes() -> list[str]:
    """Return the codes of all packaged processes, which are also their file names."""
    return sorted(path.stem for path in (packaged.DATA / FOLDER).glob("*.toml"))


def drawing(code: str) -> bytes:
    """Return the BPMN file of a process as packaged."""
    return (packaged.DATA / FOLDER / f"{code}.bpmn").read_bytes()


def redrawn(code: str) -> bytes:
    """Return the process drawn anew from its description."""
    return workflow.draw(packaged.text(f"{FOLDER}/{code}.toml"))


def redraw_all() -> Iterator[Path]:
    """Write every BPMN file anew from its description; yield the files that changed."""
    for code in codes():
        path = packaged.DATA / FOLDER / f"{code}.bpmn"
        xml = redrawn(code)
        if not path.exists() or path.read_bytes() != xml:
            path.write_bytes(xml)
            yield path
