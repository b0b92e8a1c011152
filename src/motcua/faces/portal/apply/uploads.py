"""Taking files from a page: each is stored or refused by itself, so that one bad file loses nothing of the others."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.utils.translation import gettext as _

from motcua.casework.documents import services as documents
from motcua.casework.documents.types import WARNINGS, FileRefusal
from motcua.casework.dossiers.types import FileView
from motcua.faces.design import formatting
from motcua.faces.portal import visitor
from motcua.foundation.core.throttling import count_attempt

FILES_PER_HOUR = 300
FILES_PER_PAPER = 20


@dataclass
class Taken:
    """What came of the files of one request: (name of the file, why not) by input, and the status to answer with."""

    refused: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    stored: int = 0
    status: int = 200


Keep = Callable[[str, int], None]


def take(
    request: HttpRequest,
    inputs: Iterable[str],
    *,
    owner_key: str,
    purpose: str,
    room: dict[str, int],
    keep: Keep,
    at: datetime,
) -> Taken:
    """Store the files of the known inputs; `keep(input, file id)` puts each to its paper.

    Args:
        room: how many files each input may still take.
    """
    taken = Taken()
    for name in inputs:
        for file in request.FILES.getlist(name):
            _one(request, name, file, taken, owner_key=owner_key, purpose=purpose, room=room, keep=keep, at=at)
    return taken


def _one(
    request: HttpRequest,
    name: str,
    file: UploadedFile,
    taken: Taken,
    *,
    owner_key: str,
    purpose: str,
    room: dict[str, int],
    keep: Keep,
    at: datetime,
) -> None:
    shown = str(file.name or "")
    if room.get(name, FILES_PER_PAPER) <= 0:
        taken.refused.setdefault(name, []).append(
            (shown, _("One paper takes at most 20 files. Put several pages into one PDF."))
        )
        taken.status = max(taken.status, 422)
        return
    count_attempt(
        scope="portal.upload", key=visitor.address_of(request), limit=FILES_PER_HOUR, window=timedelta(hours=1), at=at
    )
    try:
        stored = documents.store_upload(
            file=file, name=shown, purpose=purpose, at=at, owner_key=owner_key, declared_type=file.content_type or ""
        )
    except FileRefusal as refusal:
        taken.refused.setdefault(name, []).append((shown, str(refusal)))
        taken.status = refusal.http_status if taken.status in {200, refusal.http_status} else 422
        return
    keep(name, stored.pk)
    room[name] = room.get(name, FILES_PER_PAPER) - 1
    taken.stored += 1


def card(
    *,
    title: str,
    note: str = "",
    files: Iterable[tuple[str, FileView, str]] = (),
    refused: list[tuple[str, str]] | None = None,
) -> dict[str, Any]:
    """Return a paper as the uploader draws it; `files` are (address, file, value of its remove button)."""
    kept = [_line(url, view, remove) for url, view, remove in files]
    remarks = [str(WARNINGS[code]) for _url, view, _remove in files for code in view.warnings if code in WARNINGS]
    paper: dict[str, Any] = {
        "title": title,
        "note": note,
        "files": kept,
        "refused": refused or [],
        "message": "",
        "detail": "",
    }
    if refused:
        paper |= {"state": "bad"}
    elif remarks:
        paper |= {
            "state": "warn",
            "message": _("Please look at this file again."),
            "detail": " ".join(dict.fromkeys(remarks)),
        }
    else:
        paper |= {"state": "ready" if kept else "empty"}
    return paper


def _line(url: str, view: FileView, remove: str) -> dict[str, str]:
    parts = [formatting.size(view.size)]
    if view.page_count and view.page_count > 1:
        parts.insert(0, _("%(n)s pages") % {"n": view.page_count})
    note = _("%(facts)s, uploaded at %(time)s") % {
        "facts": ", ".join(parts),
        "time": formatting.clock_time(view.added_at),
    }
    return {"name": view.name, "note": note, "url": url, "remove_value": remove}
