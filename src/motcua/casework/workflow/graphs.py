"""Compiled graphs of process versions, kept in memory: a published version never changes."""

import contextlib
import threading
from collections import OrderedDict

from motcua.casework.workflow.compiling import compile_process
from motcua.casework.workflow.models import ProcessVersion
from motcua.casework.workflow.types import (
    Graph,
    ProcessNotSound,
    VersionNotFound,
    VersionNotPublished,
    VersionState,
)

KEPT = 512
_graphs: OrderedDict[int, Graph] = OrderedDict()
_lock = threading.Lock()


def graph_of(version_id: int) -> Graph:
    """Return the compiled graph of a version; a published one is read and compiled once per process.

    Raises:
        VersionNotFound: no such version.
        ProcessNotSound: a draft that does not compile.
    """
    graph = _graphs.get(version_id)
    if graph is not None:
        with contextlib.suppress(KeyError):  # another thread may just have dropped it
            _graphs.move_to_end(version_id)
        return graph
    row = ProcessVersion.objects.filter(pk=version_id).values_list("xml", "state").first()
    if row is None:
        raise VersionNotFound
    graph, problems = compile_process(bytes(row[0]))
    if graph is None:
        raise ProcessNotSound(problems)
    if row[1] == VersionState.PUBLISHED:
        with _lock:
            _graphs[version_id] = graph
            while len(_graphs) > KEPT:
                _graphs.popitem(last=False)
    return graph


def running_graph_of(version_id: int) -> Graph:
    """Return the graph of a published version, for starting a run: a draft runs on the test bench only.

    Raises:
        VersionNotFound. VersionNotPublished: it is a draft.
    """
    try:
        graph = graph_of(version_id)
    except ProcessNotSound:
        raise VersionNotPublished from None
    # Only published versions are kept; one that was just dropped again is read once more.
    if version_id in _graphs:
        return graph
    if ProcessVersion.objects.filter(pk=version_id, state=VersionState.PUBLISHED).exists():
        return graph
    raise VersionNotPublished


def forget_graphs() -> None:
    """Drop the kept graphs: for tests that change databases."""
    with _lock:
        _graphs.clear()
