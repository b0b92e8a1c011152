"""How a dossier is laid out for reading: papers beside their page, answers, events, deadline."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from motcua.casework.documents import selectors as documents
from motcua.casework.documents.types import WARNINGS
from motcua.casework.dossiers.types import DossierView, FileView, PaperView, PartyRole, TimelineItem
from motcua.casework.procedures import selectors as procedures
from motcua.faces.design import formatting
from motcua.foundation.accounts.types import Actor
from motcua.foundation.organisations.types import Role

_ICONS = {
    "filed": "send", "accepted": "clipboard-check", "step": "check", "supplement_asked": "file-plus-2",
    "supplement_answered": "file-check", "finished": "file-check", "returned": "package-check",
    "not_accepted": "circle-x",
    "withdrawn": "undo-2", "stopped": "octagon-x", "current": "loader",
}  # fmt: skip
_WAITS = {"supplement_asked"}


@dataclass(frozen=True, slots=True)
class Shown:
    """The file in the viewer."""

    id: UUID
    name: str
    paper: str
    url: str
    download_url: str
    kind: str
    note: str
    warnings: tuple[str, ...]
    before: str
    after: str
    place: int
    count: int
    pages: tuple[str, ...]
    has_more_pages: bool


def file_url(view: DossierView, file: FileView) -> str:
    """Return the address at which staff read a file of a dossier."""
    return reverse("office:file", args=[view.public_id, file.id])


def paper_rows(view: DossierView, *, shown: Shown | None) -> list[dict[str, Any]]:
    """Return the papers with a line about what came and a link that shows the first file."""
    return [
        {
            "id": paper.id,
            "name": paper.name,
            "kind": paper.kind,
            "note": _paper_note(paper),
            "wanted": paper.wanted,
            "has_files": bool(paper.files),
            "current": bool(shown and shown.paper == paper.name and any(file.id == shown.id for file in paper.files)),
            "first": paper.files[0].id if paper.files else None,
            "files": [{"id": file.id, "name": file.name} for file in paper.files] if len(paper.files) > 1 else [],
            "earlier": [{"id": file.id, "name": file.name, "added_at": file.added_at} for file in paper.earlier_files],
        }
        for paper in view.papers
    ]


def _paper_note(paper: PaperView) -> str:
    counts = [
        ngettext("%(n)s original", "%(n)s originals", paper.originals) % {"n": paper.originals},
        ngettext("%(n)s certified copy", "%(n)s certified copies", paper.certified) % {"n": paper.certified},
        ngettext("%(n)s plain copy", "%(n)s plain copies", paper.plain) % {"n": paper.plain},
    ]
    parts = [words for words, n in zip(counts, (paper.originals, paper.certified, paper.plain), strict=True) if n]
    pages = sum(file.page_count or 1 for file in paper.files)
    if pages:
        parts.append(ngettext("%(n)s page scanned", "%(n)s pages scanned", pages) % {"n": pages})
    if paper.kind == "show":
        parts.append(_("shown and given back"))
    return ", ".join(parts) or _("Not handed in")


def shown_file(view: DossierView, request: HttpRequest, *, extra: Iterable[FileView] = ()) -> Shown | None:
    """Return the file that the address asks for, else the first one; None when there are no files."""
    entries = [(paper.name, file) for paper in view.papers for file in (*paper.files, *paper.earlier_files)]
    if view.result:
        entries += [(view.result.title, file) for file in (view.result.file, view.result.scan) if file]
    entries += [(_("Draft of the result"), file) for file in extra]
    if not entries:
        return None
    wanted = request.GET.get("file", "")
    place = next((number for number, (_name, file) in enumerate(entries) if str(file.id) == wanted), 0)
    paper, file = entries[place]
    url = file_url(view, file)

    def link(number: int) -> str:
        query = request.GET.copy()
        query["file"] = str(entries[number][1].id)
        return f"?{query.urlencode()}"

    return Shown(
        id=file.id,
        name=file.name,
        paper=paper,
        url=url,
        download_url=f"{url}?download=1",
        kind="image" if file.media_type.startswith("image/") else "pdf" if file.media_type.endswith("pdf") else "other",
        note=_file_note(file),
        warnings=tuple(str(WARNINGS.get(code, code)) for code in file.warnings),
        before=link(place - 1) if place else "",
        after=link(place + 1) if place + 1 < len(entries) else "",
        place=place + 1,
        count=len(entries),
        pages=_page_urls(view, file),
        has_more_pages=(file.page_count or 1) > documents.most_pages(),
    )


def _page_urls(view: DossierView, file: FileView) -> tuple[str, ...]:
    if not file.media_type.endswith("pdf"):
        return ()
    count = min(file.page_count or 1, documents.most_pages())
    return tuple(reverse("office:file-page", args=[view.public_id, file.id, page]) for page in range(1, count + 1))


def _file_note(file: FileView) -> str:
    parts = [formatting.size(file.size), formatting.instant(file.added_at, "short")]
    if file.page_count:
        parts.insert(0, ngettext("%(n)s page", "%(n)s pages", file.page_count) % {"n": file.page_count})
    if file.is_superseded:
        parts.append(_("replaced by a later one"))
    return ", ".join(parts)


def answer_groups(view: DossierView) -> list[dict[str, Any]]:
    """Return the answers of the e-form in its sections, as people read them."""
    if not view.answers or not view.answers_schema:
        return []
    return [
        {"title": section.title, "lines": [{"term": line.label, "answer": line.value} for line in lines]}
        for section, lines in procedures.eform_lines(view.answers_schema, view.answers)
    ]


def people(view: DossierView) -> list[dict[str, Any]]:
    """Return the people of a dossier with what is known of each."""
    return [
        {
            "role": PartyRole(party.role).label,
            "name": party.full_name,
            "lines": [
                {"term": term, "answer": answer}
                for term, answer in (
                    (_("Identity number"), party.identity),
                    (_("Born on"), formatting.day(party.born_on, "plain") if party.born_on else ""),
                    (_("Phone"), party.phone),
                    (_("E-mail"), party.email),
                    (_("Address"), party.address),
                )
                if answer
            ],
        }
        for party in view.parties
    ]


def events(items: Iterable[TimelineItem]) -> list[dict[str, Any]]:
    """Return the timeline as the design system draws it."""
    drawn = []
    for item in items:
        kind = "now" if item.kind == "current" else "wait" if item.is_waiting or item.kind in _WAITS else "done"
        kind = "next" if item.kind == "coming" else kind
        text = " · ".join(part for part in (item.outcome, item.note) if part)
        if item.kind == "current" and item.due_at:
            text = _("Due %(when)s") % {"when": formatting.instant(item.due_at)}
        icon = "pause" if item.is_waiting else _ICONS.get(item.kind, "circle")
        drawn.append({"kind": kind, "icon": icon, "title": item.title, "who": item.who, "at": item.at, "text": text})
    return drawn


def time_acts(actor: Actor, view: DossierView) -> dict[str, bool]:
    """Return what the actor may do to the time of a dossier; the services decide again."""
    roles = {post.role for post in actor.posts if post.agency_id == view.competent_id}
    return {
        "may_extend": bool(roles & {Role.OFFICER, Role.DIVISION_HEAD, Role.LEADER}),
        "may_reopen": Role.LEADER in roles,
        "may_suspend": bool(roles & {Role.DIVISION_HEAD, Role.LEADER}),
    }


def ledger_context(view: DossierView) -> dict[str, Any]:
    """Return the deadline ledger with its caption and the shares of its bar."""
    ledger = view.ledger
    if ledger is None:
        return {"ledger": None}
    whole = ledger.limit_seconds + ledger.paused_seconds
    caption = _("%(limit)s.") % {"limit": view.limit_text}
    due_at = view.due_at or ledger.due_at
    if due_at and ledger.due_without_pauses_at and due_at != ledger.due_without_pauses_at:
        caption += " " + _("First due %(old)s, now due %(new)s.") % {
            "old": formatting.instant(ledger.due_without_pauses_at),
            "new": formatting.instant(due_at),
        }
    elif due_at:
        caption += " " + _("Due %(when)s.") % {"when": formatting.instant(due_at)}
    spoken = _("%(used)s used of %(all)s") % {
        "used": formatting.hours(ledger.total_seconds),
        "all": formatting.hours(ledger.limit_seconds),
    }
    return {
        "ledger": ledger,
        "ledger_caption": caption,
        "ledger_used": min(1.0, ledger.total_seconds / whole) if whole else 0,
        "ledger_paused": ledger.paused_seconds / whole if whole else 0,
        "ledger_spoken": spoken,
        "ledger_has_bar": bool(ledger.limit_seconds),
    }
