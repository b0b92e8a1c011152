"""Processor time and memory of the servers, read from the kernel."""

import os
from dataclasses import dataclass
from urllib.parse import urlsplit

import psutil


@dataclass(frozen=True, slots=True)
class Used:
    """CPU seconds used so far, by the web server's processes and by PostgreSQL's."""

    web: float
    database: float

    def since(self, before: "Used") -> "Used":
        """Return what was used since `before`."""
        return Used(self.web - before.web, self.database - before.database)


def _tree(pid: int) -> list[psutil.Process]:
    try:
        parent = psutil.Process(pid)
        return [parent, *parent.children(recursive=True)]
    except psutil.NoSuchProcess:
        return []


def _seconds(processes: list[psutil.Process]) -> float:
    total = 0.0
    for process in processes:
        try:
            times = process.cpu_times()
        except psutil.NoSuchProcess:
            continue
        total += times.user + times.system + times.children_user + times.children_system
    return total


def used(web_pid: int, database_pid: int) -> Used:
    """Return the CPU seconds of a web server (master and workers) and of the database server.

    Backends of other databases of the same server are left out: one may be in the building.
    """
    return Used(_seconds(_tree(web_pid)), _seconds([one for one in _tree(database_pid) if _is_ours(one)]))


def _is_ours(process: psutil.Process) -> bool:
    name = urlsplit(os.environ.get("DATABASE_URL", "")).path.lstrip("/")
    try:
        title = " ".join(process.cmdline())
    except psutil.Error:
        return False
    return " motcua_bench_" not in title or f" {name} " in title


def memory_megabytes(pid: int) -> float:
    """Return the unique memory of a server's processes."""
    total = 0
    for process in _tree(pid):
        try:
            total += process.memory_full_info().uss
        except (psutil.NoSuchProcess, psutil.AccessDenied):
            continue
    return total / 1e6
