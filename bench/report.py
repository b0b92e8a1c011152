"""What was measured, as a table for people, JSON for machines, and a line of history."""

import json
import platform
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

AIMS = {"create": 0.25, "step": 0.25, "track": 0.35, "work list": 0.15, "search": None, "figures": 0.15}


@dataclass(frozen=True, slots=True)
class Line:
    """One act beside its ceiling; CPU in milliseconds a request."""

    act: str
    ceiling: str
    rate: float
    ceiling_rate: float
    p50: float
    p95: float
    p99: float
    web_cpu: float
    database_cpu: float
    ceiling_cpu: float
    statements: int
    wrong: int
    memory: float

    @property
    def rate_ratio(self) -> float:
        """Requests a second as a share of the ceiling's."""
        return self.rate / self.ceiling_rate if self.ceiling_rate else 0.0

    @property
    def cpu_ratio(self) -> float:
        """CPU a request: the ceiling's as a share of ours."""
        ours = self.web_cpu + self.database_cpu
        return self.ceiling_cpu / ours if ours else 0.0


def median(lines: list[Line]) -> Line:
    """Return the line whose CPU ratio is in the middle of its rounds."""
    return sorted(lines, key=lambda line: line.cpu_ratio)[len(lines) // 2]


def table(lines: list[Line]) -> str:
    """Return the table as text."""
    head = (
        f"{'act':<11}{'beside':<8}{'req/s':>8}{'ceiling':>9}{'ratio':>7}{'CPU ratio':>11}{'aim':>6}"
        f"{'p50':>8}{'p95':>8}{'p99':>8}{'web ms':>8}{'db ms':>7}{'SQL':>5}{'MB':>6}{'wrong':>7}"
    )
    rows = [head, "-" * len(head)]
    for line in lines:
        aim = AIMS.get(line.act) or "–"
        rows.append(
            f"{line.act:<11}{line.ceiling:<8}{line.rate:>8.0f}{line.ceiling_rate:>9.0f}{line.rate_ratio:>7.2f}"
            f"{line.cpu_ratio:>11.2f}{aim:>6}"
            f"{line.p50:>8.1f}{line.p95:>8.1f}{line.p99:>8.1f}"
            f"{line.web_cpu:>8.2f}{line.database_cpu:>7.2f}{line.statements:>5}{line.memory:>6.0f}{line.wrong:>7}"
        )
    return "\n".join(rows)


def write(folder: Path, *, count: int, lines: list[Line], more: dict[str, Any], at: str) -> Path:
    """Write the result and add it to the history; return the result's path."""
    found = {
        "at": at,
        "dossiers": count,
        "machine": {"processor": platform.machine(), "python": platform.python_version()},
        "acts": [asdict(line) | {"rate_ratio": line.rate_ratio, "cpu_ratio": line.cpu_ratio} for line in lines],
        **more,
    }
    path = keep(folder / f"bench-{count}.json", found)
    ratios = {line.act: [round(line.rate_ratio, 3), round(line.cpu_ratio, 3)] for line in lines}
    short = {"at": at, "dossiers": count, "ratios": ratios}
    with (folder / "history.jsonl").open("a") as history:
        history.write(json.dumps(short) + "\n")
    return path


def keep(path: Path, found: dict[str, Any]) -> Path:
    """Write a result as JSON; return its path."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n")
    return path


def compared(folder: Path, small: int, big: int) -> str:
    """Return how the CPU of the reading acts grows between two sizes already measured; the aim is 1.3 at most."""
    found = {}
    for count in (small, big):
        path = folder / f"bench-{count}.json"
        if not path.exists():
            return f"no measurement of {count:,} dossiers yet: python -m bench --dossiers {count}"
        acts = json.loads(path.read_text())["acts"]
        found[count] = {act["act"]: act["web_cpu"] + act["database_cpu"] for act in acts}
    rows = [f"{'CPU ms a request':<18}{small:>12,}{big:>12,}{'times':>8}{'aim':>6}"]
    for name in ("work list", "figures", "track", "search", "create", "step"):
        if name in found[small] and name in found[big]:
            times = found[big][name] / found[small][name]
            aim = "1.3" if name in {"work list", "figures"} else "–"
            rows.append(f"{name:<18}{found[small][name]:>12.2f}{found[big][name]:>12.2f}{times:>8.2f}{aim:>6}")
    return "\n".join(rows)
