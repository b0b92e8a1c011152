"""A process and its versions: the list, the difference of two, the files."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from motcua.casework.documents import selectors as documents
from motcua.casework.workflow import selectors as workflow
from motcua.casework.workflow.types import NodeKind, ProcessSheet, VersionLine, VersionState
from motcua.faces.office.processes.listing import HERE
from motcua.faces.office.shell import page
from motcua.foundation.accounts import selectors as accounts
from motcua.foundation.accounts.registry import act, may
from motcua.foundation.core import clock
from motcua.foundation.core.clock import civil_day
from motcua.foundation.core.types import NotFound

STATES = {
    VersionState.DRAFT: ("mc-line", "pencil"),
    VersionState.CHECKED: ("mc-info", "clipboard-check"),
    VersionState.PUBLISHED: ("mc-ok", "badge-check"),
}


@act("office.processes")
@require_GET
def versions(request: HttpRequest, code: str) -> HttpResponse:
    """List the versions of a process with who drew, checked and published them."""
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    sheet = workflow.process_sheet(code)
    people = {who for line in sheet.versions for who in (line.drawn_by, line.checked_by, line.published_by) if who}
    names = accounts.person_names(people)
    rows = [version_row(line, names, at=at) for line in sheet.versions]
    context = {
        "now": at,
        "sheet": sheet,
        "rows": rows,
        "pair": [line.number for line in sheet.versions[:2]][::-1],
        "may_draft": may(actor, "processes.draft"),
        "may_move": may(actor, "processes.move") and sum(line.valid_from is not None for line in sheet.versions) > 1,
    }
    return page(request, "office/processes/versions.html", context, here=HERE, at=at)


def version_row(line: VersionLine, names: dict[int, str], *, at: Any) -> dict[str, Any]:
    """Return a version as a row: its state in words, who did what."""
    tone, icon = STATES[VersionState(line.state)]
    return {
        "line": line,
        "state": _state(line, at=at),
        "tone": tone,
        "icon": icon,
        "drawn_by": names.get(line.drawn_by or 0, ""),
        "checked_by": names.get(line.checked_by or 0, ""),
        "published_by": names.get(line.published_by or 0, ""),
    }


def _state(line: VersionLine, *, at: Any) -> str:
    today = civil_day(at)
    if line.valid_from is None:
        return str(VersionState(line.state).label)
    if line.valid_from > today:
        return _("Published, not yet in force")
    if line.valid_until is not None and line.valid_until <= today:
        return _("No longer in force")
    return _("In force")


@act("office.processes")
@require_GET
def compare(request: HttpRequest, code: str) -> HttpResponse:
    """Tell in words, and show on both pictures, what changed between two versions."""
    sheet = workflow.process_sheet(code)
    before, after = _chosen(request, sheet)
    found, old, new = workflow.compared(workflow.drawing(before.id), workflow.drawing(after.id))
    context = {
        "sheet": sheet,
        "before": before,
        "after": after,
        "groups": _groups(found),
        "total": len(found),
        "same_file": before.sha256 == after.sha256,
        "old": mark_safe(old),
        "new": mark_safe(new),
    }
    return page(request, "office/processes/compare.html", context, here=HERE)


def _chosen(request: HttpRequest, sheet: ProcessSheet) -> tuple[VersionLine, VersionLine]:
    """Return the two versions of the address; without it the newest and the one before it, or the one it began from."""
    newest = sheet.versions[0]
    wanted = [request.GET.get(name, "") for name in ("a", "b")]
    after = sheet.version(int(wanted[1])) if wanted[1].isdecimal() else newest
    former = newest.based_on or newest.number - 1
    before = sheet.version(int(wanted[0])) if wanted[0].isdecimal() else sheet.version(former) or newest
    if before is None or after is None:
        raise NotFound
    return before, after


def _groups(found: Any) -> list[dict[str, Any]]:
    """Return the differences element by element, in the order found."""
    words = {
        "added": (_("added"), "mc-ok", "plus"),
        "removed": (_("removed"), "mc-danger", "minus"),
        "changed": (_("changed"), "mc-info", "pencil"),
    }
    kinds = {key: str(label) for key, label in NodeKind.choices}
    kinds |= {"arrow": _("Arrow"), "value": _("Value asked for in conditions"), "process": _("Process")}
    groups: dict[tuple[str, str, str], dict[str, Any]] = {}
    for item in found:
        text, tone, icon = words[item.kind]
        group = groups.setdefault(
            (item.what, item.element_id or item.name, item.kind),
            {
                "what": kinds.get(item.what, item.what),
                "name": item.name,
                "mark": text,
                "tone": tone,
                "icon": icon,
                "lines": [],
            },
        )
        group["lines"].append(item)
    return list(groups.values())


@act("office.processes")
@require_GET
def file(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Send the BPMN file of a version, byte for byte as it was kept; any BPMN 2.0 editor opens it."""
    xml = workflow.drawing(workflow.version_numbered(code, number))
    answer = HttpResponse(xml, content_type="application/bpmn+xml; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{code}-v{number}.bpmn"'
    return answer


@act("office.processes")
@require_GET
def decision(request: HttpRequest, code: str, number: int) -> HttpResponseBase:
    """Send the file of the decision that approved a version."""
    line = workflow.process_sheet(code).version(number)
    if line is None or line.approval.file is None:
        raise NotFound
    return documents.file_response(documents.open_file(line.approval.file), download=True)
