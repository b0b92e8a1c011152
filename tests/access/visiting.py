"""Visiting an address as somebody, and judging the answer against the registry."""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from motcua.casework.dossiers import scope
from motcua.foundation.accounts import registry
from motcua.foundation.accounts.selectors import PROVED_AT
from motcua.foundation.accounts.types import PUBLIC, Actor, ActorKind, Scope
from motcua.foundation.core.clock import civil_day
from tests.access.reading_pdf import text_of_pdf
from tests.access.samples import Sample
from tests.access.scene import Scene
from tests.access.things import Thing

SITE = "support/"
REFUSED, MISSING, WRONG_METHOD = 403, 404, 405
PDF = "PDF:\n"  # how the text of a PDF begins


@dataclass(frozen=True)
class Address:
    """One address of the site: name of the route, its pattern, its act."""

    name: str
    route: str
    act: str
    has_arguments: bool

    @property
    def face(self) -> str:
        """office, portal, api or '' for those of the site."""
        return self.name.partition(":")[0] if ":" in self.name else ""


def addresses() -> list[Address]:
    """Return every address but those of the support site, which guards itself."""
    return [item for item in _below(get_resolver(), "", "") if not item.route.startswith(SITE)]


def _below(resolver: URLResolver, space: str, prefix: str) -> Iterator[Address]:
    for entry in resolver.url_patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLPattern):
            name = f"{space}:{entry.name}" if space else str(entry.name)
            shown = getattr(entry.callback, "view_class", entry.callback)
            code = getattr(entry.callback, "motcua_act", "") or getattr(shown, "motcua_act", "")
            yield Address(name, route, code, bool(re.search(r"[<(]", str(entry.pattern) + prefix)))
        else:
            inner = ":".join(part for part in (space, entry.namespace or "") if part)
            yield from _below(entry, inner, route)


class Visitors:
    """Browsers in which everybody of the scene is signed in, made once."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.clients: dict[str, Client] = {}
        self.actors = {who: scene.actor(who) for who in scene.visitors}
        for who in scene.visitors:
            client = Client(raise_request_exception=False)
            if who != "nobody":
                client.force_login(get_user_model().objects.get(pk=scene.world.users[who]))
                session = client.session
                session[PROVED_AT] = int(scene.world.now.timestamp())  # nobody is sent to prove themselves once more
                session.save()
            self.clients[who] = client
        self.cookies = {who: client.cookies.copy() for who, client in self.clients.items()}

    def ask(self, who: str, method: str, path: str, query: dict[str, Any] | None = None) -> tuple[int, str, str]:
        """Return (status, text, where to) of one visit, which leaves nothing behind."""
        client = self.clients[who]
        client.cookies = self.cookies[who].copy()  # a visit may have signed out
        with transaction.atomic():
            answer = client.get(path, query or {}) if method == "GET" else client.post(path, query or {})
            text = text_of(answer)
            transaction.set_rollback(True)
        return answer.status_code, text, answer.headers.get("Location", "")

    @staticmethod
    def names(text: str, thing: Thing) -> bool:
        """Tell whether a PDF names the object that it was made of."""
        words = [*thing.marks, str(thing.words.get("code", ""))]
        return any(word in text for word in words if word)


def text_of(answer: Any) -> str:
    """Return all words of an answer: of a page, a stream, a workbook or a PDF."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            content = b"\n".join(book.read(name) for name in book.namelist())
    elif content.startswith(b"%PDF"):
        return PDF + text_of_pdf(content)
    return content.decode("utf-8", "replace")


def actor_before(address: Address, actor: Actor) -> Actor:
    """Return who acts at an address: staff look at the portal and the API as anybody does, but at their own drafts."""
    if address.act == "decisions.see":
        return actor
    if address.face in {"portal", "api"} and actor.kind != ActorKind.CITIZEN:
        return PUBLIC
    return PUBLIC if address.face == "api" else actor


def sees(kind: str, actor: Actor, thing: Thing, *, at: Any) -> bool:
    """Tell by the registered rule whether an actor sees an object."""
    if thing.dossier is None:
        return False
    if scope.sees(actor, thing.dossier):
        return True
    return kind == "desk_dossier" and scope.at_desk(actor, thing.dossier, on=civil_day(at))


def _is_theirs(scene: Scene, who: str, actor: Actor, thing: Thing) -> bool:
    """Tell by the rule of its kind, or by its owner, whether somebody sees an object that is no dossier."""
    if thing.kind and registry.sees(thing.kind, actor, thing.obj, on=civil_day(scene.world.now)):
        return True
    return who in thing.owners


def forbidden_marks(scene: Scene, who: str, actor: Actor, kind: str) -> list[str]:
    """Return the words that somebody may read nowhere: those of the objects that they do not see."""
    allowed = {
        mark
        for thing in scene.things
        if sees(kind, actor, thing, at=scene.world.now)
        or (actor.kind != ActorKind.PUBLIC and _is_theirs(scene, who, actor, thing))
        for mark in thing.marks
    }
    return [mark for thing in scene.things for mark in thing.marks if mark not in allowed]


@dataclass(frozen=True)
class Visit:
    """One way to an address: its path, and the object that it shows.

    Attributes:
        side: the commune whose object it is, for objects that are no dossier; '' when there is none.
    """

    path: str
    thing: Thing | None = None
    side: str = ""


def visits(scene: Scene, address: Address, sample: Sample) -> list[Visit]:
    """Return the ways to an address with arguments."""
    words = sample.words
    if sorts := sample.sorts or _sorts(words):
        things = [thing for thing in scene.things if thing.sort in sorts]
        return [Visit(_path(scene, address, words, thing, thing.side), thing) for thing in things]
    if any(callable(word) for word in words):
        return [Visit(_path(scene, address, words, None, side), None, side) for side in ("commune", "other_commune")]
    return [Visit(_path(scene, address, words, None, ""))]


def in_both_languages(address: Address, path: str) -> list[str]:
    """Return the path, and for the portal its English page too."""
    return [path, f"/en{path}"] if address.face == "portal" else [path]


# Words that name an object by themselves; those that have a sort of the same name stand for it.
_BY_WORD = {"sample": "sample", "order": "sample"} | {
    name: name
    for name in (
        "draft",
        "notice",
        "absence",
        "handover",
        "correction",
        "role",
        "post",
        "turn",
        "extension",
        "again",
        "lot",
        "folder",
    )
}


def _sorts(words: tuple[Any, ...]) -> tuple[str, ...]:
    named = [_BY_WORD[word] for word in words if isinstance(word, str) and word in _BY_WORD]
    if named:
        return (named[0],)
    return ("taken", "filing", "ready") if {"dossier", "task", "file", "code"} & set(words) else ()


def _path(scene: Scene, address: Address, words: tuple[Any, ...], thing: Thing | None, side: str) -> str:
    def value(word: Any) -> Any:
        if callable(word):
            return word(scene, side)
        if word.startswith("="):
            return word[1:]
        return thing.words[word] if thing and word in thing.words else scene.shared[word]

    return reverse(address.name, args=[value(word) for word in words])


def is_visible(address: Address, visit: Visit, who: str, actor: Actor, scene: Scene) -> bool:
    """Tell by the registry whether somebody who may do the act sees the object of a visit."""
    item = registry.acts()[address.act]
    kind = item.kind
    if item.scope == Scope.PROVINCE:
        return True
    if visit.side:
        return scene.world.units[visit.side] in actor.scope_ids
    if visit.thing is None:
        return True
    if visit.thing.sort == "sample":
        return who == visit.thing.words["who"] or (kind == "inspection_order" and item.code.startswith("accounts."))
    if visit.thing.kind or visit.thing.owners:
        return _is_theirs(scene, who, actor, visit.thing)
    return kind == "completion" or sees(kind, actor_before(address, actor), visit.thing, at=scene.world.now)
