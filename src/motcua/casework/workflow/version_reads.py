"""Reads for the designer: processes with their versions, drawings, what the check says of one, what changed."""

from collections.abc import Collection
from datetime import date

from django.db.models import Count, Q

from motcua.casework.workflow.compiling import readable_process
from motcua.casework.workflow.differing import differences, marks_of
from motcua.casework.workflow.models import ProcessDefinition, ProcessVersion, Run
from motcua.casework.workflow.picture import picture_of
from motcua.casework.workflow.rules import checked_process, longest_path
from motcua.casework.workflow.types import (
    Approval,
    Difference,
    Graph,
    NodeKind,
    ProcessLine,
    ProcessSheet,
    RunState,
    Verdict,
    VersionLine,
    VersionNotFound,
    VersionState,
)
from motcua.foundation.core.folding import fold

__all__ = [
    "compared",
    "drawing",
    "drawing_picture",
    "process_sheet",
    "processes",
    "readable_process",
    "running_of",
    "verdict",
]


def processes(*, on: date, text: str = "") -> tuple[ProcessLine, ...]:
    """Return all processes by name, with the version in force on `on`, the draft and the running dossiers.

    Three statements, however many there are.
    """
    definitions = list(ProcessDefinition.objects.order_by("name", "code"))
    wanted = fold(text.strip())
    if wanted:
        definitions = [item for item in definitions if wanted in fold(f"{item.name} {item.name_en} {item.code}")]
    rows = ProcessVersion.objects.defer("xml").filter(Q(valid__contains=on) | ~Q(state=VersionState.PUBLISHED))
    in_force: dict[int, ProcessVersion] = {}
    drafts: dict[int, ProcessVersion] = {}
    for row in rows:
        (in_force if row.state == VersionState.PUBLISHED else drafts)[row.definition_id] = row
    running = running_of()
    return tuple(
        _process_line(item, in_force.get(item.pk), drafts.get(item.pk), running.get(item.code, 0))
        for item in definitions
    )


def _process_line(
    item: ProcessDefinition, present: ProcessVersion | None, draft: ProcessVersion | None, running: int
) -> ProcessLine:
    return ProcessLine(
        code=item.code,
        name=item.name,
        name_en=item.name_en,
        number=present.number if present else None,
        valid_from=present.valid.lower if present and present.valid else None,
        draft_number=draft.number if draft else None,
        draft_state=draft.state if draft else "",
        drawn_at=draft.drawn_at if draft else None,
        running=running,
    )


def running_of(codes: Collection[str] | None = None) -> dict[str, int]:
    """Return how many runs are on their way by process code, of `codes` alone when given. One statement."""
    found = Run.objects.filter(state=RunState.RUNNING)
    if codes is not None:
        found = found.filter(version__definition__code__in=set(codes))
    return dict(found.values_list("version__definition__code").annotate(Count("pk")))


def process_sheet(code: str) -> ProcessSheet:
    """Return a process with all its versions, the newest first. Three statements.

    Raises:
        VersionNotFound: no such process.
    """
    definition = ProcessDefinition.objects.filter(code=code).first()
    if definition is None:
        raise VersionNotFound
    running = dict(
        Run.objects.filter(state=RunState.RUNNING, version__definition=definition)
        .values_list("version_id")
        .annotate(Count("pk"))
    )
    rows = definition.versions.defer("xml").order_by("-number")
    return ProcessSheet(
        code=definition.code,
        name=definition.name,
        name_en=definition.name_en,
        versions=tuple(_version_line(row, running.get(row.pk, 0)) for row in rows),
    )


def _version_line(row: ProcessVersion, running: int) -> VersionLine:
    return VersionLine(
        id=row.pk,
        number=row.number,
        state=row.state,
        sha256=row.sha256,
        based_on=row.based_on,
        drawn_at=row.drawn_at,
        drawn_by=row.drawn_by,
        checked_at=row.checked_at,
        checked_by=row.checked_by,
        published_at=row.published_at,
        published_by=row.published_by,
        valid_from=row.valid.lower if row.valid else None,
        valid_until=row.valid.upper if row.valid else None,
        approval=Approval(row.decision_number, row.decision_on, row.signer, row.decision_file),
        running=running,
    )


def drawing(version_id: int) -> bytes:
    """Return the file of a version, byte for byte as it came.

    Raises:
        VersionNotFound.
    """
    xml = ProcessVersion.objects.filter(pk=version_id).values_list("xml", flat=True).first()
    if xml is None:
        raise VersionNotFound
    return bytes(xml)


def verdict(xml: bytes) -> Verdict:
    """Check a drawing as publishing would. Needs no database; never raises for any bytes."""
    graph, problems = checked_process(xml)
    seen = graph or readable_process(xml)
    if seen is None or not _has_way(seen):
        return Verdict(seen, tuple(problems))
    way = longest_path(seen)
    return Verdict(seen, tuple(problems), way.hours, tuple(task.id for task in way.tasks))


def _has_way(graph: Graph) -> bool:
    return graph.start in graph.nodes and any(
        node.kind in {NodeKind.END, NodeKind.TERMINATE} for node in graph.nodes.values()
    )


def drawing_picture(xml: bytes, wrong: Collection[str] = ()) -> str:
    """Return a drawing as accessible SVG, the elements in `wrong` (ids) marked by a sign; '' when it has no diagram."""
    return picture_of(xml, marks=dict.fromkeys(wrong, "wrong"))


def compared(before: bytes, after: bytes) -> tuple[tuple[Difference, ...], str, str]:
    """Return what changed in words, and both drawings as SVG with what changed marked by signs."""
    found = differences(before, after)
    return (
        found,
        picture_of(before, marks=marks_of(found, after=False)),
        picture_of(after, marks=marks_of(found, after=True)),
    )
