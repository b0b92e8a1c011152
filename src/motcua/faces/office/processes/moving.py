"""Taking running dossiers over to another version of their process: what would happen to each, then done."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from motcua.casework.dossiers import services as dossiers
from motcua.casework.dossiers.types import MigratedDossier
from motcua.casework.workflow import selectors as workflow
from motcua.casework.workflow.types import Graph, Node, ProcessSheet, VersionLine
from motcua.faces.office.processes.listing import HERE
from motcua.faces.office.shell import page
from motcua.foundation.accounts.registry import act
from motcua.foundation.core import clock
from motcua.foundation.core.types import NotFound

AT_ONCE = 200
PREFIX = "as_"
PROBLEMS = {
    "element-missing": _("The step where it stands is not in the new version. Choose above which step it becomes."),
    "element-of-another-kind": _(
        "The step where it stands is something else in the new version. Choose another above."
    ),
    "arrow-missing": _(
        "A branch that waits for another came by an arrow that the new version lacks. It stays on its version."
    ),
    "marking-unreachable": _("No dossier of the new version could ever stand there. It stays on its version."),
    "not-running": _("Its process has ended meanwhile."),
    "same-version": _("It is on this version already."),
}


CHOSEN = frozenset({"element-missing", "element-of-another-kind"})


@act("processes.move")
@require_http_methods(["GET", "POST"])
def move(request: HttpRequest, code: str) -> HttpResponse:
    """Say for each running dossier of a version whether it can go over; carry it out when that is confirmed."""
    at = clock.now()
    sheet = workflow.process_sheet(code)
    given = request.POST if request.method == "POST" else request.GET
    published = [line for line in sheet.versions if line.valid_from is not None]
    before, after = _chosen(given, published)
    context: dict[str, Any] = {"sheet": sheet, "published": published, "before": before, "after": after}
    if before is not None and after is not None and before.number != after.number:
        is_done = request.method == "POST"
        results = dossiers.migrate_runs(
            version_from=before.id, version_to=after.id, node_map=_mapped(given), dry_run=not is_done,
            actor=request.actor, at=at, after_id=_number(given.get("after_id", "")), limit=AT_ONCE,  # type: ignore[attr-defined]
        )  # fmt: skip
        context |= _told(results, sheet, before, after, given) | {"is_done": is_done}
        if is_done:
            _say(request, context["going"])
    return page(request, "office/processes/move.html", context, here=HERE, at=at)


def _chosen(given: QueryDict, published: list[VersionLine]) -> tuple[VersionLine | None, VersionLine | None]:
    """Return the two versions asked for; else the newest published one, and the one before it that most stand on.

    Raises:
        NotFound: one of them is no published version of this process.
    """
    if len(published) < 2:
        return None, None
    by_number = {str(line.number): line for line in published}
    after = by_number.get(given.get("to") or str(published[0].number))
    others = [line for line in published if line is not after]
    fullest = max(others, key=lambda line: line.running)
    before = by_number.get(given.get("from") or str(fullest.number))
    if before is None or after is None:
        raise NotFound
    return before, after


def _mapped(given: QueryDict) -> dict[str, str]:
    """Return which element of the new version stands for one of the old."""
    names = [name for name in given if name.startswith(PREFIX) and given.get(name)]
    return {name.removeprefix(PREFIX): str(given.get(name)) for name in names}


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 12 else 0


def _told(
    results: tuple[MigratedDossier, ...], sheet: ProcessSheet, before: VersionLine, after: VersionLine, given: QueryDict
) -> dict[str, Any]:
    old, new = workflow.graph(before.id), workflow.graph(after.id)
    mapped = _mapped(given)
    found = [item.run.element for item in results if item.run.problem in CHOSEN]
    elements = [element for element in dict.fromkeys([*mapped, *found]) if element in old.nodes]
    return {
        "rows": [_row(item, old, new) for item in results],
        "going": sum(not item.run.problem for item in results),
        "staying": sum(bool(item.run.problem) for item in results),
        "mapping": [_choice(element, old, new, mapped.get(element, "")) for element in elements],
        "mapped": {f"{PREFIX}{element}": value for element, value in mapped.items()},
        "after_id": _number(given.get("after_id", "")),
        "next_id": results[-1].dossier_id if len(results) == AT_ONCE else 0,
    }


def _row(item: MigratedDossier, old: Graph, new: Graph) -> dict[str, Any]:
    return {
        "code": item.code,
        "problem": PROBLEMS.get(item.run.problem, item.run.problem),
        "element": _name(old, item.run.element) if item.run.element else "",
        "steps": [
            (_name(old, was), _name(old if item.run.problem else new, becomes)) for was, becomes in item.run.nodes
        ],
    }


def _choice(element: str, old: Graph, new: Graph, chosen: str) -> dict[str, Any]:
    """Return a field that says what an element of the old version becomes: one of its kind in the new version."""
    kind = _kind(old.nodes[element])
    options = [(node.id, _name(new, node.id)) for node in new.nodes.values() if _kind(node) == kind]
    return {"name": PREFIX + element, "label": _name(old, element), "options": options, "chosen": chosen}


def _kind(node: Node) -> tuple[object, ...]:
    return node.kind, node.several, bool(node.calls), bool(node.message), bool(node.timer)


def _name(graph: Graph, element: str) -> str:
    """Return the name of a step in the reader's language with its id, as ids tell steps of one name apart."""
    node = graph.nodes.get(element)
    if node is None:
        return element
    words = node.name_en if node.name_en and get_language() == "en" else node.name
    return f"{words} ({element})" if words else element


def _say(request: HttpRequest, went: int) -> None:
    words = ngettext("%(count)s dossier went over.", "%(count)s dossiers went over.", went) % {"count": went}
    (messages.success if went else messages.info)(request, words)
